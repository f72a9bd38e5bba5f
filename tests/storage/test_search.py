"""Factors are found by their words, by likeness and by their titles, on both databases."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, bindparam, text
from sqlmodel import Session, select

from storage import engines
from storage.desk import Desk
from storage.enums import FactorKind, FactorStatus, Language, Preset
from storage.factors import finding
from storage.factors.factors import Factor
from storage.kit.programmes import Programme
from storage.members.participants import Participant
from storage.programme.ownership import delete_programme
from storage.search import terms as search
from storage.search.matching import Within
from storage.search.stems import fold, spans, telling, terms, words
from storage.search.terms import FactorTerms, Term
from storage.tracks.tracks import Track
from storage.types import UtcDateTime
from storage.upgrade import upgrade
from tests import desks
from tests.storage.alike import OTHER, SAME
from tests.storage.conftest import KINDS, postgresql

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = 2**62 + 1, 2**62 + 2


@pytest.fixture(scope="module", params=KINDS)
def engine(request, tmp_path_factory) -> Iterator[Engine]:
    """One database for all tests, whose sessions leave nothing in it."""
    lite = nullcontext(f"sqlite:///{tmp_path_factory.mktemp('search') / 'leda.db'}")
    with postgresql() if request.param == "postgresql" else lite as url:
        upgrade(url, now=NOW)
        opened = engines.writing(engines.parse(url))
        yield opened
        opened.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Two programmes of two tracks each; what a test writes is never committed."""
    with Session(engine) as session:
        for programme in (HERE, ELSEWHERE):
            _programme(session, programme)
        yield session


def _programme(session: Session, programme: int) -> None:
    session.add(
        Programme(
            id=programme, preset=Preset.LEDA, language=Language.SV,
            timezone="Europe/Stockholm", created_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    _people(session, programme, exact="vara")


def _people(session: Session, programme: int, **more: str) -> None:
    number = programme - HERE
    for key in (number * 2 + 1, number * 2 + 2):
        session.add(_track(key, programme))
    session.flush()
    values = {
        "id": number + 1, "programme_id": programme, "name": "Vara", "folded": "vara", "code": "",
        "created_at": NOW.isoformat(), **more,
    }  # fmt: skip
    session.connection().execute(
        text(f"INSERT INTO organisation ({', '.join(values)}) VALUES (:{', :'.join(values)})"),
        values,
    )
    session.add(Participant(
        id=number + 1, programme_id=programme, organisation_id=number + 1, member_id=number + 1,
        joined_at=NOW,
    ))  # fmt: skip
    session.flush()


def _track(key: int, programme: int) -> Track:
    name = f"Track {key}"
    return Track(
        id=key, programme_id=programme, name=name, short=name, emoji="", description="",
        created_at=NOW,
    )  # fmt: skip


def publish(session: Session, title: str, how: str = "", **said) -> int:
    programme = said.pop("programme", HERE)
    context = said.pop("context", "")
    factor = Factor(
        **{
            "programme_id": programme, "title": title, "folded": fold(title), "how": how,
            "kind": FactorKind.PROMOTING, "participant_id": programme - HERE + 1,
            "organisation_id": programme - HERE + 1, "created_at": NOW, **said,
        }
    )  # fmt: skip
    session.add(factor)
    session.flush()
    search.put(session, factor.id, programme, title, how, context)
    return factor.id


def found(session: Session, said: str, programme: int = HERE, **within) -> list[int]:
    result = finding.find(
        desks.bare(session), Within(programme, **within), said, offset=0, limit=100
    )
    return [hit.factor_id for hit in result.hits]


def titled(session: Session, typed: str, programme: int = HERE) -> list[str]:
    return [title for _, title in finding.titles(desks.bare(session), Within(programme), typed, 25)]


def known(session: Session) -> dict[str, int]:
    """Every term there is, and how many factors hold it."""
    return dict(session.exec(select(Term.term, Term.factors)).all())


# --- words


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Korta möten varje vecka", "mötet"),
        ("Korta möten varje vecka", "KORT MOTE"),
        ("Leaders take part", "leader"),
        ("Weekly meetings", "meeting"),
        ("Återkoppling i vardagen", "aterkopling"),
        ("Tydligt ledarskap", "ledraskap"),
        ("Ledarskapsutbildning", "utbildning"),
        ("Utbildning i ledarskap", "ledarskapsutbildning"),
        ("Feedback på svenska", "feedbacken"),
        ("\u0441\u0442\u0440 \u043e\u0442\u0437\u044b\u0432", "\u041e\u0442\u0437\u044b\u0432"),
    ],
)
def test_a_word_is_found_whatever_its_ending_case_marks_and_small_mistakes(session, title, said):
    publish(session, "Något helt annat", "utan det ordet")
    factor = publish(session, title)
    assert found(session, said) == [factor]


