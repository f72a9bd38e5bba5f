"""What can go wrong for a person, each with a text of its own in the catalogues."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.domain.when import Start


class UserError(Exception):
    """Something the person can understand and mend; nothing was changed.

    Its text is the catalogue's ``error.<name of the class>``, filled in with ``values``, so an
    error speaks the language of whoever reads it.
    """

    def __init__(self, **values: Any) -> None:
        super().__init__(*values.items())
        self.values = values

    @property
    def key(self) -> str:
        """The catalogue key of its text."""
        return "error." + re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


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


class WordNotLetters(UserError):
    """A word for organisation, ``word``, holds more than letters."""


class WordsIncomplete(UserError):
    """Only some of the three words for organisation were given."""


class ChannelTaken(UserError):
    """A channel that was chosen has another part in the programme."""


class ChannelUnusable(UserError):
    """leda lacks ``permissions`` (their names) in the channel called ``channel``."""


class ChannelNotFound(UserError):
    """The server has no such text channel."""


class TextMissing(UserError):
    """Nothing that can be read is left of a text that is needed."""


class NameTooLong(UserError):
    """A name has more than ``limit`` characters."""


class TrackNotFound(UserError):
    """The programme has no track called ``name``."""


class TrackExists(UserError):
    """A track of the programme is called ``name``, which is the same or nearly so."""


class TooManyTracks(UserError):
    """The programme has as many tracks as it can have, ``limit``."""


class TrackArchived(UserError):
    """The ``track`` is archived: it keeps what it has and takes nothing new."""


class TrackNotArchived(UserError):
    """The ``track`` is open already."""


class OnlyArchivedTracks(UserError):
    """Every track of the person's ``organisation`` is archived."""


class NotAnEmoji(UserError):
    """``text`` is not one emoji that everyone's Discord knows."""


class DescriptionTooLong(UserError):
    """A description has more than ``limit`` characters."""


class TracksNeeded(UserError):
    """The programme has several tracks (``names``), and none was chosen."""


class OrganisationNotFound(UserError):
    """The programme has no organisation called ``name``, but some that are ``like`` it."""


class OrganisationUnknown(OrganisationNotFound):
    """The programme has no organisation called ``name``, nor any that is like it."""


class OrganisationExists(UserError):
    """The programme has an organisation called ``name`` already."""


class OrganisationGone(UserError):
    """The organisation called ``name`` takes part no more."""


class NothingToChange(UserError):
    """Somebody asked for a change without saying which."""


class NotItsParticipant(UserError):
    """The member is no participant of ``organisation``."""


class AlreadyWith(UserError):
    """The person is with ``organisation`` already."""


class CodeNeeded(UserError):
    """Joining this programme takes an organisation's code, or an approval."""


class TooManyTries(UserError):
    """The person has typed ``limit`` wrong codes within the hour."""


class RequestNotFound(UserError):
    """There is no such request to join."""


class NotYours(UserError):
    """Only the contact person of ``organisation`` and coordinators may decide this."""


class NotAParticipant(UserError):
    """The person has not joined an organisation."""


class OtherTrack(UserError):
    """The person's ``organisation`` takes no part in the factor's ``track``."""


class NoTracks(UserError):
    """The person's ``organisation`` takes part in no track: it can neither propose nor vote."""


class MeetingNotFound(UserError):
    """The programme has no such meeting."""


class MeetingCancelled(UserError):
    """The meeting called ``title`` was cancelled."""


class MeetingOver(UserError):
    """The meeting called ``title`` is over."""


class MeetingAhead(UserError):
    """The meeting called ``title`` begins later (``when``, seconds since 1970)."""


class MeetingDraftGone(UserError):
    """What somebody filled in for a meeting is forgotten: a day has passed, or it was dropped."""


class MeetingElsewhere(OtherTrack):
    """The person's ``organisation`` takes no part in the meeting's ``track``."""


class AttendanceOver(UserError):
    """Who was at the meeting called ``title`` can be said for ``limit`` days after it, no more."""


class DurationUnclear(UserError):
    """``text`` is no length of time."""


class DurationTooLong(UserError):
    """A meeting was to take more than ``limit`` days."""


class RemindersUnclear(UserError):
    """``text`` is no list of lengths of time, each at most eight weeks."""


class RemindersTooMany(UserError):
    """A meeting was to have more reminders than ``limit``."""


class LinkUnclear(UserError):
    """The line ``text`` of the links holds no address, or another than of the web."""


class LinksTooMany(UserError):
    """Minutes were to have more links than ``limit``."""


class FactorNotFound(UserError):
    """The programme has no such factor."""


class FactorClosed(UserError):
    """The factor called ``title`` is not open any more; those below say what became of it."""


class FactorAdopted(FactorClosed):
    """The factor called ``title`` was adopted."""


class FactorDeclined(FactorClosed):
    """The factor called ``title`` was declined."""


class FactorWithdrawn(FactorClosed):
    """The factor called ``title`` was withdrawn."""


class FactorMerged(FactorClosed):
    """The factor called ``title`` was merged into the one called ``into``."""


class VotingNotOpen(UserError):
    """Votes on the factor called ``title`` open later (``when``, seconds since 1970)."""


