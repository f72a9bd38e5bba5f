"""Factors from a file: checked row by row, shown, then all or nothing."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import columns, exporting, importing, keyareas, lists
from bot.domain.factors.lists import Listing
from bot.domain.kit import texts
from bot.domain.kit.errors import (
    ColumnMissing,
    CoordinatorsOnly,
    TooManyRows,
    UploadGone,
    UploadUsed,
)
from bot.domain.membership import organisation_changes, track_changes
from bot.domain.tracks import tracks
from storage.desk import Person
from storage.enums import FactorKind, FactorStatus, Language, Preset
from storage.factors.factors import Factor
from storage.kit.uploads import Upload
from storage.search import stems
from storage.tracks.tracks import Track
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, HOW, MANAGER, NOW, SCHOOL
from tests.domain.xlsx import workbook

OTHER = Person(3, frozenset(), manages_server=True)


def preview(world, text, person=MANAGER, programme=HERE, now=NOW):
    data = text if isinstance(text, bytes) else text.encode()
    table = world(importing.understood, data, by=person, programme=programme, now=now)
    return world(importing.preview, table, by=person, programme=programme, now=now)


def confirm(world, upload_id, person=MANAGER, programme=HERE, now=NOW):
    return world(importing.confirm, upload_id, by=person, programme=programme, now=now)


def import_(world, text, **more):
    view = preview(world, text, **more)
    assert view.bad == ()
    return confirm(world, view.upload_id, **more)


def everything(world, programme=HERE):
    query = select(Factor).where(Factor.programme_id == programme).order_by(Factor.id)
    return list(world(lambda session: session.exec(query).all()))


def reasons(view):
    return [(bad.line, bad.why.rpartition(".")[2]) for bad in view.bad]


GOOD = (
    "Organisation;HUR;Typ;Titel;Spår;Sammanhang;Underlag;Nyckelområde\n"
    'göteborgs stad;"Vi började i liten skala.\n\nSedan fler.";Främjande;Små steg;;;;\n'
    f"Västerås stad;Ingen visste;hinder;Otydligt;{CARE};Ett år;Enkät;Ledning\n"
    "Västerås stad;Alla är med;+;Tillsammans;alla;;;\n"
)


def test_nothing_is_made_before_it_is_confirmed_and_then_all_is(trial):
    view = preview(trial, GOOD)
    assert [draft.title for draft in view.new] == ["Små steg", "Otydligt", "Tillsammans"]
    assert (view.bad, view.skipped, view.key_areas, view.made) == ((), (), ("Ledning",), ())
    assert everything(trial) == []
    done = confirm(trial, view.upload_id)
    small, unclear, together = everything(trial)
    assert done.made == (small.id, unclear.id, together.id)
    school, care = trial(tracks.all_of)
    assert (small.track_id, unclear.track_id, together.track_id) == (school.id, care.id, None)
    assert small.how == "Vi började i liten skala.\n\nSedan fler."
    assert (small.kind, unclear.kind) == (FactorKind.PROMOTING, FactorKind.INHIBITING)
    assert (unclear.context, unclear.evidence) == ("Ett år", "Enkät")
    (area,) = trial(keyareas.all_of)
    assert (area.name, area.factors, unclear.key_area_id) == ("Ledning", 1, area.id)
    assert {row.organisation_id for row in (unclear, together)} == {trial.vasteras}
    entry = trial.journal()[-1]
    assert (entry.kind, entry.who, entry.data) == ("factor.imported", MANAGER.id, {"count": 3})


def test_what_is_imported_is_open_on_behalf_and_nobodys_own(trial):
    import_(trial, GOOD)
    page = trial(lists.listed, Listing())
    assert page.factors.total == 3
    assert {(each.on_behalf, each.proposer_id) for each in page.factors.items} == {(True, 0)}


def test_an_imported_factor_waits_for_votes_as_its_track_says(trial):
    def wait(session):
        row = session.exec(select(Track).where(Track.name == CARE)).one()
        row.discussion_days, row.voting_days = 7, 14

    trial(wait)
    import_(trial, GOOD)
    _, unclear, _ = everything(trial)
    assert unclear.opens_at == NOW + timedelta(days=7)
    assert unclear.closes_at == NOW + timedelta(days=21)


def test_the_hours_limit_is_not_for_a_workshop(trial):
    rows = "".join(f"Titel {n},+,Så här,Vara kommun\n" for n in range(500))
    assert len(import_(trial, f"title,kind,how,organisation\n{rows}").made) == 500


def test_every_bad_row_is_told_by_line_and_reason_and_nothing_can_be_confirmed(trial):
    trial(track_changes.create, name="Äldre arbete", by=MANAGER)
    old = trial(tracks.need, "Äldre arbete")
    trial.organisation("Hjo kommun", "Äldre arbete")
    trial(track_changes.archive, old.id, by=MANAGER)
    long = dict.fromkeys(("title", "how", "context", "evidence", "key_area"), "x" * 2000)
    view = preview(
        trial,
        "title,kind,how,organisation,track,context,evidence,key_area\n"
        "Bra,+,Så,Vara kommun,,,,\n"
        ',,,,,,,"x"\n'
        "A,sådär,Så,Vara kommun,,,,\n"
        "B,+,Så,Vara,,,,\n"
        "C,+,Så,Vara kommun,Skool,,,\n"
        "D,+,Så,Vara kommun,school,,,\n"
        "E,+,Så,Vara kommun,Äldre arbete,,,\n"
        "F,+,Så,Hjo kommun,,,,\n"
        "G,+,Så,Vara kommun,,,,,surplus\n"
        "{title},+,{how},Vara kommun,,{context},{evidence},{key_area}\n".format(**long),
    )  # fmt: skip
    assert reasons(view) == [
        (3, "title_missing"), (3, "kind_missing"), (3, "how_missing"), (3, "organisation_missing"),
        (4, "kind"), (5, "organisation"), (6, "track"), (7, "other_track"), (8, "archived"),
        (9, "no_track"), (10, "surplus"), (11, "title_long"), (11, "how_long"),
        (11, "context_long"), (11, "evidence_long"), (11, "key_area_long"),
    ]  # fmt: skip
    by_line = {bad.line: bad.values for bad in view.bad}
    assert by_line[11] == {"limit": keyareas.NAME_LIMIT, "length": 2000}
    assert (view.upload_id, view.tracks) == (None, (SCHOOL, CARE))
    assert trial(lambda session: session.exec(select(Upload)).all()) == []


def test_a_text_of_just_the_longest_length_is_taken_whole(trial):
    title, how = "t" * texts.TITLE_LIMIT, "h" * texts.HOW_LIMIT
    import_(trial, f"title,kind,how,organisation\n{title},+,{how},Vara kommun\n")
    (row,) = everything(trial)
    assert (row.title, row.how) == (title, how)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Promoting", "promoting"), ("PRO", "promoting"), ("främjande", "promoting"),
        ("Framjande", "promoting"), ("f", "promoting"), ("+", "promoting"),
        ("inhibiting", "inhibiting"), ("hämmande", "inhibiting"), ("Hamm", "inhibiting"),
        ("hindrande", "inhibiting"), ("Hinder", "inhibiting"), ("h", "inhibiting"),
        ("-", "inhibiting"), ("\u2013", "inhibiting"), ("'-", "inhibiting"),
    ],
)  # fmt: skip
def test_a_kind_may_be_written_in_either_language_and_in_short(trial, said, kind):
    view = preview(trial, f"title,kind,how,organisation\nA,{said},Så,Vara kommun\n")
    assert [draft.kind.value for draft in view.new] == [kind]


def test_a_track_may_be_named_in_short_or_by_number_and_left_empty(trial):
    school, care = trial(tracks.all_of)
    said = ["SCHOOL", str(care.id), SCHOOL.upper(), "All", "Båda", "*", ""]
    rows = "".join(f"T{n},+,Så,Västerås stad,{track}\n" for n, track in enumerate(said))
    view = preview(trial, f"title,kind,how,organisation,track\n{rows}")
    assert [draft.track for draft in view.new] == [school, care, school, None, None, None, None]


def test_where_there_is_one_track_none_need_be_named(world):
    world.set_up(preset=Preset.SINGLE)
    world.organisation("Hjo kommun", "Shared work")
    import_(world, "title,kind,how,organisation\nA,+,Så,Hjo kommun\n")
    (row,) = everything(world)
    assert row.track_id == world(tracks.all_of)[0].id


def test_a_track_that_is_called_as_all_are_is_that_track_and_a_star_means_all(trial):
    alla = trial(track_changes.create, name="Alla", by=MANAGER)
    trial.organisation("Hjo kommun", "Alla", "health")
    view = preview(
        trial, "title,kind,how,organisation,track\nA,+,Så,Hjo kommun,alla\nB,+,Så,Hjo kommun,*\n"
    )
    assert [draft.track for draft in view.new] == [alla, None]


def test_identity_numbers_are_hidden_before_anything_is_kept_and_the_rows_counted(trial):
    view = preview(
        trial,
        "title,kind,how,organisation,context\n"
        "Om 811228-9874,+,Ring 19811228-9874,Vara kommun,811228-9874\n"
        "Annat,+,Så,Vara kommun,\n",
    )
    assert view.masked == 1
    assert "9874" not in str(trial(lambda session: session.get(Upload, view.upload_id)).body)
    confirm(trial, view.upload_id)
    row = everything(trial)[0]
    assert "9874" not in row.title + row.how + row.context


def test_what_is_there_already_is_skipped_with_its_line(trial):
    trial.join(11, trial.vasteras)
    trial.factor(11, title="Små steg", track=str(trial(tracks.all_of)[0].id))
    view = preview(
        trial,
        "title,kind,how,organisation,track\n"
        "SMÅ STEG,+,Annat,Västerås stad,school\n"
        "Små steg,+,Annat,Västerås stad,health\n"
        "Nytt,+,Så,Vara kommun,\n"
        "nytt,+,Så,Vara kommun,health\n",
    )
    assert [(each.line, each.title, each.first) for each in view.skipped] == [
        (2, "SMÅ STEG", 0), (5, "nytt", 4),
    ]  # fmt: skip
    assert len(confirm(trial, view.upload_id).made) == 2


def test_what_was_decided_on_is_there_too(trial):
    import_(trial, GOOD)

    def adopt(session):
        for row in session.exec(select(Factor)):
            row.status = FactorStatus.ADOPTED

    trial(adopt)
    view = preview(trial, GOOD)
    assert (len(view.skipped), view.new, view.upload_id, view.key_areas) == (3, (), None, ())


def test_another_programmes_factors_are_no_reason_to_skip(trial):
    trial.set_up(ELSEWHERE)
    trial.organisation("Göteborgs stad", SCHOOL, programme=ELSEWHERE)
    trial.organisation("Västerås stad", SCHOOL, CARE, programme=ELSEWHERE)
    import_(trial, GOOD, programme=ELSEWHERE)
    assert len(import_(trial, GOOD).made) == 3
    assert len(everything(trial, ELSEWHERE)) == 3


def test_a_key_area_that_is_there_is_used_however_it_is_written(trial):
    trial(keyareas.create, "Ledning", by=MANAGER)
    rows = "A,+,Så,Vara kommun,LEDNING\nB,+,Så,Vara kommun,Tid\nC,+,Så,Vara kommun,tid\n"
    view = preview(trial, f"title,kind,how,organisation,key area\n{rows}")
    assert view.key_areas == ("Tid",)
    confirm(trial, view.upload_id)
    sizes = {area.name: area.factors for area in trial(keyareas.all_of)}
    assert sizes == {"Ledning": 1, "Tid": 2}


def test_key_areas_past_their_number_are_a_fault(trial):
    rows = "".join(f"T{n},+,Så,Vara kommun,Area {n}\n" for n in range(keyareas.LIMIT + 1))
    view = preview(trial, f"title,kind,how,organisation,key_area\n{rows}")
    assert reasons(view) == [(keyareas.LIMIT + 2, "key_areas")]


def test_columns_that_nobody_asked_for_are_told_and_votes_stay_behind(trial):
    view = preview(trial, "title,kind,how,organisation,Län,status\nA,+,Så,Vara kommun,O,open\n")
    assert (view.ignored, view.texts_only) == (("Län",), True)
    assert not preview(trial, GOOD).texts_only


@pytest.mark.parametrize("column", columns.NEEDED)
def test_a_file_without_a_needed_column_is_refused(trial, column):
    head = ",".join(each for each in columns.NEEDED if each != column)
    with pytest.raises(ColumnMissing):
        preview(trial, f"{head}\na,b,c\n")


def test_no_two_columns_share_a_heading_in_any_language():
    said = [stems.fold(each) for found in columns.headings().values() for each in {*found}]
    assert sorted(said) == sorted(set(said))


def test_a_confirmed_file_cannot_be_confirmed_again(trial):
    view = preview(trial, GOOD)
    confirm(trial, view.upload_id)
    with pytest.raises(UploadUsed):
        confirm(trial, view.upload_id)
    assert len(everything(trial)) == 3


def test_a_file_is_its_authors_for_a_day(trial):
    trial.set_up(ELSEWHERE)
    view = preview(trial, GOOD)
    late = NOW + timedelta(hours=24, seconds=1)
    for person, programme, now in [(OTHER, HERE, NOW), (MANAGER, ELSEWHERE, NOW),
                                   (MANAGER, HERE, late)]:  # fmt: skip
        with pytest.raises(UploadGone):
            confirm(trial, view.upload_id, person, programme, now)


def test_a_file_of_organisations_is_not_taken_for_one_of_factors(trial):
    def other(session):
        session.get(Upload, view.upload_id).kind = "organisations"

    view = preview(trial, GOOD)
    trial(other)
    with pytest.raises(UploadGone):
        confirm(trial, view.upload_id)


def test_what_changed_since_the_preview_stops_all_of_it(trial):
    view = preview(trial, GOOD)
    trial(organisation_changes.remove, str(trial.goteborg), by=MANAGER)
    after = confirm(trial, view.upload_id)
    assert (reasons(after), after.made) == ([(2, "organisation")], ())
    assert everything(trial) == []
    assert trial(keyareas.all_of) == ()


def test_two_coordinators_with_one_file_make_nothing_twice(trial):
    first, second = preview(trial, GOOD), preview(trial, GOOD, OTHER)
    assert len(confirm(trial, first.upload_id).made) == 3
    after = confirm(trial, second.upload_id, OTHER)
    assert (after.made, len(after.skipped), after.bad) == ((), 3, ())


def test_only_coordinators_import(trial):
    view = preview(trial, GOOD)
    with pytest.raises(CoordinatorsOnly):
        preview(trial, GOOD, FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        confirm(trial, view.upload_id, FOLLOWER)


def test_how_may_hold_no_doing_and_is_taken_all_the_same(trial):
    assert import_(trial, f"title,kind,how,organisation\nA,+,{HOW},Vara kommun\n").made


def test_hindering_is_called_what_the_product_calls_it_in_and_out(trial):
    import_(trial, "titel;typ;hur;kommun;spår\nOtydligt;Hämmande;Så;Vara kommun;\n")
    assert [row.kind for row in everything(trial)] == ["inhibiting"]
    exported = trial(exporting.export, "", Language.SV, by=MANAGER).csv.decode("utf-8-sig")
    assert ";hämmande;" in exported
    again = preview(trial, exported)
    assert (again.bad, len(again.skipped)) == ((), 1)


def test_a_workbook_of_factors_is_read(trial):
    view = preview(
        trial,
        workbook({"Anteckningar": [
            ["Titel", "Typ (främjande/hämmande)", "Hur gjorde ni?", "Kommun"],
            ["Små steg", "främjande", "I liten skala.\nSedan fler.", "Vara kommun"],
        ]}),
    )  # fmt: skip
    assert [draft.how for draft in view.new] == ["I liten skala.\nSedan fler."]
    assert view.remarks[0].values == {"sheet": "Anteckningar"}


def test_five_hundred_factors_are_taken_in_at_once_and_no_more(trial):
    rows = "".join(f"Titel {number},+,Så,Vara kommun\n" for number in range(501))
    with pytest.raises(TooManyRows) as refused:
        preview(trial, f"title,kind,how,organisation\n{rows}")
    assert refused.value.values == {"limit": 500, "rows": 501}