@pytest.mark.parametrize("said", ["möten", "möte", "mötet", "mötena", "MOTEN"])
@pytest.mark.parametrize("other", ["Något annat", "Noten i mötet"])
def test_a_word_finds_the_compounds_that_end_with_it(session, said, other):
    publish(session, other)
    titles = ["Veckomöten för alla", "Personalmöten", "Förskolechefsmöten", "Ett månadsmöte"]
    factors = {publish(session, title) for title in titles}
    for away in ("Tvärtemot vad vi trodde", "Bemötande", "Motstånd", "Motorn"):
        publish(session, away)
    assert set(found(session, said)) & factors == factors
    assert not {f for f in found(session, said) if f > max(factors)}


def test_words_of_four_letters_find_compounds_and_shorter_ones_do_not(session):
    care, whole = publish(session, "Äldrevård"), publish(session, "Helhet")
    assert found(session, "vård") == [care]
    assert found(session, "het") != [whole]


def test_all_of_a_text_is_searched_and_the_title_counts_most(session):
    context = publish(session, "Ett", "två", context="handledning")
    how = publish(session, "Ett", "Vi fick handledning")
    title = publish(session, "Handledning", "två")
    publish(session, "Ett", "två")
    assert found(session, "handledning") == [title, how, context]


def test_those_with_all_words_are_found_or_if_there_is_none_those_with_any(session):
    both = publish(session, "Korta möten", "på tisdagar")
    one = publish(session, "Korta mejl")
    assert found(session, "möten tisdagar") == [both]
    assert found(session, "mejl tisdagar") == [one, both]


def test_a_search_says_where_the_words_stand_in_what_people_wrote(session):
    publish(session, "Mötet är KORT", "Vi ses. Mo\u0308ten? Ja: möten!")
    hit = finding.find(desks.bare(session), Within(HERE), "möte", offset=0, limit=1).hits[0]
    assert [hit.title[start:end] for start, end in hit.in_title] == ["Mötet"]
    assert [hit.how[start:end] for start, end in hit.in_how] == ["Mo\u0308ten", "möten"]


def test_a_track_holds_its_own_factors_and_those_of_all(session):
    own, everyones = publish(session, "Möte", track_id=1), publish(session, "Möte")
    publish(session, "Möte", track_id=2)
    assert found(session, "möte", track_id=1) == [everyones, own]


def test_statuses_filter_what_is_found(session):
    publish(session, "Möte")
    declined = publish(session, "Möte", status=FactorStatus.DECLINED)
    assert found(session, "möte", statuses=(FactorStatus.DECLINED,)) == [declined]
    both = {"statuses": (FactorStatus.DECLINED, FactorStatus.MERGED), "track_id": 1}
    assert found(session, "möte", **both) == [declined]


