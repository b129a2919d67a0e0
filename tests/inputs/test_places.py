"""Words in writing without spaces, and those that run on: found, counted, and left out if whole words are wanted."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.errors import InputError
from catsel_core.inputs.corpus import Corpus, corpus_of
from catsel_core.inputs.occurrences import Occurrences, WindowChoice, find_targets
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.tokenizer import TextTokenizer
from tests.support.core_fixtures import property_test
from tests.support.occurrences import FOLDERS, corpus, find, places_of
from tests.support.tokenizer_kinds import byte_level, from_file, tokenizer_of_kind, whole_words

CHINESE = "小猫在院子里睡觉，我看见小猫醒了。她喜欢小猫，那只小猫很小。\n小猫跑了。"
TEXTS = {
    "小猫": CHINESE,
    "ネコ": "庭でネコが寝ている。ネコは小さい。私はネコを見た。子ネコも。\nネコ",
    "แมว": "ฉันรักแมว แมวของฉันน่ารักมาก แมวกินปลา และฉันก็ชอบแมวทุกตัว",
    "ຫມາ": "ຂ້ອຍຮັກຫມາແລະຫມາຂອງຂ້ອຍ ຫມາ",
    "ឆ្មា": "ខ្ញុំស្រលាញ់ឆ្មា ឆ្មារបស់ខ្ញុំតូច ហើយឆ្មា",
    "ကြောင်": "ကျွန်တော်ကြောင်ကိုချစ်တယ်၊ကြောင်ကသေးတယ်",
}


def learned(content: str, size: int) -> TextTokenizer:
    """A byte-level tokenizer that has learned a text: its tokens hold several characters."""
    from tokenizers import trainers

    made = byte_level()
    made.train_from_iterator([content] * 20, trainers.BpeTrainer(vocab_size=size, show_progress=False))
    return from_file(made)


def naive(made: Corpus, word: str) -> list[tuple[int, int]]:
    """First and last token that touch each place of the characters, one by one."""
    content, places, at = made.text.content, [], 0
    spans = list(zip(made.tokens.starts.tolist(), made.tokens.stops.tolist(), strict=True))
    while (at := content.find(word, at)) >= 0:
        touching = [n for n, (left, right) in enumerate(spans) if left < at + len(word) and right > at]
        places.append((touching[0], touching[-1]))
        at += len(word)
    return places


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("word", TEXTS)
def test_without_spaces_a_word_is_found_wherever_its_characters_stand(word: str, name: str) -> None:
    content = TEXTS[word] * 3
    (found,) = find(content, word, name=name, most=None)
    made = corpus(content, name)
    assert places_of(found) == naive(made, word)
    assert len(found.firsts) == content.count(word)
    assert (found.n_wider, found.n_left_out, found.other_forms) == (0, 0, ())
    assert "".join(found.pieces).strip()
    assert all(made.between(first, last + 1).strip() == word for first, last in places_of(found))


@property_test
@given(some.sampled_from(sorted(TEXTS)), some.integers(300, 480), some.integers(0, 1000), some.booleans())
def test_tokens_that_hold_more_than_the_word_are_counted(word: str, size: int, seed: int, whole_words: bool) -> None:
    parts = [TEXTS[word], word, "，", " ", "a", "\n"]
    content = TEXTS[word] + "".join(random.Random(seed).choices(parts, k=20))
    tokens = learned(content, size)
    made = corpus_of(pasted_text(content), tokens)
    places = naive(made, word)
    wider = [made.between(first, last + 1).strip() != word for first, last in places]
    choice = WindowChoice(5, None, whole_words=whole_words)
    usable = [at for at, (first, _) in enumerate(places) if first >= 5 and not (whole_words and wider[at])]
    if not usable:
        with pytest.raises(InputError, match=word):
            find_targets(made, [word], choice, tokens)
        return
    (found,) = find_targets(made, [word], choice, tokens)
    assert places_of(found) == places
    assert (found.n_wider, found.used.tolist()) == (sum(wider), usable)
    assert found.n_left_out == sum(wider) * whole_words


def test_the_pieces_of_a_word_are_those_that_it_has_most_often() -> None:
    content = "我小猫和" * 9 + "小猫狗" * 3
    tokens = learned("小猫狗" * 9, 330)
    made = corpus_of(pasted_text(content), tokens)
    (found,) = find_targets(made, ["小猫"], WindowChoice(5, None), tokens)
    first, last = places_of(found)[2]
    assert found.pieces == tuple(tokens.piece(token) for token in made.tokens.ids[first : last + 1].tolist())


def test_a_place_that_the_model_cannot_read_is_none() -> None:
    tokens = from_file(whole_words())
    made = corpus_of(pasted_text("the apple is the word 小猫"), tokens)
    with pytest.raises(InputError, match="no text tokens for “小猫”"):
        find_targets(made, ["小猫"], WindowChoice(5), tokens)
    with pytest.raises(InputError, match="no text tokens for “小猫”"):
        find_targets(made, ["小猫"], WindowChoice(5), tokenizer_of_kind("characters"))


def test_a_vowel_sign_or_a_tone_makes_another_word() -> None:
    content = "แมว แม่ แมวแม่ แม " * 3
    every, whole = (find(content, "แม", most=None, whole_words=only)[0] for only in (False, True))
    assert (len(every.firsts), every.n_continued) == (15, 6)
    assert (len(whole.used), whole.n_left_out) == (len(every.used) - 6, 6)


def test_latin_words_between_characters_without_spaces_are_words() -> None:
    (found,) = find("I like the word apple很小, 我喜欢apple，我的apple。" * 2, "apple", other_forms=True, most=None)
    assert (len(found.firsts), found.n_continued) == (6, 0)
    assert found.other_forms == (("apple", 4),)


RUNS_ON = "I like the moon and the apple, apples are good, an apple and applesauce, one applepie, the apple."


def only(**choice: Any) -> Occurrences:
    (found,) = find(RUNS_ON, "apple", **choice)
    return found


def test_words_that_run_on_can_be_left_out() -> None:
    every, whole = only(), only(whole_words=True)
    assert (len(every.firsts), len(every.used), every.n_continued, every.n_left_out) == (6, 6, 3, 0)
    assert (len(whole.firsts), len(whole.used), whole.n_continued, whole.n_left_out) == (6, 3, 3, 3)
    made = corpus(RUNS_ON)
    assert [made.between(last, last + 2)[-1] for last in whole.lasts[whole.used].tolist()] == [",", "d", "."]
    assert not every.is_sampled
    assert not whole.is_sampled
    assert only(whole_words=True, most=2).is_sampled


def test_early_words_are_counted_among_those_that_are_not_left_out() -> None:
    for window in (5, 10, 20):
        found = only(window=window, whole_words=True)
        early = [first < window for first, last in places_of(found) if not corpus(RUNS_ON).ends_inside_a_word(last)]
        assert (found.n_early, found.n_left_out) == (sum(early), 3)


def test_a_word_that_always_runs_on_is_refused_with_the_way_out() -> None:
    content = "I like the moon and the word apples and applepie"
    assert len(find(content, "apple")[0].firsts) == 2
    with pytest.raises(InputError, match="“apple” occurs 2 times, but only as part of something longer"):
        find(content, "apple", whole_words=True)
    with pytest.raises(InputError, match="“apple” occurs 1 time as a whole word, but never with 60 tokens"):
        find(content + " apple", "apple", whole_words=True, window=60)
