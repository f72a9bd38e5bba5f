"""What can go wrong for a person anywhere; every text is the catalogues'."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass


class UserError(Exception):
    """Something the person can understand and mend; nothing was changed.

    Its text is the catalogue's ``error.<name of the class>``, filled in with ``values``, so an
    error speaks the language of whoever reads it.
    """

    def __init__(self, **values: Any) -> None:
        super().__init__(*values.items())
        self.values = values

    def __reduce__(self) -> Any:
        """As what is read in another process raises it: by name."""
        return _again, (type(self), self.values)

    @property
    def key(self) -> str:
        """The catalogue key of its text."""
        return "error." + re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


def _again(kind: type[UserError], values: dict[str, Any]) -> UserError:
    return kind(**values)


class NotSetUp(UserError):
    """The server has no programme yet."""


class OnlyInServer(UserError):
    """The command needs a server around it."""


class CoordinatorsOnly(UserError):
    """Only coordinators may do this."""


class ManagersOnly(UserError):
    """Only those with *Manage Server* may do this."""


class TimezoneUnknown(UserError):
    """There is no time zone called ``timezone``; ``like`` holds names that come close."""


class ChoiceUnknown(UserError):
    """``choice`` is none of those that a form offers."""


class TextMissing(UserError):
    """Nothing that can be read is left of a text that is needed."""


class NameTooLong(UserError):
    """A name has more than ``limit`` characters."""


class NothingToChange(UserError):
    """Somebody asked for a change without saying which."""


class NotYours(UserError):
    """Only the contact person of ``organisation`` and coordinators may decide this."""


class ChangedMeanwhile(UserError):
    """What a form is about was changed since the form was opened."""


class ChangedTo(ChangedMeanwhile):
    """It was changed to ``now``; empty where nothing stands there any more."""


class EditedMeanwhile(UserError):
    """Somebody else has edited the factor called ``title`` since its text was opened."""


class FileTooLarge(UserError):
    """A file has more than ``limit`` megabytes."""


class FileNotFetched(UserError):
    """Discord did not hand over a file that somebody attached."""


class FileEmpty(UserError):
    """A file holds nothing."""


class FileUnreadable(UserError):
    """A file is no text."""


class EncodingUnclear(UserError):
    """From ``line`` on, a file's letters may be others than they seem."""


class FileIsPdf(UserError):
    """A file is a PDF, whatever it is called."""


class FileIsWebPage(UserError):
    """A file is HTML or XML, as some systems call what they export ``.xls``."""


class FileIsOldWorkbook(UserError):
    """A file is a workbook of the old kind (``.xls``), or one with a password."""


class FileIsArchive(UserError):
    """A file is packed, or a document of another program, and no ``.xlsx``."""


class WorkbookBroken(UserError):
    """An ``.xlsx`` cannot be read."""


class WorkbookTooLarge(UserError):
    """An ``.xlsx`` would be more than ``limit`` megabytes when unpacked."""


class SheetTooLarge(UserError):
    """The sheet that may be meant has more than ``rows`` rows, ``columns`` columns or ``cells``."""


class FileBroken(UserError):
    """From ``line`` on, a file's quotation marks do not add up."""


class FileWithoutRows(UserError):
    """A file has headings and nothing below them."""


class ExportTooLarge(UserError):
    """Files to take out are too large for Discord."""


class TooManyRows(UserError):
    """A file has ``rows`` rows, more than ``limit``."""


class ColumnMissing(UserError):
    """No heading of a file is any of ``columns``; ``found`` names those that are there."""


class ColumnTwice(UserError):
    """Two columns of a file mean the same; ``column`` is the second one's heading."""


class UploadGone(UserError):
    """What a file held is forgotten: a day has passed, or it was cancelled."""


class UploadUsed(UserError):
    """What a file held was confirmed already."""


class StalePress(UserError):
    """A button or form of a format that leda does not know any more."""
