"""What an operator can set, and how leda says what is wrong with it."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


def problems(environ: dict[str, str], env_file: Path | None = None, **more: bool) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.load(env_file, environ, **more)
    return caught.value.problems


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path, monkeypatch):
    """A working directory without a .env."""
    monkeypatch.chdir(tmp_path)


def test_without_anything_the_defaults_hold():
    settings = Settings.load(environ={})
    assert settings.discord_token is None
    assert settings.database_url == "sqlite:///data/leda.db"
    assert settings.log_level == "INFO"
    assert settings.shard_count is None


def test_the_file_in_the_working_directory_is_read():
    Path(".env").write_text(f"DISCORD_TOKEN={TOKEN}\nSHARD_COUNT=3\nLOG_LEVEL=debug\n")
    settings = Settings.load(environ={})
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.shard_count == 3
    assert settings.log_level == "DEBUG"


def test_the_environment_wins_over_the_file():
    Path(".env").write_text("LOG_LEVEL=ERROR\nSHARD_COUNT=3\n")
    settings = Settings.load(environ={"LOG_LEVEL": "WARNING"})
    assert settings.log_level == "WARNING"
    assert settings.shard_count == 3


def test_the_environment_wins_even_where_it_says_nothing():
    Path(".env").write_text("SHARD_COUNT=3\n")
    assert Settings.load(environ={"SHARD_COUNT": ""}).shard_count is None


def test_the_process_environment_is_what_is_read_unless_told(monkeypatch):
    monkeypatch.setenv("SHARD_COUNT", "7")
    assert Settings.load().shard_count == 7


def test_built_in_code_it_reads_no_file_and_no_environment(monkeypatch):
    Path(".env").write_text(f"DISCORD_TOKEN={TOKEN}\nSHARD_COUNT=5\nLOG_LEVEL=DEBUG\n")
    for name, value in {
        "DISCORD_TOKEN": TOKEN,
        "DATABASE_URL": "sqlite:///elsewhere.db",
        "LOG_LEVEL": "ERROR",
        "SHARD_COUNT": "9",
    }.items():
        monkeypatch.setenv(name, value)
    settings = Settings(database_url="sqlite:///here.db", shard_count=1)
    assert settings.discord_token is None
    assert settings.database_url == "sqlite:///here.db"
    assert settings.log_level == "INFO"
    assert settings.shard_count == 1


def test_a_built_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        Settings().shard_count = 2


def test_all_problems_are_told_at_once_each_in_a_sentence():
    said = problems(
        {
            "DISCORD_TOKEN": "abc",
            "DATABASE_URL": "mysql://localhost/leda",
            "LOG_LEVEL": "loud",
            "SHARD_COUNT": "many",
        }
    )
    assert [sentence.split()[0] for sentence in said] == [
        "DISCORD_TOKEN",
        "DATABASE_URL",
        "LOG_LEVEL",
        "SHARD_COUNT",
    ]
    for sentence in said:
        assert sentence.endswith(".")
        assert not re.search(r"Value error|Input should|pydantic|Error|unable to parse", sentence)


def test_a_missing_token_stands_among_the_other_problems_where_it_is_needed():
    said = problems({"SHARD_COUNT": "0"}, token_needed=True)
    assert len(said) == 2
    assert said[0].startswith("DISCORD_TOKEN is missing")
    assert said[1].startswith("SHARD_COUNT must be")


@pytest.mark.parametrize(
    "count",
    ["0", "-1", "1000", "2.5", "1e3", "1e400", "nan", "two", "0x10", "٣", "1_0", "9" * 5000],
)
def test_a_number_of_shards_that_makes_no_sense_gets_one_helpful_sentence(count):
    assert problems({"SHARD_COUNT": count}) == [
        "SHARD_COUNT must be a whole number from 1 to 999, or empty: Discord then says how many."
    ]


def test_a_process_can_run_some_of_the_shards():
    given = {"SHARD_COUNT": "4", "SHARD_IDS": " 2, 0,", "DATABASE_URL": "postgresql://host/leda"}
    assert Settings.load(environ=given).shard_ids == {0, 2}
    assert Settings.load(environ={"SHARD_IDS": ""}).shard_ids == frozenset()


@pytest.mark.parametrize(
    ("ids", "count", "said"),
    [
        ("0", "", "SHARD_IDS needs SHARD_COUNT: how many shards there are in all processes."),
        ("2", "2", "SHARD_IDS must be numbers from 0 to 1: SHARD_COUNT is 2."),
        ("0-1", "2", "SHARD_IDS must be numbers of shards with commas between, as in 0,1."),
        (
            "0",
            "2",
            (
                "SHARD_IDS leaves shards to other processes, which need PostgreSQL: a SQLite file "
                "is one process's. Leave it empty."
            ),
        ),
        ("0", "no", "SHARD_COUNT must be a whole number from 1 to 999, or empty: Discord then"),
    ],
)
def test_shards_that_make_no_sense_get_one_helpful_sentence(ids, count, said):
    (sentence,) = problems({"SHARD_IDS": ids, "SHARD_COUNT": count})
    assert sentence.startswith(said)


def test_a_number_of_shards_given_in_code_is_checked_too():
    with pytest.raises(ValidationError):
        Settings(shard_count=0)


@pytest.mark.parametrize("level", ["debug", "Info", "WARNING", "error"])
def test_a_log_level_may_be_written_small(level):
    assert Settings.load(environ={"LOG_LEVEL": level}).log_level == level.upper()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///data/leda.db",
        "sqlite:////srv/leda/leda.db",
        "postgresql://leda:secret@localhost/leda",
        "postgresql+psycopg://leda@localhost:5433/leda",
        "postgres://leda@localhost/leda",
    ],
)
def test_files_and_postgresql_servers_are_databases(url):
    assert Settings.load(environ={"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    "url",
    [
        "data/leda.db",
        "sqlite://data/leda.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://root:hunter2@localhost/leda",
        "postgresql://leda:hunter2@localhost:port/leda",
    ],
)
def test_an_address_that_is_none_gets_one_sentence_that_does_not_repeat_it(url):
    said = problems({"DATABASE_URL": url})
    assert len(said) == 1
    assert said[0].startswith("DATABASE_URL ")
    assert "sqlite:///data/leda.db" in said[0]
    assert "hunter2" not in said[0]


@pytest.mark.parametrize(
    "token",
    [
        "abc",
        "Bot " + TOKEN,
        f'"{TOKEN}"',
        TOKEN.replace(".", " "),
        TOKEN + ".more",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4",
    ],
)
def test_what_is_no_token_is_said_so_and_not_repeated(token):
    (said,) = problems({"DISCORD_TOKEN": token})
    assert "does not look like a bot token" in said
    assert token not in said
    assert TOKEN not in said


def test_spaces_around_a_value_do_not_matter():
    settings = Settings.load(environ={"DISCORD_TOKEN": f"  {TOKEN}\n", "LOG_LEVEL": " INFO "})
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN


def test_secrets_do_not_show_in_a_settings_repr():
    settings = Settings(discord_token=TOKEN, database_url="postgresql://leda:hunter2@host/leda")
    for shown in (repr(settings), str(settings), f"{settings}"):
        assert TOKEN not in shown
        assert "hunter2" not in shown


def test_secrets_do_not_show_in_the_error_of_settings_built_in_code():
    with pytest.raises(ValidationError) as caught:
        Settings(discord_token="short.but.secret", database_url="mysql://u:hunter2@host/leda")
    assert "short.but.secret" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_settings_file_that_was_named_must_be_there(tmp_path):
    assert problems({}, tmp_path / "no.env") == [
        f"The settings file {tmp_path / 'no.env'} cannot be read: No such file or directory."
    ]


def test_a_settings_file_that_cannot_be_read_is_said_so(tmp_path):
    (said,) = problems({}, tmp_path)
    assert said.startswith(f"The settings file {tmp_path} cannot be read: ")


def test_a_settings_file_that_is_not_text_is_said_so(tmp_path):
    (tmp_path / "bad.env").write_bytes(b"LOG_LEVEL=\xff\xfe\n")
    (said,) = problems({}, tmp_path / "bad.env")
    assert "not text in UTF-8" in said


def test_a_line_that_cannot_be_read_is_told_by_its_number_with_the_other_problems(tmp_path):
    (tmp_path / "bad.env").write_text('# a note\nLOG_LEVEL=loud\nDISCORD_TOKEN="hunter2\n')
    said = problems({}, tmp_path / "bad.env")
    assert said == [
        f"Line 3 of {tmp_path / 'bad.env'} cannot be read: write NAME=value, or # before a note.",
        "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR.",
    ]


def test_a_settings_file_may_begin_with_the_mark_that_some_editors_write(tmp_path):
    (tmp_path / "marked.env").write_text("LOG_LEVEL=ERROR\n", encoding="utf-8-sig")
    assert Settings.load(tmp_path / "marked.env", {}).log_level == "ERROR"


def test_what_stands_in_the_file_is_taken_letter_by_letter(tmp_path):
    (tmp_path / "x.env").write_text("DATABASE_URL='postgresql://leda:a${HOME}b@host/leda'\n")
    settings = Settings.load(tmp_path / "x.env", {"HOME": "/root"})
    assert settings.database_url == "postgresql://leda:a${HOME}b@host/leda"


def test_names_that_leda_does_not_know_are_left_to_others():
    assert Settings.load(environ={"COLOUR": "green"}) == Settings()
