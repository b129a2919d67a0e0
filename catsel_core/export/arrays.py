"""The arrays of a result, for numpy: what ``--arrays`` writes."""

import functools
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catsel_core.analyses.contexts import ContextAnalysis, shown_items
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.analyses.words import WordAnalysis

Arrays = dict[str, NDArray[Any]]


@functools.singledispatch
def to_arrays(analysis: object) -> Arrays:
    """``similarity`` (layer, item, item) float32 and ``labels`` (item,) text of a finished analysis of any kind.

    Of several prompts ``similarity`` is (prompt, layer, item, item), and ``templates`` are (prompt,). Of a text the
    items are the shown occurrences, and ``items`` (item,) their numbers among all. Of two sides there are
    ``similarity_a`` and ``similarity_b``, and (layer of A, layer of B) for each way to compare layers.

    Raises:
        TypeError: if this is no analysis.
    """
    raise TypeError(f"{type(analysis).__name__} is no kind of analysis that has arrays")


@to_arrays.register(WordAnalysis)
@to_arrays.register(SentenceAnalysis)
def _of_items(analysis: WordAnalysis | SentenceAnalysis) -> Arrays:
    return {"similarity": analysis.similarity, "labels": np.array(analysis.inputs.labels)}


@to_arrays.register
def _of_prompts(found: PromptsAnalysis) -> Arrays:
    similarity = np.stack([one.similarity for one in found.analyses])
    return {
        "similarity": similarity,
        "labels": np.array(found.inputs.labels),
        "templates": np.array(found.templates),
    }


@to_arrays.register
def _of_contexts(analysis: ContextAnalysis) -> Arrays:
    return {
        "similarity": analysis.similarity,
        "labels": np.array([item.group for item in analysis.shown]),
        "items": np.array(shown_items(analysis.label_pairs)),
    }


@to_arrays.register
def _of_sides(found: SideBySide) -> Arrays:
    likeness = {name.replace("-", "_"): matrix for name, matrix in found.layer_similarity.items()}
    similarity = {"similarity_a": found.a.similarity, "similarity_b": found.b.similarity}
    return {**similarity, "labels": np.array(found.a.inputs.labels), **likeness}


def npz(arrays: Arrays) -> bytes:
    """Arrays as one npz file; equal ones give equal bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
