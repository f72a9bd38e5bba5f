"""What had ended before the rules changed keeps its standing by the rules of then."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, create_engine, text
from sqlmodel import Session

from bot.domain.factors import factors, recounts, votes
from bot.domain.factors.counting import Stance, Standing
from storage import engines
from storage.migrations import old_rules
from storage.types import UtcDateTime
from storage.upgrade import VERSIONS, upgrade
from tests import desks
from tests.domain import steps
from tests.storage.steps import NOW, ask

HERE = 1
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ADOPTED, OPEN, CLOSED, DECLINED, MERGED, RESTING = range(1, 7)
# Three organisations of one track, with a participant each: two support, one is unsure. By the
# rules of then that was shared ground; by those of today two supporters are too few.
SAID = {1: "support", 2: "support", 3: "unsure"}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The revisions of the release before."""
    folder = tmp_path / "before"
    folder.mkdir()
    for path in VERSIONS.glob("0*.py"):
        if path.name < "0012":
            shutil.copy(path, folder)
    return folder


@pytest.fixture
def upgraded(url: str, before: Path) -> Iterator[Callable[..., Any]]:
    """Runs a use case in the programme, after it was brought up to date."""
    upgrade(url, now=NOW, versions=before)
    engine = create_engine(engines.parse(url))
    with engine.begin() as connection:

        def run(statement: str, at: datetime | None = LONG_AGO, **values: Any) -> None:
            moment = [bindparam("at", type_=UtcDateTime())] if ":at" in statement else []
            dated = {"at": at} if moment else {}
            connection.execute(text(statement).bindparams(*moment), {**dated, **values})

        run(_PROGRAMME)
        for track in (1, 2):
            run(_TRACK, id=track, name=f"Track {track}", short=f"t{track}")
        run("UPDATE track SET archived_at = :at WHERE id = 2")
        for one in SAID:
            run(_ORGANISATION, id=one, name=f"Organisation {one}")
            run(_INSIDE, organisation=one, track=1)
            run(_INSIDE, organisation=one, track=2)
            run(_PARTICIPANT, id=one)
        _factor(run, ADOPTED, "adopted")
        _factor(run, OPEN, "open")
        _factor(run, CLOSED, "open")
        run("UPDATE factor SET closes_at = :at WHERE id = 3", LONG_AGO + timedelta(days=9))
        _factor(run, DECLINED, "declined")
        _factor(run, MERGED, "merged")
        _factor(run, RESTING, "open", track=2)
        for factor in (ADOPTED, OPEN, CLOSED, RESTING):
            for who, choice in SAID.items():
                run(_VOTE, factor=factor, who=who, choice=choice, reason=None)
        # Of the declined one, the text was changed long after; an objection counts all the same.
        for who, choice in ((1, "support"), (2, "object")):
            reason = "Too early." if choice == "object" else None
            run(_VOTE, factor=DECLINED, who=who, choice=choice, reason=reason)
        run(_EDITED, LONG_AGO + timedelta(days=1), factor=DECLINED)
        run("UPDATE factor SET changed_at = :at WHERE id = 4", LONG_AGO + timedelta(days=1))
        # The merged one's votes count for the open one: a taken-back vote there hides one of them.
        run("UPDATE factor SET merged_into_id = 2, root_id = 2, moved_at = :at WHERE id = 5")
        later = LONG_AGO + timedelta(days=2)
        run(_VOTE, factor=MERGED, who=3, choice="object", reason="No.")
        run(
            "UPDATE vote SET choice = NULL, cast_at = :at "
            "WHERE factor_id = 2 AND participant_id = 3",
            later,
        )
        run(_VOTE, factor=DECLINED, who=3, choice=None, reason=None)
    engine.dispose()
    upgrade(url, now=NOW)
    engine = engines.writing(engines.parse(url))

    def do(work: Callable[..., Any], *args: Any) -> Any:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return desks.call(session, work, *args, now=NOW, programme=HERE)

    yield do
    engine.dispose()


def _factor(run: Callable[..., None], number: int, status: str, track: int = 1) -> None:
    run(_FACTOR, id=number, status=status, track=track)


@pytest.mark.parametrize("factor", [ADOPTED, CLOSED, RESTING])
def test_what_had_ended_stands_by_the_rules_of_then_and_says_so(upgraded, factor):
    for _ in range(2):
        found = upgraded(factors.show, factor).tally
        assert (found.standing, found.frozen, found.old_rules) == (
            Standing.SHARED_GROUND, True, True,
        )  # fmt: skip
        assert [each.standing for each in found.by_track] == [Standing.SHARED_GROUND]
        assert (found.support, found.unsure, found.organisations) == (2, 1, 3)
        assert found.stances[Stance.SUPPORTS] == 2
        assert found.score == pytest.approx((0.625 * 2 + 0.25) / 3)
        upgraded(recounts.count, factor)


