"""The folder of an earlier release's demo is gone on with."""

from bot.demo.folder import Folder
from bot.demo.stage import prepare
from bot.domain.programme import programmes
from bot.domain.tracks.places import START
from tests import old
from tests.demo.conftest import HOME


async def test_the_demo_of_an_earlier_release_goes_on_where_it_was_left(tmp_path):
    old.leave_demo(tmp_path)
    said = []
    stage = await prepare(Folder(tmp_path), HOME, fresh=False, say=said.append)
    try:
        assert said == [], "neither set aside nor begun anew"
        programme = await stage.bot.works.visit(old.GUILD).read(programmes.view)
        places = set(stage.env.backend.channels)
        assert {
            slot.discord_id
            for slot in programme.slots
            if slot.kind == "text" and slot.key != START  # which it gets by Repair
        } <= places
    finally:
        await stage.close()
