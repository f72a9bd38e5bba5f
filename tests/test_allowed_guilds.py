"""``ALLOWED_GUILDS``: the servers that may use leda."""

import pytest

from bot.settings import Settings, SettingsError

ONE, OTHER = 112233445566778899, 998877665544332211


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """A folder without a settings file."""
    monkeypatch.chdir(tmp_path)


def loaded(text: str) -> Settings:
    return Settings.load(environ={"ALLOWED_GUILDS": text})


def test_unless_servers_are_named_leda_may_be_used_in_all():
    assert loaded("").allows(ONE)
    assert Settings().allows(ONE)


@pytest.mark.parametrize("text", [f"{ONE}", f" {ONE} ,", f"{ONE},{ONE}"])
def test_only_the_servers_that_are_named_may_use_leda(text):
    assert loaded(text).allows(ONE)
    assert not loaded(text).allows(OTHER)


def test_several_are_named_with_commas_between():
    assert loaded(f"{ONE}, {OTHER}").allowed_guilds == {ONE, OTHER}


@pytest.mark.parametrize("text", ["LEDA", "1", f"{ONE};{OTHER}", f"{ONE} {OTHER}", "-5"])
def test_what_is_no_server_id_is_refused_with_where_to_find_one(text):
    with pytest.raises(SettingsError) as refused:
        loaded(text)
    (problem,) = refused.value.problems
    assert problem.startswith("ALLOWED_GUILDS must be server ids with commas between")
    assert "Copy Server ID" in problem
