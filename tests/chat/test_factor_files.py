"""Factors from a file and to files, as coordinators meet them."""

import csv
import io
import json
import re
import zipfile

import pytest

from bot.ask import Ask
from bot.domain.factors import lists
from bot.domain.factors.lists import Listing
from bot.domain.kit import csvfiles
from tests.chat.conftest import answer_of, text_of
from tests.ui.layouts import texts_of

NOTES = (
    "Titel;Typ;Hur;Organisation;Spår;Nyckelområde;Bord\n"
    "Små steg <@1> *så*;främjande;Vi började i liten skala.;Göteborgs stad;;Ledning;4\n"
    "Otydligt uppdrag;hinder;Ingen visste. Ring 811228-9874.;Västerås stad;Health;;4\n"
    "Tillsammans;+;Alla var med.;Västerås stad;alla;;5\n"
    "TILLSAMMANS;+;Alla var med.;Västerås stad;alla;;5\n"
)


async def import_(town, text, who=None):
    data = text if isinstance(text, bytes) else text.encode()
    return await (who or town.boss).slash(town.lobby, "factor import", file=("notes.csv", data))


async def export(town, who=None, **options):
    result = await (who or town.boss).slash(town.lobby, "factor export", **options)
    return last(result)


async def all_factors(town):
    page = await town.works.visit(town.guild.id).read(lists.listed, Listing(), size=600)
    return page.factors.items


def last(result):
    return result.followups[-1] if result.followups else result.response


async def test_a_workshops_notes_are_shown_then_taken_in_and_every_card_is_posted(trial):
    preview = last(await import_(trial, NOTES))
    said = text_of(preview)
    for part in (
        "3 factors can be imported", "🏫 School and learning in a digital world: 1",
        "all tracks: 1",
        "Små steg \\<@\u200b1\\> \\*så\\* · Göteborgs stad", "entered it for the",
        "key area that is not here yet: Ledning", "hid a personal identity number in 1 row",
        "Line 5: “TILLSAMMANS”, as on line 4", "I do not know: Bord",
    ):  # fmt: skip
        assert part in said
    assert await all_factors(trial) == ()
    await trial.restart()
    await trial.boss.click(preview, label="Import")
    assert "3 factors are imported, and their cards are posted" in text_of(preview)
    assert [each.url is not None for each in await all_factors(trial)] == [True] * 3
    titles = [text_of(card).splitlines()[0] for card in trial.cards()]
    assert ["Små" in titles[0], "Otydligt" in titles[1], "Tillsammans" in titles[2]] == [True] * 3
    assert "entered by a coordinator" in text_of(trial.cards()[0])
    assert "9874" not in text_of(trial.cards()[1])
    history = await trial.press(trial.boss, "history:1:0:f")
    assert "imported 3 factors from a file" in text_of(last(history))


async def test_a_long_import_tells_how_far_it_has_come(trial, monkeypatch):
    told = []

    async def go_on(_ask, card):
        told.append("".join(texts_of(card)))

    monkeypatch.setattr(Ask, "go_on", go_on)
    rows = "".join(f"Titel {n},+,Så här.,Göteborgs stad\n" for n in range(12))
    preview = last(await import_(trial, f"title,kind,how,organisation\n{rows}"))
    await trial.boss.click(preview, label="Import")
    assert [re.findall(r"\d+", text) for text in told] == [
        ["0", "12"], ["5", "12"], ["10", "12"], ["12"],
    ]  # fmt: skip
    assert len(trial.cards()) == 12


async def test_cards_that_cannot_be_posted_are_told_and_kept_for_repair(trial):
    preview = last(await import_(trial, NOTES))
    trial.delete_channel("school-factors")
    await trial.boss.click(preview, label="Import")
    assert "could not be posted" in text_of(preview)
    assert len(await all_factors(trial)) == 3


async def test_a_cancelled_file_makes_nothing(trial):
    preview = last(await import_(trial, NOTES))
    await trial.boss.click(preview, label="Cancel")
    assert "Nothing was imported" in text_of(preview)
    again = await trial.press(trial.boss, "importfactors:1:1")
    assert "I do not have that file" in answer_of(again)
    assert await all_factors(trial) == ()


