"""How leda logs: lines for people, or JSON for programs that collect them."""

import json
import logging
from datetime import UTC, datetime
from typing import Final

_PLAIN: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """Each record is an object on a line of its own; moments are UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Say who, when, how bad and what; an error with its traceback."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def start(level: int, *, as_json: bool) -> None:
    """Log to stderr; only leda itself goes into detail.

    At their most talkative, discord.py logs every event with what people wrote in it, and others
    what they send.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(_PLAIN))
    logging.basicConfig(handlers=[handler])
    logging.getLogger().setLevel(max(level, logging.INFO))
    for quiet in ("alembic", "apscheduler"):  # the latter would say each minute that it did its job
        logging.getLogger(quiet).setLevel(max(level, logging.WARNING))
    for room in ("bot", "cogs", "storage"):
        logging.getLogger(room).setLevel(level)
