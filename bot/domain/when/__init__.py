"""Reading what people type about time: starts, lengths, rules of recurrence; and counting weeks.

It knows no tables and no clock.
"""

__all__ = ["clocks", "errors", "feasts", "ideas", "lengths", "recurrence", "said", "understanding"]