class VotingOver(UserError):
    """Votes on the factor called ``title`` closed (``when``, seconds since 1970)."""


class VotingDaysMixed(UserError):
    """Votes would close on or before the day they open."""


class DateNotUnderstood(UserError):
    """``text`` is no date like 2026-12-03."""


class RepeatEndless(UserError):
    """Something that comes again has no end."""


class RepeatTwoEnds(UserError):
    """Something that comes again has both a last day and a number."""


class RepeatNotChosen(UserError):
    """An end was given for something that does not come again."""


class RepeatOver(UserError):
    """Something that comes again would end before its first time, on ``day`` (ISO)."""


class RepeatTooMany(UserError):
    """Something would come ``number`` times, more than ``limit``."""


class EditedMeanwhile(UserError):
    """Somebody else has edited the factor called ``title`` since its text was opened."""


class NotTheProposer(UserError):
    """Only whoever proposed the factor, and coordinators, may do this."""


class NothingToUndo(UserError):
    """What should be done to the factor called ``title`` is so already, or was never done."""


class CannotMerge(UserError):
    """A factor cannot be merged into itself, nor from or into one that is not open."""


class NotMerged(UserError):
    """The factor called ``title`` is not merged into another."""


class MergeGone(UserError):
    """What somebody was asked about merging is answered, or more than a day old."""


class DaysOutOfRange(UserError):
    """A number of days is not from 0 to ``limit``."""


class ExperienceNotFound(UserError):
    """There is no such statement, or another one has taken its place."""


class KeyAreaExists(UserError):
    """The programme has a key area called ``name`` already."""


class KeyAreaNotFound(UserError):
    """The programme has no key area called ``name``."""


class SameKeyArea(UserError):
    """The key area called ``name`` was to be merged into itself."""


class TooManyKeyAreas(UserError):
    """The programme has as many key areas as it can have, ``limit``."""


class DraftGone(UserError):
    """The draft was published, or is more than a day old."""


class DraftUnfinished(UserError):
    """The draft lacks what a factor needs."""


class TooManyFactors(UserError):
    """The person has proposed ``limit`` factors in the last hour."""


class FactorCopied(UserError):
    """The person has published nearly the same as ``title``; its card is at ``url``, if any."""


class FileTooLarge(UserError):
    """A file has more than ``limit`` megabytes."""


class FileNotFetched(UserError):
    """Discord did not hand over a file that somebody attached."""


class FileEmpty(UserError):
    """A file holds nothing."""


class FileUnreadable(UserError):
    """A file is no text."""


class FileBroken(UserError):
    """From ``line`` on, a file's quotation marks do not add up."""


class FileWithoutRows(UserError):
    """A file has headings and nothing below them."""


class ExportTooLarge(UserError):
    """Files to take out are too large for Discord."""


class TooManyRows(UserError):
    """A file has ``rows`` rows, more than ``limit``."""


class ColumnMissing(UserError):
    """No heading of a file is ``column``; ``found`` names those that are there."""


class ColumnTwice(UserError):
    """Two columns of a file mean the same; ``column`` is the second one's heading."""


class UploadGone(UserError):
    """What a file held is forgotten: a day has passed, or it was cancelled."""


class UploadUsed(UserError):
    """What a file held was confirmed already."""


class TooLateToSnooze(UserError):
    """The meeting ``title`` begins in a few minutes."""


class NothingToTryAgain(UserError):
    """No planned post has failed."""


class DigestSent(UserError):
    """The digest of the ``week`` (its number) was posted (``when``, seconds since 1970)."""


class NothingToTell(UserError):
    """Nothing has happened since the last digest."""


class WeekUnknown(UserError):
    """``text`` is no week that the programme has had."""


class StalePress(UserError):
    """A button or form of a format that leda does not know any more."""


class WhenUnclear(UserError):
    """``text``, or some of it, does not say when."""


class WhenNoSuchDay(UserError):
    """``text`` names a day that no calendar has, like 31 April."""


class WhenNoTime(UserError):
    """Only the ``day`` was said, and no time of day."""


class WhenPast(UserError):
    """The ``moment`` that was understood is over."""


class WhenFar(UserError):
    """What was said lies beyond the last ``day`` that leda plans for."""


class WhenAmbiguous(UserError):
    """``text`` has several meanings, the ``options``; the one that is meant has to be chosen.

    Attributes:
        readings: what it may mean (``bot.domain.when.Start``), each in the future, earliest first.
    """

    def __init__(self, *, readings: Sequence["Start"] = (), **values: Any) -> None:
        super().__init__(**values)
        self.readings = tuple(readings)


class WhenNoDay(WhenAmbiguous):
    """Only a time of day was said; its readings are the next two of it."""


class WhenWeekday(WhenAmbiguous):
    """The ``day`` that was said is not the ``weekday`` that was said; one of them is meant."""


class WhenSkipped(WhenAmbiguous):
    """A clock change skips the ``moment``; its readings are the nearest before and after."""


class WhenTwice(WhenAmbiguous):
    """The ``moment`` comes twice, for the clock is set back; its readings are both."""
