"""What goes wrong on demand: refusals, lost connections, slowness, and Discord's own limits.

Beside what becomes of the bot's requests: how it hears of what people do.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one request.

    ``status`` is answered (0: the connection is reset), ``after`` the request was carried out or
    instead of that; ``wait`` seconds pass first. With neither a status nor a reset, it is only
    slow. ``retry_after`` (seconds) is told with a 429.
    """

    status: int | None = None
    after: bool = False
    wait: float = 0.0
    retry_after: float = 0.2

    @property
    def resets(self) -> bool:
        return self.status == 0


TOO_MANY = Fault(429)
BROKEN, BROKEN_AFTER = Fault(500), Fault(502, after=True)
RESET, RESET_AFTER = Fault(0), Fault(0, after=True)
SLOW = Fault(wait=0.5)
ALL: Final = (TOO_MANY, BROKEN, BROKEN_AFTER, RESET, RESET_AFTER, SLOW)
_LATE: Final = (0.5, 2.5)  # seconds; an answer is taken for three


@dataclass
class _Planned:
    method: str
    path: re.Pattern[str]
    fault: Fault
    times: int


class Faults:
    """What is to go wrong next; empty at first."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._share = 0.0
        self._kinds: Sequence[Fault] = ALL
        self._concerns: Callable[[str, str], bool] = lambda _method, _path: True
        self._dice = random.Random(0)
        self.happened: list[tuple[str, str, Fault]] = []
        self._twice = self._late = 0.0
        self.delivered = Counter[tuple[str, int]]()

    def next(self, method: str, path: str, fault: Fault, times: int = 1) -> None:
        """Let the next requests fail whose path holds a regular expression."""
        self._planned.append(_Planned(method, re.compile(path), fault, times))

    def share(
        self,
        share: float,
        seed: int = 0,
        kinds: Sequence[Fault] = ALL,
        concerns: Callable[[str, str], bool] = lambda _method, _path: True,
    ) -> None:
        """Let a share (0-1) of all requests fail that ``concerns`` (method, path) says yes to."""
        self._share, self._kinds, self._concerns = share, kinds, concerns
        self._dice = random.Random(seed)

    def deliveries(self, twice: float, late: float) -> None:
        """Let shares (0-1) of what people do reach the bot twice, or seconds later."""
        self._twice, self._late = twice, late

    def waits(self, kind: int) -> tuple[float, ...]:
        """After how many seconds each the bot hears of something (an interaction's type)."""
        drawn = self._dice.random() if self._twice or self._late else 1.0
        if drawn < self._twice:
            self.delivered["twice", kind] += 1
            return 0.0, self._dice.choice((0.0, self._dice.uniform(0.01, 1.5)))
        if drawn < self._twice + self._late:
            self.delivered["late", kind] += 1
            return (self._dice.uniform(*_LATE),)
        return (0.0,)

    def clear(self) -> None:
        self._planned.clear()
        self._share = self._twice = self._late = 0.0

    def pick(self, method: str, path: str) -> Fault | None:
        """What goes wrong with this request, if anything does."""
        fault = self._pick(method, path)
        if fault:
            self.happened.append((method, path, fault))
        return fault

    def _pick(self, method: str, path: str) -> Fault | None:
        for planned in self._planned:
            if planned.times and planned.method == method and planned.path.search(path):
                planned.times -= 1
                return planned.fault
        if self._share and self._concerns(method, path) and self._dice.random() < self._share:
            return self._dice.choice(self._kinds)
        return None


@dataclass
class Bucket:
    """So many requests in so many seconds, of one kind, for each channel or server."""

    method: str
    path: re.Pattern[str]
    limit: int
    per: float


# As bots meet them; Discord may change them on any day, and tells them in headers.
USUAL: Final = (
    Bucket("POST", re.compile(r"/channels/(\d+)/messages$"), 5, 5.0),
    Bucket("PATCH", re.compile(r"/channels/(\d+)/messages/\d+$"), 5, 5.0),
    Bucket("PUT", re.compile(r"/guilds/(\d+)/members/\d+/roles/\d+$"), 10, 10.0),
)


@dataclass(frozen=True)
class Allowance:
    """What is left of a limit: told with every answer, and a refusal where nothing is."""

    name: str
    limit: int
    remaining: int
    reset_after: float
    refused: bool
    whole: bool = False  # the limit over all requests

    @property
    def headers(self) -> dict[str, str]:
        told = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": f"{time.time() + self.reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": self.name,
        }
        return {} if self.whole else told


class Limits:
    """Discord's limits, enforced: 50 requests a second in all, and those of ``buckets``.

    Answers to interactions are not counted, as in Discord.
    """

    def __init__(self) -> None:
        self.per_second = 50
        self.buckets: Sequence[Bucket] = ()
        self.refused = 0
        self._used: dict[str, tuple[float, int]] = {}

    def use(self, method: str, path: str) -> Allowance | None:
        """Count a request; None where no limit of its own concerns it."""
        if "/interactions/" in path or "/webhooks/" in path:
            return None
        whole = self._take("all", self.per_second, 1.0)
        if whole.refused:
            self.refused += 1
            return whole
        for bucket in self.buckets:
            found = bucket.path.search(path)
            if bucket.method == method and found:
                name = f"{bucket.method}:{bucket.path.pattern}"
                left = self._take(name, bucket.limit, bucket.per, found[1])
                self.refused += left.refused
                return left
        return None

    def _take(self, name: str, limit: int, per: float, about: str = "") -> Allowance:
        """Count one; a window begins with the first request after the last one's end."""
        key, now = f"{name}:{about}", time.monotonic()
        began, used = self._used.get(key, (now, 0))
        if now >= began + per:
            began, used = now, 0
        refused = used >= limit
        self._used[key] = (began, used + (not refused))
        left = limit - used - (not refused)
        whole = name == "all"
        return Allowance(f"{abs(hash(name)):x}", limit, left, began + per - now, refused, whole)
