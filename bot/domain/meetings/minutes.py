"""The minutes of a meeting: what came out of it, and where to read on."""

import re
from typing import Final
from urllib.parse import urlsplit

from bot.domain.kit import texts
from bot.domain.kit.errors import ChangedTo, TextMissing
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.kit.seen import mark
from bot.domain.meetings import views
from bot.domain.meetings.answers import need_held
from bot.domain.meetings.errors import LinksTooMany, LinkUnclear
from bot.domain.meetings.views import MeetingView
from storage.desk import Desk

SUMMARY_LIMIT: Final = 1000
LINKS_LIMIT: Final = 5
LABEL_LIMIT: Final = 80
ADDRESS_LIMIT: Final = 400
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def write(
    desk: Desk, occurrence_id: int, summary: str, links: str, *, seen: str = ""
) -> MeetingView:
    """Write the minutes of one time of a meeting, in place of those there were.

    Args:
        occurrence_id: which time.
        summary: what came out of it.
        links: addresses of the web, one a line, with what they are called before, if anything.
        seen: the mark of what stood there when the person began to write; empty for whatever did.

    Raises:
        ChangedTo: somebody has written others since they began.
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingAhead: it was not held, or not yet.
        LinkUnclear, LinksTooMany: the links.
        TextMissing: there is nothing in them, nor was there.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    row, time = views.need_time(desk, occurrence_id)
    need_held(row, time, desk.now)
    said = texts.kept(summary, SUMMARY_LIMIT)
    lines = [f"{label} {address}".strip() for label, address in read_links(links)]
    if not (said or lines or time.summary or time.links):
        raise TextMissing
    was, wanted = (time.summary, time.links), (said, "\n".join(lines))
    if seen not in {"", mark(*was)} and was != wanted:
        raise ChangedTo(now=" · ".join(filter(None, was)) or "…")
    time.summary, time.links = wanted
    desk.session.add(time)
    views.changed(desk, row)
    data = {"time": occurrence_id, "links": len(lines)}
    desk.note("meeting.minutes", row.id, **data)
    return views.show(desk, programme, row, at=time)


def read_links(text: str) -> list[tuple[str, str]]:
    """Links, each as what it is called, which may be empty, and its address.

    Raises:
        LinkUnclear: a line has no address, or one of something else than the web.
        LinksTooMany: there are more than five.
    """
    lines = [line for line in texts.clean(text).split("\n") if line.strip()]
    if len(lines) > LINKS_LIMIT:
        raise LinksTooMany(limit=LINKS_LIMIT)
    return [_link(line) for line in lines]


def _link(line: str) -> tuple[str, str]:
    found = _ADDRESS.search(line)
    rest = line[found.end() :].strip() if found else ""
    if found is None or rest or len(found[0]) > ADDRESS_LIMIT or not _is_of_the_web(found[0]):
        raise LinkUnclear(text=line[:LABEL_LIMIT])
    label = texts.kept_line(line[: found.start()].rstrip(" :-\u2013"), LABEL_LIMIT)
    return label, found[0]


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
