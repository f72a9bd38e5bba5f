"""Factors in files: everything, nobody's name, and no count that is about fewer than three."""

import csv
import io
import json
import re
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlmodel import delete, select

from bot.domain.factors import columns as factor_columns
from bot.domain.factors import (
    counting,
    drafts,
    edits,
    experiences,
    exporting,
    factors,
    importing,
    keyareas,
    merging,
    outcomes,
    suppression,
    tables,
)
from bot.domain.factors.counting import Stance
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.views import FactorView
from bot.domain.factors.wording import FactorText
from bot.domain.kit import texts
from bot.domain.kit.errors import CoordinatorsOnly, NotSetUp
from bot.domain.membership import organisation_changes, track_changes
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from bot.i18n.words import Words
from storage.desk import Desk
from storage.enums import Choice, ExperienceStance, FactorKind, FactorStatus, Language
from storage.factors import keyareas as kept_areas
from storage.factors import votes as kept_votes
from storage.factors.factors import Factor
from storage.factors.keyareas import KeyArea
from storage.factors.votes import Vote
from storage.kit.identity import exact
from storage.members.participants import Participant
from storage.organisations import organisations as kept_organisations
from storage.search import stems
from storage.search.terms import FactorTerms, Term
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, MANAGER, NOW, SCHOOL, somebody
from tests.domain.scenes import scene
from tests.ui.layouts import hostile

ORGANISATIONS = ("Göteborgs stad", "Vara kommun", "Västerås stad")
ONE_BY_ONE = settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def export(world, track="", language=Language.EN, person=MANAGER, programme=HERE):
    return world(exporting.export, track, language, by=person, programme=programme)


def whole(world, **more):
    return json.loads(export(world, **more).json)


def table(data, delimiter=","):
    text = data.decode("utf-8-sig").partition("\n")[2]
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@scene
def voters(trial):
    """Five participants of each organisation, and a factor of all tracks that nobody of them made.

    ``trial.members`` has their participants' ids, by organisation.
    """
    ids = dict(zip(ORGANISATIONS, (trial.goteborg, trial.vara, trial.vasteras), strict=True))
    for number, organisation in enumerate(ids.values()):
        for each in range(5):
            trial.join(100 * (number + 1) + each, organisation)
    query = select(Participant.organisation_id, Participant.id).order_by(Participant.id)
    rows = trial(lambda session: session.exec(query).all())
    trial.members = {
        name: [key for organisation, key in rows if organisation == ids[name]] for name in ids
    }
    trial.subject = trial.factor(300, title="Små steg", track=drafts.ALL_TRACKS)
    return trial


def cast(world, said, reasons=("Not yet.",)):
    """Let this and nothing else have been voted: support, objections, unsure by organisation."""

    def work(session):
        session.exec(delete(Vote))
        for name, votes in said.items():
            choices = [
                choice
                for choice, number in zip(
                    (Choice.SUPPORT, Choice.OBJECT, Choice.UNSURE), votes, strict=True
                )
                for _ in range(number)
            ]
            for place, (member, choice) in enumerate(
                zip(world.members[name], choices, strict=False)
            ):
                reason = reasons[place % len(reasons)] if choice is Choice.OBJECT else None
                desk = Desk(session, HERE, None, NOW)
                kept_votes.put(desk, world.subject.id, member, choice, reason, cast_at=NOW)

    world(work)


def subject(world, **more):
    return next(f for f in whole(world, **more)["factors"] if f["title"] == "Små steg")


# --- what is withheld


def test_counts_are_told_of_organisations_where_three_have_voted_and_stances_of_all(voters):
    cast(voters, {"Göteborgs stad": (2, 1, 0), "Vara kommun": (0, 2, 0)})
    told = subject(voters)
    assert told["organisations"] == [
        {
            "organisation": "Göteborgs stad", "stance": "supports",
            "votes": {"support": 2, "unsure": 0, "objections": 1},
        },
        {"organisation": "Vara kommun", "stance": "objects", "votes": None},
    ]  # fmt: skip
    assert told["votes"] is None
    (row,) = table(export(voters).csv)
    assert row["stances"] == "Göteborgs stad: supports | Vara kommun: objects"
    assert row["counts"] == "Göteborgs stad: 2/0/1"
    assert [row[each] for each in ("support_votes", "unsure_votes", "objection_votes")] == [""] * 3


