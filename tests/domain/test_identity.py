"""A name is itself and no other: likeness is for searching, never for identity."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.factors import importing as factor_importing
from bot.domain.factors import keyareas
from bot.domain.factors.errors import KeyAreaMistyped, KeyAreaNotFound
from bot.domain.members import directory, seen_tracks
from bot.domain.membership import importing, joining, organisation_changes, track_changes
from bot.domain.membership.organisation_changes import OrganisationChange
from bot.domain.organisations import organisations
from bot.domain.organisations.errors import OrganisationExists, OrganisationNotFound
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackExists, TrackMistyped, TrackNotFound
from storage.enums import Language, Preset
from storage.kit.identity import exact
from tests.domain.conftest import CARE, MANAGER, SCHOOL, somebody

MUNICIPALITIES = Path(__file__).with_name("files") / "kommuner.csv"
ANNA = 11


def add(world, name, tracks_said="school"):
    return world(organisation_changes.add, name=name, tracks_said=tracks_said, by=MANAGER)


def track(world, name):
    return world(track_changes.create, name=name, by=MANAGER)


def understood(world, text):
    data = text if isinstance(text, bytes) else text.encode()
    return world(importing.understood, data, by=MANAGER)


def preview(world, text):
    return world(importing.preview, understood(world, text), by=MANAGER)


def everyone(world):
    return {each.name: {track.name for track in each.tracks} for each in world(directory.all_of)}


# --- organisations


def test_habo_and_habo_are_two_municipalities_wherever_they_are_named(trial):
    one, other = add(trial, "Håbo kommun"), add(trial, "Habo kommun")
    assert one.id != other.id
    assert trial(joining.wish, ANNA, "håbo KOMMUN").organisation_id == one.id
    assert trial(joining.wish, ANNA, "Habo kommun").organisation_id == other.id
    factors = trial(
        factor_importing.preview,
        trial(
            factor_importing.understood,
            "titel;typ;hur;kommun\nA;+;Så;Håbo kommun\nB;+;Så;Habo kommun\n".encode(),
            by=MANAGER,
        ),
        by=MANAGER,
    )
    assert [draft.organisation for draft in factors.new] == ["Håbo kommun", "Habo kommun"]


@pytest.mark.parametrize("said", ["HÅBO  kommun", "Ha\u030abo kommun", "Håbo\u00a0kommun "])
def test_case_blanks_and_unicodes_ways_to_write_a_letter_make_no_other_name(trial, said):
    one = add(trial, "Håbo kommun")
    with pytest.raises(OrganisationExists):
        add(trial, said)
    assert trial(organisations.need, said).id == one.id


def test_what_is_only_like_a_name_is_refused_with_what_is_like_it(trial):
    add(trial, "Håbo kommun")
    for said in ("Habo kommun", "Håbo", "Håbo komun"):
        with pytest.raises(OrganisationNotFound) as refused:
            trial(joining.wish, ANNA, said)
        assert "Håbo kommun" in refused.value.values["like"]


def test_a_name_may_be_changed_to_one_that_is_only_like_anothers(trial):
    add(trial, "Håbo kommun")
    _, after = trial(
        organisation_changes.edit, "Vara kommun", OrganisationChange("Habo kommun"), by=MANAGER
    )
    assert after.name == "Habo kommun"
    with pytest.raises(OrganisationExists):
        trial(
            organisation_changes.edit, "Habo kommun", OrganisationChange("håbo kommun"), by=MANAGER
        )


def test_one_that_was_removed_comes_back_by_its_own_name_only(trial):
    one = add(trial, "Håbo kommun")
    trial(organisation_changes.remove, str(one.id), by=MANAGER)
    assert not add(trial, "Habo kommun").returned
    again = add(trial, "Håbo kommun")
    assert (again.returned, again.id) == (True, one.id)


def test_autocompletion_forgives_and_offers_both(trial):
    add(trial, "Håbo kommun")
    add(trial, "Habo kommun")
    for typed in ("habo", "håbo", "HABO kom"):
        assert [name for _, name in trial(organisations.suggest, typed, 2)] == [
            "Habo kommun", "Håbo kommun",
        ]  # fmt: skip


def test_a_public_list_of_all_municipalities_is_imported(world):
    world.set_up(preset=Preset.SINGLE)
    view = preview(world, MUNICIPALITIES.read_bytes())
    assert (len(view.new), view.bad, view.ignored) == (290, (), ("Län",))
    assert view.alike == ("Håbo / Habo",)
    done = world(importing.confirm, view.upload_id, by=MANAGER)
    assert done.done
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        listed = {row["Kommun"] for row in csv.DictReader(file, delimiter=";")}
    assert len(listed) == 290
    assert set(everyone(world)) == listed
    assert preview(world, MUNICIPALITIES.read_bytes()).unchanged == 290


def test_in_a_file_two_rows_of_one_name_are_a_fault_and_two_that_are_alike_are_not(trial):
    view = preview(trial, "name;tracks\nHåbo;school\nHabo;school\nHÅBO;school\n")
    assert [(bad.line, bad.values["name"]) for bad in view.bad] == [(4, "HÅBO")]


# --- tracks


def test_tracks_that_differ_in_a_digit_are_two(trial):
    track(trial, "Utbildning omgång 1")
    track(trial, "Utbildning omgång 2")
    with pytest.raises(TrackExists):
        track(trial, "utbildning  OMGÅNG 2")
    for number in "12":
        name = f"Utbildning omgång {number}"
        assert trial(tracks.need, name).name == name
        assert trial(seen_tracks.need, name.upper()).name == name
    assert everyone(trial) | {"Hjo": {"Utbildning omgång 2"}} == (
        add(trial, "Hjo", "Utbildning omgång 2") and everyone(trial)
    )


def test_a_track_whose_name_holds_a_comma_is_that_one(trial):
    for name in ("Fritids", "Skola", "Skola, fritids"):
        track(trial, name)
    assert [each.name for each in add(trial, "Hjo", "Skola, fritids").tracks] == ["Skola, fritids"]
    both = add(trial, "Mora", "Fritids, skola, fritids").tracks
    assert {each.name for each in both} == {"Fritids", "Skola, fritids"}
    apart = add(trial, "Orsa", "Fritids; Skola").tracks
    assert {each.name for each in apart} == {"Fritids", "Skola"}
    view = preview(trial, 'name;tracks\nÅre;"Skola, fritids"\nEda;Skola|Fritids\n')
    trial(importing.confirm, view.upload_id, by=MANAGER)
    assert everyone(trial)["Åre"] == {"Skola, fritids"}
    assert everyone(trial)["Eda"] == {"Skola", "Fritids"}


def test_while_tracks_are_typed_a_comma_may_part_two_or_belong_to_one(trial):
    for name in ("Fritids", "Skola", "Skola, fritids"):
        track(trial, name)

    def offered(typed):
        return trial(seen_tracks.suggest_several, typed, 25)

    def read(said):
        return [each.name for each in trial(organisations.chosen_tracks, said)]

    one, two = offered("skola, fr")[:2]
    assert (one, read(one)) == ("Skola, fritids", ["Skola, fritids"])
    assert (two, read(two)) == ("Skola | Fritids", ["Skola", "Fritids"])
    assert "Fritids, Skola" in offered("Fritids, ")
    assert not any(said.endswith(("Fritids, Fritids", "| Fritids")) for said in offered("Fritids,"))
    assert offered("Fritids, qqqq") == []


def test_what_is_only_like_a_track_is_refused_with_what_is_like_it(world):
    world.set_up(preset=Preset.EMPTY)
    for name in ("Förskola", "Grundskola"):
        track(world, name)
    for need in (tracks.need, seen_tracks.need, organisations.chosen_tracks):
        with pytest.raises(TrackMistyped) as refused:
            world(need, "Gymnasieskola")
        assert refused.value.values == {"name": "Gymnasieskola", "like": "Förskola"}
        with pytest.raises(TrackNotFound) as refused:
            world(need, "qqqq")
        assert refused.value.values == {"name": "qqqq"}
    assert preview(world, "name;tracks\nHjo;Gymnasieskola\n").bad[0].values["names"] == (
        "Gymnasieskola"
    )


def test_a_closed_track_is_not_among_what_is_like_a_name(trial):
    trial(track_changes.edit, CARE, {"closed": True}, by=MANAGER)
    with pytest.raises(TrackNotFound) as refused:
        trial(seen_tracks.need, "Health and cair", by=somebody(ANNA))
    assert CARE not in str(refused.value.values.get("like"))
    with pytest.raises(TrackNotFound):
        trial(seen_tracks.need, CARE, by=somebody(ANNA))
    assert trial(seen_tracks.need, SCHOOL, by=somebody(ANNA)).name == SCHOOL


def test_a_name_is_nearer_than_another_tracks_short_name(trial):
    first = track(trial, "Kultur, konst")
    assert first.short == "kultur"
    second = track(trial, "Kultur")
    assert trial(tracks.need, "kultur").id == second.id
    for name in (first.name, second.name):
        add(trial, f"Org {name}", name)
    _, data = trial(directory.export, Language.SV, by=MANAGER)
    assert preview(trial, data).bad == ()


# --- key areas, titles


def test_key_areas_that_differ_in_an_accent_are_two(trial):
    trial(keyareas.create, "Mål", by=MANAGER)
    trial(keyareas.create, "Mal", by=MANAGER)
    assert trial(keyareas.need, "MÅL").name == "Mål"


def test_what_is_only_like_a_key_area_is_refused_with_what_is_like_it(trial):
    trial(keyareas.create, "Ledarskap", by=MANAGER)
    with pytest.raises(KeyAreaMistyped) as refused:
        trial(keyareas.need, "Ledarskab")
    assert refused.value.values == {"name": "Ledarskab", "like": "Ledarskap"}
    with pytest.raises(KeyAreaNotFound) as unknown:
        trial(keyareas.need, "Teknik")
    assert not isinstance(unknown.value, KeyAreaMistyped)


# --- what is exact


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_an_exact_name_stays_as_it_is_in_any_case(name):
    assert exact(exact(name)) == exact(name)
    assert exact(f" {name}\n") == exact(name)
    assert b"\x00" not in exact(name).encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Håbo", "Habo"), ("omgång 1", "omgång 2"), ("Øst", "Öst"), ("A,B", "A, B"), ("É", "E")],
)
def test_names_that_differ_in_a_sign_are_two(one, other):
    assert exact(one) != exact(other)
