"""The demo as a process of its own."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Demo:
    """A running ``leda demo``."""

    def __init__(self, data, *options, until="http://", module="bot"):
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, "demo", "--data", str(data), "--port", "0", *options],
            cwd=ROOT,
            env={**os.environ, "LOG_LEVEL": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if until in line:
                break
        self.url = "".join(re.findall(r"http://127\.0\.0\.1:\d+/", self.said))

    def end(self, how=signal.SIGTERM):
        """What it said on stderr, and its exit code."""
        self.process.send_signal(how)
        try:
            rest, errors = self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            rest, errors = self.process.communicate()
            errors += "did not end"
        self.said += rest
        return errors, self.process.returncode


@contextmanager
def running(data, *options, **how):
    demo = Demo(data, *options, **how)
    try:
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.end()
        demo.process.stdout.close()
        demo.process.stderr.close()
