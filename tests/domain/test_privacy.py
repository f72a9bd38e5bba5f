"""What is kept about a person: they can have all of it, and be forgotten."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import JSON, func, select, update

from bot.domain.factors import factors, finding, votes
from bot.domain.factors import presence as members
from bot.domain.factors.errors import TooManyFactors
from bot.domain.factors.pace import HOURLY_LIMIT
from bot.domain.members import participants, roles
from bot.domain.members.errors import NotAParticipant
from bot.domain.membership import joining, presence
from bot.domain.membership.errors import BeingForgotten, TooManyTries
from bot.domain.membership.joining import CODE_TRIES
from bot.domain.programme import privacy
from cogs.programme.privacy import EXPLAINED
from storage import journal
from storage.desk import Person
from storage.enums import Choice
from storage.factors.votes import Vote
from storage.members import spent
from storage.members.participants import Participant
from storage.members.spent import HOUR
from storage.organisations.organisations import Organisation
from storage.programme.ownership import tables
from storage.programme.privacy import person_columns, tables_about_people, text_columns
from storage.search.terms import Term
from storage.types import Snowflake
from tests.domain import steps
from tests.domain.conftest import ELSEWHERE, HERE, NOW
from tests.domain.filling import everything, fill
from tests.domain.scenes import scene

ANNA, BO = 10**18 + 1, 10**18 + 2

# Columns of Discord's ids that are no person's. A new column belongs here, or, if it names somebody
# in passing, in storage.privacy.IN_PASSING; one called member_id is covered as it is.
NOT_PEOPLE = {
    "delivery.channel_id",
    "delivery.message_id",
    "draft.source_channel_id",
    "draft.source_message_id",
    "factor.channel_id",
    "factor.message_id",
    "factor.source_channel_id",
    "factor.source_message_id",
    "factor.thread_id",
    "heard.channel_id",
    "heard.last_id",
    "join_request.channel_id",
    "join_request.message_id",
    "meeting.channel_id",
    "meeting.event_id",
    "meeting.message_id",
    "member.direct_id",
    "place.discord_id",
    "programme.id",
    "talk.channel_id",
    "talk.place_id",
}


def names(columns) -> set[str]:
    return {f"{column.table.name}.{column.name}" for column in columns}


def is_json(column) -> bool:
    return isinstance(column.type, JSON)


def said(held: privacy.Holdings) -> str:
    return json.dumps(held.tables)


@scene
def filled(world):
    """Anna and Bo in every table of two programmes."""
    for programme in (HERE, ELSEWHERE):
        for member in (ANNA, BO):
            world(fill, programme, member)
    return world


def test_every_column_that_can_hold_a_person_is_known_to_privacy():
    of_discord = [c for t in tables() for c in t.columns if isinstance(c.type, Snowflake)]
    programmes = [column for column in of_discord if column.name == "programme_id"]
    people = [column for table in tables() for column in person_columns(table)]
    assert names(of_discord) - names(programmes) - NOT_PEOPLE == names(people)


def test_every_part_of_an_export_is_explained_in_it():
    assert {table.name for table in tables_about_people()} <= set(EXPLAINED)


@pytest.mark.parametrize("table", tables_about_people(), ids=lambda table: table.name)
def test_an_export_holds_what_every_table_tells_of_a_person(filled, table):
    if table.name == "programme":  # it has one row, and names whoever started it
        assert table.name not in filled(privacy.export, BO).tables
    row = filled(privacy.export, ANNA).tables[table.name][0]
    assert set(row) >= {column.name for column in table.columns}
    for column in person_columns(table):
        assert row[column.name] == str(ANNA)


def test_an_export_names_nobody_else_and_no_other_programme(filled):
    held = said(filled(privacy.export, ANNA))
    assert str(BO) not in held
    assert str(ELSEWHERE) not in held


def test_an_export_is_written_for_people_and_programs(filled):
    held = filled(privacy.export, ANNA)
    vote, request = held.tables["vote"][0], held.tables["join_request"][0]
    assert vote["cast_at"] == "2026-11-23T09:00:00Z"
    assert vote["factor"] == f"factor.title of {ANNA} in {HERE}"
    assert request["organisation"] == f"organisation.name of {ANNA} in {HERE}"
    assert held.tables["journal"][0]["data"] == {"before": [str(ANNA)], "after": "said"}


def test_whoever_decided_on_a_request_is_not_told_to_whoever_asked(trial):
    trial(fill, HERE, ANNA)
    trial(lambda s: s.connection().exec_driver_sql(f"UPDATE join_request SET decided_by = {BO}"))
    assert trial(privacy.export, ANNA).tables["join_request"][0]["decided_by"] is None


def test_nothing_is_kept_about_a_stranger_or_where_there_is_no_programme(filled):
    assert filled(privacy.export, ANNA + 99).nothing
    assert filled(privacy.export, ANNA, programme=HERE + 99).nothing


def test_after_erasing_nothing_in_the_programme_tells_of_the_person(filled):
    assert filled(steps.erase, ANNA)
    assert filled(privacy.export, ANNA).nothing
    for rows in filled(everything, HERE).values():
        for row in rows:
            assert ANNA not in row
            assert str(ANNA) not in str(row._mapping.get("data", ""))


def test_after_erasing_nobodys_text_names_the_person_and_no_search_finds_them(trial):
    trial.join(BO, trial.vara)
    title, how = f"Ask <@{ANNA}> first", f"We asked <@!{ANNA}>, that is {ANNA}, not {ANNA}7."
    factor = trial.factor(BO, title=title, how=how)
    trial(votes.vote, factor.id, BO, Choice.OBJECT, reason=f"Only <@{ANNA}> could.")
    trial.join(ANNA, trial.vara)
    trial(steps.erase, ANNA)
    after = trial(factors.show, factor.id)
    assert after.title == "Ask somebody first"
    assert after.how == f"We asked somebody, that is somebody, not {ANNA}7."
    assert after.revision > factor.revision, "its card follows"
    assert {each.id for each in steps.settled(trial)} == {factor.id}
    assert trial(votes.objections, factor.id)[0].reason == "Only somebody could."
    assert trial(lambda s: s.get(Term, (HERE, str(ANNA)))) is None
    assert [each.id for each in trial(finding.search, "somebody").factors.items] == [factor.id]


def test_wherever_others_may_have_written_it_the_id_is_gone(world):
    for member in (ANNA, BO):
        world(fill, HERE, member)

    def name_anna(session):
        for table in tables():
            last = select(table).order_by(*(key.desc() for key in table.primary_key)).limit(1)
            for column in text_columns(table):
                row = session.connection().execute(last).mappings().one()
                mine = [key == row[key.name] for key in table.primary_key]
                said = {"said": [f"<@{ANNA}>", ANNA]} if is_json(column) else f"<@{ANNA}>"
                session.connection().execute(update(table).where(*mine).values({column.name: said}))

    world(name_anna)
    held = {name for name, rows in world(everything, HERE).items() if str(ANNA) in str(rows)}
    assert len(held) > 15
    world(steps.erase, ANNA)
    left = {name for name, rows in world(everything, HERE).items() if str(ANNA) in str(rows)}
    assert left - {"term"} == set(), "a term is made anew with its factors"


def test_whoever_erases_themselves_begins_no_new_hour(trial):
    trial.join(ANNA, trial.vara)
    for number in range(HOURLY_LIMIT - 1):
        trial.factor(ANNA, title=f"The {number}. of many")
    for number in range(2):
        trial(steps.erase, ANNA)
        trial.join(ANNA, trial.vara)
        if not number:
            trial.factor(ANNA, title="One more")
    with pytest.raises(TooManyFactors):
        trial.factor(ANNA, title="Too many")
    trial(spent.forget_old, now=NOW)
    with pytest.raises(TooManyFactors):
        trial.factor(ANNA, title="Too many still")
    trial.factor(ANNA, title="An hour later", now=NOW + HOUR)
    trial(spent.forget_old, now=NOW + HOUR)
    assert trial(everything, HERE)["spent"] == []


def test_nor_do_wrong_codes_begin_anew(trial):
    trial(lambda s: s.connection().exec_driver_sql("UPDATE programme SET joining = 'code'"))
    for _ in range(CODE_TRIES):
        assert trial(joining.join_with_code, ANNA, str(trial.vara), "WRONG") is None
    trial(steps.erase, ANNA)
    with pytest.raises(TooManyTries):
        trial(joining.join_with_code, ANNA, str(trial.vara), "WRONG")
    assert trial(joining.join_with_code, BO, str(trial.vara), "WRONG") is None
    assert str(ANNA) not in str(trial(everything, HERE)["spent"])


def test_erasing_touches_neither_other_people_nor_other_programmes(filled):
    elsewhere, bo = filled(everything, ELSEWHERE), said(filled(privacy.export, BO))
    filled(steps.erase, ANNA)
    assert filled(everything, ELSEWHERE) == elsewhere
    assert said(filled(privacy.export, BO)) == bo


def test_erasing_keeps_what_the_organisation_said_without_the_person(trial):
    trial.join(ANNA, trial.vara)
    trial.join(BO, trial.vara)
    factor = trial.factor(ANNA)
    trial(votes.vote, factor.id, BO, Choice.SUPPORT)
    trial(votes.vote, factor.id, ANNA, Choice.OBJECT, reason="My own words")
    done = trial(steps.erase, ANNA)
    steps.settled(trial)
    after = trial(factors.show, factor.id)
    assert (after.title, after.organisation) == (factor.title, "Vara kommun")
    assert after.proposer_id == 0
    assert after.revision > factor.revision
    assert (after.tally.support, after.tally.objections) == (1, 0)
    assert done.factors == (factor.id,)
    cast = trial(lambda s: s.exec(select(Vote.choice, Vote.reason)).all())
    assert sorted(cast) == [(Choice.OBJECT, None), (Choice.SUPPORT, None)]


def test_the_rows_of_an_erased_person_cannot_be_put_together(trial):
    trial.join(ANNA, trial.vara)
    trial.join(ANNA, trial.goteborg)
    trial(steps.erase, ANNA, now=NOW + timedelta(days=1))
    rows = trial(lambda s: s.scalars(select(Participant)).all())
    assert [row.member_id for row in rows] == [-row.id for row in rows]
    assert len({row.member_id for row in rows}) == len(rows) == 2
    assert [row.left_at for row in rows] == [NOW, NOW + timedelta(days=1)]


def test_an_erased_person_takes_no_part_and_may_begin_anew(trial):
    trial.join(ANNA, trial.vara)
    trial(steps.erase, ANNA)
    with pytest.raises(NotAParticipant):
        trial(participants.need, ANNA)
    again = trial.join(ANNA, trial.vara)
    assert again.organisation == "Vara kommun"
    assert trial(lambda s: s.scalar(select(func.count(Participant.id)))) == 2


def test_erasing_twice_is_erasing_once(trial):
    trial.join(ANNA, trial.vara)
    trial(steps.erase, ANNA)
    before = trial(everything, HERE)
    assert trial(steps.erase, ANNA) is None
    assert trial(everything, HERE) == before


def test_the_journal_tells_that_somebody_was_erased_and_not_who(trial):
    trial.join(ANNA, trial.vara)
    trial(steps.erase, ANNA)
    last = trial.journal()[-1]
    assert (last.kind, last.who, last.subject_id, last.data) == ("member.erased", None, None, {})


def test_whoever_is_erased_leaves_cards_to_delete_and_organisations_without_a_contact(filled):
    done = filled(steps.erase, ANNA)
    assert done.cards == ((7, 7),)
    assert done.answered_for == (f"organisation.name of {ANNA} in {HERE}",)


def test_what_waited_in_the_queue_of_roles_does_not_bring_an_erased_person_back(trial):
    trial.join(ANNA, trial.vara)
    trial(steps.erase, ANNA)
    trial(roles.roles_done, ANNA, trial(roles.roles_wanted, ANNA))
    trial(presence.gone, [ANNA])
    trial(members.seen, ANNA)
    assert trial(privacy.export, ANNA).nothing


def test_a_manager_who_set_the_programme_up_can_be_erased_too(world):
    manager = Person(ANNA, frozenset(), manages_server=True)
    world.set_up()
    world(lambda s: s.connection().exec_driver_sql(f"UPDATE programme SET started_by = {ANNA}"))
    assert world(privacy.export, manager.id).tables["programme"]
    assert world(steps.erase, manager.id)
    assert world(privacy.export, manager.id).nothing


def test_who_is_being_forgotten_can_join_when_it_is_done_and_not_before(trial):
    trial.join(ANNA, trial.vara)
    assert trial(privacy.begin, ANNA)
    for way in (joining.join_open, joining.come_back, joining.ask):
        with pytest.raises(BeingForgotten):
            trial(way, ANNA, trial.vara)
    assert trial(steps.erase, ANNA)
    assert trial.join(ANNA, trial.vara).organisation == "Vara kommun"


def test_nobody_is_said_to_be_forgotten_of_whom_something_was_written_since(trial):
    trial.join(ANNA, trial.vara)
    trial(privacy.begin, ANNA)
    for part in trial(privacy.traces, ANNA):
        trial(privacy.take_out, ANNA, part)
    trial(lambda s: journal.write(s, HERE, NOW, ANNA, "participant.asked"))
    assert trial(privacy.end, ANNA, ()) is False
    assert trial(privacy.under_way) == (ANNA,)
    assert trial(steps.erase, ANNA)
    assert trial(privacy.export, ANNA).nothing


def test_whom_they_answered_for_is_known_until_the_last_part(trial):
    trial.join(ANNA, trial.vara)
    contact = update(Organisation).where(Organisation.id == trial.vara).values(contact_id=ANNA)
    trial(lambda s: s.execute(contact))
    trial(privacy.begin, ANNA)
    *parts, last = trial(privacy.traces, ANNA)
    for part in parts:
        trial(privacy.take_out, ANNA, part)
    assert trial(privacy.facts, ANNA).answered_for == ("Vara kommun",)
    assert last.column == "contact_id"
