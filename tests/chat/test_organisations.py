"""``/organisation`` as coordinators and everyone else meet it."""

import csv
import io

import pytest

from bot.domain.kit import csvfiles
from bot.domain.members import directory, participants
from tests.chat.conftest import text_of
from tests.domain.xlsx import workbook

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


async def begin(town):
    await town.set_up()
    await town.organisation("Västerås stad", "health, school")
    await town.organisation("Vara kommun", "health")


BEGINNINGS = {"ready": begin}


@pytest.fixture
def ready(town):
    """A programme with Vara in health, Västerås in both tracks."""
    return town


async def ask(town, command, who=None, **options):
    """What somebody is answered, and everything that the answer says."""
    result = await (who or town.boss).slash(town.lobby, f"organisation {command}", **options)
    answer = last(result)
    assert answer.ephemeral
    return answer, text_of(answer)


def last(result):
    return result.followups[-1] if result.followups else result.response


async def press(town, message, label, who=None):
    result = await (who or town.boss).click(message, label=label)
    return last(result), text_of(last(result))


async def names_in(town):
    return [v.name for v in await town.works.visit(town.guild.id).read(directory.all_of)]


async def import_(town, text, filename="organisationer.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return await ask(town, "import", file=(filename, data))


# --- adding, codes, invitations


async def test_adding_one_shows_its_code_and_an_invitation_with_a_lasting_link(ready):
    _, text = await ask(ready, "add", name="Hjo **kommun** @everyone `", tracks="health", size=9400)
    assert "Hjo \\*\\*kommun\\*\\* @\u200beveryone \\`** takes part" in text
    (invite,) = ready.env.backend.invites.values()
    assert (invite.max_age, invite.max_uses) == (0, 0)
    assert f"https://discord.gg/{invite.code}" in text
    assert "Welcome to LEDA!" in text
    block = text.split("```")
    assert len(block) == 3
    assert "`" not in block[1]


async def test_the_invitation_speaks_the_programmes_language_and_the_answer_the_readers(town):
    await town.set_up(language="sv")
    _, text = await ask(town, "add", name="Vara kommun", tracks="skola")
    assert "**Vara kommun** takes part" in text
    assert "Välkommen till LEDA!" in text
    assert "där kommuner tillsammans" in text


async def test_a_renewed_code_is_shown_and_the_old_one_said_to_be_dead(ready):
    _, before = await ask(ready, "code", organisation="vara kommun")
    _, after = await ask(ready, "code", organisation="vara kommun", renew=True)
    old, new = before.split("`")[1], after.split("`")[1]
    assert len(old) == len(new) == 8
    assert old != new
    assert "does not work any more" in after


async def test_all_invitations_come_in_one_file_and_as_a_table_for_mail_merge(ready):
    answer, text = await ask(ready, "invitations")
    assert "2 invitations" in text
    file, table = answer.attachments
    said = (await file.read()).decode("utf-8")
    assert file.filename == "invitations.txt"
    assert said.index("\nVara kommun\n") < said.index("\nVästerås stad\n")
    assert said.count("https://discord.gg/") == 2
    rows = list(csv.reader(io.StringIO((await table.read()).decode("utf-8-sig"))))
    assert (table.filename, rows[0]) == ("invitations.csv", ["organisation", "code", "text"])
    assert [row[0] for row in rows[1:]] == ["Vara kommun", "Västerås stad"]
    assert all(code in text and text in said for _, code, text in rows[1:])


async def test_where_leda_may_make_no_link_the_file_and_the_answer_say_so(ready):
    for role in ready.env.backend.guilds[ready.guild.id].roles.values():
        role.permissions &= ~1  # Create Invite
    answer, text = await ask(ready, "invitations")
    assert "Create Invite" in text
    assert "[paste the link to the server here]" in (await answer.attachments[0].read()).decode()


# --- changing and removing


async def test_an_edit_says_what_was_and_what_is_and_roles_follow(ready):
    anna = await ready.participant("vara kommun", "anna")
    _, text = await ask(ready, "edit", organisation="vara kommun", tracks="school", size=16_000)
    assert "Health and care in a digital world → 🏫 School" in text
    assert "size unknown → medium, 16,000" in text
    assert "roles" in text
    server = ready.env.backend.guilds[ready.guild.id]
    held = {server.roles[role].name for role in server.members[anna.id].role_ids}
    assert held == {"School and learning in a digital world"}


async def test_removing_one_with_people_asks_first_and_survives_a_restart(ready):
    await ready.participant("vara kommun", "anna")
    question, text = await ask(ready, "remove", organisation="vara kommun")
    other, _ = await ask(ready, "remove", organisation="vara kommun")
    assert "Its participant stops taking part" in text
    assert "Vara kommun" in await names_in(ready)
    await ready.restart()
    _, text = await press(ready, question, "Confirm")
    assert "**Vara kommun** does not take part any more" in text
    assert await names_in(ready) == ["Västerås stad"]
    _, text = await press(ready, other, "Confirm")
    assert "does not take part any more. Nothing was changed" in text
    _, text = await ask(ready, "add", name="Vara kommun", tracks="health")
    assert "taken part before" in text


async def test_a_removal_can_be_thought_better_of(ready):
    await ready.participant("vara kommun", "anna")
    question, _ = await ask(ready, "remove", organisation="vara kommun")
    await press(ready, question, "Cancel")
    assert "Vara kommun" in await names_in(ready)


async def test_autocomplete_leaves_out_what_was_removed_and_keeps_swedish_order(ready):
    for name in ("Östersund", "Åre", "Ängelholm"):
        await ready.organisation(name, "health")
    await ask(ready, "remove", organisation="Vara kommun")
    offered = await ready.boss.autocomplete(ready.lobby, "organisation edit", "organisation", "")
    assert [c["name"] for c in offered] == ["Västerås stad", "Åre", "Ängelholm", "Östersund"]


# --- who answers


async def test_a_contact_person_is_chosen_shown_and_listed(ready):
    anna = await ready.participant("vara kommun", "anna")
    _, text = await ask(ready, "contact", organisation="vara kommun")
    assert "Nobody answers" in text
    _, text = await ask(ready, "contact", organisation="vara kommun", member=anna)
    assert f"<@{anna.id}> answers" in text
    _, text = await ask(ready, "contact", who=anna, organisation="vara kommun")
    assert f"<@{anna.id}> answers" in text
    _, text = await ask(ready, "list", who=anna)
    assert f"contact <@{anna.id}>" in text
    _, text = await ask(ready, "contact", organisation="västerås stad", member=anna)
    assert "Only someone who takes part for **Västerås stad**" in text


# --- the list


async def test_the_list_pages_filters_and_exports_for_coordinators(ready):
    await ready.participant("vara kommun", "anna")
    for number in range(10):
        await ready.organisation(f"Kommun {number}", "health")
    listed, text = await ask(ready, "list")
    assert "12 municipalities take part" in text
    _, text = await press(ready, listed, "Next")
    assert "Page 2 of 2" in text
    _, text = await press(ready, listed, "Only those without participants")
    assert "11 municipalities have no participants" in text
    assert "Vara" not in text
    answer, text = await press(ready, listed, "CSV file")
    data = await answer.attachments[0].read()
    assert data.decode("utf-8-sig").startswith("name,tracks,size\r\nKommun 0,Health")
    _, text = await import_(ready, data)
    assert "all 12 in the file take part already" in text
    _, text = await ask(ready, "list", who=ready.person("follower"))
    assert "CSV" not in text


# --- the file


async def test_a_file_is_shown_first_and_taken_in_on_confirm_though_leda_restarts(ready):
    text = "namn;spår;storlek;län\nHjo <@1> *kommun*;health|school;9 400\nÅre;school;\n"
    preview, said = await import_(ready, text.encode("cp1252"))
    assert "2 municipalities can be imported" in said
    assert "Hjo \\<@\u200b1\\> \\*kommun\\*" in said
    assert "län" in said
    assert len(await names_in(ready)) == 2
    await ready.restart()
    _, said = await press(ready, preview, "Confirm")
    assert "2 municipalities more take part" in said
    assert len(await names_in(ready)) == 4


async def test_a_cancelled_file_changes_nothing(ready):
    preview, _ = await import_(ready, "name,tracks\nHjo,health\n")
    _, said = await press(ready, preview, "Cancel")
    assert "Nothing was imported" in said
    assert len(await names_in(ready)) == 2


async def test_bad_rows_are_told_by_line_fifteen_at_most_and_cannot_be_confirmed(ready):
    bad = "".join(f"{'[x](http://y) ' * 5}{n},**nope** @everyone,\n" for n in range(40))
    answer, said = await import_(ready, f"name,tracks,size\nHjo,health,1\n{bad}")
    assert "40 rows need mending" in said
    assert "**Line 3:** There is no track called \\*\\*nope\\*\\* @\u200beveryone." in said
    assert "Line 17:" in said
    assert "Line 18:" not in said
    assert "25 more faults" in said
    assert "Tracks here: School and learning" in said
    assert "custom_id" not in str(answer.components)
    assert len(await names_in(ready)) == 2


async def test_the_longest_faults_still_fit_a_card(ready):
    rows = "".join(f"{'*' * 200}{n},{'_' * 90};{n},{'~' * 90}\n" for n in range(500))
    head = ",".join(["name", "tracks", "size", *("x" * 90 + str(n) for n in range(30))])
    _, said = await import_(ready, f"{head}\n{rows}")
    assert "500 rows need mending" in said


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (PNG, "neither a CSV file"),
        (b"name,tracks\n" + b"Hjo,health\n" * 20_001, "20001 rows"),
        (b"x" * (csvfiles.SIZE_LIMIT + 1), "at most 5 MB"),
        (b"tracks,size\nhealth,1\n", "this one is missing: "),
        (b"name,tracks\n", "no rows below"),
    ],
    ids=["empty", "png", "20001 rows", "large", "no name", "only headings"],
)
async def test_a_file_that_cannot_be_used_gets_a_clear_sentence(ready, data, sentence):
    _, said = await import_(ready, data)
    assert sentence in said
    assert "othing was changed" in said
    assert len(await names_in(ready)) == 2


