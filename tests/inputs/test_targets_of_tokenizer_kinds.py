"""With every kind of tokenizer the target is where it should be, and the tokens shown prove it."""

import random
import re
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.corpus import Corpus, corpus_of
from catsel_core.inputs.items import TEMPLATES, Item, word_items
from catsel_core.inputs.occurrences import Occurrences, WindowChoice, find_targets
from catsel_core.inputs.sentence_files import parse_sentences
from catsel_core.inputs.sentences import sentence_items
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.windows import window_items
from catsel_core.inputs.word_lists import PALETTE, Category, WordList, make_word_list
from tests.support.core_fixtures import property_test
from tests.support.tiny import SINGLE
from tests.support.tokenizer_kinds import (
    ADDED,
    BEGIN,
    END,
    FOLDING,
    KINDS,
    SPELLING,
    TURN,
    every_kind,
    from_file,
    raw,
    tokenizer_of_kind,
    unigram,
)

READABLE = (*SINGLE, "asteroid", "wardrobe", "ice cream", "Apple", "x", "don't", *ADDED)
OTHER = ("übergroß", "café", "cafe\N{COMBINING ACUTE ACCENT}", "ﬁsh", "苹果", "😀", "é", "㎏")


def folded(kind: str, text: str) -> str:
    """``text`` without what the kind takes away."""
    if kind in FOLDING:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()
    return unicodedata.normalize("NFKC", text)


def shown(kind: str, pieces: Sequence[str]) -> str:
    """The pieces as one text; ``##`` is how word pieces say that a word goes on."""
    joined = "".join(pieces).strip()
    return joined.replace("##", "") if kind.startswith("word pieces") else joined


def expected(kind: str, word: str) -> str:
    """What the pieces of a word show side by side."""
    return folded(kind, word).replace(" ", "" if kind in FOLDING else " ")


