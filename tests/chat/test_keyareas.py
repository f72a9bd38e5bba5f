"""``/keyarea``: coordinators make headings, everyone sees them, cards follow."""

from tests.chat.conftest import answer_of, text_of


async def keyarea(town, what: str, **said) -> str:
    return answer_of(await town.boss.slash(town.lobby, f"keyarea {what}", **said))


async def test_key_areas_are_made_listed_renamed_and_merged_and_cards_follow(trial):
    anna = await trial.participant("Västerås stad", "anna")
    card = await trial.publish(anna)
    assert "**Ledarskap** is there" in await keyarea(trial, "create", name="Ledarskap")
    await keyarea(trial, "create", name="Åtagande")
    await keyarea(trial, "create", name="Arbetssätt")
    await trial.submit(trial.boss, "areaset:1:1:x", key_area="1")
    assert "🗂️ Ledarskap" in text_of(card)
    follower = trial.person("follower", "sv-SE")
    listed = answer_of(await follower.slash(trial.lobby, "keyarea list"))
    assert "**3 nyckelområden**" in listed
    lines = [line for line in listed.splitlines() if line.startswith("🗂️")]
    assert lines == [
        "🗂️ **Arbetssätt** · 0 faktorer",
        "🗂️ **Ledarskap** · 1 faktor",
        "🗂️ **Åtagande** · 0 faktorer",
    ]
    renamed = await keyarea(trial, "rename", keyarea="ledarskap", name="Att leda")
    assert "**Ledarskap** is called **Att leda**" in renamed
    assert "🗂️ Att leda" in text_of(card)
    merged = await keyarea(trial, "merge", keyarea="Att leda", into="ÅTAGANDE")
    assert "**Att leda** is merged into **Åtagande**, where 1 factor stands now" in merged
    assert "🗂️ Åtagande" in text_of(card)


async def test_a_programme_starts_with_none_and_says_how_to_begin(trial):
    said = await keyarea(trial, "list")
    assert "A programme starts with none" in said
    assert "</keyarea create:" in said


async def test_only_coordinators_make_key_areas(trial):
    anna = await trial.participant("Västerås stad", "anna")
    for what, said in (
        ("create", {"name": "Mine"}),
        ("rename", {"keyarea": "1", "name": "Mine"}),
        ("merge", {"keyarea": "1", "into": "2"}),
    ):
        answer = answer_of(await anna.slash(trial.lobby, f"keyarea {what}", **said))
        assert "oordinator" in answer
    assert "starts with none" in await keyarea(trial, "list")


async def test_names_are_offered_while_one_types_and_hostile_ones_do_nothing(trial):
    await keyarea(trial, "create", name="Ledarskap")
    offered = await trial.autocomplete(trial.boss, "keyarea rename", "keyarea", "LEDARSAKP")
    assert [each["name"] for each in offered] == ["Ledarskap"]
    for name in ("@everyone <@&1> [x](https://example.org) {name}", "x" * 61, "\u200b"):
        said = await keyarea(trial, "create", name=name)
        assert "@everyone" not in said
        assert "<@&1>" not in said
        assert "[x](" not in said
