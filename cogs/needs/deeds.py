"""What one press of the walk does to one thing, and how that is taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import experiences, votes
from bot.domain.factors.casting import CASTING, Press
from bot.domain.kit.errors import StalePress
from bot.domain.membership import answering, joining
from bot.domain.needs import walk
from cogs.factors.cards import shown_title
from cogs.factors.posting import refresh
from cogs.needs.cards import CHOICES, Deed
from storage.enums import Answer, Choice, Need


@dataclass(frozen=True)
class Done:
    """What was done, in words.

    ``since`` is since when it had been otherwise (in seconds since 1970), where taking it back
    asks for that; ``alone`` says that others can work out what was voted.
    """

    text: str
    since: int = 0
    alone: bool = False


_Does: TypeAlias = Callable[[Crew, Ask, int, Deed], Awaitable[Done]]
_ANSWERS: Final = {Deed.GOING: Answer.GOING, Deed.MAYBE: Answer.MAYBE, Deed.CANT: Answer.CANT}
PUT_OFF: Final = frozenset({Deed.SKIP, Deed.NEVER})
FOR_GOOD: Final = frozenset({Deed.APPROVE, Deed.DECLINE})
"""Others hear of it at once, so the walk does not take it back."""


async def do(
    crew: Crew, ask: Ask, kind: Need, subject_id: int, deed: Deed, reason: str | None
) -> Done:
    """Do it.

    Raises:
        StalePress: that is not done to things of this kind.
    """
    if deed in PUT_OFF:
        await ask.write(walk.skip if deed is Deed.SKIP else walk.never, kind, subject_id)
        later = deed is Deed.SKIP
        text = (
            ask.words("walk.put_off.skip", days=walk.RESTS_DAYS)
            if later
            else ask.words("walk.put_off.never")
        )
        return Done(text)
    if deed in CHOICES and kind in {Need.FACTOR, Need.EDITED}:
        return await _vote(crew, ask, subject_id, CHOICES[deed], reason)
    does = _DOES.get((kind, deed))
    if does is None:
        raise StalePress
    return await does(crew, ask, subject_id, deed)


async def undo(crew: Crew, ask: Ask, kind: Need, subject_id: int, deed: Deed, since: int) -> None:
    """Take it back.

    Raises:
        StalePress: it cannot be.
    """
    who = ask.person.id
    if deed in PUT_OFF:
        await ask.write(walk.wake, kind, subject_id)
    elif deed in _ANSWERS:
        await _answer(crew, ask, subject_id, Answer.OPEN)
    elif deed is Deed.CONFIRM:
        await ask.write(experiences.unconfirm, subject_id)
    elif deed is Deed.STILL:
        await ask.write(votes.no_more_mine, subject_id, who, since)
        crew.recounts.wake(ask.programme_id)
    elif deed in CHOICES:
        await ask.write(votes.take_back, subject_id, who, said_at=ask.said_at)
        crew.recounts.wake(ask.programme_id)
    else:
        raise StalePress


async def _vote(crew: Crew, ask: Ask, factor_id: int, choice: Choice, reason: str | None) -> Done:
    press = Press(factor_id, ask.person.id, choice, reason, ask.said_at)
    cast = await ask.write_together(CASTING, press)
    crew.recounts.wake(ask.programme_id)
    title, _ = await ask.read(votes.own, factor_id)
    text = ask.words(f"walk.voted.{choice}", title=shown_title(title))
    return Done(text, alone=cast.alone)


async def _still(crew: Crew, ask: Ask, factor_id: int, _: Deed) -> Done:
    mine = await ask.read(votes.ballot, factor_id, ask.person.id)
    factor = await ask.write(votes.still_mine, factor_id, ask.person.id)
    refresh(crew, factor)
    since = int(mine.since.timestamp()) if mine.since else 0
    return Done(ask.words("walk.last.still", title=shown_title(factor.title)), since)


async def _come(crew: Crew, ask: Ask, occurrence_id: int, deed: Deed) -> Done:
    answer = _ANSWERS[deed]
    await _answer(crew, ask, occurrence_id, answer)
    return Done(ask.words("walk.last.answer", answer=ask.words(f"meeting.answer.{answer}")))


async def _answer(crew: Crew, ask: Ask, occurrence_id: int, answer: Answer) -> None:
    about = occurrence_id, ask.person.id, answer
    meeting = await ask.write(answering.answer, *about, elsewhere=True, said_at=ask.said_at)
    if meeting is not None:
        crew.meetings.refresh(meeting)


async def _decide(crew: Crew, ask: Ask, request_id: int, deed: Deed) -> Done:
    request = await ask.write(joining.decide, request_id, approve=deed is Deed.APPROVE)
    if request.fresh:
        crew.follow_up(ask.programme_id)
    return Done(ask.words(f"walk.request.{request.status}", who=f"<@{request.member_id}>"))


async def _confirm(crew: Crew, ask: Ask, experience_id: int, _: Deed) -> Done:
    done = await ask.write(experiences.confirm, experience_id)
    refresh(crew, done.factor)
    return Done(ask.words("walk.last.confirm", title=shown_title(done.factor.title)))


_DOES: Final[dict[tuple[Need, Deed], _Does]] = {
    (Need.REQUEST, Deed.APPROVE): _decide,
    (Need.REQUEST, Deed.DECLINE): _decide,
    **{(Need.MEETING, deed): _come for deed in _ANSWERS},
    (Need.EDITED, Deed.STILL): _still,
    (Need.CONFIRM, Deed.CONFIRM): _confirm,
}
