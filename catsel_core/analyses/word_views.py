"""What is made of a finished words analysis when a page asks for it: through the store, once for all visitors."""

from typing import Literal

from catsel_core.analyses.comparing import depends_on
from catsel_core.analyses.words import WordAnalysis
from catsel_core.statistics.layer_maps import LayerMaps, chord_products, layer_maps, vector_products
from catsel_core.statistics.single_items import SEED, SHUFFLES, ItemStatistics, item_statistics

MapOf = Literal["similarities", "hidden states"]
"""What a map is made from: directions as the chosen measure compares them, or hidden states as they are."""


def single_words(analysis: WordAnalysis) -> ItemStatistics:
    """How every word sits among its own category and the others.

    Raises:
        UndefinedError: if there is one category only.
    """
    parts = {**depends_on(analysis.request), "shuffles": SHUFFLES, "seed": SEED}
    similarity, labels = analysis.similarity, analysis.inputs.labels
    return analysis.derived.get(ItemStatistics, parts, lambda: item_statistics(similarity, labels), slow=True)


def word_maps(analysis: WordAnalysis, of: MapOf) -> LayerMaps:
    """The words in two dimensions at every layer."""

    def compute() -> LayerMaps:
        similarity = analysis.similarity
        vectors = analysis.activations.vectors
        products = chord_products(similarity) if of == "similarities" else vector_products(vectors)
        return layer_maps(products, similarity)

    parts = {**depends_on(analysis.request), "of": of}
    return analysis.derived.get(LayerMaps, parts, compute, slow=True)
