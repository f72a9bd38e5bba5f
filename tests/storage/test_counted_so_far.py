"""What was said about factors before messages were counted by day is not counted again."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, create_engine, text

from storage import engines
from storage.types import UtcDateTime
from storage.upgrade import VERSIONS, upgrade
from tests.storage.steps import NOW, ask

THREAD, OTHER = 2**60 + 1, 2**60 + 2


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The revisions of the release before."""
    folder = tmp_path / "before"
    folder.mkdir()
    for path in VERSIONS.glob("000[1-6]_*.py"):
        shutil.copy(path, folder)
    return folder


def test_a_thread_is_counted_from_the_last_message_that_the_journal_tells_of(
    url: str, before: Path
):
    upgrade(url, now=NOW, versions=before)
    last = NOW - timedelta(days=1)
    engine = create_engine(engines.parse(url))
    with engine.begin() as connection:

        def run(statement: str, at: datetime = NOW, **values: Any) -> None:
            moment = bindparam("at", type_=UtcDateTime())
            connection.execute(text(statement).bindparams(moment), {"at": at, **values})

        run(_PROGRAMME)
        run(_ORGANISATION)
        for number, thread in ((1, THREAD), (2, OTHER), (3, None)):
            run(_FACTOR, id=number, thread=thread)
        for factor, at in ((1, last - timedelta(days=1)), (1, last), (3, last)):
            run(_SAID, at, factor=factor)
    engine.dispose()
    upgrade(url, now=NOW)
    ((programme, channel, heard),) = ask(url, "SELECT programme_id, channel_id, last_id FROM heard")
    assert (programme, channel) == (1, THREAD)
    assert datetime.fromtimestamp((heard >> 22) / 1000 + 1420070400, UTC) == last
    assert ask(url, "SELECT discussed FROM factor ORDER BY id") == [(3,)] * 3


_PROGRAMME = """
INSERT INTO programme (id, language, timezone, preset, created_at, joining, word_one, word_many,
    word_definite, digest_weekday, digest_hour, reminders)
VALUES (1, 'sv', 'UTC', 'leda', :at, 'open', '', '', '', 3, 9, '')
"""
_ORGANISATION = """
INSERT INTO organisation (id, programme_id, name, folded, code, created_at)
VALUES (1, 1, 'Vara', 'vara', 'A', :at)
"""
_FACTOR = """
INSERT INTO factor (id, programme_id, title, folded, kind, how, context, evidence, organisation_id,
    on_behalf, discreet, status, reason, version, voted_version, standing, score, split, discussed,
    recount_due, revision, created_at, thread_id)
VALUES (:id, 1, 'x', 'x', 'promoting', 'x', '', '', 1, false, false, 'open', '', 1, 1,
    'too_early', 0, 0, 3, false, 1, :at, :thread)
"""
_SAID = """
INSERT INTO journal (programme_id, at, kind, subject, subject_id, data)
VALUES (1, :at, 'factor.discussed', 'factor', :factor, '{}')
"""
