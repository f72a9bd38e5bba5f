"""Organisations and tracks: adding, finding, listing them; nothing of another server."""

import pytest

from bot.domain.kit.errors import CoordinatorsOnly, NameTooLong, NotSetUp, TextMissing
from bot.domain.members import directory
from bot.domain.membership import organisation_changes
from bot.domain.organisations import organisations
from bot.domain.organisations.errors import OrganisationExists, OrganisationNotFound, TracksNeeded
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from storage.enums import Preset
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, MANAGER, SCHOOL


def add(world, name, tracks_said="School", person=MANAGER, programme=HERE, **more):
    return world(
        organisation_changes.add,
        name=name,
        tracks_said=tracks_said,
        by=person,
        programme=programme,
        **more,
    )


def names_of(world, programme=HERE):
    return [view.name for view in world(directory.all_of, programme=programme)]


def test_an_organisation_is_added_to_the_tracks_that_were_named(trial):
    view = add(trial, "  Malmö \n stad ", "health; SCHOOL", size=365_000)
    assert (view.name, view.size, view.participants) == ("Malmö stad", 365_000, 0)
    assert {track.name for track in view.tracks} == {SCHOOL, CARE}
    listed = {each.id: each for each in trial(directory.all_of)}[view.id]
    assert {track.id for track in listed.tracks} == {track.id for track in view.tracks}


def test_where_there_is_one_track_none_need_be_named(world):
    world.set_up(preset=Preset.SINGLE)
    assert [track.name for track in add(world, "Vara kommun", "").tracks] == ["Shared work"]


def test_where_there_are_no_tracks_an_organisation_is_in_none(world):
    world.set_up(preset=Preset.EMPTY)
    assert add(world, "Vara kommun", " , ").tracks == ()


def test_where_there_are_several_tracks_they_must_be_named(trial):
    with pytest.raises(TracksNeeded) as refused:
        add(trial, "Malmö stad", "")
    assert refused.value.values == {"names": f"{SCHOOL}, {CARE}"}
    assert "Malmö stad" not in names_of(trial)


def test_a_track_that_is_named_twice_counts_once(trial):
    assert len(add(trial, "Malmö stad", f"school, {SCHOOL}").tracks) == 1


@pytest.mark.parametrize(
    "name", ["Vara kommun", "VARA  KOMMUN", "västerås Stad", "Vara\u200b kommun"]
)
def test_an_organisation_cannot_be_added_twice_however_it_is_spelled(trial, name):
    before = names_of(trial)
    with pytest.raises(OrganisationExists):
        add(trial, name)
    assert names_of(trial) == before


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "\u200d", "\u0301"])
def test_a_name_that_nobody_can_read_is_refused(trial, name):
    with pytest.raises(TextMissing):
        add(trial, name)


def test_a_name_has_at_most_eighty_characters(trial):
    assert add(trial, "x" * 80).name == "x" * 80
    with pytest.raises(NameTooLong) as refused:
        add(trial, "x" * 81)
    assert refused.value.values == {"limit": 80}


def test_only_coordinators_add_organisations(trial):
    with pytest.raises(CoordinatorsOnly):
        add(trial, "Malmö stad", person=FOLLOWER)
    assert "Malmö stad" not in names_of(trial)


def test_a_server_without_a_programme_has_no_organisations(world):
    with pytest.raises(NotSetUp):
        add(world, "Vara kommun")
    with pytest.raises(NotSetUp):
        names_of(world)


def test_organisations_are_listed_in_swedish_order(trial):
    for name in ("Östersunds kommun", "Åre kommun", "Ängelholms kommun"):
        add(trial, name)
    assert names_of(trial) == [
        "Göteborgs stad", "Vara kommun", "Västerås stad",
        "Åre kommun", "Ängelholms kommun", "Östersunds kommun",
    ]  # fmt: skip


def test_the_list_says_how_many_take_part_for_each_now(trial):
    trial.join(11, trial.vara)
    trial.join(12, trial.vara)
    trial.join(13, trial.vasteras)
    trial.leave(12)
    counts = {view.name: view.participants for view in trial(directory.all_of)}
    assert counts == {"Göteborgs stad": 0, "Vara kommun": 1, "Västerås stad": 1}


def test_an_organisation_is_known_by_its_id_or_by_its_name_in_any_spelling(trial):
    for said in (
        str(trial.vasteras),
        "Västerås stad",
        " västerÅS  STAD ",
        "Va\u0308stera\u030as stad",
    ):
        assert trial(organisations.need, said).id == trial.vasteras


@pytest.mark.parametrize("said", ["", "vasteras", "4711", "99999999999999999999999", "-1", "٣٣٣٣"])
def test_what_names_no_organisation_exactly_is_not_found(trial, said):
    with pytest.raises(OrganisationNotFound) as refused:
        trial(organisations.need, said)
    assert refused.value.values["name"] == said


def test_names_that_come_close_are_told(trial):
    with pytest.raises(OrganisationNotFound) as refused:
        trial(organisations.need, "vasteras")
    assert refused.value.values["like"] == "Västerås stad"


def test_organisations_are_offered_while_their_name_is_typed(trial):
    assert trial(organisations.suggest, "vasteras", 5) == [(trial.vasteras, "Västerås stad")]
    assert [name for _, name in trial(organisations.suggest, "", 2)] == [
        "Göteborgs stad", "Vara kommun",
    ]  # fmt: skip


def test_another_server_knows_nothing_of_an_organisation(trial):
    trial.set_up(ELSEWHERE)
    for said in (str(trial.vara), "Vara kommun"):
        with pytest.raises(OrganisationNotFound) as refused:
            trial(organisations.need, said, programme=ELSEWHERE)
        assert refused.value.values == {"name": said}
    assert trial(organisations.suggest, "", 5, programme=ELSEWHERE) == []
    assert add(trial, "Vara kommun", programme=ELSEWHERE).id != trial.vara


# --- tracks


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (SCHOOL, SCHOOL),
        ("school", SCHOOL),
        ("HEALTH", CARE),
        (f"  {CARE.lower()} ", CARE),
    ],
)
def test_a_track_is_known_by_its_name_or_its_word(trial, said, meant):
    assert trial(tracks.need, said).name == meant


def test_a_track_is_known_by_its_id(trial):
    for track in trial(tracks.all_of):
        assert trial(tracks.need, str(track.id)) == track


@pytest.mark.parametrize("said", ["", "  ", "qqqq", "4711", "99999999999999999999999"])
def test_what_names_no_track_is_not_found(trial, said):
    with pytest.raises(TrackNotFound) as refused:
        trial(tracks.need, said)
    assert refused.value.values == {"name": said}


def test_tracks_are_offered_while_their_name_is_typed(trial):
    assert [track.name for track in trial(tracks.suggest, "heal", 5)] == [CARE]
    assert len(trial(tracks.suggest, "", 5)) == 2
    assert len(trial(tracks.suggest, "", 1)) == 1


def test_another_servers_track_is_not_found_by_its_id(trial):
    trial.set_up(ELSEWHERE)
    theirs = trial(tracks.all_of, programme=ELSEWHERE)[0]
    with pytest.raises(TrackNotFound):
        trial(tracks.need, str(theirs.id))
