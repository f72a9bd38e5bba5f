"""A use case that reads very much, in a process of its own: presses then need not share theirs.

Python runs one thread at a time. Beside tens of thousands of factors that are put into a file, each
press would wait for its turn again and again, however small the pieces are.
"""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from storage import engines
from storage.desk import Desk, Person
from storage.errors import NotRead

_LATER: Final = 10
"""How much lower its priority is (``nice``): whoever waits for a press goes first."""


async def read(
    url: str, programme_id: int, person: Person | None, now: datetime, work: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> Any:  # fmt: skip
    """Run ``work`` as :meth:`storage.database.Visit.read` does.

    Args:
        url: the database's address, with its password: it is handed over in a pipe.
        programme_id: whose errand it is.
        person: who asks.
        now: aware UTC.
        work: a function of a module; what it takes and gives can be pickled.
        arguments: what it is given beside its desk.

    Raises:
        NotRead: the process ended without a result.
        Exception: what ``work`` raised.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "storage.apart",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    asked = pickle.dumps((url, programme_id, person, now, work, arguments))
    try:
        said, _ = await process.communicate(asked)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise NotRead("The database", f"the process that read it ended with {process.returncode}")
    found = pickle.loads(said)  # noqa: S301 - our own process made it
    if isinstance(found, Exception):
        raise found
    return found


def _serve() -> None:
    os.nice(_LATER)
    asked = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - as above
    url, programme_id, person, now, work, arguments = asked
    engine = engines.reading(engines.parse(url))
    try:
        with Session(engine) as session:
            found = work(Desk(session, programme_id, person, now), *arguments)
    except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
        found = error
    finally:
        engine.dispose()
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    _serve()
