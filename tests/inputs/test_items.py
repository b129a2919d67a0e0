"""Tokens of words in templates: where the target is, what is dropped, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from catsel_core.errors import InputError, ModelError
from catsel_core.inputs.items import (
    DEFAULT_TEMPLATE,
    MAX_TEMPLATE_CHARACTERS,
    TEMPLATES,
    Pooling,
    checked_template,
    word_items,
)
from catsel_core.inputs.tokenizer import Encoding, TextTokenizer
from tests.support.core_fixtures import word_list
from tests.support.tiny import BEGIN, SEVERAL, SINGLE, gpt2_folder, llama_folder, tokenizer

WORDS = word_list(fruit="apple pear asteroid", space="moon star")


@pytest.mark.parametrize(
    ("span", "expected"),
    [((0, 1), (1, 2)), ((3, 4), (1, 2)), ((4, 9), (2, 4)), ((3, 5), (1, 3)), ((8, 9), (3, 4))],
)
def test_covering_takes_every_token_that_touches_the_characters(
    span: tuple[int, int], expected: tuple[int, int]
) -> None:
    encoding = Encoding((7, 8, 9, 10), ((0, 0), (0, 4), (4, 8), (8, 9)))
    assert encoding.covering(*span) == expected


def test_a_character_of_several_tokens_counts_whole() -> None:
    assert Encoding((1, 2, 3), ((0, 2), (2, 3), (2, 3))).covering(2, 3) == (1, 3)


def test_pieces_keep_their_space_and_show_parts_of_characters_as_their_bytes() -> None:
    tokens = tokenizer(llama_folder())
    (encoding,) = tokens.encode([" apple ü"])
    pieces = [tokens.piece(token) for token in encoding.ids]
    assert pieces[0] == " apple"
    assert pieces[-2:] == ["‹C3›", "‹BC›"]


@pytest.mark.parametrize("word", SINGLE)
def test_common_words_are_one_token_behind_a_space(word: str) -> None:
    inputs = word_items(word_list(a=f"{word} zzz", b="qqq"), DEFAULT_TEMPLATE, "last", tokenizer(llama_folder()))
    assert inputs.items[0].pieces == (f" {word}",)
    assert inputs.items[0].target == (4, 5)


@pytest.mark.parametrize("folder", [llama_folder, gpt2_folder])
@pytest.mark.parametrize("template", [*TEMPLATES, "{word} is a word", "I like the {word}, the lamp."])
def test_the_target_is_the_word_and_nothing_else(folder: Callable[[], Path], template: str) -> None:
    tokens = tokenizer(folder())
    words = word_list(a=" ".join(SINGLE), b="asteroid wardrobe blackcurrant")
    for item in word_items(words, template, "mean", tokens).items:
        assert item.text == template.replace("{word}", item.label)
        first, last = item.target
        assert "".join(item.pieces) == "".join(tokens.piece(token) for token in item.token_ids[first:last])
        assert "".join(item.pieces).strip() == item.label
        assert (item.token_ids[0] == 0) == (folder is gpt2_folder)


@pytest.mark.parametrize("word", SEVERAL)
def test_rare_words_have_several_pieces_that_all_belong_to_the_target(word: str) -> None:
    tokens = tokenizer(gpt2_folder())
    (encoding,) = tokens.encode([f"The next word is {word}"])
    first, last = encoding.covering(len("The next word is "), len("The next word is ") + len(word))
    alone = tokens.piece(encoding.ids[5]) == " "  # a space that is a token of its own is no part of the word
    assert (first, last) == (6 if alone else 5, len(encoding.ids))
    assert last - first > 1


def test_the_begin_token_of_the_model_is_kept() -> None:
    tokens = tokenizer(gpt2_folder())
    inputs = word_items(WORDS, "{word}", "last", tokens)
    assert tokens.piece(inputs.items[0].token_ids[0]) == BEGIN
    assert inputs.items[0].target[0] == 1


@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_pooling_follows_pieces_and_keeps_all_words_in_order(pooling: Pooling) -> None:
    inputs = word_items(WORDS, DEFAULT_TEMPLATE, pooling, tokenizer(llama_folder()))
    assert inputs.pooling == pooling
    assert inputs.words == ("apple", "pear", "asteroid", "moon", "star")
    assert inputs.labels == ("fruit", "fruit", "fruit", "space", "space")
    assert inputs.dropped == ()


def test_drop_leaves_out_words_of_several_tokens_and_says_which() -> None:
    inputs = word_items(WORDS, DEFAULT_TEMPLATE, "drop", tokenizer(llama_folder()))
    assert inputs.words == ("apple", "pear", "moon", "star")
    assert [item.label for item in inputs.dropped] == ["asteroid"]
    assert inputs.pooling == "last"


@pytest.mark.parametrize(
    ("fruit", "space", "clue"),
    [
        ("asteroid wardrobe", "moon star", "Every word of “fruit” has several tokens"),
        ("apple asteroid", "moon wardrobe", r"\(asteroid, wardrobe\) leaves no category with two words"),
        ("asteroid x1y", "q9z", "Every word of “fruit” has several tokens"),
    ],
)
def test_drop_refuses_to_leave_too_little(fruit: str, space: str, clue: str) -> None:
    with pytest.raises(InputError, match=clue):
        word_items(word_list(fruit=fruit, space=space), DEFAULT_TEMPLATE, "drop", tokenizer(llama_folder()))


def test_many_dropped_words_are_not_all_listed() -> None:
    words = word_list(a="moon asteroid wardrobe blackcurrant q1 q2 q3", b="star")
    with pytest.raises(InputError, match=r"\(asteroid, wardrobe, blackcurrant, q1, q2 …\)"):
        word_items(words, DEFAULT_TEMPLATE, "drop", tokenizer(llama_folder()))


@pytest.mark.parametrize("template", TEMPLATES)
def test_offered_templates_pass_their_own_check(template: str) -> None:
    assert checked_template(template) is template


@pytest.mark.parametrize(("template", "times"), [("no place", 0), ("", 0), ("{word} {word}", 2), ("{Word}", 0)])
def test_templates_need_the_placeholder_once(template: str, times: int) -> None:
    with pytest.raises(InputError) as caught:
        checked_template(template)
    assert f"exactly once; “{template}” has it {times} times" in str(caught.value)


def test_templates_have_a_longest_length() -> None:
    longest = "x" * (MAX_TEMPLATE_CHARACTERS - len("{word}")) + "{word}"
    assert checked_template(longest) == longest
    with pytest.raises(InputError, match=r"has 501 characters; at most 500"):
        checked_template("x" + longest)


def test_templates_have_whole_characters_and_long_ones_are_not_quoted_whole() -> None:
    with pytest.raises(InputError, match="half of a character"):
        checked_template("\ud83d {word}")
    with pytest.raises(InputError) as caught:
        checked_template("x" * 100_000)
    assert len(str(caught.value)) < 250


def test_unknown_pieces_are_refused() -> None:
    with pytest.raises(InputError, match=r"pooling must be one of .*got 'sum'"):
        word_items(WORDS, DEFAULT_TEMPLATE, cast(Pooling, "sum"), tokenizer(llama_folder()))


def test_a_broken_list_is_refused_before_tokens_are_made() -> None:
    with pytest.raises(InputError, match="“moon” stands 2 times in “b”"):
        word_items(word_list(a="x y", b="moon moon"), DEFAULT_TEMPLATE, "last", tokenizer(llama_folder()))


def test_a_word_without_tokens_is_named(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, normalizers

    made = Tokenizer.from_file(str(llama_folder() / "tokenizer.json"))
    made.normalizer = normalizers.Replace("#", "")
    made.save(str(tmp_path / "tokenizer.json"))
    with pytest.raises(InputError, match="The tokenizer makes no token of “#”"):
        word_items(word_list(a="x #", b="y"), DEFAULT_TEMPLATE, "last", TextTokenizer.from_folder(tmp_path))


def test_a_missing_tokenizer_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no tokenizer\.json"):
        TextTokenizer.from_folder(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", '{"model": 3}'])
def test_a_damaged_tokenizer_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "tokenizer.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read as a tokenizer"):
        TextTokenizer.from_folder(tmp_path)
