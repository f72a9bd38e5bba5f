"""Moments and ids come out of the database as they went in, or do not go in at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, Table, create_engine, insert, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import registry
from sqlalchemy.schema import CreateTable
from sqlmodel import Field, Session, SQLModel

from storage import engines
from storage.types import Snowflake, UtcDateTime

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")

table = Table("kept", MetaData(), Column("at", UtcDateTime), Column("id", Snowflake))

# A day away from the ends, so that every zone's offset stays within what Python can say.
moments = st.datetimes(
    min_value=datetime.fromisoformat("0001-01-02"),
    max_value=datetime.fromisoformat("9999-12-30"),
    timezones=st.sampled_from([UTC, STOCKHOLM, timezone(timedelta(hours=-9, minutes=-30))]),
)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """On SQLite and, if there is one, on PostgreSQL."""
    parsed = engines.parse(url)
    if file := engines.file_of(parsed):
        file.parent.mkdir()
    made = engines.writing(parsed)
    table.metadata.create_all(made)
    yield made
    made.dispose()


def kept(engine: Engine, **values: Any) -> Any:
    """The row as it comes back."""
    with engine.begin() as connection:
        connection.execute(insert(table).values(**values))
        return connection.execute(select(table)).one()


# --- moments -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        NOON.replace(microsecond=1),
        datetime(2026, 7, 1, 14, tzinfo=STOCKHOLM),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=STOCKHOLM),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: Engine, moment: datetime):
    found = kept(engine, at=moment).at

    assert found == moment.astimezone(UTC)
    assert found.tzinfo is UTC


def test_no_moment_stays_no_moment(engine: Engine):
    assert kept(engine, at=None).at is None


@pytest.mark.parametrize("value", [NOON.replace(tzinfo=None), date(2026, 11, 22), "2026-11-22"])
def test_what_is_not_an_aware_datetime_is_refused(engine: Engine, value: Any):
    with pytest.raises(ValueError, match="an aware datetime is needed"):
        kept(engine, at=value)
    with engine.connect() as connection, pytest.raises(ValueError, match="an aware datetime"):
        connection.execute(select(table).where(table.c.at < value))


def test_moments_of_any_zone_are_compared_and_sorted_by_the_database_as_in_time(engine: Engine):
    in_order = [
        NOON - timedelta(microseconds=1),
        NOON.astimezone(STOCKHOLM),
        NOON + timedelta(microseconds=10),
        (NOON + timedelta(hours=1)).astimezone(timezone(timedelta(hours=-11))),
    ]
    with engine.begin() as connection:
        connection.execute(insert(table), [{"at": moment} for moment in reversed(in_order)])
        found = connection.scalars(select(table.c.at).order_by(table.c.at)).all()
        noon_in_tokyo = NOON.astimezone(ZoneInfo("Asia/Tokyo"))
        later = connection.scalars(select(table.c.at).where(table.c.at > noon_in_tokyo)).all()

    assert found == in_order
    assert sorted(later) == in_order[2:]


@given(first=moments, second=moments)
def test_the_text_that_sqlite_keeps_sorts_as_time_does_and_comes_back(
    first: datetime, second: datetime
):
    kind, dialect = UtcDateTime(), sqlite.dialect()
    one, other = (kind.process_bind_param(moment, dialect) for moment in (first, second))
    # Python compares two moments of one zone by their wall clocks, which lie in autumn.
    first, second = first.astimezone(UTC), second.astimezone(UTC)

    assert (one < other, one == other) == (first < second, first == second)
    assert kind.process_result_value(one, dialect) == first


def test_sqlites_own_functions_understand_the_text():
    engine = create_engine("sqlite://")
    moment = literal(NOON.astimezone(STOCKHOLM), UtcDateTime)
    with engine.connect() as connection:
        assert connection.scalar(select(moment).select_from(text("(SELECT 1)"))) == NOON
        said = connection.execute(
            text("SELECT strftime('%H:%M', :at)").bindparams(at=_text(NOON))
        ).scalar()
    engine.dispose()

    assert said == "12:00"


def _text(moment: datetime) -> str:
    return UtcDateTime().process_bind_param(moment, sqlite.dialect())


def test_each_database_gets_a_column_type_of_its_own():
    assert "at VARCHAR(27)" in str(CreateTable(table).compile(dialect=sqlite.dialect()))
    assert "at TIMESTAMP WITH TIME ZONE" in str(
        CreateTable(table).compile(dialect=postgresql.dialect())
    )


def test_postgresql_is_given_and_gives_back_utc_whatever_zone_the_session_has():
    kind, dialect = UtcDateTime(), postgresql.dialect()
    summer = datetime(2026, 7, 1, 14, tzinfo=STOCKHOLM)

    assert kind.process_bind_param(summer, dialect).tzinfo is UTC
    assert kind.process_result_value(summer, dialect).tzinfo is UTC


# --- ids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, -1, 1_325_000_000_000_000_001, 2**63 - 1, -(2**63), None])
def test_an_id_comes_back_as_it_went_in(engine: Engine, number: int | None):
    assert kept(engine, id=number).id == number


@pytest.mark.parametrize("value", [True, "1325", 1.0, 2**63, -(2**63) - 1])
def test_what_is_not_a_whole_number_of_64_bits_is_refused(engine: Engine, value: Any):
    with pytest.raises(ValueError, match="a whole number of 64 bits is needed"):
        kept(engine, id=value)


class Base(SQLModel, registry=registry()):
    """Apart from the product's own tables."""


class Server(Base, table=True):
    id: int = Field(sa_type=Snowflake, primary_key=True)
    since: datetime = Field(sa_type=UtcDateTime)


def test_they_serve_in_a_table_class(engine: Engine):
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Server(id=2**40, since=NOON.astimezone(STOCKHOLM)))
        session.commit()
        session.expire_all()
        server = session.get_one(Server, 2**40)

        assert server.since == NOON
        assert server.since.tzinfo is UTC


def test_the_database_never_makes_up_an_id(engine: Engine):
    Base.metadata.create_all(engine)

    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("INSERT INTO server (since) VALUES ('2026-11-22')"))
    assert "SERIAL" not in str(
        CreateTable(Base.metadata.tables["server"]).compile(dialect=postgresql.dialect())
    )