# --- who may


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("add", {"name": "Hjo", "tracks": "health"}),
        ("edit", {"organisation": "vara kommun", "name": "Hjo"}),
        ("remove", {"organisation": "vara kommun"}),
        ("code", {"organisation": "vara kommun"}),
        ("code", {"organisation": "vara kommun", "renew": True}),
        ("invitations", {}),
        ("import", {"file": ("o.csv", b"name,tracks\nHjo,health\n")}),
    ],
)
async def test_participants_may_read_the_list_and_nothing_else(ready, command, options):
    anna = await ready.participant("vara kommun", "anna")
    _, text = await ask(ready, command, who=anna, **options)
    assert "Only coordinators" in text
    assert await names_in(ready) == ["Vara kommun", "Västerås stad"]
    assert (await ready.works.visit(ready.guild.id).read(participants.need, anna.id)).organisation


@pytest.mark.parametrize(
    ("filename", "data", "sentence"),
    [
        ("kommuner.xls", b"%PDF-1.7\n%\xe2\xe3", "That is a PDF"),
        ("kommuner.xls", b"<html><table><tr><td>Kommun", "That is a web page"),
        ("kommuner.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook of the old kind"),
        ("kommuner.csv", "name;tracks\nÅre;health\n".encode()[:-1] + b"\xe5\n", "From line 2 on"),
        ("kommuner.csv", "Kommun\nÅre\n".encode(), "this one is missing: spår / tracks."),
    ],
    ids=["pdf", "html", "old", "one bad byte", "no tracks"],
)
async def test_what_cannot_be_read_is_told_for_what_it_is(ready, filename, data, sentence):
    _, said = await import_(ready, data, filename)
    assert sentence in said
    assert "Nothing was changed" in said.replace("nothing", "Nothing")


