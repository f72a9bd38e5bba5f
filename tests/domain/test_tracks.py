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
    HOW,
    MANAGER,
    SCHOOL,
    somebody,
)

ANNA = 31


def create(world, name: str, **more) -> tracks.TrackView:
    return world(track_changes.create, name=name, by=MANAGER, **more)


def archive(world, name: str = SCHOOL) -> None:
    track = world(tracks.need, name)
    world(track_changes.archive, track.id, by=MANAGER)


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
        ({"name": f"  {SCHOOL.replace(' ', '  ')}"}, TrackExists),
        ({"name": "Culture", "emoji": "x"}, NotAnEmoji),
        ({"name": "Culture", "description": "x" * 201}, DescriptionTooLong),
    ],
)
def test_what_a_track_cannot_be_is_refused_and_nothing_changes(trial, said, error):
    before = trial(tracks.all_of)
    for work in (track_changes.check_new, track_changes.create):
        with pytest.raises(error):
            trial(work, by=MANAGER, **{"name": "Culture", **said})
    assert trial(tracks.all_of) == before


def test_names_of_eighty_characters_and_descriptions_of_two_hundred_are_taken(trial):
    new = create(trial, "x" * 80, description="y" * 200)
    assert (len(new.name), len(new.description)) == (80, 200)


def test_names_that_differ_enough_are_taken(trial):
    create(trial, "Track 1")
    create(trial, "Track 2")
    assert len(trial(tracks.all_of)) == 4


def test_a_programme_has_room_for_twenty_tracks(trial):
    for number in range(LIMIT - 2):
        create(trial, chr(97 + number) * 8)
    with pytest.raises(TooManyTracks):
        create(trial, "One more")
    assert len(trial(tracks.all_of)) == LIMIT


def test_only_coordinators_change_tracks_and_only_where_there_is_a_programme(trial):
    track = trial(tracks.need, SCHOOL)
    calls = [
        (track_changes.create, {"name": "Culture"}, ()),
        (track_changes.edit, {}, (SCHOOL, {"closed": True})),
        (track_changes.archive, {}, (track.id,)),
        (track_changes.reopen, {}, (SCHOOL,)),
    ]
    for work, more, said in calls:
        with pytest.raises(CoordinatorsOnly):
            trial(work, *said, by=FOLLOWER, **more)
        with pytest.raises(NotSetUp):
            trial(work, *said, by=MANAGER, programme=ELSEWHERE, **more)


def test_a_track_of_another_server_is_not_found(trial):
    trial.set_up(ELSEWHERE)
    theirs = trial(tracks.all_of, programme=ELSEWHERE)[0].id
    with pytest.raises(TrackNotFound):
        trial(track_changes.archive, theirs, by=MANAGER)
    with pytest.raises(TrackNotFound):
        trial(track_changes.need_to_change, theirs, by=MANAGER)
    assert not any(track.archived for track in trial(tracks.all_of, programme=ELSEWHERE))


def test_an_edit_changes_what_was_said_and_remembers_how_it_was(trial):
    said = {"name": "Skolan", "emoji": None, "closed": True}
    edited = trial(track_changes.edit, "school", said, by=MANAGER)
    assert (edited.before.name, edited.after.name) == (SCHOOL, "Skolan")
    assert (edited.after.closed, edited.after.short, edited.after.emoji) == (True, "school", "🏫")
    entry = trial.journal()[-1]
    assert entry.kind == "track.edited"
    assert entry.data == {"name": [SCHOOL, "Skolan"], "closed": [False, True]}


def test_an_edit_that_changes_nothing_is_not_remembered(trial):
    before = len(trial.journal())
    edited = trial(track_changes.edit, SCHOOL, {"name": SCHOOL}, by=MANAGER)
    assert edited.before == edited.after
    assert len(trial.journal()) == before
    with pytest.raises(NothingToChange):
        trial(track_changes.edit, SCHOOL, {"name": None}, by=MANAGER)


def test_a_track_may_keep_its_own_name_but_not_take_another_ones(trial):
    with pytest.raises(TrackExists):
        trial(track_changes.edit, SCHOOL, {"name": CARE}, by=MANAGER)
    renamed = trial(track_changes.edit, SCHOOL, {"name": SCHOOL.upper()}, by=MANAGER)
    assert renamed.after.name == SCHOOL.upper()


def test_archiving_and_reopening_happen_once_each(trial):
    with pytest.raises(TrackNotArchived):
        trial(track_changes.reopen, SCHOOL, by=MANAGER)
    archive(trial)
    with pytest.raises(TrackArchived):
        archive(trial)
    with pytest.raises(TrackArchived):
        trial(track_changes.need_in_use, SCHOOL, by=MANAGER)
    edited = trial(track_changes.reopen, SCHOOL, by=MANAGER)
    assert (edited.before.archived, edited.after.archived) == (True, False)
    kinds = [entry.kind for entry in trial.journal() if entry.subject == "track"]
    assert kinds == ["track.archived", "track.reopened"]


def test_an_archived_track_is_listed_last_and_offered_only_where_asked_for(trial):
    archive(trial)
    assert names_of(listing.track for listing in trial(organisations_tracks.listed)) == [
        CARE,
        SCHOOL,
    ]
    assert [listing.organisations for listing in trial(organisations_tracks.listed)] == [2, 2]
    assert names_of(trial(tracks.suggest, "", 9, archived=False)) == [CARE]
    assert names_of(trial(tracks.suggest, "", 9, archived=True)) == [SCHOOL]
    assert len(trial(tracks.suggest, "", 9)) == 2
    assert names_of(trial(tracks.in_use)) == [CARE]


def test_an_archived_track_takes_no_new_factors(trial):
    trial.join(ANNA, trial.vasteras)
    archive(trial)
    assert names_of(trial(drafts.start, by=somebody(ANNA)).tracks) == [CARE]
    assert trial.draft(ANNA).track.name == CARE
    archive(trial, CARE)
    with pytest.raises(OnlyArchivedTracks):
        trial(drafts.start, by=somebody(ANNA))


def test_what_was_typed_for_a_track_that_was_archived_meanwhile_is_kept(trial):
    trial.join(ANNA, trial.vasteras)
    school = trial(tracks.need, SCHOOL)
    archive(trial)
    written = Written("Try it", HOW, FactorKind.PROMOTING, str(school.id))
    draft = trial(drafts.save, written, by=somebody(ANNA))
    assert draft.problems == ("draft.problem.archived",)
    with pytest.raises(DraftUnfinished):
        trial(factors.publish, draft.id, by=somebody(ANNA))
    trial(track_changes.reopen, SCHOOL, by=MANAGER)
    assert trial(factors.publish, draft.id, by=somebody(ANNA)).title == "Try it"


def test_factors_of_an_archived_track_keep_their_votes_and_take_no_more(trial):
    trial.join(ANNA, trial.goteborg)
    trial.join(ANNA + 1, trial.vasteras)
    factor = trial.factor(ANNA)
    trial(votes.vote, factor.id, ANNA, Choice.SUPPORT)
    archive(trial)
    with pytest.raises(TrackArchived):
        trial(votes.vote, factor.id, ANNA + 1, Choice.SUPPORT)
    assert trial(factors.show, factor.id).tally.support == 1


def test_an_organisation_is_not_put_into_an_archived_track(trial):
    archive(trial)
    with pytest.raises(TrackNotFound):
        trial(organisation_changes.add, name="Ystad", tracks_said=SCHOOL, by=MANAGER)
    ystad = trial(organisation_changes.add, name="Ystad", by=MANAGER)
    assert names_of(ystad.tracks) == [CARE]
