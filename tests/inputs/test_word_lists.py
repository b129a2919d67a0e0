"""Word lists: splitting typed text, and every error and note with the exact word in it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import MOST_OF_A_KIND
from catsel_core.inputs.word_list_checks import check, repetitions, validated
from catsel_core.inputs.word_lists import (
    MAX_WORDS,
    PALETTE,
    SEPARATORS,
    Category,
    WordList,
    make_word_list,
    split_words,
    tidy,
    whole,
    without_duplicates,
)
from tests.support.core_fixtures import property_test, word_list
from tests.support.steps import CountedText, looks, steps

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=f"{SEPARATORS}\u037e"),
    min_size=1,
    max_size=12,
)
CLEAN_WORDS = WORDS.map(tidy).filter(bool)


def errors(words: WordList) -> list[str]:
    return [finding.message for finding in check(words) if finding.level == "error"]


def notes(words: WordList) -> list[str]:
    return [finding.message for finding in check(words) if finding.level == "note"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b,c", ("a", "b", "c")),
        ("a;b\tc\nd\r\ne", ("a", "b", "c", "d", "e")),
        ("  ice \u00a0 cream , pie ", ("ice cream", "pie")),
        (",, ;\n", ()),
        ("苹果，梨、香蕉；锯", ("苹果", "梨", "香蕉", "锯")),
        ("تفاح، موز؛ عنب", ("تفاح", "موز", "عنب")),
        ("a\u2028b\x85c\vd", ("a", "b", "c", "d")),
        ("", ()),
        ("a,a", ("a", "a")),
    ],
)
def test_split_words(text: str, expected: tuple[str, ...]) -> None:
    assert split_words(text) == expected


@property_test
@given(st.lists(CLEAN_WORDS, max_size=8), st.sampled_from([",", ";", "\t", "\n", " , ", "\r\n", ";\n"]))
def test_split_words_undoes_joining(words: list[str], separator: str) -> None:
    assert split_words(separator.join(words)) == tuple(words)


def test_make_word_list_tidies_names_and_words_and_gives_colors_in_turn() -> None:
    words = make_word_list([(f" n  {index} ", [" a   b "]) for index in range(len(PALETTE) + 1)])
    assert words.categories[0] == Category("n 0", ("a b",), PALETTE[0])
    assert [category.color for category in words.categories] == [*PALETTE, PALETTE[0]]


def test_make_word_list_prefers_given_colors() -> None:
    words = make_word_list([("a", ["x"]), ("b", ["y"])], ["#123456"])
    assert words.colors == {"a": "#123456", "b": PALETTE[1]}


def test_labelled_words_come_category_by_category() -> None:
    words = word_list(a="x y", b="z")
    assert [(category.name, word) for category, word in words.labelled_words()] == [("a", "x"), ("a", "y"), ("b", "z")]


def test_a_sound_list_has_no_findings_and_is_returned_itself() -> None:
    words = word_list(fruit="apple pear", space="moon star")
    assert check(words) == ()
    assert validated(words) is words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (WordList(()), "At least two categories are needed to compare; this list has none. Add two."),
        (word_list(a="x y"), "At least two categories are needed to compare; this list has one. Add another."),
        (word_list(a="x y", space=""), "Category “space” is empty. Give it words or remove it."),
        (make_word_list([("a", ["x", "y"]), (" ", ["z"])]), "Category 2 has no name. Give it one."),
        (
            make_word_list([("sky", ["x", "y"]), ("sky", ["z", "u"])]),
            "Two categories are called “sky”. Rename one.",
        ),
        (
            make_word_list([("a", ["x", "y"]), ("b", ["z", "u"])], ["#12345", "#ABCdef"]),
            "Colour “#12345” of category “a” must look like #1f77b4.",
        ),
        (
            make_word_list([("a", ["x", "y"]), ("b", ["z", "u"])], ["#1234567"]),
            "Colour “#1234567” of category “a” must look like #1f77b4.",
        ),
        (word_list(a="plum x plum plum", b="y z"), "“plum” stands 3 times in “a”. Keep one."),
        (
            word_list(a="x plum", b="y plum"),
            "“plum” is in “a” and in “b”: the model would see the same prompt twice. Keep it in one.",
        ),
        (
            word_list(a="x", b="y", c="z"),
            "No category has two words, so there is no within-category pair. Give one category a second word.",
        ),
    ],
)
def test_each_error_is_the_only_one_and_stops_the_list(words: WordList, message: str) -> None:
    assert message in errors(words)
    with pytest.raises(InputError) as caught:
        validated(words)
    assert str(caught.value) == errors(words)[0]


def test_one_fault_gives_one_error() -> None:
    assert len(errors(word_list(a="plum x plum plum", b="y z"))) == 1
    assert len(errors(word_list(a="x plum", b="y plum plum"))) == 1


def test_a_word_in_three_categories_is_named_with_both_later_ones() -> None:
    found = errors(word_list(a="x plum", b="y plum", c="plum z"))
    assert [message.split(":")[0] for message in found] == [
        "“plum” is in “a” and in “b”",
        "“plum” is in “a” and in “c”",
    ]


def test_the_number_of_words_is_bounded() -> None:
    half = " ".join(f"a{index}" for index in range(MAX_WORDS // 2))
    full = word_list(a=half, b=half.replace("a", "b"))
    assert errors(full) == []
    more = word_list(a=half, b=half.replace("a", "b"), c="one two")
    assert errors(more) == [
        f"The list has {MAX_WORDS + 2} words; at most {MAX_WORDS} can be shown at once. Remove 2.",
    ]


def test_errors_come_before_notes() -> None:
    levels = [finding.level for finding in check(word_list(a="plum plum x u", b="y"))]
    assert levels == ["error", "note", "note"]


def test_note_on_a_single_word() -> None:
    assert notes(word_list(fruit="apple pear", sky="moon")) == [
        "“sky” has one word, so it adds no within-category pair; it still counts across categories."
    ]


def test_note_on_unbalanced_sizes_begins_above_twice() -> None:
    assert notes(word_list(fruit="a b c d", sky="x y")) == []
    (note,) = notes(word_list(fruit="a b c d e", sky="x y"))
    assert note.startswith("Sizes are unbalanced: “fruit” has 5 words, “sky” 2. ")


def test_note_on_words_that_differ_in_case_only() -> None:
    assert notes(word_list(places="China Spain", cups="china mug")) == [
        "“China” and “china” differ only in case; to the model they are different words."
    ]


def test_without_duplicates_keeps_the_first_of_each_word() -> None:
    words = without_duplicates(word_list(a="x y x", b="y z", c="x"))
    assert [category.words for category in words.categories] == [("x", "y"), ("z",)]
    assert list(words.colors.values()) == list(PALETTE[:2])


def test_without_duplicates_a_category_that_was_empty_before_stays() -> None:
    words = make_word_list([("a", ["x", "y", "x"]), ("b", []), ("c", ["y"])])
    assert [category.name for category in without_duplicates(words).categories] == ["a", "b"]


@property_test
@given(st.lists(st.lists(CLEAN_WORDS, min_size=1, max_size=6), min_size=1, max_size=5))
def test_without_duplicates_leaves_no_repetition_and_no_empty_category(words: list[list[str]]) -> None:
    thinned = without_duplicates(make_word_list((f"c{at}", found) for at, found in enumerate(words)))
    assert repetitions(thinned) == {}
    assert all(category.words for category in thinned.categories)
    assert {word for _, word in thinned.labelled_words()} == {word for found in words for word in found}


def test_repetitions_name_every_place() -> None:
    assert repetitions(word_list(a="x y x", b="y z", c="u")) == {"x": ("a", "a"), "y": ("a", "b")}


@pytest.mark.parametrize("word", ["\U0001fae8", "\U0001fabf", "\u0378", "❤️", "\U0001f600", "x\U0001fae8"])
def test_characters_that_this_python_does_not_know_yet_are_text(word: str) -> None:
    assert errors(make_word_list([("a", [word, "y"]), (word, ["z", "u"])])) == []


@pytest.mark.parametrize("word", ["\ufffe", "x\U0010ffff", "\ufdd0", "\x7f", "a\x00", "\udc00"])
def test_codes_that_are_never_characters_are_not(word: str) -> None:
    assert any("no text" in message for message in errors(make_word_list([("a", [word, "y"]), ("b", ["z", "u"])])))


def test_letters_are_composed() -> None:
    assert split_words("cafe\u0301, café") == ("café", "café")
    assert make_word_list([("e\u0301", ["u\u0308"])]).categories[0] == Category("é", ("ü",), PALETTE[0])


def test_half_characters_are_replaced() -> None:
    assert whole("a\ud800b") == "a\ufffdb"
    assert whole("\ud83d\ude00") == "😀"
    assert whole("a😀") == "a😀"


@pytest.mark.parametrize(
    ("word", "clue"),
    [
        ("x" * 81, "81 characters"),
        ("a\0b", "no text: 'a\\x00b'"),
        ("\ud800", "no text: '\\ud800'"),
    ],
)
def test_texts_that_are_no_words_are_refused(word: str, clue: str) -> None:
    for words in (
        make_word_list([("a", [word, "y"]), ("b", ["z"])]),
        make_word_list([(word, ["x", "y"]), ("b", ["z"])]),
    ):
        assert any(clue in message for message in errors(words))


def test_each_case_pair_is_noted_once() -> None:
    words = word_list(a="Plum, plum, plum", b="x")
    assert sum("differ only in case" in note for note in notes(words)) == 1


def repeated(count: int) -> WordList:
    """Two categories of the same ``count`` words, each word twice in the first."""
    words = [CountedText(f"w{at % count}") for at in range(2 * count)]
    return WordList((Category("a", tuple(words), PALETTE[0]), Category("b", tuple(words[:count]), PALETTE[1])))


def distinct(count: int) -> WordList:
    words = tuple(CountedText(f"w{at}") for at in range(count))
    return WordList((Category("a", words[::2], PALETTE[0]), Category("b", words[1::2], PALETTE[1])))


@pytest.mark.parametrize("made", [repeated, distinct])
def test_ten_times_the_words_are_ten_times_the_work(made: Callable[[int], WordList]) -> None:
    few, many = made(8), made(80)
    assert 0 < looks(lambda: check(many)) < 12 * looks(lambda: check(few))
    assert 0 < steps(lambda: check(many)) < 12 * steps(lambda: check(few))


def test_the_words_of_a_list_that_is_too_long_are_not_looked_at() -> None:
    long, longer = distinct(2_000), distinct(20_000)
    assert looks(lambda: check(longer)) == 0
    assert steps(lambda: check(long)) == steps(lambda: check(longer))
    assert errors(repeated(20_000)) == ["The list has 60000 words; at most 240 can be shown at once. Remove 59760."]
    assert notes(repeated(20_000)) == []


def test_the_number_of_categories_is_bounded_too() -> None:
    many = make_word_list((f"c{at}", []) for at in range(MAX_WORDS + 3))
    assert errors(many) == ["The list has 243 categories; at most 240 fit. Remove 3."]


def test_many_errors_of_a_kind_are_counted() -> None:
    twice = make_word_list([("a", [f"w{at}" for at in range(100)] * 2), ("b", [f"w{at}" for at in range(40)])])
    assert errors(twice) == [
        *(f"“w{at}” stands 2 times in “a”. Keep one." for at in range(MOST_OF_A_KIND)),
        "… and 97 more of this kind.",
        *(
            f"“w{at}” is in “a” and in “b”: the model would see the same prompt twice. Keep it in one."
            for at in range(MOST_OF_A_KIND)
        ),
        "… and 37 more of this kind.",
    ]
    lonely = make_word_list([("a", ["x", "y"]), *((f"c{at}", [f"w{at}"]) for at in range(50))])
    assert notes(lonely)[MOST_OF_A_KIND] == "… and 47 more of this kind."


@pytest.mark.parametrize(
    "words",
    [
        make_word_list([("n" * 100_000, ["x"] * 200), ("b" * 100_000, ["x"])]),
        make_word_list([("a", ["x" * 100_000] * 2), ("b", ["x" * 100_000])], ["#" * 100_000]),
        make_word_list([("n" * 100_000, ["\0"] * 100), ("n" * 100_000, ["é" * 50_000, "É" * 50_000])]),
    ],
)
def test_messages_quote_only_the_beginning_of_what_is_long(words: WordList) -> None:
    assert max(len(finding.message) for finding in check(words)) < 400
    assert len(check(words)) < 30
