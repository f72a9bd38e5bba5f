"""What the demo is made of, piece by piece, without a browser."""

import json
import re
from pathlib import Path

import pytest
import simcord

from bot import demo
from bot.demo import page, server, windows
from bot.demo.example import example
from bot.demo.folder import Folder, RefusedError, listen
from tests.demo.worlds import make_world

STATIC = Path(demo.__file__).with_name("static")


def test_twenty_organisations_eleven_in_each_track_two_in_both():
    organisations = example().organisations
    assert len({one.name for one in organisations}) == 20
    assert [sum(track in one.tracks for one in organisations) for track in example().tracks] == [
        11,
        11,
    ]


def test_only_organisations_of_the_known_list_go_without_the_mark_of_an_example():
    for one in example().organisations:
        assert ("(exempel)" in one.name) == ("health" not in one.tracks)


def test_everyone_in_the_example_belongs_somewhere_and_everything_has_a_known_author():
    keys = {person.key for person in example().people}
    names = {one.name for one in example().organisations}
    for person in example().people:
        assert (person.organisation in names) == (person.role == "participant")
    for factor in example().factors:
        told = {experience.by for experience in factor.experiences}
        assert {factor.by, *told, *(who for who, _ in factor.talk)} <= keys


def test_the_page_shows_each_person_what_they_may_read_and_leaves_strangers_out():
    world, guild_id = make_world()
    model = page.describe(world, guild_id, example())
    coordinator, participant = model.people
    assert (coordinator.role, coordinator.organisation) == ("coordinator", None)
    assert (participant.role, participant.organisation) == ("participant", "Vara kommun")
    track, rest = model.groups
    assert (track.emoji, track.name, rest.name) == ("🩺", "Hälsa", "")
    assert track.rooms[0].readers == (coordinator.id, participant.id)
    assert rest.rooms[0].readers == (coordinator.id,)


def test_the_page_lists_a_card_by_its_title_with_its_answers():
    world, guild_id = make_world()
    model = page.describe(world, guild_id, example())
    (card,) = model.groups[0].rooms[0].cards
    assert (card.emoji, card.title, card.replies) == ("🌱", "Prova", 1)
    assert json.loads(json.dumps(model.as_json()))["groups"][0]["rooms"][0]["topic"] == "Rösta"


def test_the_doors_of_a_world_without_an_example_lead_nowhere_wrong():
    world, guild_id = make_world()
    model = page.describe(world, guild_id, example())
    assert [(door.leads, door.card) for door in model.doors] == [("lead", None)]
    assert model.doors[0].room == model.groups[1].rooms[0].id


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("🏫 Skola", ("🏫", "Skola")),
        ("Skola", ("", "Skola")),
        ("Åre 2", ("", "Åre 2")),
        ("", ("", "")),
    ],
)
def test_an_emoji_in_front_of_a_name_is_told_from_it(name, parts):
    assert page.split_emoji(name) == parts


def test_two_demos_cannot_share_a_folder(tmp_path):
    with (
        Folder(tmp_path / "demo").claim(),
        pytest.raises(RefusedError, match="Another demo is running"),
        Folder(tmp_path / "demo").claim(),
    ):
        pass
    with Folder(tmp_path / "demo").claim():
        pass  # free again


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RefusedError, match="cannot be used"), Folder(tmp_path / "file/x").claim():
        pass


def test_starting_over_touches_nothing_that_is_not_the_demos(tmp_path):
    folder = Folder(tmp_path)
    for name in ("leda.db", "leda.db-wal", "world.pickle", "thesis.odt"):
        (tmp_path / name).write_text(name)
    folder.set_aside()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["earlier", "thesis.odt"]
    assert len(list(folder.earlier.iterdir())) == 3
    (tmp_path / "leda.db").write_text("newer")
    folder.set_aside()
    assert [file.read_text() for file in folder.earlier.iterdir()] == ["newer"]
    (tmp_path / "world.pickle").write_text("")
    folder.clear()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["earlier", "thesis.odt"]


def test_for_a_taken_port_a_free_one_is_taken_and_what_is_none_is_refused():
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with listen(port) as other:
            assert other.getsockname()[1] not in {0, port}
    with pytest.raises(RefusedError, match="70000"):
        listen(70_000)


@pytest.mark.parametrize(
    ("headers", "local"),
    [
        ({"Host": "127.0.0.1:8765"}, True),
        ({"Host": "localhost:8765", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Host": "127.0.0.1:8765", "Sec-Fetch-Site": "same-site"}, True),
        ({"Host": "127.0.0.1:8765", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Host": "127.0.0.1"}, False),
        ({"Host": "127.0.0.1:80"}, False),
        ({"Host": "evil.example:8765"}, False),
        ({}, False),
    ],
)
def test_only_this_machine_is_answered_by_its_own_name(headers, local):
    assert server.is_local(headers, 8765) is local


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "sv"),
        (None, "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        (None, "en-GB,en;q=0.9,sv;q=0.2", "en"),
        (None, "en;q=0.3, sv;q=0.8", "sv"),
        (None, "de-DE,fr;q=0.5", "en"),
        (None, "sv;q=much", "en"),
        ("en", "sv", "en"),
        ("xx", "sv", "sv"),
    ],
)
def test_the_page_speaks_what_is_asked_for_or_what_the_browser_likes_best(
    asked, accepted, language
):
    assert server.choose_language(asked, accepted) == language


def test_both_languages_say_everything_with_the_same_gaps():
    told = {
        language: json.loads((STATIC / f"{language}.json").read_text(encoding="utf-8"))
        for language in server.LANGUAGES
    }
    assert told["sv"].keys() == told["en"].keys()
    for key in told["sv"]:
        assert told["sv"][key].count("{") == told["en"][key].count("{"), key


@pytest.mark.parametrize("language", server.LANGUAGES)
def test_the_page_is_whole_and_fetches_nothing_from_elsewhere(language):
    shown = server.render(language)
    assert "{{" not in shown
    assert f'<html lang="{language}">' in shown
    for file in ("page.css", "page.js", "window.css", "window.js", "index.html"):
        assert not re.search("https?://", (STATIC / file).read_text(encoding="utf-8")), file


def test_simcords_page_still_has_what_ours_replaces():
    theirs = Path(simcord.__file__).parent / "preview/static/index.html"
    shown = windows.with_way_back(theirs.read_text(encoding="utf-8"), "http://127.0.0.1:8765/", {})
    assert 'class="leda-home" href="http://127.0.0.1:8765/"' in shown
    for gone in ("brand-mark", "SimCord Preview", "Viewing as"):
        assert gone not in shown
    for there in ("messages-closed", "leda-texts", "/leda.css", "/leda.js", "leda-status"):
        assert shown.count(there) == 1


@pytest.mark.parametrize("landing", [windows.Landing(5), windows.Landing(5, 7)])
def test_a_link_says_whom_it_opens_a_channel_as(landing):
    assert windows.Landing.parse(str(landing)) == landing


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "1.", "²"])
def test_a_garbled_link_names_nobody(text):
    assert windows.Landing.parse(text) is None


def test_without_its_packages_the_demo_says_how_to_get_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo, "missing_parts", lambda: ["simcord"])
    assert demo.run(tmp_path, 0, fresh=False) == 2
    assert "pip install 'leda[demo]'" in capsys.readouterr().err


def test_with_its_packages_nothing_is_missing():
    assert demo.missing_parts() == []
