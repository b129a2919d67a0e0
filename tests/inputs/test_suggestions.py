"""Suggested targets: single words of a middling number, the clumped ones first."""

import random
from collections.abc import Container

import pytest

from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.inputs.corpus import corpus_of
from catsel_core.inputs.occurrences import WindowChoice, find_targets
from catsel_core.inputs.suggestions import SUITABLE, suggested_targets
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.models.find import find_model, tokenizer_of
from tests.support.tiny import llama_folder, tokenizer

SPREAD = range(0, 1000, 50)


def suggested(places: dict[str, Container[int]], count: int = 12) -> tuple[str, ...]:
    """Suggestions for a text of 1000 times “the”, with words behind the given ones."""
    written = [" the" + "".join(f" {word}" for word, after in places.items() if at in after) for at in range(1000)]
    tokens = tokenizer(llama_folder())
    return suggested_targets(corpus_of(pasted_text("".join(written)), tokens), tokens, count)


def test_what_comes_in_clumps_comes_first() -> None:
    clumps = {*range(100, 110), *range(900, 910)}
    assert suggested({"pear": SPREAD, "apple": clumps}) == ("apple", "pear")
    assert suggested({"apple": SPREAD, "pear": clumps}) == ("pear", "apple")


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_in_one_clump_comes_before_what_is_strewn_at_random(seed: int) -> None:
    draw = random.Random(seed)
    clump, strewn = draw.sample(range(500, 600), 20), draw.sample(range(1000), 20)
    assert suggested({"apple": strewn, "pear": clump}) == ("pear", "apple")


def test_not_too_rare_and_not_too_frequent() -> None:
    assert SUITABLE == (15, 80)
    assert set(suggested({"apple": range(14), "pear": range(15), "moon": range(80), "star": range(81)})) == {
        "pear",
        "moon",
    }


def test_function_words_short_words_capitals_and_pieces_are_not_suggested() -> None:
    assert suggested(dict.fromkeys(("like", "is", "Apple", "2024", "asteroid"), SPREAD)) == ()


@pytest.mark.parametrize(("longer", "expected"), [(2, ("moon",)), (3, ())])
def test_what_mostly_begins_longer_words_is_not_suggested(longer: int, expected: tuple[str, ...]) -> None:
    assert suggested({"moon": range(20 - longer), "mooncomet": range(900, 900 + longer)}) == expected


def test_at_most_as_many_as_asked_for() -> None:
    words: dict[str, Container[int]] = dict.fromkeys(("apple", "pear", "moon", "star"), SPREAD)
    assert [len(suggested(words, count)) for count in (0, 1, 3, 12)] == [0, 1, 3, 4]


@pytest.mark.parametrize("content", [".", "apple", "😀", "apple " * 14, " apple"])
def test_a_text_with_hardly_anything_in_it_has_no_suggestion(content: str) -> None:
    tokens = tokenizer(llama_folder())
    assert suggested_targets(corpus_of(pasted_text(content), tokens), tokens) == ()


def test_a_tokenizer_that_hides_the_space_when_it_decodes_one_token() -> None:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())  # as in Llama 2 and Mistral
    made.pre_tokenizer, made.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    content = "the next apple and the next pear and so on " * 20
    made.train_from_iterator([content], trainers.BpeTrainer(vocab_size=120, show_progress=False))
    tokens = TextTokenizer(made)
    assert {"apple", "pear"} <= set(suggested_targets(corpus_of(pasted_text(content), tokens), tokens))


@pytest.mark.bundled
def test_suggestions_for_the_builtin_text_are_good_targets() -> None:
    tokens = tokenizer_of(find_model())
    corpus = corpus_of(builtin_text(), tokens)
    words = suggested_targets(corpus, tokens)
    assert len(words) == 12
    for found in (find_targets(corpus, [word], WindowChoice(5, None), tokens)[0] for word in words):
        assert found.pieces == (f" {found.word}",)
        assert SUITABLE[0] <= len(found.lasts) <= SUITABLE[1]
        assert found.n_continued <= len(found.lasts) / 10
        assert len(found.word) >= 4
        assert found.word.islower()


def test_a_short_text_has_its_words_suggested_though_they_are_rarer() -> None:
    tokens = tokenizer(llama_folder())
    story = " ".join(["the"] * 60 + ["the apple and the moon"] * 4 + ["the pear"] * 2)
    assert set(suggested_targets(corpus_of(pasted_text(story), tokens), tokens)) == {"apple", "moon"}


@pytest.mark.parametrize(
    "words",
    [("собака", "молоко"), ("שלומית", "חלונות"), ("κατσίκα", "ποτάμι"), ("बिल्ली", "नदियाँ"), ("고양이", "강아지")],
)
def test_words_in_other_letters_are_suggested_though_they_are_several_tokens(words: tuple[str, str]) -> None:
    tokens = tokenizer(llama_folder())
    one, other = words
    corpus = corpus_of(pasted_text(f"{one[:1]} {one} 1 2 3 {other}, 4 5. " * 20), tokens)
    suggestions = suggested_targets(corpus, tokens)
    assert set(suggestions) == set(words)
    assert [len(found.firsts) for found in find_targets(corpus, suggestions, WindowChoice(5), tokens)] == [20, 20]
