"""Target words: typed, refused in one short sentence, and the forms that are other tokens."""

import pytest

from catsel_core.errors import InputError
from catsel_core.inputs.targets import MAX_TARGETS, check_forms_apart, checked_targets, forms_of, split_targets
from tests.support.steps import CountedText, looks, steps
from tests.support.tiny import llama_folder, tokenizer


def refused(*targets: str) -> str:
    with pytest.raises(InputError) as caught:
        checked_targets(targets)
    return str(caught.value)


def test_typed_targets() -> None:
    assert split_targets(" years, garage;lawn\r\nice  cream,,") == ("years", "garage", "lawn", "ice cream")
    assert split_targets(" \n") == ()
    eight = ("a", *(f"w{number}" for number in range(7)))
    assert checked_targets(list(eight)) == eight


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ((), "No target word is given. Type one to eight words, separated by commas."),
        (("a", "b", "a"), "The target “a” is given twice. Keep one."),
        (("a", " "), "The target ' ' is empty or no text. Type it anew."),
        (("a\0",), "The target 'a\\x00' is empty or no text. Type it anew."),
        (("x" * 81,), f"The target “{'x' * 30}…” has 81 characters; at most 80 are allowed."),
        (("\0" * 100_000,), f"The target “{chr(0) * 30}…” has 100000 characters; at most 80 are allowed."),
    ],
)
def test_what_is_no_target_is_refused_in_a_short_sentence(targets: tuple[str, ...], message: str) -> None:
    assert refused(*targets) == message


def test_too_many_targets_are_not_looked_at() -> None:
    many, more = ([CountedText("x" * 1000)] * count for count in (MAX_TARGETS + 1, 100_000))
    assert looks(lambda: refused(*more)) == 0
    assert refused(*more) == "100000 target words are given; at most 8 fit. Remove some."
    refused(*many)  # the first time some things are made once and for all
    assert steps(lambda: refused(*many)) == steps(lambda: refused(*more))


def test_words_that_are_forms_of_each_other() -> None:
    check_forms_apart(("moon", "mOon", "lamp"))
    with pytest.raises(InputError, match="“moon” and “Moon” are forms of one word"):
        check_forms_apart(("moon", "lamp", "Moon"))


def test_forms_are_different_tokens_and_the_one_of_running_text_comes_first() -> None:
    forms = forms_of("apple", tokenizer(llama_folder()))
    assert [form.text for form in forms] == [
        " apple",
        "apple",
        " Apple",
    ]  # here “Apple” is the same with a space before
    assert len({form.ids for form in forms}) == 3
    assert all("".join(form.pieces).strip() == form.text.strip() for form in forms)
