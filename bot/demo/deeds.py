"""What the example's people did in the programme: use case by use case, in the order of time."""

from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.demo.example import ZONE, Edit, Example, Experience, Factor, Merge, Outcome
from bot.demo.meetings import Deed, Meetings, spread
from bot.domain import (
    drafts,
    edits,
    experiences,
    factors,
    keyareas,
    merging,
    organisations,
    outcomes,
    participants,
    tracks,
    votes,
    windows,
)
from bot.domain.drafts import Details, Written
from bot.domain.edits import Text
from bot.domain.people import Person
from storage.enums import Choice, ExperienceStance, FactorKind, FactorStatus


@dataclass(frozen=True)
class Sown:
    """The ids of what there is now, by the titles that the example has."""

    factors: Mapping[str, int]
    meetings: Mapping[str, int]


def sow(
    session: Session,
    programme_id: int,
    example: Example,
    members: Mapping[str, int],
    *,
    today: datetime,
) -> Sown:
    """Let everybody join, propose, vote, tell, edit, decide and meet, in a programme just set up.

    Args:
        session: the transaction; one for all, since hundreds would take a while.
        programme_id: the server.
        example: who did what.
        members: Discord ids by user name.
        today: aware; everything happened before.
    """
    story = _Story(session, programme_id, example, members, today)
    story.begin()
    meetings = Meetings(session, programme_id, example, members, today)
    deeds = [deed for factor in example.factors for deed in story.deeds(factor)]
    deeds += [deed for meeting in example.meetings for deed in meetings.deeds(meeting)]
    for moment, do in sorted(deeds, key=lambda deed: deed[0]):
        do(moment)
    return Sown(story.ids, meetings.ids)


def moments(factor: Factor, number: int, today: datetime) -> list[datetime]:
    """So many moments between the day of a factor and its outcome, or today."""
    ends = [end.when.before(today) for end in (factor.outcome, factor.merge) if end]
    return spread(factor.when.before(today), min([today, *ends]), number)


class _Story:
    """The example in one transaction."""

    def __init__(
        self,
        session: Session,
        programme_id: int,
        example: Example,
        members: Mapping[str, int],
        today: datetime,
    ) -> None:
        self.ids: dict[str, int] = {}
        self._example = example
        self._members = members
        self._today = today
        self._session, self._programme_id = session, programme_id
        self._homes: dict[str, int] = {}
        self._areas: dict[str, int] = {}
        self._boss = example.people[0].key
        self._tracks = {
            key: str(tracks.need(session, programme_id, name).id)
            for key, name in example.tracks.items()
        }

    def begin(self) -> None:
        """Organisations, key areas, and everyone with their organisation, as if by its code."""
        began, boss = self._example.began.before(self._today), self._person(self._boss)
        for one in self._example.organisations:
            inside = ", ".join(self._tracks[key] for key in one.tracks)
            said = {"name": one.name, "tracks_said": inside}
            self._homes[one.name] = self._do(organisations.add, boss, **said, now=began).id
        for name in self._example.key_areas:
            self._areas[name] = self._do(keyareas.create, boss, name, now=began).id
        for person in self._example.people:
            if person.organisation is not None:
                member, home = self._members[person.key], self._homes[person.organisation]
                self._do(participants.join, member, home, now=began)

    def deeds(self, factor: Factor) -> Iterator[Deed]:
        """All that was done about a factor, and when."""
        yield factor.when.before(self._today), partial(self._propose, factor)
        ballots = [
            *((key, Choice.SUPPORT, None) for key in factor.support),
            *((key, Choice.OBJECT, reason) for key, reason in factor.objections),
            *((key, Choice.UNSURE, None) for key in factor.unsure),
        ]
        for moment, ballot in zip(self._moments(factor, ballots), ballots, strict=True):
            yield moment, partial(self._vote, factor, *ballot)
        told = factor.experiences
        for moment, one in zip(self._moments(factor, told), told, strict=True):
            yield moment, partial(self._tell, factor, one)
        if factor.edit is not None:
            yield factor.edit.when.before(self._today), partial(self._edit, factor, factor.edit)
        if factor.outcome is not None:
            decide = partial(self._decide, factor, factor.outcome)
            yield factor.outcome.when.before(self._today), decide
        if factor.merge is not None:
            yield factor.merge.when.before(self._today), partial(self._merge, factor, factor.merge)

    def _do(self, work: Callable[..., Any], *said: Any, now: datetime, **more: Any) -> Any:
        return work(self._session, self._programme_id, *said, now=now, **more)

    def _moments(self, factor: Factor, things: Sized) -> list[datetime]:
        return moments(factor, len(things), self._today)

    def _person(self, key: str) -> Person:
        return Person(self._members[key], frozenset(), manages_server=key == self._boss)

    def _propose(self, factor: Factor, now: datetime) -> None:
        author = self._person(factor.by)
        behalf = self._homes[factor.on_behalf] if factor.on_behalf else 0
        track = self._tracks.get(factor.track, factor.track)
        written = Written(factor.title, FactorKind(factor.kind), factor.how, track)
        draft = self._do(drafts.save, author, written, organisation_id=behalf, now=now)
        area = self._areas[factor.key_area] if factor.key_area else None
        details = Details(factor.context, factor.evidence, area)
        self._do(drafts.add_details, author, draft.id, details, now=now)
        factor_id = self._do(factors.publish, author, draft.id, now=now).id
        self.ids[factor.title] = factor_id
        if factor.opens_in is not None:
            opens = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=factor.opens_in)
            boss = self._person(self._boss)
            self._do(windows.set_days, boss, factor_id, opens.isoformat(), "", now=now)

    def _vote(
        self, factor: Factor, key: str, choice: Choice, reason: str | None, now: datetime
    ) -> None:
        member, about = self._members[key], self.ids[factor.title]
        self._do(votes.vote, about, member, choice, reason=reason, now=now)

    def _tell(self, factor: Factor, told: Experience, now: datetime) -> None:
        person, stance = self._person(told.by), ExperienceStance(told.stance)
        self._do(experiences.tell, person, self.ids[factor.title], stance, told.how, now=now)

    def _edit(self, factor: Factor, edit: Edit, now: datetime) -> None:
        text = Text(factor.title, edit.how, factor.context, factor.evidence)
        person, about = self._person(factor.by), self.ids[factor.title]
        self._do(edits.edit, person, about, text, small=False, now=now)

    def _decide(self, factor: Factor, outcome: Outcome, now: datetime) -> None:
        boss, about = self._person(self._boss), self.ids[factor.title]
        self._do(
            outcomes.decide, boss, about, FactorStatus(outcome.status), outcome.reason, now=now
        )

    def _merge(self, factor: Factor, merge: Merge, now: datetime) -> None:
        boss, about = self._person(self._boss), self.ids[factor.title]
        self._do(merging.merge, boss, about, self.ids[merge.into], merge.reason, now=now)