def test_pages_hold_each_factor_once_and_the_total_is_capped(session, monkeypatch):
    monkeypatch.setattr(finding, "MOST_FOUND", 7)
    keys = [publish(session, "Möte") for _ in range(9)]
    pages = [
        finding.find(desks.bare(session), Within(HERE), "möte", offset=n, limit=3)
        for n in (0, 3, 6, 9)
    ]
    assert [hit.factor_id for page in pages for hit in page.hits] == keys[:1:-1]
    assert {(page.total, page.more) for page in pages} == {(7, True)}


# --- likeness


@pytest.mark.parametrize("name", SAME)
def test_a_draft_that_says_much_the_same_is_shown_the_factor(session, name):
    there, draft = SAME[name]
    publish(session, "Studiebesök hos andra", "Vi åkte till en annan kommun och frågade.")
    factor = publish(session, *there)
    assert finding.similar(desks.bare(session), Within(HERE), *draft) == [factor]


@pytest.mark.parametrize("name", OTHER)
def test_a_draft_that_says_something_else_is_shown_nothing(session, name):
    there, draft = OTHER[name]
    publish(session, *there)
    assert finding.similar(desks.bare(session), Within(HERE), *draft) == []


def test_among_many_the_most_alike_comes_first_and_only_three_are_shown(session):
    keys = {name: publish(session, *there) for name, (there, _) in SAME.items()}
    for name, (_, draft) in SAME.items():
        assert finding.similar(desks.bare(session), Within(HERE), *draft)[0] == keys[name]
    for _ in range(5):
        publish(session, "Korta möten varje vecka")
    assert (
        len(finding.similar(desks.bare(session), Within(HERE), "Korta möten varje vecka", "")) == 3
    )


def test_only_factors_that_can_be_supported_are_similar_unless_others_are_asked_for(session):
    title = "Korta möten varje vecka"
    adopted = publish(session, title, status=FactorStatus.ADOPTED)
    declined = publish(session, title, status=FactorStatus.DECLINED)
    publish(session, title, track_id=2)
    assert finding.similar(desks.bare(session), Within(HERE, 1), title, "") == [adopted]
    within = Within(HERE, 1, (FactorStatus.DECLINED,))
    assert finding.similar(desks.bare(session), within, title, "") == [declined]


def test_an_empty_draft_is_like_nothing(session):
    publish(session, "Korta möten")
    assert finding.similar(desks.bare(session), Within(HERE), "", "") == []
    assert finding.similar(desks.bare(session), Within(HERE), "?!", "…") == []


# --- titles


@pytest.mark.parametrize(
    "typed", ["k", "kor", "möt", "korta mot", "motena", "kotra", "kortta m", "möetn", "moten korta"]
)
def test_a_title_is_found_by_the_beginnings_of_its_words_and_with_mistakes(session, typed):
    publish(session, "Ledarskap")
    publish(session, "Korta möten")
    assert titled(session, typed) == ["Korta möten"]


def test_titles_that_begin_with_what_was_typed_come_first_then_the_newest(session):
    for title in ("Möte i maj", "Om möte", "Möte i juni"):
        publish(session, title)
    assert titled(session, "möte") == ["Möte i juni", "Möte i maj", "Om möte"]
    assert titled(session, "") == ["Möte i juni", "Om möte", "Möte i maj"]


def test_the_mark_of_a_programme_is_no_word_of_a_title(session):
    publish(session, "Korta möten")
    for typed in ("_", "_4", str(HERE), f"_{HERE}"):
        assert titled(session, typed) in ([], ["Korta möten"])
        assert found(session, typed) == []
    assert titled(session, "4") == []


def test_a_number_is_no_misspelling_of_another(session):
    publish(session, "Plan för 20261")
    assert found(session, "20262") == []


# --- what is kept


