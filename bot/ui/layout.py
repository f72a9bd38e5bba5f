"""Cards and forms: Components V2 layouts whose buttons outlive the process."""

import secrets
from collections.abc import Collection, Iterable

import discord
from discord import ui

from bot.ui import theme


class Card(ui.LayoutView):
    """A message's layout. A card is not remembered: presses find their way by ``custom_id``."""

    def __init__(self, *parts: ui.Item["Card"], accent: discord.Colour = theme.CALM) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(*parts, accent_colour=accent))

    def is_finished(self) -> bool:
        """Always: discord.py then keeps no copy of what it sends."""
        return True


class Form(ui.Modal):
    """A form. It is not remembered either: what is submitted finds its way by ``custom_id``.

    Every opening gets an id of its own, because phones show old text for a known one.
    """

    def __init__(self, title: str, press_id: str, *parts: ui.Item["Form"]) -> None:
        super().__init__(title=title, custom_id=f"{press_id}:{secrets.token_hex(4)}")
        for part in parts:
            self.add_item(part)

    def is_finished(self) -> bool:
        """Always: as for :class:`Card`."""
        return True


def said(text: str) -> ui.TextDisplay["Card"]:
    """A paragraph of a card."""
    return ui.TextDisplay(text)


def note(text: str) -> Card:
    """A card that says one thing."""
    return Card(said(text))


def press_id(name: str, *arguments: object) -> str:
    """The ``custom_id`` of a button: ``vote:1`` and what it is about, between colons."""
    return ":".join([name, *(str(argument) for argument in arguments)])


def button(
    label: str,
    press: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    emoji: str | None = None,
    disabled: bool = False,
) -> ui.Button["Card"]:
    """A button whose press is handled by whoever handles its id."""
    return ui.Button(label=label, custom_id=press, style=style, emoji=emoji, disabled=disabled)


def row(*buttons: ui.Item["Card"]) -> ui.ActionRow["Card"]:
    """Up to five buttons beside each other."""
    return ui.ActionRow(*buttons)


def beside(text: str, press: ui.Button["Card"]) -> ui.Section["Card"]:
    """A paragraph with a button at its side."""
    return ui.Section(said(text), accessory=press)


def line() -> ui.Separator["Card"]:
    """A thin line between parts of a card."""
    return ui.Separator(spacing=discord.SeparatorSpacing.small)


def attached(filename: str) -> ui.File["Card"]:
    """A file that is sent with the card; nothing shows it otherwise."""
    return ui.File(f"attachment://{filename}")


def picture(filename: str, alt: str) -> ui.MediaGallery["Card"]:
    """A picture that is sent with the card, and in words what it shows, at most 1024 characters."""
    return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{filename}", description=alt))


def text_field(
    label: str,
    custom_id: str,
    *,
    value: str = "",
    limit: int,
    long: bool = False,
    example: str | None = None,
    hint: str | None = None,
    required: bool = True,
) -> ui.Label["Form"]:
    """A field to write in; unless ``required`` is false it must be filled in."""
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    field: ui.TextInput[Form] = ui.TextInput(
        custom_id=custom_id,
        style=style,
        default=value or None,
        max_length=limit,
        placeholder=example,
        required=required,
    )
    return ui.Label(text=label, component=field, description=hint)


def radio_field(
    label: str, custom_id: str, options: Iterable[tuple[str, str, str | None]], chosen: str
) -> ui.Label["Form"]:
    """A choice of one; options are value, label and description."""
    group: ui.RadioGroup[Form] = ui.RadioGroup(custom_id=custom_id)
    for value, text, description in options:
        group.add_option(label=text, value=value, description=description, default=value == chosen)
    return ui.Label(text=label, component=group)


def select_field(
    label: str, custom_id: str, options: Iterable[tuple[str, str]], chosen: str
) -> ui.Label["Form"]:
    """A list to choose one from, with one chosen already; options are value and label."""
    field: ui.Select[Form] = ui.Select(custom_id=custom_id, required=False)
    for value, text in options:
        field.add_option(label=text[:100], value=value, default=value == chosen)
    return ui.Label(text=label, component=field)


def checks_field(
    label: str,
    custom_id: str,
    options: Collection[tuple[str, str]],
    chosen: Collection[str],
    hint: str | None = None,
) -> ui.Label["Form"]:
    """Boxes to tick, any number of them; options are value and label, ten at most."""
    group: ui.CheckboxGroup[Form] = ui.CheckboxGroup(
        custom_id=custom_id, required=False, min_values=0, max_values=len(options)
    )
    for value, text in options:
        group.add_option(label=text, value=value, default=value in chosen)
    return ui.Label(text=label, component=group, description=hint)


def channel_field(
    label: str, custom_id: str, chosen: int | None, hint: str | None = None
) -> ui.Label["Form"]:
    """One of the server's text channels; ``chosen`` is the id of what is shown as chosen."""
    shown = [] if chosen is None else [discord.Object(chosen, type=discord.TextChannel)]
    select: ui.ChannelSelect[Form] = ui.ChannelSelect(
        custom_id=custom_id,
        channel_types=[discord.ChannelType.text],
        default_values=shown,
        required=True,
    )
    return ui.Label(text=label, component=select, description=hint)
