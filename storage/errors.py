"""What can go wrong between leda and its database, each said in one sentence for an operator."""

from enum import StrEnum
from typing import Final


class Hindrance(StrEnum):
    """Why the database could not do something."""

    BUSY = "busy"
    """Another program holds it, or others were quicker again and again."""
    DISK = "disk"
    """It is full or failing, or may not be written."""
    AWAY = "away"
    """The server of PostgreSQL does not answer."""
    UNSURE = "unsure"
    """The server went away while it committed: what was asked may be done or not."""
    DAMAGED = "damaged"
    """What is stored makes no sense."""
    GONE = "gone"
    """The open file is not the one on disk any more."""


LASTING: Final = frozenset({Hindrance.DAMAGED, Hindrance.GONE})
"""What only an operator can end: until then nothing is written."""
PASSING: Final = frozenset({Hindrance.BUSY, Hindrance.AWAY})
"""What is worth waiting for."""


class StorageError(Exception):
    """The root: something about the database itself, never about one row or one rule.

    ``passes`` says whether the same may do better later, without anybody putting it right.
    """

    passes = False


class DatabaseClosed(StorageError):
    """Asked for after ``close()``, or before ``open()``."""

    def __init__(self, where: str) -> None:
        super().__init__(f"The database {where} is not open: it was closed, or never opened.")


class Unserved(StorageError):
    """A unit of work could not be done; ``hindrance`` says why, None for a fault of leda's own."""

    sentence = "{where} did not do it: {reason}."

    def __init__(self, where: str, reason: str, hindrance: Hindrance | None = None) -> None:
        super().__init__(self.sentence.format(where=where, reason=reason))
        self.hindrance = hindrance


class NotWritten(Unserved):
    """Nothing of the unit is in the database, and trying again is safe; but see ``UNSURE``."""

    sentence = "Nothing was written to {where}: {reason}."


class NotRead(Unserved):
    """The database could not be asked."""

    sentence = "{where} could not be read: {reason}."


class LostDatabase(StorageError):
    """A file of the open database was deleted, moved or replaced."""

    def __init__(self, path: str) -> None:
        # As SQLite's last connection closes, it brings in what a lost log holds.
        rest = (
            "start leda again, for the database itself is still there"
            if path.endswith("-wal")
            else "put it back or restore a backup, then start leda again"
        )
        super().__init__(
            f"{path} was deleted, moved or replaced while leda used it, so leda stops: {rest}."
        )


class UnreachableDatabase(StorageError):
    """It cannot be opened or written: a missing right, a full disk, a server that is away."""

    def __init__(self, where: str, reason: str, *, passes: bool = False) -> None:
        super().__init__(f"The database {where} cannot be used: {reason}.")
        self.passes = passes


class DatabaseInUse(StorageError):
    """Another process holds the file. Two of them would answer everything twice."""

    def __init__(self, where: str, holder: str) -> None:
        super().__init__(
            f"The database {where} is in use by another leda ({holder or 'it is just starting'}): "
            "one process may use a file. End that one first."
        )


class DamagedDatabase(StorageError):
    """The file is not a sound database. It was left as it is."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"The database {where} is damaged ({reason}) and was left as it is: restore a backup."
        )
        self.reason = reason


class NoBackup(StorageError):
    """There is nothing to be made, or put back."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"No backup: {reason}.")


class CannotMove(StorageError):
    """It stays where it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing was moved: {reason}.")


class NoWayBack(StorageError):
    """It holds what an earlier schema has no room for. It was left as it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database cannot go back, and was left as it is: {reason}.")


class NewerDatabase(StorageError):
    """It is at a revision that this release has never heard of. It was left as it is."""

    def __init__(self, where: str, found: str, newest: str | None) -> None:
        super().__init__(
            f"The database {where} is at version {found}, but this release of leda knows no later"
            f" one than {newest or 'an empty database'}: install the release that last used it,"
            " or restore a backup made before it."
        )
