"""Making what people may see of a meeting out of what is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.kit import names
from bot.domain.meetings.views import Answers, MeetingView, OccurrenceView
from bot.domain.tracks import tracks
from bot.domain.when import recurrence
from bot.domain.when.recurrence import Rule
from storage.desk import Desk
from storage.enums import Answer
from storage.kit.programmes import Programme
from storage.meetings import answers as kept_answers
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence

COMING = 10


def show(
    desk: Desk, programme: Programme, row: Meeting, *, at: Occurrence | None = None
) -> MeetingView:
    """A meeting, at one of its times or at the one that its card is about."""
    since = at.starts_at if at else None
    ahead, left = kept.coming(desk, row.id or 0, COMING + 1, since)
    shown = at or (ahead[0] if ahead else _last(desk, row))
    coming = [each for each in ahead if each.id != shown.id][:COMING]
    before = kept.with_minutes(desk, row.id or 0)
    view = view_of(desk, programme, row, shown, coming=coming, left=left)
    counted = counted_view(desk, row, shown)
    return replace(
        view, shown=counted, before=occurrence_view(row, before, desk.now) if before else None
    )


def view_of(
    desk: Desk,
    programme: Programme,
    row: Meeting,
    shown: Occurrence,
    *,
    coming: Sequence[Occurrence] = (),
    left: int = 1,
) -> MeetingView:
    """A meeting, kept or not, without what people answered to it."""
    track = tracks.find(desk, row.track_id) if row.track_id else None
    return MeetingView(
        id=row.id or 0,
        programme_id=programme.id,
        language=programme.language,
        title=row.title,
        kind=row.kind,
        track=track,
        zone=row.zone,
        repeat=row.repeat,
        rule=rrule(row),
        wall=datetime.fromisoformat(row.wall),
        shown=occurrence_view(row, shown, desk.now),
        coming=tuple(occurrence_view(row, each, desk.now) for each in coming),
        left=left,
        reminders=reminders_of(programme, row),
        cancelled=row.cancelled_at is not None,
        revision=row.revision,
        channel_id=row.channel_id,
        message_id=row.message_id,
        event_id=row.event_id,
        event_for=row.event_for,
        until=date.fromisoformat(row.until) if row.until else None,
        times=row.times,
    )


def counted_view(desk: Desk, row: Meeting, time: Occurrence) -> OccurrenceView:
    """One time that a meeting is held, with what people answered to it."""
    key = time.id or 0
    view = with_counts(row, time, kept_answers.counts(desk, [key])[key], desk.now)
    return replace(view, attended=kept_answers.attended(desk, key)) if view.started else view


def with_counts(
    row: Meeting, time: Occurrence, counts: Mapping[tuple[str, Answer | None], int], now: datetime
) -> OccurrenceView:
    """One time that a meeting is held, with what was counted of the answers to it."""
    total, by_organisation = answers(counts)
    view = occurrence_view(row, time, now)
    return replace(view, answers=total, by_organisation=by_organisation)


def occurrence_view(row: Meeting, time: Occurrence, now: datetime) -> OccurrenceView:
    """One time that a meeting is held, without what people answered to it."""
    return OccurrenceView(
        id=time.id or 0,
        title=row.title if time.title is None else time.title,
        place=row.place if time.place is None else time.place,
        agenda=row.agenda if time.agenda is None else time.agenda,
        wall=time.starts_at.astimezone(ZoneInfo(row.zone)).replace(tzinfo=None, fold=0),
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        moved=time.wall != time.original,
        cancelled=time.cancelled_at is not None,
        started=time.starts_at <= now,
        over=time.ends_at <= now,
        summary=time.summary,
        links=time.links,
        reason=time.reason,
    )


def answers(
    counts: Mapping[tuple[str, Answer | None], int],
) -> tuple[Answers, dict[str, Answers]]:
    """What was answered in all, and for each organisation that has answered, by its name."""
    organisations = sorted({name for name, _ in counts}, key=names.swedish_order)
    each = {
        name: Answers(
            going=counts.get((name, Answer.GOING), 0),
            maybe=counts.get((name, Answer.MAYBE), 0),
            cant=counts.get((name, Answer.CANT), 0),
            silent=counts.get((name, None), 0),
        )
        for name in organisations
    }
    total = Answers(
        going=sum(one.going for one in each.values()),
        maybe=sum(one.maybe for one in each.values()),
        cant=sum(one.cant for one in each.values()),
        silent=sum(one.silent for one in each.values()),
    )
    said = {name: one for name, one in each.items() if one.going or one.maybe or one.cant}
    return total, said


def rule_of(row: Meeting) -> Rule:
    """How a meeting comes again."""
    return Rule(row.repeat, date.fromisoformat(row.until) if row.until else None, row.times)


def rrule(row: Meeting) -> str:
    """The same as RFC 5545 writes it."""
    return recurrence.rrule_of(rule_of(row), datetime.fromisoformat(row.wall), row.zone)


def reminders_of(programme: Programme, row: Meeting) -> tuple[int, ...]:
    """Minutes ahead at which to remind of a meeting, the longest first."""
    said = programme.reminders if row.reminders is None else row.reminders
    return tuple(sorted((int(minutes) for minutes in said.split(",") if minutes), reverse=True))


def _last(desk: Desk, row: Meeting) -> Occurrence:
    """The time that a card is about when none is ahead.

    Of a meeting that was cancelled, the first that is not held; else the last that was.
    """
    times = sorted(kept.times_of(desk, row.id or 0), key=lambda time: time.starts_at)
    if row.cancelled_at is not None:
        missed = (time for time in times if time.ends_at > row.cancelled_at)
        return next(missed, times[-1])
    held = [time for time in times if time.cancelled_at is None]
    return (held or times)[-1]
