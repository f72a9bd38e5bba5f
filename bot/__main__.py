"""``python -m bot``: the same as ``leda``."""

from bot.cli import main

raise SystemExit(main())
