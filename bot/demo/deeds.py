"""What the example's people did in the programme: use case by use case, in the order of time."""

from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.demo.example import (
    ZONE,
    Edit,
    Example,
    ExampleExperience,
    ExampleFactor,
    ExampleOutcome,
    Merge,
)
from bot.demo.meetings import Deed, Meetings, spread
from bot.domain.digest import settings
from bot.domain.factors import (
    drafts,
    edits,
    experiences,
    factors,
    keyareas,
    merging,
    outcomes,
    votes,
    windows,
    wording,
)
from bot.domain.factors.drafts import DraftDetails, Written
from bot.domain.factors.wording import SideTexts
from bot.domain.members import reach
from bot.domain.membership import joining, organisation_changes
from bot.domain.programme import settings as programme_settings
from bot.domain.programme.settings import SettingsPart
from bot.domain.tracks import tracks
from bot.domain.when import clocks
from storage.desk import Desk, Person
from storage.enums import Choice, ExperienceStance, FactorKind, FactorStatus

# For how long a factor draws votes and stories, and for how long words.
_LIVELY: Final = timedelta(days=24)
_TALKED: Final = timedelta(days=5)


def talk_moments(factor: ExampleFactor, today: datetime) -> list[datetime]:
    """When each thing was said about a factor, soon after it was proposed."""
    return _spread(factor, _TALKED, len(factor.talk), today)


def digest_moments(example: Example, today: datetime) -> list[datetime]:
    """When each weekly digest was due since the programme began."""
    digest = example.digest
    began = example.began.before(today)
    week = clocks.containing(began, digest.weekday, digest.hour, ZONE)
    found: list[datetime] = []
    while (due := clocks.ends(week, digest.weekday, digest.hour, ZONE)) <= today:
        found.append(due)
        week = week.following
    return found


