"""Identity numbers that were hidden in what somebody wrote: they are told, or would write more."""

from bot.ask import Ask
from bot.domain.kit import texts
from bot.ui.layout import note


async def tell_hidden(ask: Ask, *said: str) -> None:
    """Say so, for whoever wrote it alone, if an identity number is hidden in what is kept of it.

    After the answer; for what is shown again on a card that says so itself, there is no need.
    """
    if any(texts.mask_identity_numbers(texts.clean(each))[1] for each in said if each):
        await ask.answer(note(ask.words("hidden")))
