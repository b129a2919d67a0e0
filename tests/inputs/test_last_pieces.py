"""Words that end in one token: found, counted, and said."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.inputs.items import InputSet, Item, TokenPooling
from catsel_core.inputs.last_pieces import SharedPiece, about_shared, shared_last_pieces
from tests.support.core_fixtures import property_test


def inputs(words: dict[str, list[int]], pooling: TokenPooling = "last") -> InputSet:
    """Words by their token ids, behind a prompt of two tokens."""
    return InputSet(
        tuple(
            Item(word, "group", f"The {word}", (0, 1, *ids), (2, 2 + len(ids)), tuple(f" t{number}" for number in ids))
            for word, ids in words.items()
        ),
        (),
        pooling,
    )


def test_words_of_one_last_piece() -> None:
    berries = inputs({"aalbes": [5, 9], "bosbes": [6, 9], "framboos": [7, 8], "bes": [9], "roos": [3, 8], "peer": [4]})
    assert shared_last_pieces(berries) == (
        SharedPiece("t9", ("aalbes", "bosbes", "bes")),
        SharedPiece("t8", ("framboos", "roos")),
    )
    assert [one.n_pairs for one in shared_last_pieces(berries)] == [3, 1]


def test_the_mean_of_pieces_shares_nothing_and_neither_do_words_of_one_token() -> None:
    assert shared_last_pieces(inputs({"a": [5, 9], "b": [6, 9]}, "mean")) == ()
    assert shared_last_pieces(inputs({"Apple": [9], "apple": [9]})) == ()
    assert shared_last_pieces(inputs({"a": [5, 9], "b": [9, 5]})) == ()
    assert shared_last_pieces(inputs({})) == ()


def test_one_word_in_several_sentences_is_one_word() -> None:
    twice = inputs({"bank": [5, 9]})
    assert shared_last_pieces(InputSet(twice.items * 2, (), "last")) == ()


@property_test
@given(some.dictionaries(some.text("abc", min_size=1), some.lists(some.integers(1, 3), min_size=2, max_size=3)))
def test_all_pairs_of_words_of_several_tokens_are_counted(words: dict[str, list[int]]) -> None:
    naive = [a[-1] == b[-1] for a, b in combinations(words.values(), 2)].count(True)
    assert sum(one.n_pairs for one in shared_last_pieces(inputs(words))) == naive


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ({"aalbes": [5, 9], "bosbes": [6, 9]}, "One pair of words ends in the same token (“aalbes”, “bosbes” in “t9”)"),
        ({f"w{n}": [n, 9] for n in range(20, 40)}, "190 pairs of words end in the same token (“w20”, "),
    ],
)
def test_what_is_said(words: dict[str, list[int]], begins: str) -> None:
    said = about_shared(shared_last_pieces(inputs(words)))
    assert said.startswith(begins)
    assert "The mean of pieces tells them apart." in said
    assert len(said) < 400
