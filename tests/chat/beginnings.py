"""What a bot may have lived through when a test begins: once a process, then copied.

A file of tests names those that its fixtures stand for, the longest first, as ``BEGINNINGS``.
"""

from collections.abc import Awaitable, Callable
from typing import Any

Beginning = Callable[[Any], Awaitable[Any]]


async def set_up(town: Any) -> None:
    await town.set_up()


async def trial(town: Any) -> None:
    """A programme of two tracks, an organisation in each, and one in both."""
    await town.set_up()
    await town.organisation("Göteborgs stad", "School and learning in a digital world")
    await town.organisation("Vara kommun", "Health and care in a digital world")
    await town.organisation("Västerås stad", "School, Health")


async def with_anna(town: Any) -> None:
    """Anna of Göteborg is there, which is in the school track."""
    await trial(town)
    await town.participant("Göteborgs stad", "anna")


async def with_asa(town: Any) -> None:
    """So is Åsa of Västerås, which is in both tracks; her Discord is Swedish."""
    await with_anna(town)
    await town.participant("Västerås stad", "asa", "sv-SE")


async def with_a_factor(town: Any) -> None:
    """Anna has proposed a factor of the school track."""
    await with_anna(town)
    await town.publish(town.member("anna"))
