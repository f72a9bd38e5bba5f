"""How often what went wrong while the program was killed: a zero never tried says nothing."""

from collections import Counter
from typing import Final

from tests.wire.faults import Fault
from tests.wire.programme import Scene

_NAMES: Final = {
    (429, False): "refused as too many (429)",
    (500, False): "answered 500",
    (502, True): "carried out, and answered 502",
    (0, False): "reset before it was carried out",
    (0, True): "reset after it was carried out",
    (None, False): "slow",
}
_ANSWERS: Final = ("/interactions/", "/webhooks/")


class Trouble:
    """Deaths and faults, counted by the runner."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter(
            {"kills in a start": 0, "kills before it was ready": 0, "kills at work": 0}
        )
        self._faults: dict[str, int] = {}
        self._errors = 0

    def turn_log(self, scene: Scene) -> None:
        """Keep what a life logged, and let the next one begin anew; no program runs."""
        log = scene.program.log_file
        self._errors += scene.program.log.count("unexpected error")
        with log.with_suffix(".all").open("a") as kept:
            kept.write(scene.program.log)
        log.unlink(missing_ok=True)

    def ended(self, status: int | None) -> None:
        """Before it was killed."""
        self.came[f"times that the program ended by itself, with {status}"] += 1

    def count(self, scene: Scene) -> None:
        """At the end: what became of requests."""
        happened = scene.discord.faults.happened
        answers = [fault for _, path, fault in happened if path.startswith(_ANSWERS)]
        others = [fault for _, path, fault in happened if not path.startswith(_ANSWERS)]
        self._faults = _named("answers to people", answers) | _named("other requests", others)

    def tally(self) -> dict[str, int]:
        logged = {"unexpected errors in the log": self._errors}
        return dict(self.came) | self._faults | logged

    def failures(self) -> list[str]:
        return []


def _named(what: str, faults: list[Fault]) -> dict[str, int]:
    found = Counter((fault.status, fault.after) for fault in faults)
    return {f"{what} {name}": found[kind] for kind, name in _NAMES.items()}
