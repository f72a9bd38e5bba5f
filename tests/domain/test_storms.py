"""Whatever happens in whatever order, each card ends up showing what the database says."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.domain.factors import edits, factors, merging, recounts, votes
from bot.domain.factors.views import FactorView
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import UserError
from bot.domain.membership import joining, presence
from bot.i18n.words import Words
from cogs.factors.cards import factor_card
from storage.desk import Desk
from storage.enums import Choice, Language
from storage.factors.factors import Factor
from storage.factors.votes import GRACE, Vote
from storage.members.participants import Member, Participant
from storage.organisations.organisations import OrganisationTrack
from tests import desks
from tests.domain.conftest import EVERYWHERE, HERE, MANAGER, NOW
from tests.domain.scenes import scene

PEOPLE, FACTORS, HOMES = range(11, 17), range(4), range(3)

who = st.sampled_from(PEOPLE)
which = st.sampled_from(FACTORS)
cast = st.tuples(st.just("vote"), who, which, st.sampled_from(Choice))
deed = st.one_of(
    cast,
    cast,
    cast,
    st.tuples(st.sampled_from(["confirm", "take_back"]), who, which),
    st.tuples(st.just("edit"), which, st.booleans()),
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.just("unmerge"), which),
    st.tuples(st.just("join"), who, st.sampled_from(HOMES)),
    st.tuples(st.sampled_from(["leave", "gone", "back"]), who),
    st.tuples(st.just("wait"), st.sampled_from([1, 21])),
)


@dataclass
class Storm:
    """The programme within one transaction, and what the card of each factor showed last."""

    session: Session
    homes: list[int]
    ids: list[int]
    now: datetime = NOW
    edits: int = 0
    shown: dict[int, tuple[int, Any]] = field(default_factory=dict)

    def do(self, work: Any, *args: Any, **more: Any) -> Any:
        """Run a use case a minute later; one that is refused changes nothing."""
        self.now += timedelta(minutes=1)
        try:
            with self.session.begin_nested():
                return desks.call(self.session, work, *args, now=self.now, programme=HERE, **more)
        except UserError:
            return None

    def show(self, *views: FactorView | None) -> None:
        """As the bot does: the newest revision stays."""
        for view in views:
            if view is not None and view.revision >= self.shown.get(view.id, (0, None))[0]:
                self.shown[view.id] = (view.revision, drawn(view))

    def follow(self) -> None:
        """As the bot does after each commit."""
        while recounts.is_due(Desk(self.session, HERE, None, NOW)):
            self.show(*recounts.settle(Desk(self.session, HERE, None, self.now)))

    def vote(self, member: int, factor: int, choice: Choice) -> None:
        reason = "Too early." if choice is Choice.OBJECT else None
        self.show(self.do(votes.vote, self.ids[factor], member, choice, reason=reason))

    def take_back(self, member: int, factor: int) -> None:
        self.do(votes.take_back, self.ids[factor], member)

    def confirm(self, member: int, factor: int) -> None:
        self.show(self.do(votes.still_mine, self.ids[factor], member))

    def edit(self, factor: int, small: bool) -> None:
        self.edits += 1
        row = self.session.get(Factor, self.ids[factor])
        how = f"{row.how}." if small else f"Way number {self.edits}"
        text = FactorText(row.title, how)
        done = self.do(edits.edit, self.ids[factor], text, small=small, by=MANAGER)
        self.show(done and done.factor)

    def merge(self, factor: int, into: int) -> None:
        done = self.do(merging.merge, self.ids[factor], self.ids[into], "The same.", by=MANAGER)
        if done:
            self.show(done.into, done.merged)

    def unmerge(self, factor: int) -> None:
        done = self.do(merging.unmerge, self.ids[factor], by=MANAGER)
        if done:
            self.show(done.into, done.merged)

    def join(self, member: int, home: int) -> None:
        self.do(joining.join, member, self.homes[home])

    def leave(self, member: int) -> None:
        self.do(joining.leave, member)

    def gone(self, member: int) -> None:
        self.do(presence.gone, [member])

    def back(self, member: int) -> None:
        self.do(presence.back, [member])

    def wait(self, days: int) -> None:
        before, self.now = self.now, self.now + timedelta(days=days)
        recounts.pass_time(self.session, EVERYWHERE, before, self.now)


def drawn(view: FactorView) -> Any:
    return factor_card(Words(Language.EN, {}), view).to_components()


def by_hand(session: Session, factor: Factor, now: datetime) -> Counter[Choice]:
    """The votes of a factor, counted from the tables one by one."""
    rows = {row.id: row for row in session.exec(select(Factor)).all()}
    newest: dict[int, Vote] = {}
    for vote in session.exec(select(Vote).order_by(Vote.cast_at)).all():
        if end_of(rows, rows[vote.factor_id]) is factor:
            newest[vote.participant_id] = vote
    return Counter(
        vote.choice
        for vote in newest.values()
        if vote.choice is not None
        and takes_part(session, vote.participant_id, factor)
        and still_counts(path(rows, rows[vote.factor_id]), vote, now)
    )


def path(rows: dict[int, Factor], factor: Factor) -> list[Factor]:
    """A factor, what it was merged into, what that was merged into, and so on."""
    found = [factor]
    while found[-1].merged_into_id is not None:
        found.append(rows[found[-1].merged_into_id])
    return found


def end_of(rows: dict[int, Factor], factor: Factor) -> Factor:
    return path(rows, factor)[-1]


def takes_part(session: Session, participant_id: int, factor: Factor) -> bool:
    person = session.get(Participant, participant_id)
    member = session.get(Member, (HERE, person.member_id))
    if person.left_at is not None or (member is not None and member.gone_at is not None):
        return False
    inside = session.exec(
        select(OrganisationTrack.track_id).where(
            OrganisationTrack.organisation_id == person.organisation_id
        )
    ).all()
    return factor.track_id is None or factor.track_id in inside


def still_counts(passed: list[Factor], vote: Vote, now: datetime) -> bool:
    """Not edited away: where it was cast, nor where a merge has brought it."""
    own, root = passed[0], passed[-1]
    # It is as fresh there as the last of the merges that it went through.
    arrived = max([vote.cast_at, *(each.decided_at for each in passed[:-1])])
    edited = [root.changed_at] if root.changed_at and arrived < root.changed_at else []
    if not edited and own.changed_at and vote.cast_at < own.changed_at:
        edited = [own.changed_at]
    return not edited or vote.choice is Choice.OBJECT or edited[0] > now - GRACE


@scene
def begun(trial):
    """Six participants of three organisations; a factor of each track and two of both."""
    homes = [trial.goteborg, trial.vara, trial.vasteras]
    for member in PEOPLE:
        trial.join(member, homes[member % 3])
    proposers = {home: next(p for p in PEOPLE if homes[p % 3] == home) for home in homes}
    ids = [
        trial.factor(proposers[home], title=f"Factor {number}", track=track).id
        for number, (home, track) in enumerate(
            zip([*homes, homes[2]], ["", "", "all", "all"], strict=True)
        )
    ]
    return trial.engine, homes, ids


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deed, max_size=30))
@example([("merge", 0, 1), ("merge", 1, 2), ("unmerge", 0)])
@example([("vote", 11, 2, Choice.SUPPORT), ("edit", 2, False), ("merge", 2, 3), ("wait", 21)])
def test_after_a_storm_every_card_shows_what_the_database_says(begun, deeds):
    engine, homes, ids = begun
    with Session(engine, expire_on_commit=False) as session:
        storm = Storm(session, homes, ids)
        storm.show(*(factors.show(Desk(session, HERE, None, NOW), key) for key in ids))
        for what, *details in deeds:
            getattr(storm, what)(*details)
            storm.follow()
        for key in ids:
            view = factors.show(Desk(session, HERE, None, storm.now), key)
            assert storm.shown[key] == (view.revision, drawn(view))
            counted = by_hand(session, session.get(Factor, key), storm.now)
            tally = view.tally
            assert (tally.support, tally.unsure, tally.objections) == (
                counted[Choice.SUPPORT],
                counted[Choice.UNSURE],
                counted[Choice.OBJECT],
            )
        session.rollback()
