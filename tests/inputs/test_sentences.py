"""Sentences in groups: what is refused and noted, where the target is, and how much work that takes."""

from collections.abc import Callable

import pytest
from hypothesis import given

from catsel_core.errors import InputError
from catsel_core.inputs.sentences import (
    MAX_SENTENCE_CHARACTERS,
    MAX_SENTENCES,
    Sentence,
    checked,
    findings,
    sentence_items,
    target_span,
)
from tests.support.core_fixtures import property_test
from tests.support.sentences import TIDY, made
from tests.support.steps import CountedText, looks, steps
from tests.support.tiny import llama_folder, tokenizer


def message(sentences: tuple[Sentence, ...]) -> str:
    with pytest.raises(InputError) as caught:
        checked(sentences)
    return str(caught.value)


# What is refused and what is noted


def test_sound_sentences_are_returned_without_remark() -> None:
    sentences = made("a|the bank|bank", "a|our bank|bank", "b|a bank|bank", "b|this bank|bank")
    assert checked(sentences) == sentences
    assert checked(list(sentences)) == sentences
    assert findings(sentences) == ()


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ((), "There are no sentences. Add two senses with a few sentences each."),
        (
            made("a|the bank|bank", "b| |bank"),
            "Sentence 2 has no text (“b”, “bank”). Fill it in or remove the sentence.",
        ),
        (made("|the bank|bank"), "Sentence 1 has no sense (“the bank”, “bank”). Fill it in or remove the sentence."),
        (made("a|the bank|"), "Sentence 1 has no word (“a”, “the bank”). Fill it in or remove the sentence."),
        (made("||"), "Sentence 1 has no sense. Fill it in or remove the sentence."),
        (
            made("a|the bank|bank", "a|The Bank of the river that runs through our town|bank"),
            "“bank” is not in sentence 2 (“The Bank of the river that runs through…”). "
            "Write the word exactly as it stands there, capitals included.",
        ),
        (
            made("a|the bank|bank", "b|the bank|bank", "a|the bank|the", "a|the bank|bank"),
            "Sentence 4 repeats sentence 1: “bank” of “a” in “the bank”. Remove one.",
        ),
        (
            made("a|the bank|bank", "a|a bank|bank"),
            "At least two senses are needed to compare; all sentences are in “a”. Add another.",
        ),
        (
            made("a|the bank|bank", "b|a bank|bank"),
            "No sense has two sentences, so there is no pair within a sense. Give one a second sentence.",
        ),
        (
            made("a|the \ud800 bank|bank"),
            "The text of sentence 1 has characters that are no text: 'the \\ud800 bank'. Type it anew.",
        ),
        (
            made("a\x07|the bank|bank"),
            "The sense of sentence 1 has characters that are no text: 'a\\x07'. Type it anew.",
        ),
        (
            made(f"{'g' * 81}|the bank|bank"),
            f"The sense of sentence 1 (“{'g' * 40}…”) has 81 characters; at most 80 are allowed. Shorten it.",
        ),
    ],
)
def test_errors(sentences: tuple[Sentence, ...], expected: str) -> None:
    assert message(sentences) == expected


def test_the_number_of_sentences_is_bounded() -> None:
    sentences = made(*(f"{at % 2}|the bank {at}|bank" for at in range(MAX_SENTENCES + 1)))
    assert checked(sentences[:-1]) == sentences[:-1]
    assert message(sentences) == "There are 401 sentences; at most 400 can be compared. Remove 1."


def test_the_length_of_a_sentence_is_bounded() -> None:
    longest = Sentence("a", "bank".rjust(MAX_SENTENCE_CHARACTERS, "x"), "bank")
    others = made("a|the bank|bank", "b|a bank|bank")
    assert checked((*others, longest)) == (*others, longest)
    said = message((*others, Sentence("a", f"x{longest.text}", "bank")))
    assert said == f"Sentence 3 (“{'x' * 40}…”) has 601 characters; at most 600 are allowed. Shorten it."


def test_line_ends_and_tabs_inside_a_text_are_text() -> None:
    sentences = made("a|the river.\r\nthe\tbank|bank", "a|a bank|bank", "b|this bank|bank")
    assert checked(sentences) == sentences


@pytest.mark.parametrize(
    ("sentences", "note"),
    [
        (
            made("a|the bank|bank", "a|our bank|bank", "b|this bank|bank", "c|that bank|bank"),
            "A sense with one sentence adds no pair within a sense; it still counts across senses: “b”, “c”.",
        ),
        (
            made("a|the bank|bank", "a|“bank” is a word|bank", "b|a bank|bank", "b|bank|bank"),
            "A word that comes first in its sentence has no context before it, and is often a different token "
            "than the same word after a space: ““bank” is a word”, “bank”.",
        ),
        (
            made("a|the bank|bank", "a|our bank|bank", "b|the bank|bank", "b|our bank|bank"),
            "A sentence with several senses makes pairs that share their context, whatever the senses mean: "
            "“the bank” (in “a”, “b”) and 1 more.",
        ),
        (
            made("a|the bank|bank", "a|our bank|bank", "b|the bank|bank", "b|a bank|bank"),
            "A sentence with several senses makes pairs that share their context, whatever the senses mean: "
            "“the bank” (in “a”, “b”).",
        ),
        (
            made(
                "a|the bank|bank", "a|our bank|bank", "b|this bank|bank", "b|a bank|bank", "c|a bat|bat", "c|no bat|bat"
            ),
            "A word with sentences in one sense only has no other sense to be compared with: “bat”.",
        ),
    ],
)
def test_each_note_is_the_only_one(sentences: tuple[Sentence, ...], note: str) -> None:
    assert checked(sentences) == sentences
    assert findings(sentences) == (note,)