def test_the_sum_is_told_where_it_leaves_nothing_to_subtract(voters):
    cast(voters, {"Göteborgs stad": (2, 1, 0), "Västerås stad": (3, 0, 1)})
    assert subject(voters)["votes"] == {"support": 5, "unsure": 1, "objections": 1}
    (row,) = table(export(voters).csv)
    assert (row["support_votes"], row["objection_votes"]) == ("5", "1")


SMALL = [votes for votes in product(range(3), repeat=3) if sum(votes) < suppression.FEWEST]
LIKE = {each: [v for v in SMALL if counting.stance(*v) is each] for each in Stance}
LARGE = [votes for votes in product(range(6), repeat=3) if 3 <= sum(votes) <= 5]
pairs = st.one_of(
    st.sampled_from(LARGE).map(lambda votes: (votes, votes)),
    st.sampled_from(Stance).flatmap(
        lambda each: st.tuples(st.sampled_from(LIKE[each]), st.sampled_from(LIKE[each]))
    ),
)


@ONE_BY_ONE
@given(st.tuples(pairs, pairs, pairs))
@example((((3, 0, 0), (3, 0, 0)), ((2, 0, 0), (1, 0, 0)), ((0, 0, 0), (0, 0, 0))))
@example((((0, 2, 0), (0, 1, 1)), ((1, 0, 1), (2, 0, 0)), ((1, 4, 0), (1, 4, 0))))
def test_nothing_but_its_stance_tells_how_one_or_two_of_an_organisation_voted(voters, worlds):
    files = []
    for at in range(2):
        cast(voters, {name: pair[at] for name, pair in zip(ORGANISATIONS, worlds, strict=True)})
        files.append(export(voters))
    assert files[0] == files[1]


def test_a_count_of_three_does_change_the_files(voters):
    cast(voters, {"Vara kommun": (3, 0, 0)})
    before = export(voters)
    cast(voters, {"Vara kommun": (4, 0, 0)})
    assert export(voters) != before


def test_reasons_of_one_organisation_are_one_text_and_do_not_count_its_voters(voters):
    cast(voters, {"Vara kommun": (0, 2, 0)}, reasons=("Now it is late.", "Again?"))
    two = export(voters)
    cast(voters, {"Vara kommun": (0, 1, 0)}, reasons=("Again?\n\nNow it is late.",))
    assert export(voters) == two
    assert subject(voters)["objections"] == [
        {"organisation": "Vara kommun", "reasons": "Again? Now it is late."}
    ]


def test_where_each_organisation_has_one_voter_the_score_is_the_true_one(voters):
    cast(voters, dict(zip(ORGANISATIONS, [(1, 0, 0), (0, 1, 0), (0, 0, 1)], strict=True)))
    shown: FactorView = voters(factors.show, voters.subject.id)
    assert subject(voters)["score"] == round(shown.tally.score, 4)


def test_nobody_is_named(voters):
    people = [100, 200, 300, 301]
    cast(voters, {"Vara kommun": (1, 1, 1)}, reasons=(f"Ask <@{2**62 + 7}> or <@!8>.",))
    how = f"<@{2**62 + 7}> knows; @{2**62} does not."
    told = (voters.subject.id, ExperienceStance.DONE, how)
    voters(experiences.tell, *told, by=somebody(300))
    files = export(voters)
    said = files.json.decode() + files.csv.decode("utf-8-sig")
    assert str(2**62 + 7) not in said
    assert "Ask @… or @…." in said
    keys = set(re.findall(r'"(\w+)": ', files.json.decode()))
    assert not {each for each in keys if "member" in each or "proposer" in each or "who" in each}
    assert not [each for each in people if re.search(rf"\b{each}\b", said)]


# --- what is told


