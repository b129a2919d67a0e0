"""The items that sentences become: their tokens, their order, and what is left out or refused."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from catsel_core.errors import InputError
from catsel_core.inputs.items import Pooling
from catsel_core.inputs.sentences import Sentence, sentence_items
from catsel_core.inputs.tokenizer import TextTokenizer
from tests.support.sentences import made
from tests.support.tiny import BEGIN, gpt2_folder, llama_folder, tokenizer

TINY = (
    Sentence("lamp/light", "I like the lamp, the star", "lamp"),
    Sentence("moon/sky", "The moon and the moon", "moon"),
    Sentence("lamp/other", "The next word is lamp", "lamp"),
    Sentence("lamp/light", "the table and the lamp", "lamp"),
    Sentence("moon/sky", "moon is a word", "moon"),
)


@pytest.mark.parametrize("folder", [llama_folder, gpt2_folder])
@pytest.mark.parametrize("pooling", ["last", "mean", "drop"])
def test_items_hold_the_target_and_nothing_else(folder: Callable[[], Path], pooling: Pooling) -> None:
    tokens = tokenizer(folder())
    inputs = sentence_items(TINY, pooling, tokens)
    assert inputs.pooling == ("mean" if pooling == "mean" else "last")
    begins = int(folder is gpt2_folder)
    for item in (*inputs.items, *inputs.dropped):
        first, last = item.target
        assert item.pieces == tuple(tokens.piece(token) for token in item.token_ids[first:last])
        assert "".join(item.pieces).strip() == item.label
        assert [tokens.piece(token) for token in item.token_ids[:begins]] == [BEGIN] * begins
        assert "".join(tokens.piece(token) for token in item.token_ids[begins:]) == item.text


@pytest.mark.parametrize("folder", [llama_folder, gpt2_folder])
def test_the_last_whole_word_is_the_target_of_an_item(folder: Callable[[], Path]) -> None:
    (item,) = (i for i in sentence_items(TINY, "last", tokenizer(folder())).items if i.text.startswith("The moon"))
    assert item.target[1] == len(item.token_ids)


def test_items_come_word_by_word_and_group_by_group() -> None:
    inputs = sentence_items(TINY, "last", tokenizer(llama_folder()))
    assert inputs.words == ("lamp", "lamp", "lamp", "moon", "moon")
    assert inputs.labels == ("lamp/light", "lamp/light", "lamp/other", "moon/sky", "moon/sky")
    assert [item.text for item in inputs.items] == [TINY[at].text for at in (0, 3, 2, 1, 4)]


def test_a_group_of_several_words_stays_together() -> None:
    sentences = made("a|the lamp|lamp", "b|the moon|moon", "c|a lamp|lamp", "b|the star|star", "a|the moon|moon")
    assert sentence_items(sentences, "last", tokenizer(llama_folder())).labels == ("a", "a", "c", "b", "b")


def test_drop_leaves_out_targets_of_several_tokens() -> None:
    sentences = made("a|the lamp|lamp", "a|a wardrobe|wardrobe", "a|my lamp|lamp", "b|a lamp|lamp")
    inputs = sentence_items(sentences, "drop", tokenizer(llama_folder()))
    assert inputs.labels == ("a", "a", "b")
    assert [item.label for item in inputs.dropped] == ["wardrobe"]


@pytest.mark.parametrize(
    ("rows", "clue"),
    [
        (["a|the lamp|lamp", "a|a lamp|lamp", "b|a wardrobe|wardrobe"], "Every word of “b” has several tokens"),
        (
            [
                *("a|the lamp|lamp", "a|a wardrobe|wardrobe", "a|the wardrobe|wardrobe"),
                *("b|my lamp|lamp", "b|my asteroid|asteroid"),
            ],
            r"\(wardrobe, asteroid\) leaves no category with two words \(or group with two sentences\)",
        ),
    ],
)
def test_drop_refuses_to_leave_too_little(rows: list[str], clue: str) -> None:
    with pytest.raises(InputError, match=clue):
        sentence_items(made(*rows), "drop", tokenizer(llama_folder()))


def test_unknown_pieces_and_broken_lists_are_refused() -> None:
    with pytest.raises(InputError, match=r"pooling must be one of .*got 'sum'"):
        sentence_items(TINY, cast(Pooling, "sum"), tokenizer(llama_folder()))
    with pytest.raises(InputError, match="There are no sentences"):
        sentence_items((), "last", tokenizer(llama_folder()))


def test_a_target_without_tokens_is_named(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, normalizers

    changed = Tokenizer.from_file(str(llama_folder() / "tokenizer.json"))
    changed.normalizer = normalizers.Replace("#", "")
    changed.save(str(tmp_path / "tokenizer.json"))
    with pytest.raises(InputError, match="The tokenizer makes no token of “#”"):
        sentence_items(made("a|x #|#", "a|y #|#", "b|z #|#"), "last", TextTokenizer.from_folder(tmp_path))
