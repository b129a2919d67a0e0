"""A finished analysis as plain JSON values and arrays: what the command line writes."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catsel_core.analysis import WordAnalysis
from catsel_core.arrays import Floats
from catsel_core.inputs import Item


def words_json(analysis: WordAnalysis) -> dict[str, Any]:
    """Everything but the matrices, ready for ``json.dumps``; a number that is not defined is null."""
    statistics = analysis.statistics
    variance = analysis.activations.variance.mean(axis=2)  # (layer, position)
    return {
        "model": analysis.model.identity,
        "template": analysis.request.template,
        "pooling": analysis.request.pieces,
        "layers": list(analysis.model.layers),
        "items": [_item(item) for item in analysis.inputs.items],
        "dropped": [_item(item) for item in analysis.inputs.dropped],
        "book": {
            "within_mean": _numbers(statistics.within_mean),
            "across_mean": _numbers(statistics.across_mean),
            "delta": _numbers(statistics.delta),
            "t": _numbers(statistics.t),
        },
        "n_within": statistics.n_within,
        "n_across": statistics.n_across,
        "next_tokens": list(analysis.activations.next_tokens),
        "variance": {str(layer): row.tolist() for layer, row in enumerate(variance)},
    }


def words_arrays(analysis: WordAnalysis) -> dict[str, NDArray[Any]]:
    """``similarity`` (layer, item, item) float32 and ``labels`` (item,) text."""
    return {"similarity": analysis.similarity, "labels": np.array(analysis.inputs.labels)}


def _item(item: Item) -> dict[str, Any]:
    return {
        "word": item.label,
        "category": item.group,
        "text": item.text,
        "pieces": list(item.pieces),
        "token_ids": list(item.token_ids),
    }


def _numbers(values: Floats) -> list[float | None]:
    return [float(value) if math.isfinite(value) else None for value in values]
