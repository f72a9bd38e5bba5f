"""Meetings to make cards of, as the domain would show them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.kit.pages import Page
from bot.domain.kit.texts import clean_line
from bot.domain.meetings.drafts import MeetingDraftView, Overlap
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.views import (
    Answers,
    ListedOccurrence,
    MeetingPage,
    MeetingView,
    Named,
    OccurrenceView,
)
from storage.enums import Answer, Language, MeetingKind, Repeat
from tests.ui.factories import SCHOOL, count, names, tame, tracks
from tests.ui.layouts import HERE, hostile, long_hostile

START = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
WALL = datetime(2026, 12, 1, 13, 0)  # noqa: DTZ001 - a clock on a wall
HOUR = timedelta(hours=1)
CALM_TEXTS = {
    "title", "place", "agenda", "reason", "summary", "links", "organisation",
}  # fmt: skip
URL = "https://discord.com/channels/1/2/3"


def occurrence_of(**values: Any) -> OccurrenceView:
    given = {
        "id": 5, "title": "Kick-off", "place": "Town hall", "agenda": "Coffee.", "wall": WALL,
        "starts_at": START, "ends_at": START + HOUR,
    }  # fmt: skip
    return OccurrenceView(**{**given, **values})


def meeting_of(**values: Any) -> MeetingView:
    """A meeting held once; what an occurrence has of its own may be given too."""
    own = {key: values.pop(key) for key in [*values] if key in _OF_OCCURRENCE}
    given = {
        "id": 3, "programme_id": HERE, "language": Language.EN, "title": "Kick-off",
        "kind": MeetingKind.PHYSICAL, "track": SCHOOL, "zone": "Europe/Stockholm",
        "repeat": Repeat.NONE, "rule": "", "wall": WALL, "shown": occurrence_of(**own),
        "reminders": (10080, 1440, 60),
    }  # fmt: skip
    return MeetingView(**{**given, **values})


_OF_OCCURRENCE = {
    "place", "agenda", "starts_at", "ends_at", "moved", "started", "over", "answers",
    "by_organisation", "summary", "links", "attended", "reason",
}  # fmt: skip


def weekly_of(times: int = 12, **values: Any) -> MeetingView:
    """A meeting every Tuesday."""
    after = [
        occurrence_of(
            id=5 + n, wall=WALL + n * 7 * 24 * HOUR, starts_at=START + n * 7 * 24 * HOUR,
            ends_at=START + n * 7 * 24 * HOUR + HOUR,
        )
        for n in range(1, min(times, 11))
    ]  # fmt: skip
    return meeting_of(repeat=Repeat.WEEKLY, times=times, coming=tuple(after), left=times, **values)


def draft_of(**values: Any) -> MeetingDraftView:
    wanted = WantedMeeting("Kick-off", "1 december 13:00")
    meeting = values.pop("meeting", meeting_of())
    end = (meeting.coming or (meeting.shown,))[-1]
    return replace(MeetingDraftView(4, wanted, meeting, end, ()), **values)


places = st.one_of(long_hostile(300), st.just("https://example.org/room?a=b_c"))
_link = hostile.map(lambda label: f"{clean_line(label)[:80]} https://example.org/a_b".strip())
_links = st.lists(_link, max_size=5).map("\n".join)
answers = st.builds(Answers, count, count, count, count)
occurrences = st.builds(
    OccurrenceView,
    id=st.integers(1, 2**40),
    title=long_hostile(100).filter(str.strip),
    place=places,
    agenda=long_hostile(1500),
    wall=st.just(WALL),
    starts_at=st.just(START),
    ends_at=st.just(START + HOUR),
    moved=st.booleans(),
    cancelled=st.booleans(),
    started=st.booleans(),
    over=st.booleans(),
    answers=answers,
    by_organisation=st.dictionaries(names, answers, max_size=7),
    summary=long_hostile(1500),
    links=_links,
    attended=count,
    reason=long_hostile(300),
)
_once = st.just((Repeat.NONE, None, None))
_again = st.tuples(
    st.sampled_from([each for each in Repeat if each is not Repeat.NONE]),
    st.just(date(2027, 6, 30)),
    st.none(),
)
meetings = st.builds(
    lambda again, **values: MeetingView(
        repeat=again[0], until=again[1], times=again[2], rule="", **values
    ),
    again=st.one_of(_once, _again),
    id=st.integers(1, 2**40),
    programme_id=st.just(HERE),
    language=st.sampled_from(Language),
    title=long_hostile(100).filter(str.strip),
    kind=st.sampled_from(MeetingKind),
    track=st.none() | tracks,
    zone=st.just("Europe/Stockholm"),
    wall=st.just(WALL),
    shown=occurrences,
    coming=st.lists(occurrences, max_size=3).map(tuple),
    left=st.integers(0, 200),
    before=st.none() | occurrences,
    reminders=st.lists(st.sampled_from([10080, 1440, 60, 45]), max_size=4, unique=True).map(tuple),
    cancelled=st.booleans(),
    revision=count,
    channel_id=st.none() | st.just(2**62),
    message_id=st.just(2**62 + 5),
    factors=count,
)
overlaps = st.builds(
    Overlap,
    title=long_hostile(100).filter(str.strip),
    url=st.none() | st.just(URL),
    starts_at=st.just(START),
    tracks=st.lists(names, max_size=3).map(tuple),
    people=count,
)
drafts = st.builds(
    MeetingDraftView,
    id=st.integers(1, 2**40),
    wanted=st.just(WantedMeeting("x", "x")),
    meeting=meetings,
    end=occurrences,
    overlaps=st.lists(overlaps, max_size=5).map(tuple),
)
_listed = st.builds(
    ListedOccurrence,
    meeting_id=count,
    kind=st.sampled_from(MeetingKind),
    track=st.none() | tracks,
    repeat=st.sampled_from(Repeat),
    zone=st.just("Europe/Stockholm"),
    url=st.none() | st.just(URL),
    occurrence=occurrences,
)
pages = st.builds(
    MeetingPage,
    meetings=st.builds(
        Page,
        items=st.lists(_listed, max_size=8, unique_by=lambda each: each.occurrence.id).map(tuple),
        page=st.integers(0, 2),
        pages=st.just(3),
        total=count,
    ),
    track=st.none() | tracks,
    past=st.booleans(),
)
people = st.lists(
    st.builds(
        Named,
        member_id=st.integers(2**60, 2**63 - 1),
        organisation=names,
        answer=st.none() | st.sampled_from(Answer),
        attended=st.booleans(),
    ),
    max_size=60,
)
typed = hostile.map(lambda text: text[:200])


def calm(view: Any) -> Any:
    """The same with words in it that nobody could mind; links stay links."""

    def calmed(name: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(calm, value)) if name != "tracks" else tuple("x" for _ in value)
        if name == "place" and value.startswith("https://example.org/room"):
            return value
        if name in CALM_TEXTS:
            return value and "x"
        if name == "by_organisation":
            return {f"x{n}": each for n, each in enumerate(value.values())}
        if name == "track":
            return value and tame(value)
        return calm(value) if hasattr(value, "__dataclass_fields__") else value

    if not hasattr(view, "__dataclass_fields__"):
        return view
    return replace(view, **{name: calmed(name, value) for name, value in vars(view).items()})
