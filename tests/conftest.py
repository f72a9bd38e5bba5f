"""What all tests share."""

from hypothesis import HealthCheck, settings

# Machines are noisy: no example fails for being slow. `--hypothesis-profile=deep` looks longer.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=40, **_COMMON)
settings.register_profile("deep", max_examples=10_000, **_COMMON)
settings.load_profile("quick")
