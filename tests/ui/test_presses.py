"""What was filled into a form, as the dataclass that its handler takes; and who may handle."""

from dataclasses import dataclass

import pytest

from bot.ask import Ask
from bot.domain.kit.errors import StalePress
from bot.ui.presses import Presses, filled, given, handles
from bot.ui.reading import read
from storage.enums import Choice, FactorKind


@dataclass(frozen=True)
class Sample:
    title: str
    number: int = 7
    kind: FactorKind = FactorKind.PROMOTING
    ticked: tuple[str, ...] = ()
    kept: str | None = None


@dataclass(frozen=True)
class Texts:
    when: str | None = None
    where: str | None = None


def sent(**values: str | list[str] | None) -> dict[str, object]:
    """A form as Discord sends it: a label around each field."""
    return {
        "components": [
            {
                "component": {
                    "custom_id": name,
                    "values" if isinstance(said, list) else "value": said,
                }
            }
            for name, said in values.items()
        ]
    }


def test_fields_are_read_as_their_kinds():
    form = sent(title="Tea", number="-3", kind="inhibiting", ticked=["a", "b"], kept="")
    assert filled(Sample, form) == Sample("Tea", -3, FactorKind.INHIBITING, ("a", "b"), "")


def test_what_a_form_does_not_have_is_the_default_or_empty():
    assert filled(Sample, sent()) == Sample("")


def test_of_texts_only_those_are_given_that_the_form_had():
    assert given(filled(Texts, sent(where=""))) == {"where": ""}


def test_a_choice_that_was_not_made_is_the_default():
    form = sent(title="", kind=None, ticked=[])
    assert filled(Sample, form) == Sample("")


@pytest.mark.parametrize("wrong", [{"kind": "magic"}, {"number": "many"}, {"number": "9" * 19}])
def test_what_cannot_be_chosen_is_refused(wrong):
    with pytest.raises(StalePress):
        filled(Sample, sent(title="Tea", **wrong))


def test_a_handler_takes_an_ask_and_what_its_form_is_filled_in_with():
    class Right:
        @handles("right:1")
        async def right(self, ask: Ask, said: Sample, number: int) -> None: ...

    class Wrong:
        @handles("wrong:1")
        async def wrong(self, number: int) -> None: ...

    class Untyped:
        @handles("untyped:1")
        async def untyped(self, ask: Ask, typed: dict[str, str]) -> None: ...

    presses = Presses()
    presses.collect(Right())
    handler, arguments = presses.find("right:1:5:unique", form=True) or (None, [])
    assert handler is not None
    assert (handler.typed, arguments) == (Sample, [5])
    assert presses.find("right:1:5", form=False) is None
    for wrong in (Wrong(), Untyped()):
        with pytest.raises(TypeError):
            presses.collect(wrong)


@pytest.mark.parametrize(
    "said", [None, 5, ["1"], "a\0", "\ud800", "x" * 6001, "²", "--1", "9" * 20]
)
def test_what_cannot_be_is_not_read_and_not_repeated(said):
    for kind in (int, Choice):
        with pytest.raises(ValueError, match="<") as refused:
            read(said, kind)
        assert refused.value.args in {(str,), (kind,)}


def test_a_text_is_read_as_it_stands():
    assert [read(each, str) for each in ("", "Åsa 🙂", "x" * 6000)] == ["", "Åsa 🙂", "x" * 6000]
    assert (read("-9223372036854775807", int), read("object", Choice)) == (1 - 2**63, Choice.OBJECT)