def test_a_factor_is_told_with_its_past_its_outcome_and_what_organisations_say(voters):
    start = voters.subject
    person, text = somebody(300), FactorText("Små steg", "Fyra enheter.", "Ett år", "Enkät")
    voters(edits.edit, start.id, text, small=False, by=person, now=NOW + timedelta(days=1))
    voters(experiences.tell, start.id, ExperienceStance.TRIED, "Trögt.", by=somebody(200))
    voters(factors.posted, start.id, channel_id=5, message_id=6, thread_id=7)
    voters(outcomes.decide, start.id, FactorStatus.ADOPTED, "Prövat.", by=MANAGER)
    told = subject(voters)
    expected = {
        "title": "Små steg", "kind": "promoting", "how": "Fyra enheter.", "track": None,
        "organisation": "Västerås stad", "on_behalf": False, "context": "Ett år",
        "evidence": "Enkät", "key_area": None, "version": 2, "status": "adopted",
        "created_at": "2026-11-23T09:00:00Z", "changed_at": "2026-11-24T09:00:00Z",
        "reason": "Prövat.", "decided_at": "2026-11-23T09:00:00Z", "merged_into": None,
        "standing": "too_early", "messages": 0, "opens_at": None, "closes_at": None,
        "url": f"https://discord.com/channels/{HERE}/5/6",
        "thread_url": f"https://discord.com/channels/{HERE}/7", "source_url": None,
    }  # fmt: skip
    assert {key: told[key] for key in expected} == expected
    assert told["versions"] == [
        {
            "version": 1, "until": "2026-11-24T09:00:00Z", "small": False, "title": "Små steg",
            "how": start.how, "context": "", "evidence": "",
        }
    ]  # fmt: skip
    assert told["experiences"] == [
        {
            "organisation": "Vara kommun", "stance": "tried", "how": "Trögt.", "confirmed": False,
            "on_behalf": False, "written_at": "2026-11-23T09:00:00Z",
        }
    ]  # fmt: skip


def test_a_merged_factor_says_into_what_and_has_no_votes_of_its_own(voters):
    other = voters.factor(300, title="Annat", track=drafts.ALL_TRACKS)
    cast(voters, {"Vara kommun": (3, 0, 0)})
    about = (voters.subject.id, other.id, "Samma sak.")
    voters(merging.merge, *about, by=MANAGER)
    merged, into = whole(voters)["factors"]
    assert (merged["status"], merged["merged_into"], merged["organisations"]) == (
        "merged", other.id, [],
    )  # fmt: skip
    assert (into["merged_here"], into["votes"]["support"]) == ([voters.subject.id], 3)


def test_the_whole_says_what_it_holds_and_who_could_have_voted(voters):
    told = whole(voters)
    assert (told["format"], told["version"], told["fewest_voters"]) == ("leda-factors", 1, 3)
    assert (told["exported_at"], told["track"]) == ("2026-11-23T09:00:00Z", None)
    assert [each["name"] for each in told["organisations"]] == list(ORGANISATIONS)
    assert told["organisations"][2]["tracks"] == [SCHOOL, CARE]
    assert [each["name"] for each in told["tracks"]] == [SCHOOL, CARE]


def test_a_tracks_export_holds_its_factors_and_those_of_all(voters):
    school, care = voters(tracks.all_of)
    voters.factor(300, title="Skola", track=str(school.id))
    voters.factor(300, title="Vård", track=str(care.id))
    assert [each["title"] for each in whole(voters, track="school")["factors"]] == [
        "Små steg", "Skola",
    ]  # fmt: skip
    with pytest.raises(TrackNotFound):
        export(voters, track="xyzzy")


def test_other_programmes_stay_out_and_only_coordinators_get_files(voters):
    with pytest.raises(NotSetUp):
        export(voters, programme=ELSEWHERE)
    voters.set_up(ELSEWHERE)
    assert export(voters, programme=ELSEWHERE).count == 0
    with pytest.raises(CoordinatorsOnly):
        export(voters, person=FOLLOWER)


