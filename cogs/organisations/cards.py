"""Cards about organisations."""

from collections.abc import Sequence

import discord

from bot.domain.members.directory import ContactView, OrganisationPage, OrganisationView
from bot.domain.membership.organisation_changes import RemovalView
from bot.domain.organisations.invitations import InvitationView
from bot.i18n.numbers import whole
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.imports import joined
from bot.ui.layout import Card, attached, button, line, press_id, row, said
from bot.ui.text import clip, escape
from bot.ui.turning import turning
from cogs.organisations.invitations import InvitationWay, quoted

# How the last part of a list's ids begins while it holds only those without participants.
WAITING = "w"

# Ten lines of a list must fit a message, though an emoji may take 57 characters.
_NAME_LENGTH = 100
_TRACKS_LENGTH = 120


def added_card(
    words: Words,
    organisation: OrganisationView,
    invitation: InvitationView,
    text: str,
    way: InvitationWay,
) -> Card:
    """An organisation that takes part from now on, and how its people get in."""
    tracks = _tracks(organisation, 800) or words("organisation.no_tracks")
    head = words("organisation.added", name=escape(organisation.name), tracks=tracks)
    if organisation.returned:
        head = f"{head}\n{words('organisation.returned')}"
    if organisation.alike:
        alike = joined([organisation.name, *organisation.alike])
        head = f"{head}\n{words('import.alike', names=alike)}"
    code = words("organisation.code", name=escape(organisation.name), code=invitation.code)
    return Card(said(head), *_way_in(words, code, invitation, text, way), accent=theme.DONE)


def code_card(
    words: Words, invitation: InvitationView, text: str, way: InvitationWay, *, renewed: bool
) -> Card:
    """An organisation's code and invitation."""
    key = "organisation.code.renewed" if renewed else "organisation.code"
    code = words(key, name=escape(invitation.organisation), code=invitation.code)
    _, *parts = _way_in(words, code, invitation, text, way)
    return Card(*parts, accent=theme.DONE if renewed else theme.CALM)


def invitations_card(
    words: Words, count: int, way: InvitationWay, filenames: Sequence[str]
) -> Card:
    """All invitations, as files."""
    parts = [said(words("invitation.files", n=count))]
    if way.link is None:
        parts.append(said(words("invitation.no_link.why")))
    accent = theme.DONE if way.link else theme.TROUBLE
    return Card(*parts, *map(attached, filenames), accent=accent)


def edited_card(words: Words, before: OrganisationView, after: OrganisationView) -> Card:
    """What was and what is."""
    changes = []
    if before.name != after.name:
        pair = {"before": escape(before.name), "after": escape(after.name)}
        changes.append(words("organisation.change.name", **pair))
    if before.tracks != after.tracks:
        pair = {"before": _track_names(words, before), "after": _track_names(words, after)}
        changes.append(words("organisation.change.tracks", **pair))
    if before.size != after.size:
        pair = {"before": _size(words, before), "after": _size(words, after)}
        changes.append(words("organisation.change.size", **pair))
    if not changes:
        return Card(said(words("organisation.no_change", name=escape(after.name))))
    parts = [said(words("organisation.edited", name=escape(after.name))), line()]
    parts.append(said("\n".join(changes)))
    if before.tracks != after.tracks and after.participants:
        parts.append(said(words("organisation.edited.roles", n=after.participants)))
    return Card(*parts, accent=theme.DONE)


def removal_card(words: Words, view: RemovalView) -> Card:
    """What removing an organisation means: asked before, or told after."""
    name = escape(view.name)
    key = "organisation.removed" if view.removed else "organisation.remove.ask"
    parts = [said(words(key, name=name))]
    if view.participants:
        key = "organisation.remove.ended" if view.removed else "organisation.remove.ends"
        parts.append(said(words(key, n=view.participants)))
    if view.factors or view.votes:
        factors = words("organisation.remove.factors", n=view.factors)
        votes = words("organisation.remove.votes", n=view.votes)
        parts.append(said(words("organisation.remove.kept", factors=factors, votes=votes)))
    key = "organisation.removed.return" if view.removed else "organisation.remove.return"
    parts.append(said(words(key)))
    if view.removed:
        return Card(*parts, accent=theme.DONE)
    confirm = button(
        words("organisation.remove.confirm"),
        press_id("removeorganisation:1", view.id),
        discord.ButtonStyle.danger,
    )
    cancel = button(words("organisation.remove.cancel"), press_id("keeporganisation:1", view.id))
    return Card(*parts, row(confirm, cancel), accent=theme.TROUBLE)


