"""What goes out about requests: the card that asks for a decision, and what was decided."""

from functools import partial
from typing import Final

from bot.delivery.crew import PostKinds
from bot.delivery.parcels import PostKind, PostPart
from bot.delivery.vacancies import tell_vacancies
from bot.domain.kit.errors import UserError
from bot.domain.membership import joining
from bot.domain.posts.claims import Parcel, Thing
from bot.i18n.words import Words
from bot.works import Works
from cogs.members.cards import declined_items, joined_items, request_items
from storage.enums import RequestStatus


async def _render(works: Works, words: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
    visit = works.visit(parcel.programme_id)
    try:
        request = await visit.read(joining.show, thing.subject_id)
        if thing.kind == joining.REQUEST:
            is_open = request.status is RequestStatus.OPEN
            return PostPart(request_items(words, request)) if is_open else None
        if request.status is not RequestStatus.APPROVED:
            return PostPart(declined_items(words, request))
        view = await visit.read(joining.let_in, request.member_id)
        return PostPart(joined_items(words, parcel.programme_id, view))
    except UserError:
        return None  # whoever asked was erased, or is with nobody by now


async def _tell_vacancies(works: Works, programme_id: int, _: Thing) -> None:
    await tell_vacancies(works, programme_id, works.now())


KINDS: Final[PostKinds] = {
    joining.LEFT: lambda crew: PostKind(
        joining.about_leave, prepare=partial(_tell_vacancies, crew.works)
    ),
    joining.REQUEST: lambda crew: PostKind(joining.about, partial(_render, crew.works)),
    joining.ANSWER: lambda crew: PostKind(
        joining.about, partial(_render, crew.works), optional=True
    ),
}
