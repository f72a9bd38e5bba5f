"""Time zones: found by name or city, offered while they are typed, refused with what is close."""

import pytest

from bot.domain.kit import zones
from bot.domain.kit.errors import TimezoneUnknown
from bot.i18n.words import Words
from storage.enums import Language


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Stockholm", "Europe/Stockholm"),
        (" europe/stockholm ", "Europe/Stockholm"),
        ("Stockholm", "Europe/Stockholm"),
        ("america/new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_or_city_however_it_is_written(typed, zone):
    assert zones.need(typed) == zone


@pytest.mark.parametrize(
    "typed",
    ["", " ", "../etc/passwd", "Europe", "Indianapolis", "localtime", "EST", "\x00", "x" * 999],
)
def test_what_is_no_one_zone_is_refused(typed):
    with pytest.raises(TimezoneUnknown):
        zones.need(typed)


def test_a_refusal_says_what_comes_close_or_what_most_would_want():
    with pytest.raises(TimezoneUnknown) as slip:
        zones.need("Stokholm")
    assert slip.value.values == {"timezone": "Stokholm", "like": "Europe/Stockholm"}
    with pytest.raises(TimezoneUnknown) as nonsense:
        zones.need("qqqq")
    text = Words(Language.EN)(nonsense.value.key, **nonsense.value.values)
    assert text == (
        "I know no time zone called “qqqq”. The closest I know: Europe/Stockholm. "
        "Nothing was changed."
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("stockholm", "Europe/Stockholm"),
        ("stokholm", "Europe/Stockholm"),
        ("europe st", "Europe/Stockholm"),
        ("new york", "America/New_York"),
        ("Europe/Hel", "Europe/Helsinki"),
    ],
)
def test_a_zone_is_offered_while_it_is_typed(typed, first, language):
    assert zones.suggest(typed, language, 25)[0] == first


@pytest.mark.parametrize("typed", ["", "  "])
def test_the_likeliest_zones_are_offered_before_anything_is_typed(typed):
    assert zones.suggest(typed, Language.SV, 2) == ["Europe/Stockholm", "Europe/Helsinki"]
    assert zones.suggest(typed, Language.EN, 3) == ["Europe/London", "Europe/Stockholm", "UTC"]
    offered = zones.suggest(typed, Language.SV, 25)
    assert len(offered) == len(set(offered)) == 25


def test_no_zone_is_offered_that_stands_for_no_place():
    offered = zones.suggest("", Language.SV, 1000)
    assert len(offered) > 400
    assert not {"localtime", "Factory", "EST"} & set(offered)
