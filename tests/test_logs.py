"""Logs as JSON: an object a line, whatever is logged."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from bot.logs import JsonLines

ROOT = Path(__file__).parents[1]


def record(message: str, *values: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot.client", logging.ERROR, "x.py", 1, message, values, info)


def test_a_record_is_one_line_with_what_programs_look_for():
    line = JsonLines().format(record("factor %s\nis lost: å", 7))
    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("at").endswith("+00:00")
    assert found == {"level": "ERROR", "logger": "bot.client", "message": "factor 7\nis lost: å"}


def test_an_error_comes_with_its_traceback():
    try:
        int("wrong")
    except ValueError as error:
        line = JsonLines().format(record("unexpected", error=error))
    assert "ValueError: invalid literal" in json.loads(line)["traceback"]
    assert "\n" not in line


def test_the_program_logs_as_it_is_told(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "migrate"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LOG_FORMAT": "json"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = [json.loads(line) for line in done.stderr.splitlines()]
    assert [each["logger"] for each in said] == ["storage.upgrade"]
    assert said[0]["message"].startswith("Migrated data/leda.db from empty")
