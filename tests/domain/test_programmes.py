"""Setting a programme up: what it starts with, what a second time changes, what it is made of."""

from collections import Counter

import pytest

from bot.domain.kit.errors import ManagersOnly, NotSetUp, TimezoneUnknown
from bot.domain.kit.people import COORDINATORS_ROLE, is_coordinator
from bot.domain.programme import programmes
from bot.domain.tracks import places, tracks
from bot.domain.tracks.fields import short_name
from bot.domain.tracks.places import Access
from storage.desk import Person
from storage.enums import Language, PlaceKind, Preset
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, MANAGER, SCHOOL


def fill_all(world, programme=HERE):
    """Let everything exist in Discord, with ids from 1000."""
    for number, slot in enumerate(world(programmes.view, programme=programme).slots):
        world(programmes.fill, slot, 1000 + number, programme=programme)
    return world(programmes.view, programme=programme)


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        (Preset.LEDA, [SCHOOL, CARE]),
        (Preset.SINGLE, ["Shared work"]),
        (Preset.EMPTY, []),
    ],
)
def test_a_preset_decides_which_tracks_there_are(world, preset, expected):
    world.set_up(preset=preset)
    assert [track.name for track in world(tracks.all_of)] == expected


def test_a_programme_has_a_role_a_category_and_three_channels_for_each_track(world):
    slots = world.set_up().slots
    assert Counter(slot.kind for slot in slots) == {
        PlaceKind.ROLE: 1 + 2, PlaceKind.CATEGORY: 1 + 2, PlaceKind.TEXT: 3 + 2 * 3,
        PlaceKind.MESSAGE: 1,
    }  # fmt: skip
    names = [slot.name for slot in slots if slot.kind is PlaceKind.TEXT]
    assert names == [
        "start-here", "open-forum", "coordinators",
        "school-announcements", "school-discussion", "school-factors",
        "health-announcements", "health-discussion", "health-factors",
    ]  # fmt: skip
    keys = [slot.key for slot in slots]
    assert len(set(keys)) == len(keys)


def test_a_channel_comes_after_its_category_and_all_after_the_coordinators_role(world):
    seen = set()
    for number, slot in enumerate(world.set_up().slots):
        assert (slot.key == COORDINATORS_ROLE) == (number == 0)
        assert slot.parent is None or slot.parent in seen
        seen.add(slot.key)


def test_only_coordinators_announce_and_only_leda_posts_factors(world):
    access = {slot.name: slot.access for slot in world.set_up().slots}
    assert access["school-announcements"] is Access.ANNOUNCEMENTS
    assert access["health-factors"] is Access.FACTORS
    assert access["coordinators"] is Access.COORDINATORS
    assert access["open-forum"] is access["school-discussion"] is Access.OPEN


def test_a_swedish_programme_is_named_in_swedish(world):
    names = [slot.name for slot in world.set_up(language=Language.SV).slots]
    assert "öppet-forum" in names
    assert "hälsa-faktorer" in names
    assert "🏫 Skola och lärande i en digital värld" in names


def test_setting_up_twice_makes_no_track_twice_and_forgets_no_place(world):
    world.set_up()
    before = fill_all(world)
    assert world.set_up(preset=Preset.SINGLE) == before
    assert before.preset is Preset.LEDA


def test_an_empty_programme_gets_its_tracks_when_it_is_set_up_with_a_preset_later(world):
    world.set_up(preset=Preset.EMPTY)
    assert world.set_up(preset=Preset.SINGLE).preset is Preset.SINGLE
    assert len(world(tracks.all_of)) == 1


def test_language_and_zone_change_when_asked_for_and_track_names_stay(world):
    world.set_up(language=Language.SV, timezone="Europe/Stockholm")
    view = world.set_up(language=Language.EN, timezone="Europe/Helsinki")
    assert (view.language, view.timezone) == (Language.EN, "Europe/Helsinki")
    assert world(tracks.all_of)[0].name == "Skola och lärande i en digital värld"


def test_language_and_zone_stay_when_setup_repairs_without_being_told(world):
    world.set_up(language=Language.SV, timezone="America/New_York")
    view = world.set_up(language=None, timezone=None, spoken=Language.EN)
    assert (view.language, view.timezone) == (Language.SV, "America/New_York")


