"""Tracks: what they may be called, how they change, and what an archived one still does."""

import pytest

from bot.domain.factors import drafts, factors, votes
from bot.domain.factors.drafts import Written
from bot.domain.factors.errors import DraftUnfinished, OnlyArchivedTracks
from bot.domain.kit.errors import (
    CoordinatorsOnly,
    NameTooLong,
    NothingToChange,
    NotSetUp,
    TextMissing,
)
from bot.domain.membership import organisation_changes, track_changes
from bot.domain.membership.track_changes import DEFAULT_EMOJI, LIMIT
from bot.domain.organisations import organisations as organisations_tracks
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import (
    DescriptionTooLong,
    NotAnEmoji,
    TooManyTracks,
    TrackArchived,
    TrackExists,
    TrackNotArchived,
    TrackNotFound,
)
from storage.enums import Choice, FactorKind
from tests.domain.conftest import (
    CARE,
    ELSEWHERE,
    FOLLOWER,
    HERE,
    HOW,
    MANAGER,
    NOW,
    SCHOOL,
    somebody,
)

ANNA = 31


def create(world, name: str, **more) -> tracks.TrackView:
    return world(track_changes.create, HERE, MANAGER, name=name, now=NOW, **more)


def archive(world, name: str = SCHOOL) -> None:
    track = world(tracks.need, HERE, name)
    world(track_changes.archive, HERE, MANAGER, track.id, now=NOW)


def names_of(found) -> list[str]:
    return [track.name for track in found]


def test_a_new_track_is_there_with_a_short_name_of_its_own(trial):
    new = create(trial, " Kultur  och fritid ", description="För alla", emoji="🎭")
    assert (new.name, new.short, new.emoji) == ("Kultur och fritid", "kultur", "🎭")
    assert create(trial, "Kultur i förskolan").short == "kultur-i"
    assert create(trial, "Ledarskap").emoji == DEFAULT_EMOJI
    assert trial.journal()[-1].kind == "track.created"
    assert trial.journal()[-1].data == {"name": "Ledarskap"}


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"name": ""}, TextMissing),
        ({"name": "\u200b \u00ad"}, TextMissing),
        ({"name": "x" * 81}, NameTooLong),
        ({"name": SCHOOL.upper()}, TrackExists),
        ({"name": f"{SCHOOL}s"}, TrackExists),
        ({"name": "Culture", "emoji": "x"}, NotAnEmoji),
        ({"name": "Culture", "description": "x" * 201}, DescriptionTooLong),
    ],
)
def test_what_a_track_cannot_be_is_refused_and_nothing_changes(trial, said, error):
    before = trial(tracks.all_of, HERE)
    for work, more in ((track_changes.check_new, {}), (track_changes.create, {"now": NOW})):
        with pytest.raises(error):
            trial(work, HERE, MANAGER, **{"name": "Culture", **said}, **more)
    assert trial(tracks.all_of, HERE) == before


def test_names_of_eighty_characters_and_descriptions_of_two_hundred_are_taken(trial):
    new = create(trial, "x" * 80, description="y" * 200)
    assert (len(new.name), len(new.description)) == (80, 200)


def test_names_that_differ_enough_are_taken(trial):
    create(trial, "Track 1")
    create(trial, "Track 2")
    assert len(trial(tracks.all_of, HERE)) == 4


def test_a_programme_has_room_for_twenty_tracks(trial):
    for number in range(LIMIT - 2):
        create(trial, chr(97 + number) * 8)
    with pytest.raises(TooManyTracks):
        create(trial, "One more")
    assert len(trial(tracks.all_of, HERE)) == LIMIT


def test_only_coordinators_change_tracks_and_only_where_there_is_a_programme(trial):
    track = trial(tracks.need, HERE, SCHOOL)
    calls = [
        (track_changes.create, {"name": "Culture"}, ()),
        (track_changes.edit, {}, (SCHOOL, {"closed": True})),
        (track_changes.archive, {}, (track.id,)),
        (track_changes.reopen, {}, (SCHOOL,)),
    ]
    for work, more, said in calls:
        with pytest.raises(CoordinatorsOnly):
            trial(work, HERE, FOLLOWER, *said, now=NOW, **more)
        with pytest.raises(NotSetUp):
            trial(work, ELSEWHERE, MANAGER, *said, now=NOW, **more)


def test_a_track_of_another_server_is_not_found(trial):
    trial.set_up(ELSEWHERE)
    theirs = trial(tracks.all_of, ELSEWHERE)[0].id
    with pytest.raises(TrackNotFound):
        trial(track_changes.archive, HERE, MANAGER, theirs, now=NOW)
    with pytest.raises(TrackNotFound):
        trial(track_changes.need_to_change, HERE, MANAGER, theirs)
    assert not any(track.archived for track in trial(tracks.all_of, ELSEWHERE))