def test_more_factors_than_one_reading_takes_are_all_there(trial, monkeypatch):
    monkeypatch.setattr(exporting, "_BATCH", 3)
    for number in range(7):
        add(trial, title=f"T{number}")
    assert [each["title"] for each in whole(trial)["factors"]] == [f"T{n}" for n in range(7)]
    assert export(trial).count == 7


def test_the_files_say_that_they_are_working_files(voters):
    said = "Working file for coordinators."
    assert export(voters).csv.decode("utf-8-sig").startswith(said)
    assert whole(voters)["use"].startswith(said)
    assert export(voters, language=Language.SV).csv.decode("utf-8-sig").startswith("Arbetsfil")


# --- the table


@pytest.mark.parametrize(
    ("language", "delimiter", "number"), [(Language.SV, ";", "0,25"), (Language.EN, ",", "0.25")]
)
def test_a_table_speaks_its_readers_language_and_opens_in_their_spreadsheet(
    voters, language, delimiter, number
):
    data = export(voters, language=language).csv
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = table(data, delimiter)
    words = Words(language)
    heads = [
        factor_columns.heading(words, c) for c in (*factor_columns.TAKEN, *factor_columns.TOLD)
    ]
    assert list(row) == heads
    cell = dict(zip((*factor_columns.TAKEN, *factor_columns.TOLD), row.values(), strict=True))
    assert cell["score"] == number
    assert cell["kind"] == {"sv": "främjande", "en": "promoting"}[language]
    assert cell["track"] == {"sv": "alla spår", "en": "all tracks"}[language]
    assert (cell["silent"], cell["support_votes"], cell["on_behalf"]) == ("3", "0", "")


def test_a_cell_holds_no_more_than_spreadsheets_take(voters, monkeypatch):
    monkeypatch.setattr(tables, "_CELL_LIMIT", 20)
    cast(voters, {"Vara kommun": (0, 1, 0)}, reasons=("x" * 100,))
    (row,) = table(export(voters).csv)
    assert row["objections"] == "Vara kommun: xxxxxxx…"


def test_every_column_is_explained_in_both_languages():
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    out = page.partition("## Out")[2]
    told = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| ", out, re.MULTILINE)
    columns = (*factor_columns.TAKEN, *factor_columns.TOLD)
    heads = [
        tuple(factor_columns.heading(Words(each), column) for each in (Language.EN, Language.SV))
        for column in columns
    ]
    assert told == heads


def test_every_key_of_the_whole_is_explained(voters):
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    told = whole(voters)
    keys = {*told, *told["factors"][0]}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


# --- there and back


def add(
    world,
    *,
    title,
    kind=FactorKind.PROMOTING,
    how="Så.",
    track=None,
    context="",
    evidence="",
    area="",
):
    """A factor of Västerås as it may stand in the database; its track by its place."""

    def work(session):
        row = kept_organisations.find(Desk(session, HERE, None, NOW), world.vasteras)
        there = tracks.all_of(Desk(session, HERE, None, NOW))
        areas = {
            each.exact: each.id for each in kept_areas.of_programme(Desk(session, HERE, None, NOW))
        }
        if area and exact(area) not in areas:
            made = keyareas.create(Desk(session, HERE, MANAGER, NOW), area)
            areas[exact(area)] = made.id
        draft = DraftView(
            id=0, programme_id=HERE, language=Language.EN, title=title, kind=kind, how=how,
            context=context, evidence=evidence, key_area_id=areas.get(exact(area)),
            key_area=None, track=None if track is None else there[track], organisation_id=row.id,
            organisation=row.name, on_behalf=True, discreet=False, source=None,
        )  # fmt: skip
        factors.make(Desk(session, HERE, None, NOW), MANAGER.id, [draft])

    world(work)