def contact_card(words: Words, view: ContactView) -> Card:
    """Who answers for an organisation."""
    name = escape(view.organisation)
    if view.contact_id is None:
        return Card(said(words("organisation.contact.nobody", name=name)))
    return Card(said(words("organisation.contact", name=name, who=f"<@{view.contact_id}>")))


def contact_set_card(words: Words, view: ContactView) -> Card:
    """Who answers for an organisation from now on."""
    values = {"name": escape(view.organisation), "who": f"<@{view.contact_id}>"}
    if view.before_id == view.contact_id:
        return Card(said(words("organisation.contact.same", **values)))
    if view.before_id is None:
        return Card(said(words("organisation.contact.set", **values)), accent=theme.DONE)
    text = words("organisation.contact.handed", **values, before=f"<@{view.before_id}>")
    return Card(said(text), accent=theme.DONE)


def list_card(words: Words, found: OrganisationPage) -> Card:
    """A page of the organisations; those that nobody has joined are said to be so."""
    if not found.everyone:
        return Card(said(words("organisation.list.empty")))
    parts: list[discord.ui.Item[Card]] = [said(_list_head(words, found))]
    shown = found.organisations
    if shown.items:
        parts += [line(), said("\n".join(_line(words, each) for each in shown.items))]
    which = WAITING if found.waiting else ""

    def turn(to: int) -> str:
        return press_id("organisations:1", to, f"{which}{'b' if to < shown.page else 'f'}")

    parts += turning(words, shown, turn)
    if found.coordinating:
        parts.append(_tools(words, found))
    return Card(*parts)


def exported_card(words: Words, count: int, filename: str) -> Card:
    """All organisations, as a file."""
    return Card(said(words("organisation.exported", n=count)), attached(filename))


def _way_in(
    words: Words, code: str, invitation: InvitationView, text: str, way: InvitationWay
) -> list[discord.ui.Item[Card]]:
    """The code and the invitation, under a thin line."""
    note = "" if invitation.coded else f"\n{words('organisation.code.open')}"
    parts: list[discord.ui.Item[Card]] = [
        line(),
        said(code + note),
        said(words("organisation.invitation")),
        said(quoted(text)),
    ]
    if way.link is None:
        parts.append(said(words("invitation.no_link.why")))
    return parts


def _list_head(words: Words, found: OrganisationPage) -> str:
    if not found.waiting:
        return words("organisation.list.head", n=found.organisations.total, joined=found.joined)
    if not found.organisations.total:
        return words("organisation.list.waiting.none")
    return words("organisation.list.waiting.head", n=found.organisations.total)


def _tools(words: Words, found: OrganisationPage) -> discord.ui.Item[Card]:
    key = "organisation.list.all" if found.waiting else "organisation.list.waiting"
    other = press_id("organisations:1", 0, "all" if found.waiting else WAITING)
    return row(
        button(words(key), other),
        button(words("organisation.list.export"), press_id("organisationfile:1")),
    )


def _line(words: Words, organisation: OrganisationView) -> str:
    joined = organisation.participants
    about = [
        words(f"size.{organisation.size_class}"),
        words("organisation.list.participants", n=joined)
        if joined
        else words("organisation.list.nobody"),
    ]
    if organisation.contact_id is not None:
        about.append(words("organisation.list.contact", who=f"<@{organisation.contact_id}>"))
    name = clip(escape(organisation.name), _NAME_LENGTH)
    return f"**{name}** {_tracks(organisation, _TRACKS_LENGTH)}\n-# {' · '.join(about)}"


def _tracks(organisation: OrganisationView, room: int) -> str:
    """The tracks' emoji and names, as many as there is room for."""
    tracks = [f"{track.emoji} {escape(track.name)}" for track in organisation.tracks]
    return clip(", ".join(tracks), room)


def _track_names(words: Words, organisation: OrganisationView) -> str:
    return _tracks(organisation, 800) or words("organisation.nothing")


def _size(words: Words, organisation: OrganisationView) -> str:
    size = words(f"size.{organisation.size_class}")
    if organisation.size is None:
        return size
    return words("size.number", size=size, number=whole(words.language, organisation.size))
