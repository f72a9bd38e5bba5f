"""Coordinators hear which organisations have nobody left."""

from datetime import datetime

from bot.delivery.coordinators import tell_coordinators
from bot.delivery.notices import vacancies_card
from bot.domain.membership import presence
from bot.domain.membership.presence import Vacancies
from bot.works import Works


async def tell_vacancies(works: Works, programme_id: int, now: datetime) -> None:
    """Tell coordinators once about organisations that have lost everyone, or their contact."""
    if works.client.get_guild(programme_id) is None:
        return  # nobody would hear it
    found = await works.db.visit(programme_id, None, now).read(presence.vacancies)
    if found == Vacancies():
        return
    if await tell_coordinators(works, programme_id, lambda words: vacancies_card(words, found)):
        await works.db.visit(programme_id, None, now).write(presence.vacancies_told)
