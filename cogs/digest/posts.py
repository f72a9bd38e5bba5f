"""The weekly digest's posts: what is seen to before a week is cut, and what is posted then."""

import asyncio
import logging
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Final

import discord

from bot.delivery.crew import Crew, PostKinds
from bot.delivery.parcels import PostKind, PostPart
from bot.delivery.rounds import check_members
from bot.domain.digest import digests, weeks
from bot.domain.digest.views import DigestView
from bot.domain.needs.weekly_lists import title
from bot.domain.posts.claims import Parcel, Thing
from bot.i18n.words import Words
from bot.works import Works
from cogs.digest.cards import PICTURE, digest_items, has_picture
from cogs.digest.picture import drawn

_log = logging.getLogger(__name__)
# Whoever left in this time is found by the next digest: asking about 3 000 takes seconds.
_LATELY: Final = timedelta(hours=1)


async def prepare(crew: Crew, programme_id: int) -> None:
    """Find out who has left, and count what was said: a digest tells of both."""
    await check_members(crew, programme_id, crew.works.now(), lately=_LATELY)
    await crew.talk.catch_up(programme_id)


async def _prepare(crew: Crew, programme_id: int, _: Thing) -> None:
    await prepare(crew, programme_id)


def spoken(works: Works, view: DigestView) -> Words:
    """How to speak to everyone who reads a digest."""
    return works.speech.in_(view.language, view.programme_id)


async def pictures(words: Words, view: DigestView) -> list[discord.File]:
    """The picture of a digest; none if there is nothing to draw, or if it cannot be drawn."""
    if not has_picture(words, view):
        return []
    try:
        image = await asyncio.to_thread(drawn, words, view.edition.people)
    except Exception:  # noqa: BLE001 - whatever it is, the digest says the same in words
        _log.exception("programme %s: no picture for week %s", view.programme_id, view.week)
        return []
    return [discord.File(BytesIO(image), PICTURE)]


async def _render(works: Works, _: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
    view = await works.visit(parcel.programme_id).read(
        digests.posted, thing.subject_id, thing.data["edition"]
    )
    if view is None:
        return None
    words = spoken(works, view)
    files = await pictures(words, view)
    return PostPart(digest_items(words, view, pictured=bool(files)), tuple(files))


KINDS: Final[PostKinds] = {
    weeks.WEEK: lambda crew: PostKind(title, work=digests.cut, prepare=partial(_prepare, crew)),
    weeks.EDITION: lambda crew: PostKind(title, partial(_render, crew.works)),
}
