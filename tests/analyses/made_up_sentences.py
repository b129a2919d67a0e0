"""Sentences for tiny models, and their statistics by plain loops."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from catsel_core.analyses.sentences import SentenceRequest
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import Item, Pooling
from catsel_core.inputs.sentences import Sentence
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.pairs import BookStatistics
from tests.support.core_fixtures import naive_cosine
from tests.support.tiny import llama_folder, loaded


def made(*rows: str) -> tuple[Sentence, ...]:
    """``made("a|the bank|bank")``."""
    return tuple(Sentence(*row.split("|")) for row in rows)


LAMP = made(
    "lamp/table|I like the lamp, the table|lamp",
    "lamp/table|The table and the lamp|lamp",
    "lamp/table|the chair is a lamp|lamp",
    "lamp/sky|The moon is a lamp and a star|lamp",
    "lamp/sky|the star and the lamp|lamp",
)
MOON = made(
    "moon/sky|the star and the moon|moon",
    "moon/sky|I like the moon, the comet|moon",
    "moon/word|The next word is moon|moon",
    "moon/word|a word is a moon|moon",
)
PIECES = made(  # several tokens each
    "rock/sky|the star and the asteroid|asteroid",
    "rock/sky|a moon, a comet, an asteroid|asteroid",
    "rock/word|The next word is asteroid|asteroid",
)


BOTH_CASES = made(
    "lamp/sky|the star and the Lamp|Lamp",
    "lamp/table|I like the chair and the Lamp|Lamp",
    "lamp/table|The table is a Lamp|Lamp",
)
FIRST = made(  # at the start of a text: without a space before it another token
    "moon/sky|moon and star|moon",
    "moon/word|moon is the next word|moon",
    "moon/word|moon is a word|moon",
)
SENTENCES = (*LAMP, *MOON, *PIECES)


def request(*sentences: Sentence, pooling: Pooling = "last", folder: Path | None = None) -> SentenceRequest:
    return SentenceRequest(sentences or SENTENCES, pooling, str(folder or llama_folder()))


def load(model: ModelSpec) -> LoadedModel:
    return loaded(model.folder)


def refuse(model: ModelSpec) -> LoadedModel:
    raise AssertionError("a stored result needs no model")


def spelling(item: Item) -> tuple[int, ...]:
    return item.token_ids[item.target[0] : item.target[1]]


Pairs = list[tuple[int, int]]


def loops(items: Sequence[Item], same_spelling: bool, spelled: tuple[int, ...] | None = None) -> tuple[Pairs, Pairs]:
    """Pairs of one group and pairs of two, of all items or of the same spelling (a certain one, if given)."""
    within: Pairs = []
    across: Pairs = []
    for i, j in combinations(range(len(items)), 2):
        one, other = items[i], items[j]
        if same_spelling and spelling(one) != spelling(other):
            continue
        if spelled is None or spelling(one) == spelled:
            (within if one.group == other.group else across).append((i, j))
    return within, across


def assert_statistics(statistics: BookStatistics, vectors: FloatArray, kinds: tuple[Pairs, Pairs]) -> None:
    """Statistics against cosines of ``vectors`` (layer, item, hidden), pair by pair."""
    assert (statistics.n_within, statistics.n_across) == (len(kinds[0]), len(kinds[1]))
    for layer in range(len(vectors)):
        rows = vectors[layer].tolist()
        means = [sum(naive_cosine(rows[i], rows[j]) for i, j in pairs) / len(pairs) for pairs in kinds]
        assert statistics.within_mean[layer] == pytest.approx(means[0], abs=1e-4)
        assert statistics.across_mean[layer] == pytest.approx(means[1], abs=1e-4)
        assert statistics.delta[layer] == pytest.approx(means[0] - means[1], abs=1e-4)
