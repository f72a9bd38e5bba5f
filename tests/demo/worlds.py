"""A small world to ask about."""

from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.demo.world import World


def make_world() -> tuple[World, int]:
    """A server of three people with a track, a private channel and a card with its thread."""
    world = World()
    users = [world.make_user(key) for key in ("samordnare", "vara-1", "stranger")]
    guild = world.create_guild("LEDA", owner_id=users[0].id)
    for user in users[1:]:
        world.add_member(guild.id, user.id)
    category = world.create_channel(guild.id, "🩺 Hälsa", type=4)
    room = world.create_channel(guild.id, "hälsa-faktorer", parent_id=category.id, topic="Rösta")
    hidden = Overwrite(target_id=guild.id, type=OverwriteType.ROLE, deny=1 << 10)
    world.create_channel(guild.id, "samordning", overwrites=[hidden])
    world.create_channel(guild.id, "tom", type=4)
    card = world.create_message(room.id, world.bot_user.id, "card")
    card.components = [{"type": 17, "components": [{"type": 10, "content": "### 🌱 Prova\n-# x"}]}]
    thread = world.create_thread(room.id, "Prova", world.bot_user.id, message_id=card.id, type=11)
    world.create_message(thread.id, users[1].id, "Bra!")
    return world, guild.id
