"""The ledger of posts that must arrive: planned in the transaction that makes them due.

What they say is for who shows it; here they are planned, claimed and settled.
"""

__all__ = ["claims", "ledger", "planning"]