@pytest.mark.parametrize(
    ("spoken", "zone"), [(Language.SV, "Europe/Stockholm"), (Language.EN, "Europe/London")]
)
def test_a_new_programme_speaks_as_the_server_does_in_the_likeliest_zone(world, spoken, zone):
    view = world.set_up(language=None, timezone=None, spoken=spoken)
    assert (view.language, view.timezone) == (spoken, zone)


def test_who_may_not_manage_the_server_sets_nothing_up(world):
    with pytest.raises(ManagersOnly):
        world(
            programmes.set_up, preset=Preset.LEDA, language=Language.EN, timezone="UTC", by=FOLLOWER
        )
    with pytest.raises(NotSetUp):
        world(programmes.view)


def test_an_unknown_zone_changes_nothing(world):
    before = world.set_up()
    with pytest.raises(TimezoneUnknown) as refused:
        world.set_up(language=Language.SV, timezone="Europe/Vara")
    assert refused.value.values["timezone"] == "Europe/Vara"
    assert world(programmes.view) == before


def test_two_servers_have_programmes_of_their_own(world):
    world.set_up()
    fill_all(world)
    other = world.set_up(ELSEWHERE, preset=Preset.SINGLE)
    assert other.id == ELSEWHERE
    assert all(slot.discord_id is None for slot in other.slots)
    assert len(world(tracks.all_of)) == 2


def test_a_server_without_a_programme_is_told_so(world):
    slot = world.set_up().slots[0]
    for work, more in ((programmes.view, ()), (programmes.fill, (slot, 5))):
        with pytest.raises(NotSetUp):
            world(work, *more, programme=ELSEWHERE)


def test_what_was_made_anew_takes_the_place_of_what_was_there(world):
    slot = world.set_up().slots[0]
    world(programmes.fill, slot, 77)
    world(programmes.fill, slot, 78)
    assert world(programmes.view).discord_id(slot.key) == 78
    assert world(programmes.view).discord_id("nothing") is None


# --- coordinators


def test_a_coordinator_holds_the_role_or_manages_the_server(world):
    world.set_up()
    somebody = Person(5, frozenset({1000}), manages_server=False)
    assert not world(is_coordinator, by=somebody), "the role does not exist yet"
    fill_all(world)
    assert world(is_coordinator, by=somebody)
    assert world(is_coordinator, by=MANAGER)
    assert not world(is_coordinator, by=FOLLOWER)
    assert not world(is_coordinator, by=somebody, programme=ELSEWHERE)


# --- channels


def test_a_track_is_known_by_any_of_its_channels(world):
    view = world.set_up()
    school, care = (track.id for track in world(tracks.all_of))
    assert world(places.track_of_channel, frozenset({1005})) is None
    filled = fill_all(world)
    assert len(filled.slots) == len(view.slots)
    for what in ("announcements", "discussion", "factors", "category"):
        channel = filled.discord_id(f"{what}:{care}")
        assert world(places.track_of_channel, frozenset({channel, 9})) == care
    forum = filled.discord_id(places.FORUM)
    assert world(places.track_of_channel, frozenset({forum})) is None
    assert world(places.track_of_channel, frozenset()) is None
    channel = filled.discord_id(f"discussion:{school}")
    assert world(places.track_of_channel, frozenset({channel}), programme=ELSEWHERE) is None


@pytest.mark.parametrize(
    ("name", "taken", "short"),
    [
        ("Skola och lärande", set(), "skola"),
        ("Skola och lärande", {"skola"}, "skola-och"),
        ("Skola", {"skola"}, "skola-2"),
        ("Skola", {"skola", "skola-2"}, "skola-3"),
        ("Hälsa & omsorg!", {"hälsa"}, "hälsa-omsorg"),
        ("🏫", set(), "spår"),
        ("x" * 99, set(), "x" * 40),
    ],
)
def test_a_track_gets_a_word_for_its_channels_that_no_other_has(name, taken, short):
    assert short_name(name, taken) == short


def test_the_presets_word_for_organisation_follows_when_setup_changes_the_language(world):
    world.set_up(language=Language.SV)
    world.set_up(language=Language.EN)
    assert world(programmes.nouns)[HERE].many == "municipalities"
