"""What all tests share."""

from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings

from bot.domain import pace

# Machines are noisy: no example fails for being slow. `--hypothesis-profile=deep` looks longer.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=20, **_COMMON)
settings.register_profile("deep", max_examples=10_000, **_COMMON)
settings.load_profile("quick")


def repeating() -> Any:
    """Lets one person publish the same few words again and again, as scenes are made of them."""
    return patch.object(pace, "_copies", return_value=False)