def test_an_edit_changes_what_was_said_and_remembers_how_it_was(trial):
    said = {"name": "Skolan", "emoji": None, "closed": True}
    edited = trial(track_changes.edit, HERE, MANAGER, "school", said, now=NOW)
    assert (edited.before.name, edited.after.name) == (SCHOOL, "Skolan")
    assert (edited.after.closed, edited.after.short, edited.after.emoji) == (True, "school", "🏫")
    entry = trial.journal()[-1]
    assert entry.kind == "track.edited"
    assert entry.data == {"name": [SCHOOL, "Skolan"], "closed": [False, True]}


def test_an_edit_that_changes_nothing_is_not_remembered(trial):
    before = len(trial.journal())
    edited = trial(track_changes.edit, HERE, MANAGER, SCHOOL, {"name": SCHOOL}, now=NOW)
    assert edited.before == edited.after
    assert len(trial.journal()) == before
    with pytest.raises(NothingToChange):
        trial(track_changes.edit, HERE, MANAGER, SCHOOL, {"name": None}, now=NOW)


def test_a_track_may_keep_its_own_name_but_not_take_another_ones(trial):
    with pytest.raises(TrackExists):
        trial(track_changes.edit, HERE, MANAGER, SCHOOL, {"name": CARE}, now=NOW)
    renamed = trial(track_changes.edit, HERE, MANAGER, SCHOOL, {"name": SCHOOL.upper()}, now=NOW)
    assert renamed.after.name == SCHOOL.upper()


def test_archiving_and_reopening_happen_once_each(trial):
    with pytest.raises(TrackNotArchived):
        trial(track_changes.reopen, HERE, MANAGER, SCHOOL, now=NOW)
    archive(trial)
    with pytest.raises(TrackArchived):
        archive(trial)
    with pytest.raises(TrackArchived):
        trial(track_changes.need_in_use, HERE, MANAGER, SCHOOL)
    edited = trial(track_changes.reopen, HERE, MANAGER, SCHOOL, now=NOW)
    assert (edited.before.archived, edited.after.archived) == (True, False)
    kinds = [entry.kind for entry in trial.journal() if entry.subject == "track"]
    assert kinds == ["track.archived", "track.reopened"]


def test_an_archived_track_is_listed_last_and_offered_only_where_asked_for(trial):
    archive(trial)
    assert names_of(listing.track for listing in trial(organisations_tracks.listed, HERE)) == [
        CARE,
        SCHOOL,
    ]
    assert [listing.organisations for listing in trial(organisations_tracks.listed, HERE)] == [2, 2]
    assert names_of(trial(tracks.suggest, HERE, "", 9, archived=False)) == [CARE]
    assert names_of(trial(tracks.suggest, HERE, "", 9, archived=True)) == [SCHOOL]
    assert len(trial(tracks.suggest, HERE, "", 9)) == 2
    assert names_of(trial(tracks.in_use, HERE)) == [CARE]


def test_an_archived_track_takes_no_new_factors(trial):
    trial.join(ANNA, trial.vasteras)
    archive(trial)
    assert names_of(trial(drafts.start, HERE, somebody(ANNA), now=NOW).tracks) == [CARE]
    assert trial.draft(ANNA).track.name == CARE
    archive(trial, CARE)
    with pytest.raises(OnlyArchivedTracks):
        trial(drafts.start, HERE, somebody(ANNA), now=NOW)


def test_what_was_typed_for_a_track_that_was_archived_meanwhile_is_kept(trial):
    trial.join(ANNA, trial.vasteras)
    school = trial(tracks.need, HERE, SCHOOL)
    archive(trial)
    written = Written("Try it", HOW, FactorKind.PROMOTING, str(school.id))
    draft = trial(drafts.save, HERE, somebody(ANNA), written, now=NOW)
    assert draft.problems == ("draft.problem.archived",)
    with pytest.raises(DraftUnfinished):
        trial(factors.publish, HERE, somebody(ANNA), draft.id, now=NOW)
    trial(track_changes.reopen, HERE, MANAGER, SCHOOL, now=NOW)
    assert trial(factors.publish, HERE, somebody(ANNA), draft.id, now=NOW).title == "Try it"


def test_factors_of_an_archived_track_keep_their_votes_and_take_no_more(trial):
    trial.join(ANNA, trial.goteborg)
    trial.join(ANNA + 1, trial.vasteras)
    factor = trial.factor(ANNA)
    trial(votes.vote, HERE, factor.id, ANNA, Choice.SUPPORT, now=NOW)
    archive(trial)
    with pytest.raises(TrackArchived):
        trial(votes.vote, HERE, factor.id, ANNA + 1, Choice.SUPPORT, now=NOW)
    assert trial(factors.show, HERE, factor.id, now=NOW).tally.support == 1


def test_an_organisation_is_not_put_into_an_archived_track(trial):
    archive(trial)
    with pytest.raises(TrackNotFound):
        trial(organisation_changes.add, HERE, MANAGER, name="Ystad", tracks_said=SCHOOL, now=NOW)
    ystad = trial(organisation_changes.add, HERE, MANAGER, name="Ystad", now=NOW)
    assert names_of(ystad.tracks) == [CARE]
