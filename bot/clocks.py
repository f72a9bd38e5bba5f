"""Whether this machine's clock can be believed: Discord tells the time with every answer."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Final

import aiohttp

_log = logging.getLogger(__name__)

FAR: Final = timedelta(hours=1)
"""So far off nobody can tell what is due: nothing is posted and nothing is forgotten."""


class ClockCheck:
    """Compares leda's clock with Discord's, from the login on.

    Where no answer came yet nothing is known, and leda's own is believed.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Compare a clock (it gives aware UTC)."""
        self._now = now
        self._ahead: timedelta | None = None
        self._said = False
        self._last = ""

    @property
    def far(self) -> bool:
        """Whether leda's clock is an hour or more from Discord's."""
        return self._ahead is not None and abs(self._ahead) >= FAR

    def theirs(self, moment: datetime) -> datetime:
        """What Discord's clock showed at a moment (aware UTC) of leda's clock, or somewhat earlier.

        For whoever looks for what was made in Discord from then on: Discord tells whole seconds,
        and its answer is on its way for a while, so leda's clock is never further ahead than it
        seems.
        """
        return moment - (self._ahead or timedelta())

    def trace(self) -> aiohttp.TraceConfig:
        """What lets it hear of every answer that Discord gives."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._heard)
        return config

    async def _heard(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        answer: aiohttp.TraceRequestEndParams,
    ) -> None:
        told = answer.response.headers.get("Date", "")
        if told == self._last:
            return  # it tells whole seconds, and in a crowd many answers come in one
        self._last = told
        try:
            discords = parsedate_to_datetime(told)
            self._ahead = self._now() - discords
        except (ValueError, TypeError):
            return  # it told no time, or none with a zone
        if self.far and not self._said:
            _log.error(
                "This machine's clock says %s, Discord's says %s: nothing is posted and nothing "
                "deleted before it is set right.", f"{self._now():%F %T}", f"{discords:%F %T}",
            )  # fmt: skip
        elif self._said and not self.far:
            _log.warning("This machine's clock is right again: what is due goes out")
        self._said = self.far