def texts_in(world, programme):
    """All that an import brings back, with names in place of ids."""

    def work(session):
        organised = kept_organisations.of_programme(Desk(session, programme, None, NOW))
        called = {row.id: row.name for row in organised}
        tracked = {
            track.id: track.name for track in tracks.all_of(Desk(session, programme, None, NOW))
        }
        areas = {row.id: row.name for row in session.exec(select(KeyArea))}
        rows = session.exec(select(Factor).where(Factor.programme_id == programme))
        return [
            (row.title, row.kind, row.how, called[row.organisation_id], tracked.get(row.track_id),
             row.context, row.evidence, areas.get(row.key_area_id))
            for row in sorted(rows, key=lambda row: row.id)
        ]  # fmt: skip

    return world(work)


def unnamed(text):
    return re.sub(r"<@!?\d+>", "@…", text)


def kept_text(limit):
    return hostile.map(lambda text: texts.kept(unnamed(text), limit).strip())


titles = hostile.map(lambda text: texts.kept_line(unnamed(text), texts.TITLE_LIMIT).strip())
written = st.fixed_dictionaries(
    {
        "title": titles.filter(stems.fold),
        "kind": st.sampled_from(FactorKind),
        "how": kept_text(texts.HOW_LIMIT).filter(bool),
        "track": st.sampled_from([None, 0, 1, 2, 3]),
        "context": kept_text(texts.CONTEXT_LIMIT),
        "evidence": kept_text(texts.EVIDENCE_LIMIT),
        "area": st.sampled_from(["", "Tid", "=1+1", "Ledning; stöd"]),
    }
)


@scene
def pair(trial):
    """Two programmes with the same tracks, of which two try to break cells, and organisations."""
    trial.set_up(ELSEWHERE)
    for programme in (HERE, ELSEWHERE):
        for name in ("All tracks", "=Odd | track"):
            trial(track_changes.create, name=name, by=MANAGER, programme=programme)
    everywhere = (SCHOOL, CARE, "All tracks", "=Odd | track")
    both = {"name": "Västerås stad", "tracks": ",".join(everywhere)}
    change = organisation_changes.OrganisationChange(None, both["tracks"], None)
    trial(organisation_changes.edit, both["name"], change, by=MANAGER)
    trial.organisation(both["name"], *everywhere, programme=ELSEWHERE)
    return trial


@ONE_BY_ONE
@given(
    st.lists(
        written,
        min_size=1,
        max_size=5,
        unique_by=lambda said: (stems.fold(said["title"]), said["track"]),
    ),
    st.sampled_from(Language),
)
@example(
    [
        {"title": "=HYPERLINK(1)", "how": "'=1\n\n-2", "context": "+46", "area": "=1+1"},
        {"title": '"', "how": "a;b,c", "track": 2, "context": "''", "evidence": "“”"},
    ],
    Language.SV,
)
def test_what_is_exported_imports_back_the_same(pair, wanted, language):
    gone = (Term, FactorTerms, Factor, KeyArea)
    pair(lambda session: [session.exec(delete(table)) for table in gone])
    for said in wanted:
        add(pair, **said)
    data = export(pair, language=language).csv
    # A text that looks like letters read in a wrong encoding is refused, wherever it comes from.
    assume(not re.search("[ÃÂ]", data.decode("utf-8-sig")))
    table = pair(importing.understood, data, by=MANAGER, programme=ELSEWHERE)
    view = pair(importing.preview, table, by=MANAGER, programme=ELSEWHERE)
    assert (view.bad, view.ignored, view.masked) == ((), (), 0)
    pair(importing.confirm, view.upload_id, by=MANAGER, programme=ELSEWHERE)
    assert texts_in(pair, ELSEWHERE) == texts_in(pair, HERE)
    again = pair(importing.preview, table, by=MANAGER)
    assert (len(again.skipped), again.new) == (len(wanted), ())


def test_a_texts_mentions_come_back_without_whom_they_named(pair):
    add(pair, title="Fråga <@123>", how="Ring <@!456>.")
    table = pair(importing.understood, export(pair).csv, by=MANAGER, programme=ELSEWHERE)
    view = pair(importing.preview, table, by=MANAGER, programme=ELSEWHERE)
    assert [(draft.title, draft.how) for draft in view.new] == [("Fråga @…", "Ring @….")]
