"""The example's meetings: planned, answered, held, and written down."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.demo.example import ZONE, Example, ExampleMeeting
from bot.domain.meetings import answers, drafts, minutes, plans
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.shelf import Asked
from bot.domain.meetings.views import MeetingView
from bot.domain.when.said import Start
from storage.desk import Desk, Person
from storage.enums import Answer, Language, MeetingKind, Repeat

Deed: TypeAlias = tuple[datetime, Callable[[Session, datetime], object]]
"""When something was done, and what; it is told the transaction and when."""


class Meetings:
    """The example's meetings.

    Attributes:
        ids: of the meetings that are planned by now, by title.
        tracks: the ids of the tracks, by key.
    """

    def __init__(
        self, programme_id: int, example: Example, members: Mapping[str, int], today: datetime
    ) -> None:
        """Be ready to begin; arguments as :class:`bot.demo.deeds.Story`."""
        self.ids: dict[str, int] = {}
        self.tracks: Mapping[str, str] = {}
        self._times: dict[str, int] = {}
        self._programme_id = programme_id
        self._members, self._today = members, today
        self._boss = Person(members[example.people[0].key], frozenset(), manages_server=True)

    def deeds(self, meeting: ExampleMeeting) -> Iterator[Deed]:
        """All that was done about a meeting until today, and when."""
        planned, starts = (
            meeting.when.before(self._today),
            meeting.starts.seen_from(self._today, meeting.times or 1),
        )
        yield planned, partial(self._plan, meeting)
        said = [
            *((key, Answer.GOING) for key in meeting.going),
            *((key, Answer.MAYBE) for key in meeting.maybe),
            *((key, Answer.CANT) for key in meeting.cant),
        ]
        for moment, answer in zip(
            spread(planned, min(starts, self._today), len(said)), said, strict=True
        ):
            yield moment, partial(self._answer, meeting, *answer)
        after = starts + timedelta(hours=3)
        for number, key in enumerate(meeting.there):
            yield after + timedelta(minutes=number), partial(self._attend, meeting, key)
        if meeting.summary:
            yield after + timedelta(days=1), partial(self._write, meeting)

    def _plan(self, meeting: ExampleMeeting, session: Session, now: datetime) -> None:
        wanted = WantedMeeting(
            title=meeting.title,
            when="",
            duration=meeting.duration,
            where=meeting.where,
            track=self.tracks.get(meeting.track, meeting.track),
            kind=MeetingKind(meeting.kind),
            repeat=Repeat(meeting.repeat),
            times=meeting.times,
            agenda=meeting.agenda,
            reminders=meeting.reminders,
        )
        starts = meeting.starts.seen_from(self._today, meeting.times or 1)
        view = plan(session, self._programme_id, self._boss, wanted, starts, now=now)
        self.ids[meeting.title], self._times[meeting.title] = view.id, view.shown.id

    def _answer(
        self, meeting: ExampleMeeting, key: str, choice: Answer, session: Session, now: datetime
    ) -> None:
        about = self._times[meeting.title], self._members[key]
        answers.answer(Desk(session, self._programme_id, None, now), *about, choice)

    def _attend(self, meeting: ExampleMeeting, key: str, session: Session, now: datetime) -> None:
        about = self._times[meeting.title], self._members[key]
        answers.attend(Desk(session, self._programme_id, None, now), *about)

    def _write(self, meeting: ExampleMeeting, session: Session, now: datetime) -> None:
        said = self._times[meeting.title], meeting.summary, meeting.links
        minutes.write(Desk(session, self._programme_id, self._boss, now), *said)


def plan(
    session: Session,
    programme_id: int,
    person: Person,
    wanted: WantedMeeting,
    starts: datetime,
    *,
    now: datetime,
) -> MeetingView:
    """Plan a meeting that begins at a known moment, as its author would: sketch, choose, save.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who plans it.
        wanted: the meeting, but for when it begins.
        starts: when (aware); the minute counts.
        now: aware UTC.

    Raises:
        UserError: it cannot be planned.
    """
    local = starts.astimezone(ZoneInfo(ZONE))
    start = Start(local.replace(tzinfo=None, second=0, microsecond=0, fold=0), local.fold, ZONE)
    sketch = drafts.sketch(Desk(session, programme_id, person, now), wanted, Language.SV)
    draft_id = sketch.draft_id if isinstance(sketch, Asked) else sketch.id
    # What was typed says no time: chosen like this, it is understood also where it comes twice.
    chosen = drafts.choose(Desk(session, programme_id, person, now), draft_id, plans.said(start))
    if isinstance(chosen, Asked):
        raise chosen.error
    return drafts.save(Desk(session, programme_id, person, now), draft_id)


def spread(begin: datetime, end: datetime, number: int) -> list[datetime]:
    """So many moments between two."""
    step = (end - begin) / (number + 1)
    # By whole days, so that nobody writes in the middle of the night.
    return [
        begin + timedelta(days=(step * turn).days, minutes=25 * turn)
        for turn in range(1, number + 1)
    ]
