"""Slow and plain versions of what the core computes, and small made-up inputs."""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import configuration, settings

from catsel_core.arrays import FloatArray
from catsel_core.inputs.items import Item
from catsel_core.inputs.word_lists import WordList, make_word_list
from catsel_core.statistics.pairs import PairGroups

# What hypothesis caches (its tables of Unicode, constants of the source) stays out of the project folder.
configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "catsel-hypothesis")

property_test = settings(max_examples=40, deadline=None, database=None)
"""Settings of every property test: few examples, no clock, nothing written."""


def word_list(**categories: str) -> WordList:
    """``word_list(fruit="apple pear", space="moon")``."""
    return make_word_list((name, words.split()) for name, words in categories.items())


def random_vectors(layers: int, items: int, hidden: int = 8, seed: int = 0) -> FloatArray:
    """(layer, item, hidden) float32 normal numbers."""
    return np.random.default_rng(seed).normal(size=(layers, items, hidden)).astype(np.float32)


def plain_items(labels: Sequence[str]) -> tuple[Item, ...]:
    """One single-token item a label, with distinct words w0, w1, …"""
    return tuple(
        Item(f"w{index}", label, f"The w{index}", (0, index + 1), (1, 2), (f" w{index}",))
        for index, label in enumerate(labels)
    )


def naive_cosine(a: Sequence[float], b: Sequence[float]) -> float:
    """a·b / (|a| |b|) with Python's own numbers."""
    dot = math.fsum(x * y for x, y in zip(a, b, strict=True))
    return dot / math.sqrt(math.fsum(x * x for x in a)) / math.sqrt(math.fsum(y * y for y in b))


def naive_groups(matrix: FloatArray, labels: Sequence[str]) -> tuple[list[float], list[float]]:
    """Values of within pairs and of across pairs of one layer, by two loops."""
    within: list[float] = []
    across: list[float] = []
    for i in range(len(labels)):
        for j in range(i + 1, len(labels)):
            (within if labels[i] == labels[j] else across).append(float(matrix[i, j]))
    return within, across


def pairs_from(within: Sequence[bool]) -> PairGroups:
    """Pairs (0, 1), (0, 2), … with the given kinds, also where no set of items could give them."""
    count = len(within)
    return PairGroups(np.zeros(count, np.intp), np.arange(1, count + 1, dtype=np.intp), np.array(within))
