"""Key areas: made, renamed and merged by coordinators; factors moved between them."""

import pytest

from bot.domain.factors import factors, keyareas, recounts
from bot.domain.factors.errors import (
    FactorNotFound,
    KeyAreaExists,
    KeyAreaNotFound,
    SameKeyArea,
    TooManyKeyAreas,
)
from bot.domain.kit.errors import CoordinatorsOnly, NameTooLong, NotSetUp, TextMissing
from tests.domain.conftest import ELSEWHERE, FOLLOWER, HERE, MANAGER
from tests.domain.scenes import scene

ANNA = 11


@scene
def people(trial):
    trial.join(ANNA, trial.goteborg)
    trial.first = trial.factor(ANNA).id
    return trial


def create(world, name, person=MANAGER, programme=HERE):
    return world(keyareas.create, name, by=person, programme=programme)


def rename(world, said, name, person=MANAGER, programme=HERE):
    return world(keyareas.rename, said, name, by=person, programme=programme)


def merge(world, said, into, person=MANAGER, programme=HERE):
    return world(keyareas.merge, said, into, by=person, programme=programme)


def put(world, said, factor=None, person=MANAGER, programme=HERE):
    return world(keyareas.put, factor or world.first, said, by=person, programme=programme)


def names(world, programme=HERE):
    return [area.name for area in world(keyareas.all_of, programme=programme)]


def test_a_programme_starts_with_none(people):
    assert names(people) == []


def test_key_areas_stand_in_swedish_order_with_how_many_factors_they_have(people):
    for name in ("Övrigt", "Arbetssätt", "Zoner", "Ägarskap", "Åtagande"):
        create(people, name)
    assert names(people) == ["Arbetssätt", "Zoner", "Åtagande", "Ägarskap", "Övrigt"]
    put(people, "ägarskap")
    put(people, "Ägarskap", people.factor(ANNA).id)
    sizes = {area.name: area.factors for area in people(keyareas.all_of)}
    assert (sizes["Ägarskap"], sizes["Zoner"]) == (2, 0)


def test_a_name_is_cleaned_and_unlike_all_others(people):
    assert create(people, "  Ledar\u202eskap\n ").name == "Ledarskap"
    for name in ("ledarskap", "LEDARSKAP ", "Led\u200barskap"):
        with pytest.raises(KeyAreaExists):
            create(people, name)
    for name in ("", " ", "\u200b", "\n"):
        with pytest.raises(TextMissing):
            create(people, name)
    with pytest.raises(NameTooLong):
        create(people, "x" * 61)
    assert create(people, "x" * 60).factors == 0


def test_there_are_24_at_most(people):
    for number in range(24):
        create(people, f"Area {number}")
    with pytest.raises(TooManyKeyAreas):
        create(people, "One more")


def test_a_factor_moves_between_key_areas_and_out_of_them(people):
    first, second = create(people, "Leadership"), create(people, "Tools")
    assert put(people, str(first.id)).key_area == "Leadership"
    moved = put(people, "tools")
    assert (moved.key_area_id, moved.key_area) == (second.id, "Tools")
    chosen, areas = people(keyareas.to_choose, people.first, by=MANAGER)
    assert (chosen, [area.name for area in areas]) == (second.id, ["Leadership", "Tools"])
    none = put(people, "")
    assert (none.key_area_id, none.key_area) == (None, None)
    assert none.revision > moved.revision
    with pytest.raises(KeyAreaNotFound):
        put(people, "Nowhere")


def test_a_new_name_is_on_every_card(people):
    area = create(people, "Leadership")
    put(people, "Leadership")
    done = rename(people, str(area.id), "Leading")
    assert (done.before, done.area.name, done.area.factors) == ("Leadership", "Leading", 1)
    assert people(recounts.is_due), "cards have yet to follow"
    assert people(factors.show, people.first).key_area == "Leading"
    assert rename(people, "leading", "LEADING").area.name == "LEADING", "its own name is free"


def test_a_name_that_another_has_is_refused(people):
    create(people, "Leadership")
    create(people, "Tools")
    with pytest.raises(KeyAreaExists):
        rename(people, "tools", "leadership")
    assert names(people) == ["Leadership", "Tools"]


def test_merging_moves_factors_and_drafts_and_drops_the_first(people):
    one, other = create(people, "Leadership"), create(people, "Leading")
    put(people, "Leadership")
    put(people, "Leading", people.factor(ANNA).id)
    done = merge(people, str(one.id), str(other.id))
    assert (done.before, done.area.name, done.area.factors) == ("Leadership", "Leading", 2)
    assert names(people) == ["Leading"]
    assert people(recounts.is_due)
    assert people(factors.show, people.first).key_area_id == other.id


def test_a_key_area_is_not_merged_into_itself_or_into_nothing(people):
    create(people, "Leadership")
    with pytest.raises(SameKeyArea):
        merge(people, "Leadership", "leadership")
    for said, into in (("Leadership", "Tools"), ("Tools", "Leadership")):
        with pytest.raises(KeyAreaNotFound) as refused:
            merge(people, said, into)
        assert refused.value.values == {"name": "Tools"}


def test_names_are_offered_forgivingly(people):
    for name in ("Ledarskap", "Teknik", "Tid och utrymme"):
        create(people, name)
    for typed, expected in (("led", "Ledarskap"), ("tekink", "Teknik"), ("utrymme", "Tid och")):
        [(_, found), *_] = people(keyareas.suggest, typed, 5)
        assert found.startswith(expected), typed
    assert len(people(keyareas.suggest, "", 2)) == 2


def test_only_coordinators_change_key_areas_and_only_their_own(people):
    area = create(people, "Leadership")
    for attempt in (
        lambda: create(people, "Tools", FOLLOWER),
        lambda: rename(people, "Leadership", "Tools", FOLLOWER),
        lambda: merge(people, "Leadership", "Leadership", FOLLOWER),
        lambda: put(people, "Leadership", person=FOLLOWER),
        lambda: people(keyareas.to_choose, people.first, by=FOLLOWER),
    ):
        with pytest.raises(CoordinatorsOnly):
            attempt()
    people.set_up(ELSEWHERE)
    for attempt in (
        lambda: rename(people, str(area.id), "Tools", programme=ELSEWHERE),
        lambda: merge(people, "Leadership", str(area.id), programme=ELSEWHERE),
    ):
        with pytest.raises(KeyAreaNotFound):
            attempt()
    with pytest.raises(FactorNotFound):
        put(people, "", programme=ELSEWHERE)
    assert names(people, ELSEWHERE) == []
    assert people(keyareas.suggest, "", 5, programme=ELSEWHERE) == []


def test_there_are_none_where_nothing_is_set_up(world):
    with pytest.raises(NotSetUp):
        names(world)
    with pytest.raises(NotSetUp):
        create(world, "Leadership")
