"""Organisations, their tracks, and the codes that let their people in."""

__all__ = ["organisations"]
