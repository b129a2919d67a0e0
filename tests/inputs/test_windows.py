"""Windows before words, token by token, and words shown in their context."""

import pytest

from catsel_core.inputs.items import TokenPooling
from catsel_core.inputs.occurrences import WindowChoice, find_targets
from catsel_core.inputs.windows import keyword_in_context, window_items
from tests.support.occurrences import FOLDERS, FORMS, STORY, TARGETS, corpus, find, places_of
from tests.support.tiny import llama_folder, tokenizer


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_a_window_is_the_opening_the_tokens_before_and_the_target(name: str, pooling: TokenPooling) -> None:
    made, tokens, choice = corpus(STORY, name), tokenizer(FOLDERS[name]()), WindowChoice(9, 7)
    found = find_targets(made, TARGETS, choice, tokens)
    inputs = window_items(made, found, choice, pooling, tokens)
    expected = [(one.word, *places_of(one)[at]) for one in found for at in one.used.tolist()]
    assert (inputs.pooling, inputs.dropped) == (pooling, ())
    for item, (word, first, last) in zip(inputs.items, expected, strict=True):
        assert (item.label, item.group) == (word, word)
        assert list(item.token_ids) == [
            *tokens.opening,
            *(int(made.tokens.ids[at]) for at in range(first - 9, last + 1)),
        ]
        assert item.target == (len(item.token_ids) - (last - first + 1), len(item.token_ids))
        assert len(item.pieces) == last - first + 1
        assert item.text.endswith(word)
        assert item.text[slice(*item.span)] == made.between(first, last + 1)
        assert item.text in STORY
        if word in {"apple", "asteroid", "moon"}:
            assert "".join(item.pieces) == f" {word}"


def test_keywords_in_context() -> None:
    made, (found,) = corpus(STORY), find(STORY, "asteroid", most=4)
    lines = keyword_in_context(made, found, 6)
    assert [position for position, _, _ in lines] == found.lasts[found.used].tolist()
    for first, (last, before, word) in zip(found.firsts[found.used].tolist(), lines, strict=True):
        assert (before, word) == (made.between(first - 6, first), " asteroid")
        assert before + word == made.between(first - 6, last + 1)
    assert keyword_in_context(made, found, 10_000)[-1][1] == made.between(0, int(found.firsts[found.used[-1]]))


def test_windows_of_other_forms_end_with_them() -> None:
    made, tokens, choice = corpus(FORMS), tokenizer(llama_folder()), WindowChoice(5, None, other_forms=True)
    items = window_items(made, find_targets(made, ["ice cream"], choice, tokens), choice, "last", tokens).items
    assert [item.text[-9:] for item in items] == ["ice cream"] * 2 + ["Ice cream"] * 2 + ["ice cream", "Ice cream"]
    assert {item.label for item in items} == {"ice cream"}
