"""Names that were told apart without accents: the step to exact ones, and the way back."""

import shutil
from pathlib import Path

import pytest

from storage.errors import NoWayBack
from storage.upgrade import VERSIONS, current_revision, downgrade, head_revision, upgrade
from tests.storage.steps import NOW, ask

BEFORE = max(
    revision
    for file in VERSIONS.glob("[0-9]*_*.py")
    if (revision := file.name.partition("_")[0]) < "0013"
)
PROGRAMME = """
INSERT INTO programme (id, language, timezone, preset, created_at, joining, word_one, word_many,
    word_definite, digest_weekday, digest_hour, reminders)
VALUES (1, 'sv', 'UTC', 'leda', '2026-11-22 10:15:00', 'open', '', '', '', 3, 9, '')
"""
ORGANISATION = """
INSERT INTO organisation (id, programme_id, name, folded, code, created_at, removed_at)
VALUES ({}, 1, '{}', '{}', '{}', '2026-11-22 10:15:00', {})
"""
REMOVED = "'2026-11-22 10:15:00'"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The revisions that there were."""
    folder = tmp_path / "before"
    folder.mkdir()
    for file in VERSIONS.glob("[0-9]*_*.py"):
        if file.name.partition("_")[0] <= BEFORE:
            shutil.copy(file, folder)
    return folder


@pytest.fixture
def upgraded(url: str, before: Path) -> str:
    """A database of the release before, brought to this one."""
    upgrade(url, now=NOW, versions=before)
    ask(
        url,
        PROGRAMME,
        ORGANISATION.format(1, "Håbo  Kommun", "habo kommun", "A", "NULL"),
        ORGANISATION.format(2, "Habo kommun", "habo kommun", "", REMOVED),
        ORGANISATION.format(3, "Åre", "are", "B", "NULL"),
        "INSERT INTO key_area (id, programme_id, name, folded) VALUES (1, 1, 'Mål', 'mal')",
    )
    upgrade(url, now=NOW)
    return url


def test_every_name_is_told_from_others_as_it_is_written(upgraded: str):
    assert current_revision(upgraded) == head_revision()
    assert ask(upgraded, "SELECT exact FROM organisation ORDER BY id") == [
        ("håbo kommun",), ("habo kommun",), ("åre",),
    ]  # fmt: skip
    assert ask(upgraded, "SELECT exact FROM key_area") == [("mål",)]


def test_there_is_a_way_back_and_forth_again(upgraded: str):
    done = downgrade(upgraded, BEFORE, now=NOW)
    assert (done.after, current_revision(upgraded)) == (BEFORE, BEFORE)
    assert ask(upgraded, "SELECT folded FROM organisation ORDER BY id") == [
        ("habo kommun",), ("habo kommun",), ("are",),
    ]  # fmt: skip
    assert ask(upgraded, "SELECT folded FROM key_area") == [("mal",)]
    upgrade(upgraded, now=NOW)
    assert ask(upgraded, "SELECT exact FROM organisation ORDER BY id")[0] == ("håbo kommun",)


def test_there_is_none_where_two_names_would_be_one_and_all_stays_as_it_is(upgraded: str):
    ask(
        upgraded,
        ORGANISATION.format(4, "Are", "are", "C", "NULL"),
        "UPDATE organisation SET exact = 'are' WHERE id = 4",
    )
    with pytest.raises(NoWayBack, match="Are and Åre are one name"):
        downgrade(upgraded, BEFORE, now=NOW)
    assert current_revision(upgraded) == head_revision()
    assert ask(upgraded, "SELECT exact FROM organisation ORDER BY id")[2:] == [("åre",), ("are",)]


def test_steps_that_say_no_way_back_and_schemas_that_are_none_are_refused(upgraded: str):
    for to in ("0003", "9999", "nonsense"):
        with pytest.raises(NoWayBack):
            downgrade(upgraded, to, now=NOW)
    assert current_revision(upgraded) == head_revision()
