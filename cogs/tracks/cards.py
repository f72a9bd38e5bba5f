"""Cards about tracks."""

from collections.abc import Sequence

import discord

from bot.domain.kit.pages import Page
from bot.domain.membership.track_changes import EditedTrack
from bot.domain.organisations.organisations import TrackListing
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from bot.ui.turning import turning
from cogs.kit.builder import BuildOutcome
from cogs.kit.cards import place, troubles_text
from storage.enums import PlaceKind

PAGE_SIZE = 8


def created_card(words: Words, track: TrackView, outcome: BuildOutcome) -> Card:
    """A track that is there from now on, and where."""
    role = next((place(slot) for slot in outcome.made if slot.kind is PlaceKind.ROLE), "")
    places = " ".join(place(slot) for slot in outcome.made if slot.kind is PlaceKind.TEXT)
    text = words("track.created", track=title(track), role=role, places=places)
    return Card(said(text), accent=theme.DONE)


def blocked_track_card(words: Words, track: TrackView, outcome: BuildOutcome) -> Card:
    """A track that is kept, though its places could not be made."""
    text = words("track.blocked", track=title(track))
    return Card(said(text), said(troubles_text(words, outcome.troubles)), accent=theme.TROUBLE)


def list_card(words: Words, listings: Sequence[TrackListing], page: int) -> Card:
    """A page of the tracks, archived ones last."""
    if not listings:
        return Card(said(words("track.list.empty")))
    shown = Page.of(listings, page, PAGE_SIZE)
    head = words("track.list.head", n=shown.total)
    parts = [said(head), line(), *(said(_item(words, listing)) for listing in shown.items)]

    def turn(to: int) -> str:
        return press_id("tracks:1", to, "b" if to < shown.page else "f")

    return Card(*parts, *turning(words, shown, turn))


def ask_card(words: Words, track: TrackView) -> Card:
    """What archiving means, before it is done."""
    return Card(
        said(words("track.archive.ask", track=title(track))),
        row(
            button(
                words("track.archive.confirm"),
                press_id("archive:1", track.id),
                discord.ButtonStyle.danger,
            )
        ),
        accent=theme.TROUBLE,
    )


def working_card(words: Words, track: TrackView) -> Card:
    """The channels are being changed."""
    return Card(said(words("track.working", track=title(track))))


def changed_card(words: Words, edited: EditedTrack, head: str, refusal: str | None) -> Card:
    """What was changed, and whether the channels could follow; if not, **Try again**."""
    if refusal is None:
        return Card(said(head), accent=theme.DONE)
    before, after = edited.before, edited.after
    again = press_id("reshape:1", after.id, int(before.closed), int(before.archived))
    why = words("track.refused", why=clip(escape(refusal), 300))
    return Card(
        said(f"{head}\n{why}"),
        row(button(words("track.again"), again, discord.ButtonStyle.primary)),
        accent=theme.TROUBLE,
    )


def edited_text(words: Words, edited: EditedTrack) -> str:
    """What an edit has changed, in words."""
    before, after = edited.before, edited.after
    if before == after:
        return words("track.edited.not", track=title(after))
    lines = [words("track.edited", track=title(after))]
    if (before.name, before.emoji) != (after.name, after.emoji):
        lines.append(words("track.edited.names"))
    if before.closed != after.closed:
        lines.append(words("track.edited.closed" if after.closed else "track.edited.opened"))
    if _days_of(before) != _days_of(after):
        days = " · ".join(_days(words, after)) or words("track.days.none")
        lines.append(words("track.edited.days", days=days))
    return "\n".join(lines)


def title(track: TrackView) -> str:
    """A track as texts name it."""
    return f"{track.emoji} {escape(track.name)}"


def _item(words: Words, listing: TrackListing) -> str:
    track = listing.track
    marks = [words("track.list.organisations", n=listing.organisations)]
    if track.closed:
        marks.append(f"🔒 {words('track.closed')}")
    marks += [f"🗓️ {each}" for each in _days(words, track)]
    if track.archived:
        marks.append(f"🗄️ {words('track.archived')}")
    about = f"\n{clip(escape(track.description), 200)}" if track.description else ""
    return f"**{title(track)}**{about}\n-# {' · '.join(marks)}"


def _days_of(track: TrackView) -> tuple[int, int]:
    return track.discussion_days, track.voting_days


def _days(words: Words, track: TrackView) -> list[str]:
    """How votes on a track's new factors are bounded, if they are."""
    found = []
    if track.discussion_days:
        found.append(words("track.days.discussion", n=track.discussion_days))
    if track.voting_days:
        found.append(words("track.days.voting", n=track.voting_days))
    return found
