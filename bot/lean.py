"""What a running leda is spared: each of these makes it quicker, and it works without any of them.

Some of it reaches for names that discord.py does not promise
(``docs/adr/0023-what-presses-and-starts-are-spared.md``); ``tests/test_lean.py`` fails where a new
version has others.
"""

import asyncio
import gc
import inspect
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

import discord

_log = logging.getLogger(__name__)

_REPLY: Final = 4  # of Discord's types of an answer, the only one whose message leda asks for
_PRESSED: Final = "INTERACTION_CREATE"
_EDITED: Final = "MESSAGE_UPDATE"


def runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """What runs the program: uvloop's loop, which is quicker, and which Windows does not have."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run
    return uvloop.run


def settle() -> None:
    """Set aside what the start has made: to be called once all of it is there.

    The collector would go through all that stays, over and over. And it comes less often, since
    most of what a press makes goes without it; but not seldom: in a crowd much is still in use when
    it comes, counts as old from then on, and is let go only when it goes through the old, too.
    """
    gc.unfreeze()  # an earlier life in this process, which lost its shards, may go
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 5)


def spare(client: discord.Client) -> bool:
    """Let discord.py take nothing apart that leda never looks at, in this task and those it begins.

    A press brings the whole message that was pressed, the answer to an answer brings it once more,
    and the card that was edited comes as an event, as do the edits of all that people write. Making
    objects of their buttons and texts is a third of what a press costs the event loop.

    Returns:
        whether discord.py is as it was when this was written; if not, nothing is changed.
    """
    try:
        parsers = client._connection.parsers  # noqa: SLF001 - see above
        parse, _ = parsers[_PRESSED], parsers[_EDITED]
        use = _answering()
    except (ImportError, AttributeError, KeyError, TypeError, ValueError) as other:
        _log.info("this discord.py is another inside (%r): leda works, a little slower", other)
        return False
    parsers[_PRESSED] = lambda data: parse(_without_parts(data))
    parsers[_EDITED] = lambda _: None
    use()
    return True


def _without_parts(data: Any) -> Any:
    """A press, with nothing on the message that was pressed."""
    message = data.get("message")
    return {**data, "message": {**message, "components": []}} if message else data


def _answering() -> Callable[[], object]:
    """What lets answers to interactions be sent without asking to be shown what they did."""
    from discord.interactions import InteractionCallbackResponse
    from discord.webhook.async_ import AsyncWebhookAdapter, async_context

    class Adapter(AsyncWebhookAdapter):
        """Asks for the message only where it is a new one: its id is needed."""

        async def create_interaction_response(
            self, interaction_id: int, token: str, *, params: Any, **more: Any
        ) -> Any:
            found: Any = await super().create_interaction_response(
                interaction_id, token, params=params, **more
            )
            return {"interaction": found["interaction"]} if found else _heard(interaction_id)

        async def request(self, *route: Any, params: Any = None, **more: Any) -> Any:
            payload = more.get("payload")
            if params and "with_response" in params and payload and payload["type"] != _REPLY:
                params = None
            return await super().request(*route, params=params, **more)

    taken = inspect.signature(AsyncWebhookAdapter.request).parameters
    if not {"payload", "params"} <= set(taken):
        raise TypeError(taken)
    kind = discord.InteractionResponseType.message_update
    nobody: Any = None
    InteractionCallbackResponse(data=_heard(1), parent=nobody, state=nobody, type=kind)
    return lambda: async_context.set(Adapter())  # type: ignore[no-untyped-call]


def _heard(interaction_id: int) -> Any:
    """What discord.py wants of an answer to an answer."""
    return {"interaction": {"id": interaction_id, "type": 3}}