def test_what_is_open_is_due_and_is_counted_by_the_rules_of_today(upgraded):
    due = [row.id for row in steps.settled(upgraded)]
    assert sorted(due) == [OPEN, CLOSED, RESTING], "the cards of closed ones say so too"
    found = upgraded(factors.show, OPEN).tally
    assert (found.standing, found.old_rules) == (Standing.TOO_EARLY, False)


def test_votes_from_before_an_edit_are_frozen_as_they_counted(upgraded):
    found = upgraded(factors.show, DECLINED).tally
    assert (found.support, found.objections, found.before_edit) == (0, 1, 1)
    (against,) = upgraded(votes.objections, DECLINED)
    assert (against.organisation, against.reason) == ("Organisation 2", "Too early.")


def test_a_taken_back_vote_is_kept_only_where_another_would_count_in_its_place(url, upgraded):
    kept = ask(url, "SELECT factor_id, participant_id FROM vote WHERE choice IS NULL")
    assert kept == [(OPEN, 3)]


def test_what_was_frozen_is_plain_data(url, upgraded):
    rows = ask(url, "SELECT factor_id, body FROM frozen_tally ORDER BY factor_id")
    assert [factor for factor, _ in rows] == [ADOPTED, CLOSED, DECLINED, RESTING]
    body = rows[0][1] if isinstance(rows[0][1], dict) else json.loads(rows[0][1])
    assert body["voices"] == {
        "1": ["supports", 1, 0, 0], "2": ["supports", 1, 0, 0], "3": ["unsure", 0, 0, 1],
    }  # fmt: skip
    assert body["tracks"] == {"1": ["shared_ground", [1, 2, 3]]}


# --- the rules of then, as their tests had them

FOR, AGAINST, UNSURE, SILENT = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)


def track(*groups: tuple[int, Any], start: int = 0) -> dict[int, Any]:
    voted = [votes for number, votes in groups for _ in range(number)]
    return dict(enumerate(voted, start))


@pytest.mark.parametrize(
    ("tracks", "expected"),
    [
        ([track((4, FOR), (1, AGAINST), (6, SILENT))], "too_early"),
        ([track((6, FOR), (3, AGAINST))], "divided"),
        ([track((8, FOR), (3, AGAINST))], "shared_ground"),
        ([track((2, FOR), (1, UNSURE))], "shared_ground"),
        ([track((5, FOR), (3, UNSURE))], "no_clear_support"),
        ([track((9, FOR)), track((3, FOR), (4, UNSURE), start=9)], "differs"),
        ([{}, track((5, FOR))], "shared_ground"),
        ([{}], "too_early"),
        ([track((2, FOR), (2, UNSURE)) | track((2, FOR), start=100),
          track((2, FOR), (2, UNSURE), start=50) | track((2, FOR), start=100)],
         "no_clear_support"),  # an organisation of two tracks counted once overall
    ],
)  # fmt: skip
def test_the_rules_of_then_are_kept_as_they_were(tracks, expected):
    assert old_rules.standing(tracks) == expected


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), max_size=9))
def test_of_one_track_the_old_standing_never_differs_between_tracks(members):
    assert old_rules.standing([dict(enumerate(members))]) != "differs"


_PROGRAMME = """
INSERT INTO programme (id, language, timezone, preset, created_at, joining, word_one, word_many,
    word_definite, digest_weekday, digest_hour, reminders)
VALUES (1, 'sv', 'UTC', 'leda', :at, 'open', '', '', '', 3, 9, '')
"""
_TRACK = """
INSERT INTO track (id, programme_id, name, short, emoji, description, created_at)
VALUES (:id, 1, :name, :short, 'x', '', :at)
"""
_ORGANISATION = """
INSERT INTO organisation (id, programme_id, name, folded, code, created_at)
VALUES (:id, 1, :name, :name, '', :at)
"""
_INSIDE = """
INSERT INTO organisation_track (organisation_id, track_id) VALUES (:organisation, :track)
"""
_PARTICIPANT = """
INSERT INTO participant (id, programme_id, member_id, organisation_id, joined_at)
VALUES (:id, 1, :id, :id, :at)
"""
_FACTOR = """
INSERT INTO factor (id, programme_id, track_id, title, folded, kind, how, context, evidence,
    organisation_id, on_behalf, discreet, status, reason, version, voted_version, standing, score,
    split, discussed, recount_due, revision, created_at, root_id)
VALUES (:id, 1, :track, 'x', 'x', 'promoting', 'x', '', '', 1, false, false, :status, '', 1, 1,
    'too_early', 0, 0, 3, false, 1, :at, :id)
"""
_VOTE = """
INSERT INTO vote (factor_id, participant_id, choice, reason, cast_at)
VALUES (:factor, :who, :choice, :reason, :at)
"""
_EDITED = """
INSERT INTO factor_version (factor_id, number, title, how, context, evidence, small, until)
VALUES (:factor, 1, 'y', 'y', '', '', false, :at)
"""
