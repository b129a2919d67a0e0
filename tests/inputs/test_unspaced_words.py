"""Words of texts without spaces: found without a dictionary, never parts of them, never phrases."""

import random

import pytest

from catsel_core.inputs.corpus import corpus_of
from catsel_core.inputs.occurrences import WindowChoice, find_targets
from catsel_core.inputs.suggestions import suggested_targets
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.unspaced_words import unspaced_words
from tests.support.tiny import llama_folder, tokenizer

CHINESE = "小猫在院子里睡觉，我看见小猫醒了。她喜欢小猫，我也喜欢小猫。那只小猫很小。\n小猫跑了。\n"
THAI = "ฉันรักแมว แมวของฉันน่ารักมาก แมวกินปลา และฉันก็ชอบแมวทุกตัว\n"


def made_up(seed: int, letters: str) -> tuple[str, set[str]]:
    """A text of words of a made-up language, with frequencies as in a real one, and the words."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(letters, k=rng.choice([1, 2, 2, 2, 3]))) for _ in range(2000)]
    return "".join(rng.choices(words, [1 / (rank + 5) for rank in range(2000)], k=30_000)), set(words)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("first", [0x4E00, 0x30A1], ids=["Han", "katakana"])
def test_what_is_found_are_words(seed: int, first: int) -> None:
    letters = "".join(chr(first + at) for at in range(1500 if first == 0x4E00 else 80))
    text, words = made_up(seed, letters)
    found = unspaced_words(text, 15, 80)
    assert len(found) > 20
    assert sum(word in words for word in found) > 0.8 * len(found)
    for word, starts in found.items():
        assert 15 <= len(starts) <= 80
        assert all(text.startswith(word, at) for at in starts)


def test_a_word_is_found_whole_and_phrases_are_not() -> None:
    assert set(unspaced_words(CHINESE * 3, 15, 80)) == {"小猫"}
    assert "แมว" in unspaced_words(THAI * 5, 15, 80)
    assert not {"แม", "มว", "แมวก"} & set(unspaced_words(THAI * 5, 15, 80))


def test_japanese_grammar_is_no_word() -> None:
    text = "男は走っている。猫男が走っていた。女は見ている。犬女が見ていた。その男と女も。" * 9
    assert not any("\u3040" < character < "\u30a0" for word in unspaced_words(text, 3, 80) for character in word)


@pytest.mark.parametrize(
    ("content", "word"),
    [(CHINESE * 3, "小猫"), (THAI * 8, "แมว"), ("庭のネコと家のネコ。ネコは寝る。私のネコだ。\n" * 5, "ネコ")],
)
def test_texts_without_spaces_have_suggestions_that_are_found(content: str, word: str) -> None:
    tokens = tokenizer(llama_folder())
    corpus = corpus_of(pasted_text(content), tokens)
    words = suggested_targets(corpus, tokens)
    assert word in words
    for found in find_targets(corpus, words[:8], WindowChoice(5, None), tokens):
        assert len(found.firsts) >= 3


def test_a_word_of_another_language_in_a_text_with_spaces_is_not_suggested() -> None:
    tokens = tokenizer(llama_folder())
    content = "the word is apple and the 小猫 is the word " * 20
    assert "小猫" not in suggested_targets(corpus_of(pasted_text(content), tokens), tokens)
