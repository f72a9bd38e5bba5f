"""Digests to make cards, pictures and mails of, as the domain would show them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.digest.views import (
    FORUM_EDITION,
    AheadMeeting,
    Decision,
    DigestView,
    Edition,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Section,
    Talked,
    TookPart,
)
from bot.domain.factors.counting import Standing
from bot.domain.kit.texts import NAME_LIMIT, REASON_LIMIT, TITLE_LIMIT
from bot.domain.when.clocks import Week, ends
from storage.enums import DigestState, FactorKind, FactorStatus, Language, MeetingKind
from tests.ui.layouts import HERE, long_hostile

ZONE = "Europe/Stockholm"
URL = "https://discord.com/channels/1/2/{}"
TRACKS = ((1, "Skola"), (2, "Vård och omsorg"))


def view_of(week: Week, edition: Edition, *others: tuple[int, str], **values: Any) -> DigestView:
    """A week that ends on Thursday at nine in Stockholm, with the editions that there are."""
    mine = (edition.track_id or FORUM_EDITION, edition.track)
    given = {
        "programme_id": HERE, "language": Language.SV, "zone": ZONE, "week": week,
        "starts_at": ends(week.preceding, 3, 9, ZONE), "ends_at": ends(week, 3, 9, ZONE),
        "edition": edition, "editions": (mine, *others), "state": DigestState.SENT,
    }  # fmt: skip
    return DigestView(**{**given, **values})


NEW = (
    NewFactor("Små steg varje vecka", URL.format(11), FactorKind.PROMOTING, "Vara kommun",
              "Vi provade en sak i taget i två enheter och träffades varje fredag.",
              Standing.TOO_EARLY),
    NewFactor("Två system för samma sak", URL.format(12), FactorKind.INHIBITING, "Västerås stad",
              "Allt skrevs två gånger tills vi stängde det gamla.", Standing.TOO_EARLY),
    NewFactor("Chefen är med från början", URL.format(13), FactorKind.PROMOTING, "Göteborgs stad",
              "Rektorn höll i det första mötet och kom tillbaka varje månad.",
              Standing.SHARED_GROUND),
    NewFactor("Superanvändare på varje enhet", URL.format(14), FactorKind.PROMOTING, "Umeå kommun",
              "De fick två timmar i veckan.", Standing.TOO_EARLY),
    NewFactor("Ingen tid att öva", None, FactorKind.INHIBITING, "Lunds kommun",
              "Vi la övningen på arbetsplatsträffen.", Standing.TOO_EARLY),
)  # fmt: skip
DECISIONS = (
    Decision("Öppna dörrar", URL.format(21), FactorStatus.ADOPTED,
             "Alla spår är överens, och tre kommuner har visat hur de gjorde."),
    Decision("Bättre teknik", URL.format(22), FactorStatus.DECLINED, "Den säger inte hur."),
    Decision("Korta möten", URL.format(23), FactorStatus.MERGED, "De säger samma sak.",
             into="Små steg varje vecka"),
    Decision("Egen budget", URL.format(24), FactorStatus.OPEN, "", undone=True),
    Decision("Gemensam kalender", URL.format(25), FactorStatus.OPEN, "Två kommuner bad om det."),
)  # fmt: skip
MOVED = (
    MovedFactor("Lär av varandra", URL.format(31), Standing.TOO_EARLY, Standing.SHARED_GROUND),
    MovedFactor("Mät det ni gör", URL.format(32), Standing.SHARED_GROUND, Standing.DIFFERS),
)
TALK = (
    Talked(501, "Små steg varje vecka", URL.format(41), 24),
    Talked(502, "", URL.format(42), 17),
    Talked(503, "Lär av varandra", URL.format(43), 1),
)
TREND = tuple((202642 + n, votes) for n, votes in enumerate((12, 31, 0, 88, 64, 102, 97, 148)))


def ahead_of(week: Week) -> tuple[AheadMeeting, ...]:
    start = ends(week, 3, 9, ZONE)
    return (
        AheadMeeting("Gemensam träff", URL.format(51), MeetingKind.JOINT,
                     start + timedelta(days=5, hours=4), "Rådhuset, sal 2"),
        AheadMeeting("Frågestund", URL.format(52), MeetingKind.DIGITAL,
                     start + timedelta(days=7), "https://example.org/rum/1"),
        AheadMeeting("Studiebesök", URL.format(53), MeetingKind.PHYSICAL,
                     start + timedelta(days=9), "Vara", cancelled=True),
    )  # fmt: skip


def minutes_of(week: Week) -> tuple[NewMinutes, ...]:
    start = ends(week, 3, 9, ZONE)
    return (
        NewMinutes("Uppstart", URL.format(61), start - timedelta(days=2),
                   "Vi valde tre faktorer att pröva.\nVara berättade om sina små steg.", 2),
    )  # fmt: skip


def full_edition(week: Week, track_id: int | None = 1, track: str = "Skola") -> Edition:
    """One in which everything happened, and more than there is room for."""
    return Edition(
        track_id, track,
        waiting_factors=3 if track_id else 0, waiting_meetings=1 if track_id else 0,
        new=NEW, new_total=12,
        decisions=DECISIONS[:3],
        decided={FactorStatus.ADOPTED: 1, FactorStatus.DECLINED: 1, FactorStatus.MERGED: 1},
        moved=MOVED, moved_total=4,
        ahead=ahead_of(week), ahead_total=3,
        minutes=minutes_of(week), minutes_total=1,
        talk=TALK, talk_total=3,
        people=TookPart(20, 12, 148, TREND),
    )  # fmt: skip


FULL = view_of(Week(2026, 49), full_edition(Week(2026, 49)), TRACKS[1], (FORUM_EDITION, ""))
FIVE = tuple((number, name) for number, name in enumerate(
    ("Skola", "Vård och omsorg", "Näringsliv", "Kultur", "Teknik"), 1))  # fmt: skip

WEEKS = {
    "first": view_of(
        Week(2026, 48),
        Edition(None, "", new=NEW[:1], new_total=1, people=TookPart(3, 1, 0)),
        *TRACKS,
        starts_at=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
        first=True,
        greeting="Välkomna! Nu börjar vi.\nHör av er om något krånglar.",
    ),
    "full": FULL,
    "one section": view_of(
        Week(2026, 50),
        Edition(1, "Skola", ahead=ahead_of(Week(2026, 50))[:1], ahead_total=1),
        *TRACKS[1:],
        (FORUM_EDITION, ""),
    ),
    "clock change": view_of(
        Week(2026, 44),  # of 169 hours: its Sunday is the last of October
        Edition(2, "Vård och omsorg", moved=MOVED[:1], moved_total=1,
                minutes=minutes_of(Week(2026, 44)), minutes_total=1,
                people=TookPart(9, 4, 11, ((202643, 20), (202644, 11)))),
        TRACKS[0], (FORUM_EDITION, ""),
    ),
    "week 53": view_of(
        Week(2026, 53),
        Edition(None, "", decisions=DECISIONS,
                decided={FactorStatus.ADOPTED: 3, FactorStatus.DECLINED: 1, FactorStatus.MERGED: 1,
                         FactorStatus.WITHDRAWN: 2, FactorStatus.OPEN: 2},
                moved=MOVED, moved_total=2),
        *TRACKS,
    ),
    "one track": view_of(
        Week(2026, 49),
        replace(full_edition(Week(2026, 49)), talk=(), talk_total=0, minutes=(), minutes_total=0),
    ),
    "five tracks": view_of(
        Week(2026, 49), full_edition(Week(2026, 49), None, ""), *FIVE, state=None
    ),
}  # fmt: skip

# --- whatever people wrote

count = st.integers(0, 10**6)


def _written(limit: int) -> Any:
    return long_hostile(limit).map(lambda text: text if text.strip() else "x")


_titles, _names = _written(TITLE_LIMIT), _written(NAME_LIMIT)
_long = long_hostile(REASON_LIMIT)
_there = st.just(f"https://discord.com/channels/{2**63 - 1}/{2**63 - 2}/{2**63 - 3}")
_url = st.none() | _there
_when = st.just(datetime(2026, 12, 8, 12, tzinfo=UTC))
_standing = st.sampled_from(Standing)
editions = st.builds(
    Edition,
    track_id=st.none() | st.integers(1, 2**40),
    track=st.just("") | _names,
    waiting_factors=count,
    waiting_meetings=count,
    new=st.lists(st.builds(NewFactor, _titles, _url, st.sampled_from(FactorKind), _names, _long,
                           _standing), max_size=5).map(tuple),
    new_total=count,
    decisions=st.lists(st.builds(Decision, _titles, _url, st.sampled_from(FactorStatus), _long,
                                 st.just("") | _titles, st.booleans()), max_size=5).map(tuple),
    decided=st.dictionaries(st.sampled_from(FactorStatus), count),
    moved=st.lists(st.builds(MovedFactor, _titles, _url, _standing, _standing),
                   max_size=5).map(tuple),
    moved_total=count,
    ahead=st.lists(st.builds(AheadMeeting, _titles, _url, st.sampled_from(MeetingKind), _when,
                             long_hostile(300), st.booleans()), max_size=5).map(tuple),
    ahead_total=count,
    minutes=st.lists(st.builds(NewMinutes, _titles, _url, _when, _long, count),
                     max_size=5).map(tuple),
    minutes_total=count,
    talk=st.lists(st.builds(Talked, st.integers(2**60, 2**63 - 1), st.just("") | _titles,
                            _there, count), max_size=5).map(tuple),
    talk_total=count,
    people=st.builds(TookPart, count, count, count,
                     st.lists(st.tuples(st.just(202653), count), max_size=8).map(tuple)),
    quiet=st.booleans(),
)  # fmt: skip
views = st.builds(
    view_of,
    st.just(Week(2026, 53)),
    editions,
    st.just((5, "Teknik")),
    off=st.frozensets(st.sampled_from(Section)),
    greeting=st.just("") | long_hostile(500),
    first=st.booleans(),
)


def tame(view: DigestView) -> DigestView:
    """The same digest with words in it that nobody could mind."""
    edition = view.edition
    calm = {"title", "organisation", "how", "reason", "into", "place", "summary"}

    def tamed(what: Any) -> Any:
        given = {name: "x" for name in calm if getattr(what, name, "").strip()}
        return replace(what, **given)

    lists = ("new", "decisions", "moved", "ahead", "minutes", "talk")
    quiet = {name: tuple(map(tamed, getattr(edition, name))) for name in lists}
    track = "x" if edition.track.strip() else ""
    lines = view.greeting.count("\n")
    greeting = "\n".join(["x"] * (lines + 1)) if view.greeting.strip() else view.greeting
    return replace(view, edition=replace(edition, track=track, **quiet), greeting=greeting)
