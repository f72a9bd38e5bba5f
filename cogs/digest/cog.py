"""``/digest``: seeing what the weekly digest tells, sending it, choosing what it holds."""

import io

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.digest import digests, settings, weeks
from bot.domain.digest.settings import DigestSettings
from bot.domain.digest.views import FORUM_EDITION, DigestView
from bot.domain.kit.errors import ChangedMeanwhile
from bot.domain.kit.people import only_coordinators
from bot.domain.programme import programmes
from bot.domain.tracks import places
from bot.domain.tracks.places import FORUM
from bot.ui.commands import command
from bot.ui.presses import handles
from cogs.digest.cards import DigestShown, preview_card
from cogs.digest.mail import mail
from cogs.digest.options import WeekSaid
from cogs.digest.posts import KINDS, pictures, prepare, spoken
from cogs.digest.setting_cards import (
    DigestSaid,
    mail_card,
    sections_off,
    sent_card,
    settings_card,
    settings_form,
)
from cogs.kit.hidden import tell_hidden


class DigestCog(commands.Cog):
    """The weekly digest, for coordinators; everyone else reads it where it is posted."""

    posts = KINDS

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("digest.preview")
    async def preview(self, ask: Ask, week: WeekSaid = "") -> None:
        """Show a week's digest as it is or was posted; without a week the coming one."""
        await ask.later()
        await ask.read(only_coordinators)
        number = None
        if week.strip():
            number = (await ask.read(weeks.week_typed, week)).value
        here = await ask.read(places.track_of_channel, ask.channels)
        await self._show(ask, number, here)

    @handles("digestpreview:1")
    async def other(self, ask: Ask, week: int, edition: int) -> None:
        """Show another edition in place of the one that was pressed."""
        await ask.later(anew=False)
        await self._show(ask, week, edition)

    @handles("digestpick:1")
    async def pick(self, ask: Ask, week: int) -> None:
        """Show the edition that was chosen from the list."""
        edition = ask.picked(int)
        await ask.later(anew=False)
        await self._show(ask, week, edition)

    @handles("digestmail:1")
    async def mail(self, ask: Ask, week: int, edition: int) -> None:
        """Give the week as files that can be mailed."""
        await ask.later()
        view = await self._view(ask, week, edition)
        words = ask.words
        number = words("digest.week", week=view.week.number).replace(" ", "-")
        name = f"{words('file.digest')}-{number}"
        programme = ask.guild.name
        page, plain = mail(spoken(self.works, view), view, programme)
        texts = {f"{name}.html": page, f"{name}.txt": plain}
        files = [discord.File(io.BytesIO(text.encode()), each) for each, text in texts.items()]
        card = mail_card(ask.words, view, list(texts))
        await ask.answer(card, *files)

    @command("digest.send")
    async def send(self, ask: Ask) -> None:
        """Post this week's digest now."""
        await ask.later()
        await self._send(ask)

    @handles("digestgo:1")
    async def send_seen(self, ask: Ask) -> None:
        """Post what was shown in the preview."""
        await ask.later(anew=False)
        await self._send(ask)

    @command("digest.settings")
    async def settings(self, ask: Ask) -> None:
        """Show what is chosen for the digest, with ways to change it."""
        found = await self._chosen(ask)
        await ask.answer(settings_card(ask.words, found))

    @handles("digestset:1")
    async def open_form(self, ask: Ask) -> None:
        """Open the form of sections and greeting with what stands."""
        found = await self._chosen(ask)
        form = settings_form(ask.words, found)
        await ask.open(form)

    @handles("digestsave:1")
    async def save_from_old_form(self, ask: Ask, said: DigestSaid) -> None:
        """Keep what was chosen; the form does not tell what stood there."""
        await self.save(ask, said, "")

    @handles("digestsave:2")
    async def save(self, ask: Ask, said: DigestSaid, seen: str) -> None:
        """Keep what was chosen; or show what somebody else has chosen meanwhile."""
        off = sections_off(said.sections)
        try:
            found = await ask.write(settings.change, off=off, greeting=said.greeting, seen=seen)
        except ChangedMeanwhile:
            await ask.replace(settings_card(ask.words, await self._chosen(ask)))
            raise
        card = settings_card(ask.words, found, saved=True)
        await ask.replace(card)
        await tell_hidden(ask, said.greeting)

    async def _chosen(self, ask: Ask) -> DigestSettings:
        return await ask.read(settings.settings)

    async def _view(self, ask: Ask, week: int | None, edition: int | None) -> DigestView:
        return await ask.read(digests.preview, week, edition)

    async def _show(self, ask: Ask, week: int | None, edition: int | None) -> None:
        """Show an edition in the answer that was promised."""
        view = await self._view(ask, week, edition)
        chosen = await self._chosen(ask)
        coming = view.state is None and view.week >= chosen.next_week
        shown = DigestShown(
            chosen.next_at if coming else None, coming and not chosen.sent_in(ask.works.now())
        )
        public = spoken(self.works, view)
        files = await pictures(public, view)
        card = preview_card(public, ask.words, view, shown, pictured=bool(files))
        await ask.go_on(card, *files)

    async def _send(self, ask: Ask) -> None:
        guild_id = ask.programme_id
        await ask.read(only_coordinators)
        await prepare(self.crew, guild_id)
        views = await ask.write(digests.send)
        self.crew.courier.wake()
        programme = await ask.read(programmes.view)
        editions = [view.edition.track_id or FORUM_EDITION for view in views]
        slots = [f"announcements:{each}" if each else FORUM for each in editions]
        channels = [found for slot in slots if (found := programme.discord_id(slot)) is not None]
        card = sent_card(ask.words, views, channels)
        await ask.go_on(card)
