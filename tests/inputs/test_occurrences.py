"""Words in a text against naive searches, samples of them, and everything that is refused."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.writing import composed
from tests.support.core_fixtures import property_test
from tests.support.occurrences import FOLDERS, FORMS, STORY, TARGETS, corpus, find, naive_places, places_of


@pytest.mark.parametrize("name", FOLDERS)
def test_occurrences_are_those_of_a_naive_search(name: str) -> None:
    made = corpus(STORY, name)
    for word, found in zip(TARGETS, find(STORY, *TARGETS, name=name), strict=True):
        assert found.word == word
        assert places_of(found) == naive_places(made, word)
        assert len(found.lasts) > 10
        assert {last - first + 1 for first, last in places_of(found)} == {len(found.pieces)}
        assert not any(array.flags.writeable for array in (found.firsts, found.lasts, found.used))


def test_pieces_of_a_target() -> None:
    apple, asteroid = find(STORY, "apple", "asteroid")
    assert apple.pieces == (" apple",)
    assert len(asteroid.pieces) > 1
    assert "".join(asteroid.pieces) == " asteroid"


def test_a_window_needs_all_its_tokens() -> None:
    firsts = find(STORY, "apple")[0].firsts.tolist()
    second = firsts[1]
    for window in (second - 1, second, second + 1):
        (found,) = find(STORY, "apple", window=window, most=None)
        assert found.used.tolist() == [at for at, first in enumerate(firsts) if first >= window]
        assert found.n_early == sum(first < window for first in firsts)
        assert found.firsts.tolist() == firsts


@property_test
@given(st.integers(0, 1000), st.integers(5, 40), st.integers(2, 12) | st.none(), st.integers(20, 120))
def test_overlapping_windows_equal_a_loop_over_all_pairs(seed: int, window: int, most: int | None, words: int) -> None:
    filler = random.Random(seed).choices(["the", "a", "lamp"], k=words)
    rare = random.Random(seed).choices(["the", "the", "the", "apple", "asteroid"], k=words)
    content = " ".join(["the"] * window + [word for pair in zip(filler, rare, strict=True) for word in pair])
    found = find(content + " apple asteroid", "apple", "asteroid", window=window, most=most)
    windows = [
        (number, int(one.firsts[at]) - window, int(one.lasts[at]))
        for number, one in enumerate(found)
        for at in one.used.tolist()
    ]
    shared = [0] * len(found)
    for i, (number, start, stop) in enumerate(windows):
        others = [other for j, other in enumerate(windows) if j != i]
        shared[number] += any(start <= other[2] and other[1] <= stop for other in others)
    assert [one.n_overlapping for one in found] == shared


@pytest.mark.parametrize(
    ("end", "continued"), [("", 0), (".", 0), (" s", 0), ("s", 1), ("sauce", 1), ("’s", 0), ("é", 1), ("1 apples", 2)]
)
def test_words_that_run_on_are_found_and_counted(end: str, continued: int) -> None:
    (found,) = find(f"I like the moon and an apple and one more apple{end}", "apple")
    assert len(found.lasts) == 2 + end.count(" apple")
    assert found.n_continued == continued


def test_other_forms_are_counted_and_taken_only_if_asked_for() -> None:
    content = (
        "I like the word, the apple is the apple\r\napple the\r\n\r\n  Apple (apple) Apple\nApple unapple 1apple éapple"
    )
    (plain,) = find(content, "apple")
    assert plain.other_forms == (("apple", 2), (" Apple", 3))
    assert places_of(plain) == naive_places(corpus(content), "apple")
    (every,) = find(content, "apple", other_forms=True)
    assert every.other_forms == plain.other_forms
    made = corpus(content)
    written = [made.between(first, last + 1) for first, last in places_of(every)]
    assert written == [" apple", " apple", "apple", "Apple", "apple", "Apple", "Apple"]
    assert every.pieces == (" apple",)


def test_forms_of_a_capital_with_and_without_a_space_before_it_are_told_apart() -> None:
    (found,) = find(FORMS, "ice cream", other_forms=True, most=None)
    assert found.other_forms == ((" Ice cream", 2), ("Ice cream", 1))
    assert len(found.lasts) == 6


def test_a_capitalised_target_has_no_other_capital() -> None:
    (found,) = find("I like the Moon\r\nMoon and moon", "Moon")
    assert found.other_forms == ()
    assert len(found.lasts) == 2  # in this tokenizer the space before a capital is a token of its own


def test_what_follows_a_combining_accent_is_inside_a_word() -> None:
    (found,) = find("I like the word and the toile and the e\N{COMBINING ACUTE ACCENT}toile", "toile")
    assert found.other_forms == ()
    assert len(found.lasts) == 1


@pytest.mark.parametrize("seed", [25, 7])
def test_samples_are_in_order_and_nested(seed: int) -> None:
    samples = {most: find(STORY, "apple", most=most, seed=seed)[0].used.tolist() for most in (2, 5, 9, 15, 1000, None)}
    assert [len(samples[most]) for most in (2, 5, 9, 15)] == [2, 5, 9, 15]
    assert set(samples[2]) < set(samples[5]) < set(samples[9]) < set(samples[15]) < set(samples[None])
    assert all(sample == sorted(set(sample)) for sample in samples.values())
    assert samples[1000] == samples[None]


def test_another_seed_is_another_sample_and_the_same_seed_the_same() -> None:
    drawn = [find(STORY, "apple", most=5, seed=seed)[0].used.tolist() for seed in (1, 2, 3, 1)]
    assert drawn[0] == drawn[3]
    assert drawn[0] != drawn[1] != drawn[2] != drawn[0]


def test_a_sample_of_one_word_does_not_depend_on_the_other_words() -> None:
    alone = find(STORY, "moon", most=4)[0]
    assert find(STORY, "apple", "moon", most=4)[1].used.tolist() == alone.used.tolist()


def test_targets_at_both_ends_of_the_text() -> None:
    content = " apple is the word and the word is apple"
    (found,) = find(content, "apple")
    assert found.lasts.tolist() == [0, corpus(content).n_tokens - 1]
    assert (found.n_early, found.used.tolist(), found.n_continued) == (1, [1], 0)
    (found,) = find(content[1:], "apple", other_forms=True)
    assert (found.firsts[0], len(found.lasts), found.other_forms) == (0, 2, (("apple", 1),))


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize(
    "word", ["é", "café", "e\N{COMBINING ACUTE ACCENT}", "😀", "👩‍🔬", "苹果", "ßa", "'s", "-", "don't"]
)
def test_any_writing_can_be_a_target(name: str, word: str) -> None:
    content = f"我吃, I like the “naïve”😂 übergroß {word} and {word}\r\n– {word}"
    made = corpus(content, name)
    (found,) = find(content, word, name=name, most=None)
    word = composed(word)  # as the text and its targets are
    assert found.word == word
    assert places_of(found) == naive_places(made, word)
    assert [made.between(first, last + 1).strip() for first, last in places_of(found)] == [word] * 3


@pytest.mark.parametrize(
    ("targets", "choice", "clue"),
    [
        ([], {}, r"No target word is given\. Type one to eight words"),
        ([f"w{number}" for number in range(9)], {}, "9 target words are given; at most 8 fit"),
        (["apple", "moon", "apple"], {}, "“apple” is given twice"),
        (["x" * 81], {}, "“x{30}…” has 81 characters; at most 80"),
        (["apple"], {"window": 4}, "between 5 and 200 tokens; got 4"),
        (["apple"], {"window": 201}, "between 5 and 200 tokens; got 201"),
        (["apple"], {"most": 1}, "At least 2 occurrences of a word are needed to compare; got 1"),
        (["apple"], {"most": -3}, "got -3"),
        (["zebra"], {}, "“zebra” does not occur in this text"),
        (["apple", "zebra"], {"other_forms": True}, "“zebra” does not occur in this text"),
        (["moon"], {"window": 20}, "“moon” occurs 2 times, but never with 20 tokens before it"),
        (
            ["star"],
            {},
            "“star” does not occur behind a space, but in other forms: “star” .2., “ Star” .1.. Count other",
        ),
        (["star"], {"window": 100, "other_forms": True}, "“star” occurs 3 times, but never with 100 tokens"),
        (["apple", ""], {}, "target|word"),
        (["apple\ud83d"], {}, "target|word"),
        (["apple"], {"most": 2, "seed": -1}, "seed"),
    ],
)
def test_what_cannot_be_used_is_refused(targets: list[str], choice: dict[str, Any], clue: str) -> None:
    content = "The moon and moon is the apple\r\nstar an apple, an apple\nstar (Star)"
    with pytest.raises(InputError, match=clue):
        find(content, *targets, **choice)


def test_a_text_shorter_than_the_target_has_no_occurrence() -> None:
    with pytest.raises(InputError, match="does not occur"):
        find("x", "blackcurrant")


PARTS = (
    " apple",
    " apple.",
    "\r\napple",
    " Apple",
    " apples",
    "un",
    " asteroid",
    " ",
    "\n",
    "😀",
    " é",
    "苹果",
    "1",
    "the",
)


@property_test
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=60), st.integers(5, 12))
def test_every_place_holds_the_word(parts: list[str], window: int) -> None:
    content = "The word" + "".join(parts)
    made = corpus(content)
    for word in ("apple", "asteroid"):
        naive = naive_places(made, word)
        if not any(first >= window for first, _ in naive):
            with pytest.raises(InputError):
                find(content, word, window=window)
            continue
        (found,) = find(content, word, window=window, most=None)
        assert places_of(found) == naive
        assert np.array_equal(found.firsts[found.used], found.firsts[found.firsts >= window])
        assert all(made.between(first, last + 1) == f" {word}" for first, last in places_of(found))


@property_test
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.booleans())
def test_no_text_breaks_the_search(content: str, other_forms: bool) -> None:
    (found,) = find(f"I like the apple {content} apple", "apple", other_forms=other_forms, window=5)
    assert found.n_early + len(found.used) == len(found.lasts)
