"""What Discord would make of a card: its parts, its texts, and what in them would act."""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.i18n.words import Nouns, Words
from storage.enums import Language

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = 2**62 + 1
MOST_PARTS, MOST_CHARACTERS, MOST_IN_LINK = 40, 4000, 512
_BUTTON = 2

_LINK = re.compile(r"https?://[^\s<>)\]*\\|`~]+")
_ESCAPED = re.compile(r"\\[^A-Za-z0-9\s]")
_ACTS = {
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|@everyone|@here"),
    "timestamp, emoji or command": re.compile(r"<(?:t:|a?:\w+:|/|id:)"),
    "heading": re.compile(r"^\s*#{1,3} ", re.MULTILINE),
    "small print": re.compile(r"^\s*-# ", re.MULTILINE),
    "quote": re.compile(r"^\s*>{1,3} ", re.MULTILINE),
    "masked link": re.compile(r"\]\("),
    "code": re.compile(r"`"),
    "formatting": re.compile(r"\*|_|~~|\|\|"),
}

HOSTILE_PARTS = [
    "@everyone", "@here", "<@123>", "<@!123>", "<@&123>", "<#123>", "</join:123>", "<t:1:R>",
    "<:a:123>", "<id:guide>", "[a](https://example.org)", "[", "](https://example.org)", "https://",
    "https://example.org/a_b_c?x=*y*", "http://example.org/~[x](y)", "# ", "\n# ", "\n-# ", "\n> ",
    "\n>>> ", "```", "`", "**", "__", "_", "~~", "||", "\\", "\\\\", "{/join}", "{0}", "%s",
    "\u202e", "\u200b", "\u200d", "👩\u200d⚕\ufe0f", "\x00", "\n\n\n", " ", "x" * 60, "å",
    "1. ", "- ", "@",
]  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(HOSTILE_PARTS), st.text(max_size=8))).map("".join)


def long_hostile(limit: int) -> Any:
    """Hostile text that often fills a field to its limit."""
    repeated = st.builds(lambda text, n: (text * n)[:limit], hostile, st.integers(1, limit))
    return st.one_of(hostile.map(lambda text: text[:limit]), repeated)


def acting(text: str) -> Counter[str]:
    """How many parts of a text would mention, format or link, by kind."""
    bare = _ESCAPED.sub("x", text)
    masked = len(_ACTS["masked link"].findall(bare))
    bare = _LINK.sub("link", bare)
    found = Counter({kind: len(pattern.findall(bare)) for kind, pattern in _ACTS.items()})
    found["masked link"] = masked
    return found


def parts_of(card: Any) -> list[dict[str, Any]]:
    """Every component of a card or form, those within others too."""
    found: list[dict[str, Any]] = []

    def walk(component: dict[str, Any]) -> None:
        found.append(component)
        for key in ("components", "component", "accessory"):
            below = component.get(key) or []
            for child in below if isinstance(below, list) else [below]:
                walk(child)

    for component in card.to_components():
        walk(component)
    return found


def texts_of(card: Any) -> list[str]:
    return [part["content"] for part in parts_of(card) if "content" in part]


def buttons_of(card: Any) -> dict[str, dict[str, Any]]:
    return {
        part["custom_id"]: part
        for part in parts_of(card)
        if part["type"] == _BUTTON and "custom_id" in part
    }


def check_fits(card: Any) -> None:
    """Fails where Discord would refuse the card."""
    parts = parts_of(card)
    assert len(parts) <= MOST_PARTS
    texts = texts_of(card)
    assert all(texts), "an empty text is refused"
    assert sum(map(len, texts)) <= MOST_CHARACTERS
    labelled = [part for part in parts if part["type"] == _BUTTON]
    assert all(1 <= len(each["label"]) <= 80 for each in labelled)
    assert all(len(each["url"]) <= MOST_IN_LINK for each in labelled if "url" in each)
    buttons = [each for each in labelled if "url" not in each]
    assert all(1 <= len(each["custom_id"]) <= 100 for each in buttons)
    assert len({each["custom_id"] for each in buttons}) == len(buttons)


def acting_in(card: Any) -> Counter[str]:
    return sum((acting(text) for text in texts_of(card)), Counter())


def check_calm(card: Any, calm: Any) -> None:
    """Fails where a card does anything that the same card with tame words does not."""
    check_fits(card)
    assert +acting_in(card) == +acting_in(calm)


def fields_of(form: Any) -> dict[str, dict[str, Any]]:
    """A form's inputs by their ``custom_id``, each with its label and hint."""
    found = {}
    for row in form.to_dict()["components"]:
        beside = {"label": row["label"], "description": row.get("description")}
        found[row["component"]["custom_id"]] = {**row["component"], **beside}
    return found


def chosen_in(form: Any, field: str) -> list[str]:
    return [each["value"] for each in fields_of(form)[field]["options"] if each.get("default")]


def check_form_fits(form: Any) -> None:
    """Fails where Discord would refuse the form."""
    data, fields = form.to_dict(), fields_of(form)
    assert 1 <= len(data["title"]) <= 45
    assert len(data["custom_id"]) <= 100
    assert 1 <= len(fields) == len(data["components"]) <= 5
    for field in fields.values():
        assert 1 <= len(field["label"]) <= 45
        assert len(field["description"] or "") <= 100
        assert len(field.get("placeholder") or "") <= 100
        assert len(field.get("value") or "") <= field.get("max_length", 4000)
        options = field.get("options", [])
        assert len(options) <= 25
        assert len({each["value"] for each in options}) == len(options)
        assert all(1 <= len(each["label"]) <= 100 for each in options)


def all_words() -> list[Words]:
    """Both languages, with the catalogue's word for organisation and with a programme's own."""
    own = Nouns(Language.SV, "kommun", "kommuner", "kommunen")
    return [Words(Language.EN), Words(Language.SV), Words(Language.SV, {"join": 5}, own)]