@pytest.mark.parametrize(
    ("text", "target", "longer"),
    [
        ("They stood on the embankment", "bank", "embankment"),
        ("The muddy banks were steep", "bank", "banks"),
        ("die Sparkassenbank", "bank", "Sparkassenbank"),
        ("на берегу", "берег", "берегу"),
    ],
)
def test_a_target_inside_a_longer_word_is_noted_sentence_by_sentence(text: str, target: str, longer: str) -> None:
    sentences = (
        Sentence("a", f"one {target}", target),
        Sentence("a", text, target),
        Sentence("b", f"a {target}", target),
    )
    (note,) = [note for note in findings(sentences) if "longer word" in note]
    assert f": “{longer}” in sentence 2. " in note


def test_every_target_inside_a_longer_word_is_named() -> None:
    sentences = made(*(f"{at % 2}|the banks {at}|bank" for at in range(12)))
    (note,) = [note for note in findings(sentences) if "longer word" in note]
    assert all(f"“banks” in sentence {number}" in note for number in range(1, 13))


@pytest.mark.parametrize("text", ["他坐在银行边", "はなをみる", "ที่ธนาคารนี้", "은행에서"])
def test_writing_without_spaces_has_no_longer_words(text: str) -> None:
    target = text[2:4]
    assert not [note for note in findings((Sentence("a", text, target),)) if "longer word" in note]


def test_long_lists_in_notes_are_cut() -> None:
    sentences = made("a|the bank|bank", "a|our bank|bank", *(f"g{at}|a bank {at}|bank" for at in range(7)))
    assert findings(sentences)[0].endswith("senses: “g0”, “g1”, “g2”, “g3”, “g4” and 2 more.")


# Where the target is


@pytest.mark.parametrize(
    ("text", "target", "start"),
    [
        ("the bank near banking", "bank", 4),
        ("a bank, then the bank, then embankments", "bank", 17),
        ("bank", "bank", 0),
        ("the bank's door", "bank", 4),
        ("the bank_2 and banks", "bank", 15),  # never a whole word: the last of all
        ("他坐在银行的银行边", "银行", 6),
        ("银行，在银行边", "银行", 0),  # the last whole word
        ("the ice cream", "ice cream", 4),
        ("a a a", "a a", 2),
        ("कल कलम", "कल", 0),
        ("काला काल", "काल", 5),  # a vowel sign belongs to its word
        ("(bank)", "bank", 1),
    ],
)
def test_the_target_is_the_last_whole_word(text: str, target: str, start: int) -> None:
    assert target_span(Sentence("a", text, target)) == (start, start + len(target))


@pytest.mark.parametrize("target", ["bat", "Bank", ""])
def test_a_target_that_is_not_there_has_no_span(target: str) -> None:
    with pytest.raises(InputError, match=f"“{target}” is not in the text “the bank”"):
        target_span(Sentence("a", "the bank", target))


@property_test
@given(TIDY, TIDY, TIDY)
def test_a_span_holds_the_target(left: str, target: str, right: str) -> None:
    text = left + target + right
    start, stop = target_span(Sentence("a", text, target))
    assert text[start:stop] == target


# Work


def counted(count: int) -> tuple[Sentence, ...]:
    """Sentences in half as many groups; their texts count how often they are looked at."""
    return tuple(
        Sentence(CountedText(f"g{at // 2}"), CountedText(f"the w{at // 2} is a {at}"), CountedText(f"w{at // 2}"))
        for at in range(count)
    )


@pytest.mark.parametrize("work", [checked, findings])
def test_ten_times_the_sentences_are_ten_times_the_work(work: Callable[[tuple[Sentence, ...]], object]) -> None:
    few, many = counted(20), counted(200)
    assert 0 < looks(lambda: work(many)) < 12 * looks(lambda: work(few))
    assert 0 < steps(lambda: work(many)) < 12 * steps(lambda: work(few))


def test_ten_times_the_sentences_are_put_in_order_in_ten_times_the_work() -> None:
    tokens = tokenizer(llama_folder())
    few, many = counted(20), counted(200)
    assert looks(lambda: sentence_items(many, "last", tokens)) < 12 * looks(lambda: sentence_items(few, "last", tokens))


def test_the_sentences_of_a_list_that_is_too_long_are_not_looked_at() -> None:
    long = counted(20_000)
    assert looks(lambda: message(long)) == 0
    assert message(long) == "There are 20000 sentences; at most 400 can be compared. Remove 19600."


def test_a_long_text_is_searched_once() -> None:
    short, long = (Sentence("a", "b" + "a" * length, "a") for length in (50, 500))
    assert target_span(long) == (500, 501)
    assert steps(lambda: target_span(long)) < 12 * steps(lambda: target_span(short))
