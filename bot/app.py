"""The composition root: the only place where the parts are put together."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.client import LedaBot
from bot.settings import Settings
from storage.database import Database


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_bot(settings: Settings, now: Callable[[], datetime] = _utc_now) -> LedaBot:
    """Put leda together. Nothing is opened or connected yet.

    Args:
        settings: where the database is, how many shards.
        now: the clock; gives aware UTC.
    """
    return LedaBot(settings, Database(settings.database_url), now)