def known(kind: str, words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that the vocabulary can spell behind a space and without one."""
    tokens = tokenizer_of_kind(kind)
    made = [tokens.encode([f"({word} {word}"])[0].ids[len(tokens.opening) :] for word in words]
    return tuple(word for word, ids in zip(words, made, strict=True) if not tokens.special & set(ids))


def assert_target(kind: str, item: Item) -> None:
    """The item is the whole text behind its opening, and the target every token that touches the word, no other."""
    tokens = tokenizer_of_kind(kind)
    start, stop = item.span
    encoded = raw(kind).encode(item.text, add_special_tokens=False)
    before = len(tokens.opening)
    assert item.token_ids == (*tokens.opening, *encoded.ids)
    characters = set(range(start, stop))
    touching = [at for at, span in enumerate(encoded.offsets, before) if characters & set(range(*span))]
    assert item.target == (touching[0], touching[-1] + 1)
    assert len(touching) == item.target[1] - item.target[0] == len(item.pieces)
    ids = item.token_ids[slice(*item.target)]
    assert item.pieces == tuple(map(tokens.piece, ids))
    assert not tokens.special & set(ids)


def content(seed: int, words: Sequence[str]) -> str:
    """Words in random order: behind spaces, in brackets, before punctuation, capitalised, at the start of a line."""
    ways = (" {}", " {}", " {}.", " ({})", " {}s", "\n{}", " {}", ", {}", " the {}", " {}'s")
    rng = random.Random(seed)
    return "The word" + "".join(rng.choice(ways).format(rng.choice(words)) for _ in range(300))


def searched(kind: str, words: Sequence[str], window: int = 5) -> tuple[Corpus, tuple[Occurrences, ...]]:
    tokens = tokenizer_of_kind(kind)
    corpus = corpus_of(pasted_text(content(1, words)), tokens)
    return corpus, find_targets(corpus, words, WindowChoice(window, None), tokens)


@every_kind
@pytest.mark.parametrize("template", ["{word}", "({word})", "{word} is a word", *TEMPLATES])
def test_targets_of_words_in_templates(kind: str, template: str) -> None:
    # Built as it is: a list that is read has its letters composed, and a tokenizer has to bear both.
    parts = (("a", known(kind, READABLE)), ("b", known(kind, OTHER) or ["the"]))
    words = WordList(tuple(Category(name, tuple(found), PALETTE[0]) for name, found in parts))
    for item in word_items(words, template, "mean", tokenizer_of_kind(kind)).items:
        assert item.text[slice(*item.span)] == item.label
        assert_target(kind, item)
        decoded = raw(kind).decode(list(item.token_ids[slice(*item.target)]))
        assert folded(kind, decoded).strip().replace(" ' ", "'") == folded(kind, item.label)
        if item.label in READABLE:
            assert shown(kind, item.pieces) == expected(kind, item.label)


@pytest.mark.parametrize("kind", SPELLING)
def test_spelling_a_special_token_does_not_make_one(kind: str) -> None:
    tokens = tokenizer_of_kind(kind)
    words = make_word_list([("a", [BEGIN, TURN]), ("b", [END, "apple"])])
    for item in word_items(words, "The next word is {word}", "mean", tokens).items:
        assert item.token_ids[: len(tokens.opening)] == tokens.opening
        assert not tokens.special & set(item.token_ids[len(tokens.opening) :])
        assert shown(kind, item.pieces) == item.label


@pytest.mark.parametrize(
    ("kind", "word", "piece"),
    [
        ("unigram, first", BEGIN, BEGIN),
        ("unigram, never", "naïve", "<unk>"),
        ("whole words", "zebra", "<unk>"),
        ("word pieces, enclosed", "苹果", "<unk>"),
        ("characters", "naïve", "<unk>"),
    ],
)
def test_words_that_the_vocabulary_cannot_spell_are_refused(kind: str, word: str, piece: str) -> None:
    tokens, clue = tokenizer_of_kind(kind), f"no text tokens for “{word}”: it makes {piece} of it"
    with pytest.raises(InputError, match=clue):
        word_items(make_word_list([("a", [word, "apple"]), ("b", ["moon"])]), "The {word}", "mean", tokens)
    lines = f"group,text,target\na,the {word},{word}\na,the moon,moon\nb,the star,star"
    with pytest.raises(InputError, match=clue):
        sentence_items(parse_sentences(lines.encode()).content, "mean", tokens)
    with pytest.raises(InputError, match=clue):
        find_targets(corpus_of(pasted_text(f"the {word}"), tokens), [word], WindowChoice(5), tokens)


def test_a_form_that_the_vocabulary_cannot_spell_is_in_no_text() -> None:
    tokens, text = tokenizer_of_kind("characters"), "I like the word éä and éä and Éä"
    (found,) = find_targets(corpus_of(pasted_text(text), tokens), ["éä"], WindowChoice(5, other_forms=True), tokens)
    assert (len(found.lasts), found.other_forms) == (2, ())


@every_kind
def test_every_occurrence_behind_a_space_is_found(kind: str) -> None:
    words = known(kind, ("apple", "moon", "asteroid", "ice cream", "übergroß"))
    corpus, found = searched(kind, words)
    flags = re.IGNORECASE if kind in FOLDING else re.NOFLAG
    for one in found:
        places = list(zip(one.firsts.tolist(), one.lasts.tolist(), strict=True))
        behind = [match.span() for match in re.finditer(rf"(?<= ){one.word}(?!\w)", corpus.text.content, flags)]
        assert len(behind) > 10
        spans = list(zip(corpus.tokens.starts.tolist(), corpus.tokens.stops.tolist(), strict=True))
        for start, stop in behind:
            touching = [at for at, (left, right) in enumerate(spans) if left < stop and right > start]
            assert (touching[0], touching[-1]) in places
        texts = {folded(kind, corpus.between(first, last + 1)).strip() for first, last in places}
        assert texts == {folded(kind, one.word)}


@every_kind
def test_windows_end_with_their_word_behind_one_opening(kind: str) -> None:
    tokens, words = tokenizer_of_kind(kind), known(kind, ("apple", "moon", "asteroid"))
    corpus, found = searched(kind, words, window=7)
    items = window_items(corpus, found, WindowChoice(7, None), "mean", tokens).items
    assert len(items) == sum(len(one.used) for one in found)
    for item in items:
        before, length = len(tokens.opening), len(item.token_ids)
        assert item.token_ids[:before] == tokens.opening
        assert not {raw(kind).token_to_id(token) for token in (BEGIN, END, TURN)} & set(item.token_ids[before:])
        assert item.target == (before + 7, length)
        assert raw(kind).decode(list(item.token_ids[before + 7 :])).strip() == item.label
        assert shown(kind, item.pieces) == item.label
        assert folded(kind, item.text[slice(*item.span)]).strip() == item.label


@every_kind
def test_targets_of_sentences(kind: str) -> None:
    lines = ["group,text,target", "a,The moon is the word,moon", 'a,"I like (the moon), the lamp.",moon']
    lines += ["b,moon is a word,moon", "b,The star and the star.,star", "b,the moon,moon"]
    for item in sentence_items(
        parse_sentences("\n".join(lines).encode()).content, "mean", tokenizer_of_kind(kind)
    ).items:
        assert item.text[slice(*item.span)] == item.label
        assert_target(kind, item)
        assert shown(kind, item.pieces) == item.label


ORDINARY = st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="{}<#"), max_size=20)


@property_test
@given(st.sampled_from(list(KINDS)), ORDINARY, ORDINARY)
def test_no_surrounding_moves_the_target(kind: str, before: str, after: str) -> None:
    tokens = tokenizer_of_kind(kind)
    words = make_word_list([("a", ["apple", "pear"]), ("b", ["moon"])])
    try:
        items = word_items(words, before + "{word}" + after, "mean", tokens).items
    except InputError:
        assert kind == "whole words"  # which cannot spell “xapple”
        return
    for item in items:
        assert_target(kind, item)
        assert item.label in shown(kind, item.pieces).lower()


def test_a_token_that_reaches_beyond_the_word_is_shown_whole() -> None:
    made = unigram("first")
    made.add_tokens(["(apple"])
    inputs = word_items(
        make_word_list([("a", ["apple", "pear"]), ("b", ["moon"])]), "({word})", "mean", from_file(made)
    )
    assert inputs.items[0].pieces == ("(apple",)