def test_after_an_edit_old_words_find_nothing_and_leave_nothing(session):
    factor = publish(session, "Hemligheten", "om någonting")
    search.put(session, factor, HERE, "Rättat", "om möten", "")
    session.flush()
    assert (found(session, "hemligheten"), found(session, "någonting")) == ([], [])
    assert (titled(session, "hemli"), titled(session, "rätt")) == ([], ["Hemligheten"])
    assert found(session, "rättat möten") == [factor]
    assert not {term for term in known(session) if term.startswith(("hemlig", "nagonting"))}


def test_what_is_dropped_is_not_found_and_leaves_no_words(session):
    factor = publish(session, "Korta möten", "varje vecka")
    search.drop(session, factor)
    search.drop(session, factor)
    assert found(session, "möten") == []
    assert titled(session, "kort") == []
    assert known(session) == {}


def test_a_savepoint_that_is_undone_leaves_the_index_as_it_was(session):
    kept = publish(session, "Korta möten")
    before = known(session)

    def fail() -> None:
        with session.begin_nested():
            publish(session, "Långa möten")
            search.put(session, kept, HERE, "Handledning", "", "")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(session, "möten") == [kept]
    assert found(session, "långa") == found(session, "handledning") == []
    assert known(session) == before


def test_words_are_counted_as_the_factors_that_hold_them(session):
    one, two = publish(session, "möten möten", "Möten"), publish(session, "möten")
    assert known(session)["moten"] == 2
    search.drop(session, one)
    assert known(session)["moten"] == 1
    search.put(session, two, HERE, "annat", "", "")
    assert "moten" not in known(session)


def test_an_index_made_anew_is_the_same(session):
    for there, _ in SAME.values():
        publish(session, *there)
    publish(session, "Möte", programme=ELSEWHERE)
    rows = select(FactorTerms.factor_id, FactorTerms.title, FactorTerms.words)
    before = known(session), session.exec(rows.order_by(FactorTerms.factor_id)).all()
    search.rebuild(session.connection())
    session.expire_all()
    assert (known(session), session.exec(rows.order_by(FactorTerms.factor_id)).all()) == before
    assert len(found(session, "möte", ELSEWHERE)) == 1


def test_a_programme_that_is_deleted_takes_its_words_along(session):
    publish(session, "Möte", programme=ELSEWHERE)
    kept = publish(session, "Möte")
    delete_programme(Desk(session, ELSEWHERE, None, NOW))
    assert found(session, "möte", ELSEWHERE) == []
    assert found(session, "möte") == [kept]
    assert {row.programme_id for row in session.exec(select(Term))} == {HERE}


_OLD_PROGRAMME = text(
    "INSERT INTO programme (id, preset, language, timezone, created_at, digest_weekday, "
    "digest_hour, reminders) VALUES (:programme, 'leda', 'sv', 'Europe/Stockholm', :now, 3, 9, '')"
).bindparams(bindparam("now", type_=UtcDateTime()))


_OLD_PEOPLE = [
    text(statement).bindparams(bindparam("now", type_=UtcDateTime()))
    for statement in (
        (
            "INSERT INTO organisation (id, programme_id, name, folded, created_at, code) "
            "VALUES (:id, :programme, 'Vara', 'vara', :now, '')"
        ),
        (
            "INSERT INTO participant (id, programme_id, organisation_id, member_id, joined_at) "
            "VALUES (:id, :programme, :id, :id, :now)"
        ),
    )
]


