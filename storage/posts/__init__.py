"""The ledger of posts that must arrive, and what is asked of it."""

__all__ = ["deliveries"]
