"""What people wait for costs no more when a programme has a million votes."""

import pytest
from sqlmodel import SQLModel

from bot.domain.digest import digests
from bot.domain.factors import details, factors, keyareas, lists, recounts, votes
from bot.domain.factors.lists import Listing
from bot.domain.meetings import meetings
from bot.domain.members import roles
from bot.domain.membership import joining
from bot.domain.needs import needs
from bot.domain.posts import claims, planning
from bot.domain.programme import history
from storage.enums import Choice
from storage.factors import lists as kept_lists
from storage.posts import deliveries
from tests.domain.conftest import EVERYWHERE, MANAGER, NOW, somebody
from tests.plans import listening, steps

ANNA, BO = 101, 102
# What a programme has few of, however old it is.
_SMALL = {"programme", "place", "track", "organisation", "organisation_track", "key_area", "member"}


@pytest.mark.parametrize("big", [False, True])
def test_nothing_that_people_wait_for_reads_a_table_that_grows_from_its_beginning(trial, big):
    for member in (ANNA, BO):
        trial.join(member, trial.goteborg)
    first, second = (trial.factor(ANNA, title=title).id for title in ("First", "Second"))
    waits = (
        lambda: trial(votes.cast, first, BO, Choice.SUPPORT),
        lambda: trial(votes.cast, first, BO, Choice.OBJECT, reason="Too early."),
        lambda: trial(recounts.is_due),
        lambda: trial(recounts.count, first),
        lambda: trial(factors.show, second, by=somebody(BO)),
        lambda: trial(details.of, first, by=somebody(BO)),
        lambda: trial(lists.listed, Listing(), by=somebody(BO)),
        lambda: trial(needs.of, by=somebody(BO)),
        lambda: trial(claims.claim, EVERYWHERE, now=NOW, limit=10),
        lambda: trial(planning.moments, EVERYWHERE, after=NOW, until=NOW),
    )
    with listening() as asked:
        for wait in waits:
            wait()
    found = steps(trial.file, asked, big=big)
    assert len(found) > 40
    assert [step for step in found if step.scans and step.table not in _SMALL] == []


@pytest.mark.parametrize("big", [False, True])
def test_every_index_on_some_rows_alone_is_used_or_keeps_something_unique(trial, big):
    """Its condition has to stand in the statement in the same words, or it is never used."""
    anna = somebody(ANNA)
    trial.join(ANNA, trial.goteborg)
    factor = trial.factor(ANNA).id
    for name in ("Leading", "Learning"):
        trial(keyareas.create, name, by=MANAGER)
    uses = {
        "delivery_lead": lambda: trial(deliveries.of_lead, 1),
        "factor_due": lambda: trial(recounts.is_due),
        "factor_waiting": lambda: trial(digests.preview, None, None, by=MANAGER),
        "factor_opens": lambda: trial(recounts.pass_time, EVERYWHERE, NOW, NOW),
        "factor_closes": lambda: trial(recounts.pass_time, EVERYWHERE, NOW, NOW),
        "factor_version_until": lambda: trial(recounts.pass_time, EVERYWHERE, NOW, NOW),
        "factor_merged": lambda: trial(factors.show, factor, by=anna),
        "factor_key_area": lambda: trial(keyareas.merge, "Learning", "Leading", by=MANAGER),
        "factor_occurrence": lambda: trial(kept_lists.from_meeting, 1),
        "journal_who": lambda: trial(joining.join_with_code, BO, "Vara kommun", "no"),
        "join_request_open": lambda: trial(joining.waiting_for, ANNA),
        "meeting_due": lambda: trial(meetings.due),
        "member_gone": lambda: trial(roles.known),
        "member_roles_due": lambda: trial(roles.roles_due),
        "participant_now": lambda: trial(needs.of, by=anna),
    }
    partial = {
        index.name
        for table in SQLModel.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None and not index.unique
    }
    assert partial <= uses.keys(), "name who uses it"
    for name, use in uses.items():
        with listening() as asked:
            use()
        found = [step.said for step in steps(trial.file, asked, big=big)]
        assert any(f"INDEX {name} " in said for said in found), (name, found)


def test_the_trail_is_found_without_passing_every_vote(trial):
    with listening() as asked:
        trial(history.view, 0, by=MANAGER)
    by = {step.by for step in steps(trial.file, asked, big=True) if step.table == "journal"}
    assert by == {frozenset({"journal_kind", "programme_id", "kind"}), frozenset({"rowid"})}


def test_a_press_reads_the_vote_that_it_changes_and_not_all_that_its_voter_ever_cast(trial):
    trial.join(BO, trial.goteborg)
    factor = trial.factor(BO).id
    with listening() as asked:
        trial(votes.cast, factor, BO, Choice.SUPPORT)
    on_votes = [
        step
        for step in steps(trial.file, asked)
        if step.table == "vote" and "AS alone" not in step.of.statement  # asks for one, whichever
    ]
    assert on_votes
    assert all({"factor_id", "participant_id"} <= step.by for step in on_votes), on_votes
