"""Made-up similarities of sentences with words of one and of two senses."""

from catsel_core.analyses.sentences import SenseStatistics, sense_statistics
from catsel_core.figures import (
    Chart,
    sense_profile,
)
from catsel_core.figures.colors import looks, palette
from catsel_core.inputs.items import Item
from catsel_core.statistics.pairs import pair_groups
from catsel_core.statistics.similarity import cosine_matrices
from tests.figures.made_up_contexts import LAYERS
from tests.support.core_fixtures import random_vectors


def sense_items(*senses: tuple[str, str, int], repeat: int) -> tuple[Item, ...]:
    """``repeat`` sentences a sense; a sense is (word, group, token of the word)."""
    return tuple(
        Item(word, group, f"Of {number} a {word}.", (7, number, token, 8), (2, 3), (f" {word}",), (7, 7 + len(word)))
        for word, group, token in senses
        for number in range(10, 10 + repeat)
    )


SENTENCES = sense_items(
    ("bank", "bank/river", 30),
    ("bank", "bank/money", 30),
    ("seal", "seal/animal", 31),
    ("seal", "seal/wax", 31),
    ("bat", "bat/animal", 32),
    repeat=3,
)
LOOKS = dict(zip(("bank", "seal", "bat"), looks(palette(3)), strict=True))
SENSE_SIMILARITY = cosine_matrices(random_vectors(6, len(SENTENCES), seed=6))


def senses() -> SenseStatistics:
    made = sense_statistics(SENSE_SIMILARITY, pair_groups([item.group for item in SENTENCES]), SENTENCES)
    assert made is not None
    return made


def profile_of_senses() -> Chart:
    made = senses()
    return sense_profile(made.overall, made.words, LOOKS, made.shuffled, LAYERS)