async def test_bad_rows_are_told_by_line_in_the_readers_language(trial):
    sven = trial.person("sven", "sv-SE", roles=[trial.guild.roles["Programme coordinators"]])
    text = "title,kind,how,organisation,track\n**A**,@everyone,,Vara,Skool\n"
    for who, parts in (
        (trial.boss, ["One row needs mending", "**Line 2:** “@\u200beveryone” is no kind",
                      "HOW is missing", "municipality here is called “Vara”", "/factor import"]),
        (sven, ["En rad behöver rättas", "**Rad 2:** ”@\u200beveryone” är ingen typ", "HUR saknas",
                "organisation här heter ”Vara”", "Inget har sparats"]),
    ):  # fmt: skip
        said = text_of(last(await import_(trial, text, who)))
        assert [part for part in parts if part not in said] == []
    assert await all_factors(trial) == ()


async def test_the_worst_file_still_fits_a_card(trial):
    long = "*" * 100
    good = "".join(f"{n}{long[:97]},+,H,Västerås stad,,{'_' * 57}{n % 24:02}\n" for n in range(200))
    head = ",".join(
        ["title,kind,how,organisation,track,key_area", *("x" * 90 + str(n) for n in range(30))]
    )
    said = text_of(last(await import_(trial, f"{head}\n{good}{good}")))
    assert "200 factors can be imported" in said
    assert "… and 195 more." in said
    bad = "".join(f"{long},{'~' * 90}{n},H,{'`' * 90},{'|' * 90}\n" for n in range(500))
    said = text_of(last(await import_(trial, f"{head}\n{bad}")))
    assert "500 rows need mending" in said


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"\x89PNG\r\n\x1a\n\0\0", "neither a CSV file"),
     (b"title,kind\nA,+\n", "missing: hur / how, organisation."),
     (b"x" * (csvfiles.SIZE_LIMIT + 1), "at most 5 MB")],
    ids=["png", "columns", "large"],
)  # fmt: skip
async def test_a_file_that_cannot_be_used_gets_a_clear_sentence(trial, data, sentence):
    assert sentence in text_of(last(await import_(trial, data)))


async def test_an_export_gives_two_files_of_which_one_imports_back(trial):
    await trial.boss.click(last(await import_(trial, NOTES.replace(" <@1>", ""))), label="Import")
    answer = await export(trial)
    assert answer.ephemeral
    assert "3 factors are in these files" in text_of(answer)
    assert "fewer than three" in text_of(answer)
    assert [file.filename for file in answer.attachments] == [
        "factors-working-file.csv",
        "factors-working-file.json",
    ]
    data, whole = [await file.read() for file in answer.attachments]
    assert len(json.loads(whole)["factors"]) == 3
    assert data.startswith(b"\xef\xbb\xbfWorking file")
    assert data.splitlines()[1].startswith(b"title,kind,how,track,organisation")
    said = text_of(last(await import_(trial, data)))
    assert "all 3 factors in the file are here already" in said


async def test_an_export_speaks_swedish_to_swedish_coordinators_and_can_be_of_one_track(trial):
    sven = trial.person("sven", "sv-SE", roles=[trial.guild.roles["Programme coordinators"]])
    await trial.boss.click(last(await import_(trial, NOTES)), label="Import")
    answer = await export(trial, sven, track="health")
    assert [file.filename for file in answer.attachments] == [
        "faktorer-arbetsfil.csv",
        "faktorer-arbetsfil.json",
    ]
    text = (await answer.attachments[0].read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text.partition("\n")[2], newline=""), delimiter=";"))
    assert [row["titel"] for row in rows] == ["Otydligt uppdrag", "Tillsammans"]


async def test_where_there_is_nothing_to_export_it_says_so(trial):
    assert "no factor to export" in text_of(await export(trial))


async def test_what_is_too_large_is_packed_and_what_still_is_refused(trial):
    await trial.boss.click(last(await import_(trial, NOTES)), label="Import")
    answer = await export(trial)
    plain = sum([len(await file.read()) for file in answer.attachments])
    limit = limit_to(trial, plain - 1)
    answer = await export(trial)
    (packed,) = answer.attachments
    archive = zipfile.ZipFile(io.BytesIO(await packed.read()))
    assert archive.namelist() == ["factors-working-file.csv", "factors-working-file.json"]
    limit["attachment_size_limit"] = 10
    assert "one track at a time" in text_of(await export(trial))


def limit_to(town, size):
    """Let Discord take files of at most so many bytes; what it says can be changed."""
    said = {"attachment_size_limit": size}

    def set_limit(event, payload):
        if event == "INTERACTION_CREATE":
            payload.update(said)

    town.env.backend.subscribers.insert(0, set_limit)
    return said


async def test_participants_neither_import_nor_export(trial):
    anna = await trial.participant("vara kommun", "anna")
    assert "Only coordinators" in answer_of(await import_(trial, NOTES, anna))
    assert "Only coordinators" in text_of(await export(trial, anna))
