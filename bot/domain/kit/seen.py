"""What somebody saw in a form, so that nobody overwrites unseen what others decided meanwhile."""

from hashlib import blake2s


def mark(*stands: str) -> str:
    """Six characters by which one sees whether texts still are as they were."""
    return blake2s("\0".join(stands).encode(), digest_size=3).hexdigest()