class ExampleStory:
    """The example in a programme just set up: everybody joins, proposes, votes, decides, meets.

    Attributes:
        factors: the ids of those that are proposed by now, by title.
        meetings: of those that are planned by now.
    """

    def __init__(
        self, programme_id: int, example: Example, members: Mapping[str, int], today: datetime
    ) -> None:
        """Be ready to begin.

        Args:
            programme_id: the server.
            example: who did what.
            members: Discord ids by user name.
            today: aware; everything happened before.
        """
        self.factors: dict[str, int] = {}
        self._meetings = Meetings(programme_id, example, members, today)
        self.meetings: Mapping[str, int] = self._meetings.ids
        self._example = example
        self._members = members
        self._today = today
        self._programme_id = programme_id
        self._homes: dict[str, int] = {}
        self._areas: dict[str, int] = {}
        self._tracks: dict[str, str] = {}
        self._boss = example.people[0].key
        deeds = [deed for factor in example.factors for deed in self._deeds(factor)]
        deeds += [deed for one in example.meetings for deed in self._meetings.deeds(one)]
        self._in_order = sorted(deeds, key=lambda deed: deed[0])

    def begin(self, session: Session) -> None:
        """Organisations, key areas, and everyone with their organisation, as if by its code."""
        began, boss = self._example.began.before(self._today), self._person(self._boss)
        for key, name in self._example.tracks.items():
            self._tracks[key] = str(
                tracks.need(Desk(session, self._programme_id, None, began), name).id
            )
        self._meetings.tracks = self._tracks
        for one in self._example.organisations:
            inside = ", ".join(self._tracks[key] for key in one.tracks)
            said = {"name": one.name, "tracks_said": inside}
            self._homes[one.name] = self._do(
                session, organisation_changes.add, boss, **said, now=began
            ).id
        for name in self._example.key_areas:
            self._areas[name] = self._do(session, keyareas.create, boss, name, now=began).id
        for person in self._example.people:
            if person.organisation is not None:
                member, home = self._members[person.key], self._homes[person.organisation]
                self._do(session, joining.join, member, home, now=began)
        self._choose_digest(session, began)
        self._let_lists_come(session, began, wanted=False)  # nobody has old messages in the demo

    def go_on(self, session: Session, after: datetime, until: datetime) -> None:
        """All that happened after a moment and until another, in one transaction.

        One each would take a while: there are hundreds.
        """
        for moment, do in self._in_order:
            if after < moment <= until:
                do(session, moment)

    def end(self, session: Session) -> None:
        """What is to come: a greeting, and from now on everyone's own list with the digest."""
        boss, greeting = self._person(self._boss), self._example.digest.greeting
        self._do(session, settings.change, boss, off=(), greeting=greeting, now=self._today)
        self._let_lists_come(session, self._today, wanted=True)

    def _deeds(self, factor: ExampleFactor) -> Iterator[Deed]:
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

    def _do(
        self, session: Session, work: Callable[..., Any], *said: Any, now: datetime, **more: Any
    ) -> Any:
        by = said[0] if said and isinstance(said[0], Person) else None
        desk = Desk(session, self._programme_id, by, now)
        return work(desk, *said[by is not None :], **more)

    def _moments(self, factor: ExampleFactor, things: Sized) -> list[datetime]:
        return _spread(factor, _LIVELY, len(things), self._today)

    def _person(self, key: str) -> Person:
        return Person(self._members[key], frozenset(), manages_server=key == self._boss)

    def _choose_digest(self, session: Session, now: datetime) -> None:
        digest, boss = self._example.digest, self._person(self._boss)
        typed = {"digest_weekday": str(digest.weekday), "digest_hour": str(digest.hour)}
        about = SettingsPart.DIGEST, typed
        change = programme_settings.propose(Desk(session, self._programme_id, boss, now), *about)
        said, seen = (
            programme_settings.said(change.will, SettingsPart.DIGEST),
            programme_settings.mark(change.was, SettingsPart.DIGEST),
        )
        self._do(session, programme_settings.save, boss, SettingsPart.DIGEST, said, seen, now=now)

    def _let_lists_come(self, session: Session, now: datetime, *, wanted: bool) -> None:
        for person in self._example.people:
            if person.organisation is not None:
                member = self._members[person.key]
                self._do(session, reach.change, member, weekly_list=wanted, now=now)

    def _propose(self, factor: ExampleFactor, session: Session, now: datetime) -> None:
        author = self._person(factor.by)
        behalf = self._homes[factor.on_behalf] if factor.on_behalf else 0
        track = self._tracks.get(factor.track, factor.track)
        written = Written(factor.title, factor.how, FactorKind(factor.kind), track)
        draft = self._do(session, drafts.save, author, written, organisation_id=behalf, now=now)
        area = self._areas[factor.key_area] if factor.key_area else None
        details = DraftDetails(**wording.columns(factor, SideTexts), key_area_id=area)
        self._do(session, drafts.add_details, author, draft.id, details, now=now)
        factor_id = self._do(session, factors.publish, author, draft.id, now=now).id
        self.factors[factor.title] = factor_id
        if factor.opens_in is not None:
            opens = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=factor.opens_in)
            boss = self._person(self._boss)
            self._do(session, windows.set_days, boss, factor_id, opens.isoformat(), "", now=now)

    def _vote(
        self,
        factor: ExampleFactor,
        key: str,
        choice: Choice,
        reason: str | None,
        session: Session,
        now: datetime,
    ) -> None:
        member, about = self._members[key], self.factors[factor.title]
        self._do(session, votes.vote, about, member, choice, reason=reason, now=now)

    def _tell(
        self, factor: ExampleFactor, told: ExampleExperience, session: Session, now: datetime
    ) -> None:
        person, stance = self._person(told.by), ExperienceStance(told.stance)
        self._do(
            session, experiences.tell, person, self.factors[factor.title], stance, told.how, now=now
        )

    def _edit(self, factor: ExampleFactor, edit: Edit, session: Session, now: datetime) -> None:
        text = replace(wording.text_of(factor), how=edit.how)
        person, about = self._person(factor.by), self.factors[factor.title]
        self._do(session, edits.edit, person, about, text, small=False, now=now)

    def _decide(
        self, factor: ExampleFactor, outcome: ExampleOutcome, session: Session, now: datetime
    ) -> None:
        boss, about = self._person(self._boss), self.factors[factor.title]
        self._do(
            session,
            outcomes.decide,
            boss,
            about,
            FactorStatus(outcome.status),
            outcome.reason,
            now=now,
        )

    def _merge(self, factor: ExampleFactor, merge: Merge, session: Session, now: datetime) -> None:
        boss, about = self._person(self._boss), self.factors[factor.title]
        self._do(
            session, merging.merge, boss, about, self.factors[merge.into], merge.reason, now=now
        )


def _spread(factor: ExampleFactor, most: timedelta, number: int, today: datetime) -> list[datetime]:
    """So many moments after a factor was proposed, before its outcome and today."""
    begin = factor.when.before(today)
    ends = [end.when.before(today) for end in (factor.outcome, factor.merge) if end]
    return spread(begin, min([begin + most, today, *ends]), number)
