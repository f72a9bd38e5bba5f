"""``python -m storage.migrations "what changes"`` drafts the next revision.

It compares the table modules with what the revisions so far build in an empty database. Read
what it wrote, and finish it.
"""

import argparse
import importlib
import pkgutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import storage
from storage import engines
from storage.upgrade import VERSIONS, alembic_config, head_revision, upgrade


def draft(what: str, versions: Path = VERSIONS) -> None:
    """Write ``versions/NNNN_what.py``; Alembic prints its name and what it found."""
    from alembic import command

    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        importlib.import_module(module.name)
    number = int(head_revision(versions) or 0) + 1
    with TemporaryDirectory() as folder:
        url = engines.parse(f"sqlite:///{folder}/so-far.db")
        upgrade(url, now=datetime.now(UTC), versions=versions)
        with engines.migrating(url).begin() as connection:
            config = alembic_config(connection, versions)
            command.revision(config, what, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m storage.migrations", description=__doc__)
    parser.add_argument("what", help="a few words on what changes")
    draft(parser.parse_args().what)
