"""Organisations, their tracks, and the codes that let their people in.

What changes them is a matter of ``membership``.
"""

__all__ = ["errors", "invitations", "organisations"]