async def test_the_preview_says_how_a_file_was_read_and_what_is_left_out(ready):
    _, said = await import_(
        ready, "Kommuner 2026;;\nKommun;;Spår\nHåbo;hej;health\nHabo;;health\n".encode("mac_roman")
    )
    for part in (
        "2 municipalities can be imported", "Read as MacRoman, with semicolons between the cells",
        "I leave out the row above the headings: Kommuner 2026",
        "I leave out text under an empty heading, on line 3: hej",
        "Nearly the same name, but not the same: Håbo / Habo",
    ):  # fmt: skip
        assert part in said


async def test_a_workbook_is_imported_like_any_list(ready):
    data = workbook({"Blad1": [["Kommun", "Spår"], ["Håbo kommun", "health"]]})
    answer, said = await import_(ready, data, "kommuner.xlsx")
    assert "Read from the sheet “Blad1”" in said
    await press(ready, answer, "Confirm")
    assert "Håbo kommun" in await names_in(ready)


async def test_a_name_that_is_nearly_anothers_is_taken_and_told(ready):
    _, said = await ask(ready, "add", name="Vasteras stad", tracks="health")
    assert "**Vasteras stad** takes part" in said
    assert "Nearly the same name, but not the same: Vasteras stad, Västerås stad" in said


async def test_answers_name_tracks_in_words(ready):
    _, said = await ask(ready, "add", name="Hjo", tracks="health")
    assert "Health and care in a digital world" in said
    _, said = await ask(ready, "list")
    assert "Health and care in a digital world" in said


async def test_tracks_that_hold_a_comma_are_chosen_from_the_list(ready):
    for name in ("Fritids", "Skola, fritids"):
        await ready.boss.slash(ready.lobby, "track create", name=name)
    offered = await ready.boss.autocomplete(ready.lobby, "organisation add", "tracks", "skola, f")
    value = offered[0]["value"]
    _, said = await ask(ready, "add", name="Hjo", tracks=value)
    assert "Skola, fritids" in said
    assert "🧭 Fritids" not in said
    _, said = await ask(ready, "add", name="Mora", tracks="Gymnasieskola, fritid")
    assert "I find no track called “Gymnasieskola”" in said
