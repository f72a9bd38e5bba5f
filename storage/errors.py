"""What can go wrong between leda and its database, each said in one sentence for an operator."""


class StorageError(Exception):
    """The root: something about the database itself, never about one row or one rule.

    ``passes`` says whether the same may do better later, without anybody putting it right.
    """

    passes = False


class DatabaseClosed(StorageError):
    """Asked for after ``close()``, or before ``open()``."""

    def __init__(self, where: str) -> None:
        super().__init__(f"The database {where} is not open: it was closed, or never opened.")


class NotWritten(StorageError):
    """A shared commit failed: nothing of the unit is in the database, and trying again is safe."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"Nothing was written to {where}: {reason}.")


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


class NewerDatabase(StorageError):
    """It is at a revision that this release has never heard of. It was left as it is."""

    def __init__(self, where: str, found: str, newest: str | None) -> None:
        super().__init__(
            f"The database {where} is at version {found}, but this release of leda knows no later"
            f" one than {newest or 'an empty database'}: install the release that last used it,"
            " or restore a backup made before it."
        )