def test_a_migration_lets_factors_be_found_that_were_there_before(url, tmp_path):
    """From the release before, with a factor in it."""
    from storage.upgrade import VERSIONS

    for name in ("0001", "0002", "0003"):
        (source,) = VERSIONS.glob(f"{name}_*.py")
        (tmp_path / source.name).write_text(source.read_text("utf-8"), "utf-8")
    upgrade(url, now=NOW, versions=tmp_path)
    engine = engines.writing(engines.parse(url))
    with Session(engine) as session, session.begin():
        for programme in (HERE, ELSEWHERE):
            session.connection().execute(_OLD_PROGRAMME, {"programme": programme, "now": NOW})
            for statement in _OLD_PEOPLE:
                about = {"programme": programme, "id": programme - HERE + 1, "now": NOW}
                session.connection().execute(statement, about)
        values = {"programme": HERE, "title": "Korta möten", "now": NOW.isoformat()}
        session.connection().execute(
            text(
                "INSERT INTO factor (programme_id, title, folded, kind, how, participant_id, "
                "organisation_id, status, revision, created_at, context) VALUES (:programme, "
                ":title, '', 'promoting', 'varje vecka', 1, 1, 'open', 1, :now, 'skolan')"
            ),
            values,
        )
    upgrade(url, now=NOW)
    with Session(engine) as session:
        assert len(found(session, "möte veckan skola")) == 1
        assert titled(session, "kor") == ["Korta möten"]
    engine.dispose()


def test_sqlite_finds_nothing_wrong_with_its_indexes(sqlite_url):
    upgrade(sqlite_url, now=NOW)
    engine = engines.writing(engines.parse(sqlite_url))
    with Session(engine) as session:
        for programme in (HERE, ELSEWHERE):
            _programme(session, programme)
        for there, _ in SAME.values():
            key = publish(session, *there)
        search.put(session, key, HERE, "Annat", "nu", "")
        search.drop(session, key - 1)
        for name in ("factor_title_index", "factor_word_index"):
            check = f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"
            session.connection().execute(text(check))  # raises if it differs from its table
    engine.dispose()


# --- whatever people type

SIGNS = "\"'()*:^+-{}[]~!&|<>@\\/%_;,.\x00\x1a\u200b\u202e\ud7ff\U0001f469\u200d\u2695\ufe0f åÄé"
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=SIGNS + "abc ANDORNOTEAR", max_size=60),
    st.sampled_from(
        [
            '"', "*", "NEAR(möte, 2)", "möte AND", "NOT möte", "title:möte", "^möte", "möte*",
            "'; DROP TABLE factor; --", f"_{ELSEWHERE}", f"möte OR _{ELSEWHERE}", "a" * 4000,
            "möte " * 800, "(" * 4000, "\U0001f469\u200d\u2695\ufe0f" * 1000, "\x00möte\x00",
            "\u00bd \ufb01 \uff46\uff55\uff4c\uff4c", "programme_id",
        ]
    ),
)  # fmt: skip


def test_whatever_is_typed_nothing_fails_and_nobody_elses_factors_are_found(session: Session):
    publish(session, "Möte AND lunch", 'Vi sa "ja"')
    theirs = publish(session, "Möte OR lunch", "NEAR", programme=ELSEWHERE)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(said=HOSTILE, more=HOSTILE)
    def check(said: str, more: str) -> None:
        assert theirs not in found(session, said)
        assert theirs not in found(session, said, track_id=1, statuses=(FactorStatus.OPEN,))
        assert theirs not in finding.similar(desks.bare(session), Within(HERE), said, more)
        assert theirs not in [
            key for key, _ in finding.titles(desks.bare(session), Within(HERE), said, 25)
        ]

    check()


def test_whatever_is_published_can_be_found_and_taken_away_again(session: Session):
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(title=HOSTILE, how=HOSTILE)
    def check(title: str, how: str) -> None:
        # PostgreSQL refuses NUL in a text, so no factor's holds one.
        factor = publish(session, title.replace("\x00", " "), how.replace("\x00", " "))
        for word in telling(title)[:1]:
            assert factor in found(session, word)
        search.drop(session, factor)
        assert known(session) == {}

    check()


@given(said=HOSTILE)
def test_words_are_letters_and_digits_and_spans_are_inside_the_text(said: str):
    said_words = words(said)
    assert all(term.isalnum() for word in said_words for term in terms(word))
    marked = spans(said, {term for word in said_words for term in terms(word)})
    assert len(marked) == len(said_words)
    assert all(0 <= start < end <= len(said) for start, end in marked)
