"""``/join`` and ``/leave``, and the ways in."""

from dataclasses import dataclass

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.delivery.vacancies import tell_vacancies
from bot.domain.kit import texts
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.members.participants import ParticipantView
from bot.domain.membership import joining
from bot.domain.membership.errors import UndoOver
from bot.domain.membership.joining import Wish
from bot.domain.organisations import organisations
from bot.domain.organisations.errors import OrganisationNotFound
from bot.i18n.words import Words
from bot.ui.commands import command
from bot.ui.layout import Form, press_id, text_field
from bot.ui.presses import handles
from cogs.members.cards import (
    already_card,
    back_card,
    choose_card,
    code_wrong_card,
    joined_card,
    left_card,
    matches_card,
    too_late_card,
    way_in_card,
)
from cogs.organisations.options import OrganisationSaid

_LONGEST_LIST = 25  # options that Discord allows in a select


@dataclass(frozen=True)
class CodeSaid:
    """What :func:`code_form` is filled in with."""

    code: str


@dataclass(frozen=True)
class FindSaid:
    """What :func:`find_form` is filled in with."""

    organisation: str


class MemberCog(commands.Cog):
    """Joining and leaving."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("join")
    async def join(self, ask: Ask, organisation: OrganisationSaid) -> None:
        """Take part for an organisation."""
        await self._begin(ask, organisation)

    @handles("join:1")
    async def choose(self, ask: Ask) -> None:
        """The home card's button: who takes part already hears so, others choose where from."""
        try:
            view = await ask.read(participants.need, ask.person.id)
        except NotAParticipant:
            await self._ask_where_from(ask)
        else:
            await ask.answer(already_card(ask.words, view))

    @handles("elsewhere:1")
    async def elsewhere(self, ask: Ask) -> None:
        """Somebody who takes part comes from another organisation now."""
        await self._ask_where_from(ask)

    async def _ask_where_from(self, ask: Ask) -> None:
        words = ask.words
        there = await ask.read(organisations.suggest, "", _LONGEST_LIST + 1)
        if not there:
            await ask.answer(matches_card(words, "", []))
        elif len(there) <= _LONGEST_LIST:
            await ask.answer(choose_card(words, there))
        else:
            await ask.open(find_form(words))

    @handles("choose:1")
    async def chosen(self, ask: Ask) -> None:
        """An organisation was chosen from the list."""
        await self._begin(ask, ask.picked(str))

    @handles("pick:1")
    async def picked(self, ask: Ask, organisation_id: str) -> None:
        """An organisation's button was pressed."""
        await self._begin(ask, organisation_id)

    @handles("find:1")
    async def found(self, ask: Ask, said: FindSaid) -> None:
        """A name was typed: the organisation, or those whose names come close."""
        words = ask.words
        name = said.organisation
        try:
            wish = await ask.read(joining.wish, ask.person.id, name)
        except OrganisationNotFound:
            close = await ask.read(organisations.suggest, name, 4)
            await ask.answer(matches_card(words, name, close))
            return
        if wish.needs_code:  # a form cannot be answered with another form
            await ask.answer(way_in_card(words, wish))
        else:
            await self._join_open(ask, str(wish.organisation_id))

    @handles("code:1")
    async def try_code(self, ask: Ask, said: CodeSaid, organisation_id: str) -> None:
        """Let in whoever knows the code; without one, offer to ask."""
        member_id = ask.person.id
        words = ask.words
        wish = await ask.read(joining.wish, member_id, organisation_id)
        code = said.code.strip()
        if not code:
            await ask.answer(way_in_card(words, wish))
            return
        view = await ask.write(joining.join_with_code, member_id, organisation_id, code)
        if view is None:
            card = code_wrong_card(words, wish.organisation_id, wish.organisation)
            await ask.answer(card)
            return
        await self._welcome(ask, view)

    @command("leave")
    async def leave(self, ask: Ask) -> None:
        """Stop taking part."""
        view = await ask.write(joining.leave, ask.person.id)
        await ask.answer(left_card(ask.words, view))
        self.crew.follow_up(ask.programme_id)

    @handles("comeback:1")
    async def come_back(self, ask: Ask, organisation_id: int) -> None:
        """Undo a leave; afterwards, a way to join as at first."""
        try:
            view = await ask.write(joining.come_back, ask.person.id, organisation_id)
        except UndoOver:
            await ask.answer(too_late_card(ask.words))
            return
        await ask.update(back_card(ask.words, view))
        self.crew.follow_up(ask.programme_id)

    async def _begin(self, ask: Ask, organisation: str) -> None:
        wish = await ask.read(joining.wish, ask.person.id, organisation)
        if wish.needs_code:
            form = code_form(ask.words, wish)
            await ask.open(form)
        else:
            await self._join_open(ask, str(wish.organisation_id))

    async def _join_open(self, ask: Ask, organisation: str) -> None:
        view = await ask.write(joining.join_open, ask.person.id, organisation)
        await self._welcome(ask, view)

    async def _welcome(self, ask: Ask, view: ParticipantView) -> None:
        guild_id = ask.programme_id
        await ask.answer(joined_card(ask.words, guild_id, view))
        self.crew.follow_up(guild_id)
        if view.before is not None:
            await tell_vacancies(self.works, guild_id, ask.works.now())


_CODE_LIMIT = 20


def code_form(words: Words, wish: Wish) -> Form:
    """The organisation's code, or nothing for those who have none."""
    return Form(
        words("join.form.title"),
        press_id("code:1", wish.organisation_id),
        text_field(
            words("join.form.code"),
            "code",
            limit=_CODE_LIMIT,
            example=words("join.form.code.example"),
            hint=words("join.form.code.hint"),
            required=False,
        ),
    )


def find_form(words: Words) -> Form:
    """Which organisation, where there are too many for a list."""
    return Form(
        words("join.form.title"),
        press_id("find:1"),
        text_field(
            words("join.form.organisation"),
            "organisation",
            limit=texts.NAME_LIMIT,
            hint=words("join.form.organisation.hint"),
        ),
    )
