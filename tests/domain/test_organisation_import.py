"""Organisations from a file: checked row by row, then all or nothing."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.domain.kit import texts, uploads
from bot.domain.kit.errors import ColumnMissing, CoordinatorsOnly, FileEmpty, UploadGone, UploadUsed
from bot.domain.members import directory
from bot.domain.membership import importing, organisation_changes
from bot.domain.organisations import organisations
from storage.desk import Person
from storage.enums import Language, Preset
from storage.kit.identity import exact
from storage.kit.programmes import Programme
from storage.kit.uploads import Upload
from storage.search import stems
from storage.tracks.tracks import Track
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, MANAGER, NOW, SCHOOL
from tests.domain.scenes import scene
from tests.domain.xlsx import workbook

OTHER = Person(3, frozenset(), manages_server=True)


def preview(world, text, person=MANAGER, programme=HERE, now=NOW):
    data = text if isinstance(text, bytes) else text.encode()
    table = world(importing.understood, data, by=person, programme=programme, now=now)
    return world(importing.preview, table, by=person, programme=programme, now=now)


def confirm(world, upload_id, person=MANAGER, programme=HERE, now=NOW):
    return world(importing.confirm, upload_id, by=person, programme=programme, now=now)


def import_(world, text, **more):
    return confirm(world, preview(world, text, **more).upload_id, **more)


def everyone(world, programme=HERE):
    return {
        view.name: ({track.name for track in view.tracks}, view.size)
        for view in world(directory.all_of, programme=programme)
    }


def reasons(view):
    return [(bad.line, bad.why.rpartition(".")[2]) for bad in view.bad]


GOOD = (
    "namn;spår;storlek\n"
    "Hjo kommun;health|school;9 400\n"
    'Åre;"School; health";37\u00a0000\n'
    "Habo;health;\n"
)


def test_nothing_is_changed_before_it_is_confirmed_and_then_all_is(trial):
    before = everyone(trial)
    view = preview(trial, GOOD)
    assert (view.new, view.bad, view.done) == (("Hjo kommun", "Åre", "Habo"), (), False)
    assert everyone(trial) == before
    done = confirm(trial, view.upload_id)
    assert done.done
    assert done.new == view.new
    assert everyone(trial) == before | {
        "Hjo kommun": ({SCHOOL, CARE}, 9_400),
        "Åre": ({SCHOOL, CARE}, 37_000),
        "Habo": ({CARE}, None),
    }
    assert [entry.kind for entry in trial.journal()[-4:]] == [
        "organisation.added", "organisation.added", "organisation.added", "organisation.imported",
    ]  # fmt: skip


def test_every_bad_row_is_told_by_line_and_reason_and_nothing_can_be_confirmed(trial):
    long = "x" * 200
    view = preview(
        trial,
        "name,tracks,size\n"
        "Hjo,health,1\n"  # good
        ",health,1\n"
        f"{long},health,1\n"
        "Åre,qqqq|school|zzzz,1\n"
        "Habo,,1\n"
        "Mora,health,many\n"
        "Rättvik,health,0\n"
        "HJO,health,1\n"
        "Vara kommun,school,\n"
        "Orsa,school,health,5\n",
    )
    assert reasons(view) == [
        (3, "name_missing"), (4, "name_long"), (5, "track"), (6, "tracks_missing"), (7, "size"),
        (8, "size"), (9, "twice"), (10, "exists"), (11, "surplus"), (11, "size"),
    ]  # fmt: skip
    by_line = {bad.line: bad.values for bad in view.bad}
    assert by_line[5] == {"n": 2, "names": "qqqq, zzzz"}
    assert by_line[9] == {"name": "HJO", "first": 2}
    assert (view.upload_id, view.tracks) == (None, (SCHOOL, CARE))
    assert trial(lambda session: session.exec(select(Upload)).all()) == []


@pytest.mark.parametrize("size", ["-5", "1.5", "1e3", "٣٤", "100000001", "9" * 5000])
def test_only_a_whole_number_in_bounds_is_a_size(trial, size):
    assert reasons(preview(trial, f"name;tracks;size\nHjo;health;{size}\n")) == [(2, "size")]


def test_a_track_is_meant_exactly_never_guessed(trial):
    assert reasons(preview(trial, "name;tracks\nHjo;health and cair\n")) == [(2, "track")]


def test_where_there_is_one_track_none_need_be_named(world):
    world.set_up(preset=Preset.SINGLE)
    import_(world, "name\nHjo\n")
    assert everyone(world) == {"Hjo": ({"Shared work"}, None)}


def test_a_row_that_says_what_is_so_is_no_fault(trial):
    view = preview(trial, "name;tracks\nVara kommun;health\nHjo;health\n")
    assert (view.unchanged, view.new, view.bad) == (1, ("Hjo",), ())
    again = preview(trial, "name;tracks\nVara kommun;health\n")
    assert (again.unchanged, again.new, again.upload_id) == (1, (), None)


@pytest.mark.parametrize(
    "row", ["Vara kommun;school", "VARA kommun;health", "Vara kommun;health;5"]
)
def test_a_row_that_would_change_one_is_a_fault(trial, row):
    assert reasons(preview(trial, f"name;tracks;size\n{row}\n")) == [(2, "exists")]


def test_a_removed_one_comes_back_by_a_file_too(trial):
    trial(organisation_changes.remove, str(trial.vara), by=MANAGER)
    view = preview(trial, "name;tracks\nVara kommun;school\nHjo;health\n")
    assert (view.new, view.returning) == (("Hjo",), ("Vara kommun",))
    confirm(trial, view.upload_id)
    assert {view.id for view in trial(directory.all_of)} >= {trial.vara}


def test_a_confirmed_file_cannot_be_confirmed_again(trial):
    view = preview(trial, GOOD)
    confirm(trial, view.upload_id)
    with pytest.raises(UploadUsed):
        confirm(trial, view.upload_id)
    with pytest.raises(UploadUsed):
        trial(uploads.drop, MANAGER.id, view.upload_id)
    assert trial(lambda session: session.get(Upload, view.upload_id)).body == {}


def test_a_file_is_its_authors_for_a_day(trial):
    trial.set_up(ELSEWHERE)
    view = preview(trial, GOOD)
    late = NOW + timedelta(hours=24, seconds=1)
    for person, programme, now in [(OTHER, HERE, NOW), (MANAGER, ELSEWHERE, NOW),
                                   (MANAGER, HERE, late)]:  # fmt: skip
        with pytest.raises(UploadGone):
            confirm(trial, view.upload_id, person, programme, now)
    preview(trial, GOOD, now=late)
    assert trial(lambda session: session.get(Upload, view.upload_id)) is None


def test_a_cancelled_file_is_forgotten(trial):
    view = preview(trial, GOOD)
    trial(uploads.drop, MANAGER.id, view.upload_id)
    with pytest.raises(UploadGone):
        confirm(trial, view.upload_id)
    assert preview(trial, GOOD).upload_id != view.upload_id


def test_two_coordinators_with_one_file_both_hear_what_is_true(trial):
    first, second = preview(trial, GOOD), preview(trial, GOOD, OTHER)
    assert len(confirm(trial, first.upload_id).new) == 3
    after = confirm(trial, second.upload_id, OTHER)
    assert (after.new, after.unchanged, after.bad) == ((), 3, ())


def test_what_changed_since_the_preview_stops_all_of_it(trial):
    view = preview(trial, GOOD)
    trial(organisation_changes.add, name="Habo", tracks_said="school", by=MANAGER)
    before = everyone(trial)
    after = confirm(trial, view.upload_id)
    assert (after.done, reasons(after)) == (False, [(4, "exists")])
    assert everyone(trial) == before


def test_only_coordinators_import_and_export(trial):
    view = preview(trial, GOOD)
    with pytest.raises(CoordinatorsOnly):
        preview(trial, GOOD, FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        confirm(trial, view.upload_id, FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        trial(directory.export, Language.EN, by=FOLLOWER)


def test_a_file_that_cannot_be_read_is_refused_whole(trial):
    with pytest.raises(FileEmpty):
        preview(trial, "")
    with pytest.raises(ColumnMissing):
        preview(trial, "tracks;size\nhealth;5\n")


def test_columns_that_nobody_asked_for_are_told(trial):
    assert preview(trial, "name;tracks;Län\nHjo;health;O\n").ignored == ("Län",)


def test_five_hundred_rows_are_taken_in_at_once(trial):
    rows = "".join(f"Kommun {number};health;{number + 1}\n" for number in range(500))
    assert len(import_(trial, f"name;tracks;size\n{rows}").new) == 500
    assert len(everyone(trial)) == 503


kept_names = (
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
    .map(texts.clean_line)
    .filter(lambda name: stems.fold(name) and len(name) <= texts.NAME_LIMIT)
)
rows = st.tuples(
    kept_names,
    st.sets(st.sampled_from([SCHOOL, CARE, "Odd | track", "Even; track, too"]), min_size=1),
    st.none() | st.integers(1, organisations.SIZE_LIMIT),
)


@scene
def pair(trial):
    """Two programmes with the same four tracks, two of them with names that try to break cells."""
    trial.set_up(ELSEWHERE)

    def more(session):
        about = {"emoji": "🌱", "description": "", "created_at": NOW}
        for programme in (HERE, ELSEWHERE):
            for name, short in (("Odd | track", "odd"), ("Even; track, too", "even")):
                session.add(Track(programme_id=programme, name=name, short=short, **about))

    trial(more)
    return trial


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(rows, min_size=1, max_size=6, unique_by=lambda row: exact(row[0])),
    st.sampled_from(Language),
)
@example([("=HYPERLINK(1)", {SCHOOL}, 1), ("'+1", {CARE}, None)], Language.SV)
def test_what_is_exported_imports_back_the_same(pair, wanted, language):
    for view in [*pair(directory.all_of), *pair(directory.all_of, programme=ELSEWHERE)]:
        programme = HERE if view.name in everyone(pair) else ELSEWHERE
        pair(organisation_changes.remove, view.name, by=MANAGER, programme=programme)
    ids = {name: str(key) for name, key in track_ids(pair)}
    for name, tracks, size in wanted:
        said = ",".join(ids[track] for track in tracks)
        pair(organisation_changes.add, name=name, tracks_said=said, size=size, by=MANAGER)
    _, data = pair(directory.export, language, by=MANAGER)
    assert preview(pair, data).unchanged == len(wanted)
    import_(pair, data, programme=ELSEWHERE)
    assert everyone(pair, ELSEWHERE) == everyone(pair)


def track_ids(world):
    views = world(organisations.open_tracks)
    return [(view.name, view.id) for view in views]


# --- as people write their files


KEPT = ("Mora", "Orsa")


@pytest.mark.parametrize(
    "text",
    [
        "Kommun;Spår\nMora;health\nOrsa;school\n",
        "Organisation:,Tracks:\nMora,health\nOrsa,school\n",
        'sep=;\n"Name (in full, as on the web)";tracks\nMora;health\nOrsa;school\n',
        '"Namn\nhela, utan förkortning"\tSpår\nMora\thealth\nOrsa\tschool\n',
        '"namn;spår"\n"Mora;health"\n"Orsa;school"\n',
    ],
)
def test_headings_are_understood_in_the_words_people_use(trial, text):
    view = preview(trial, text)
    assert (view.new, view.bad) == (KEPT, ())


def test_the_programmes_own_word_heads_a_column_too(trial):
    words = {"word_one": "skolenhet", "word_many": "skolenheter", "word_definite": "skolenheten"}
    trial(lambda session: session.exec(select(Programme)).one().sqlmodel_update(words))
    view = preview(trial, "Skolenhet;Spår\nMora;health\nOrsa;school\n")
    assert view.new == KEPT


def test_a_column_that_is_missing_is_told_once_by_its_names(trial):
    rows = "".join(f"Kommun {number}\n" for number in range(290))
    with pytest.raises(ColumnMissing) as refused:
        preview(trial, f"Namn\n{rows}")
    assert refused.value.values == {"n": 1, "columns": "spår / tracks", "found": "Namn"}


def test_a_name_alone_over_more_is_a_bad_row(world):
    world.set_up(preset=Preset.SINGLE)
    assert reasons(preview(world, "name\nHjo\nVara;school\n")) == [(3, "surplus")]


def test_a_workbook_is_taken_in(trial):
    data = workbook({"Om": [["Hej"]], "Lista": [["Kommun", "Spår", "Invånare"],
                    ["Mora", "health", 20_000], ["Orsa", "school, health", None]]})  # fmt: skip
    view = preview(trial, data)
    assert view.remarks[0].values == {"sheet": "Lista"}
    confirm(trial, view.upload_id)
    assert everyone(trial)["Mora"] == ({CARE}, 20_000)
    assert everyone(trial)["Orsa"] == ({SCHOOL, CARE}, None)


def test_what_was_kept_by_the_release_before_can_be_confirmed_still(trial):
    view = preview(trial, "name;tracks\nMora;health\n")
    (kept,) = trial(lambda session: session.exec(select(Upload)).all())
    assert set(kept.body["rows"][0]) == {"line", "name", "tracks", "size", "surplus"}
    assert confirm(trial, view.upload_id).done
