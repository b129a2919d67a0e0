"""Results as plain JSON values: what the command line writes.

Every ``…_json`` is ready for ``json.dumps``: dicts, lists, texts and numbers, with null where a number is not defined.
:func:`to_json` finds the one for an analysis. Keys of the JSON stay as they are, whatever things are called in the
code, for the sake of the programs that read them.
"""

import functools
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

import numpy as np

from catsel_core.analyses.careful import context_intervals
from catsel_core.analyses.comparing import components_removed
from catsel_core.analyses.contexts import DATA_BINS, Bins, ContextAnalysis, tornado_contrasts, tornado_histogram
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.arrays import FloatArray, Floats
from catsel_core.export.careful import careful_json, stretch_interval_json
from catsel_core.inputs.items import Item
from catsel_core.inputs.occurrences import Occurrences
from catsel_core.inputs.search_notes import search_notes
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.contrasts import Contrast, ContrastSummary, book_contrasts
from catsel_core.statistics.measures import WITH_BASIS
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.statistics.rsa import MantelTest
from catsel_core.statistics.shuffles import ShuffledRange


@functools.singledispatch
def to_json(analysis: object, **choices: Any) -> dict[str, Any]:
    """A finished analysis of any kind as plain values; a kind adds its own ``…_json`` by ``@to_json.register``.

    Args:
        analysis: a finished one.
        choices: further arguments of that kind's own function; all may be left out.

    Raises:
        TypeError: if this is no analysis.
    """
    raise TypeError(f"{type(analysis).__name__} is no kind of analysis that is written as JSON")


@to_json.register
def words_json(analysis: WordAnalysis, careful: CarefulStatistics | None = None) -> dict[str, Any]:
    """A words analysis without its matrices.

    ``book`` has a number a layer for each of the book's statistics; ``variance`` is, by the number of the hidden state,
    (position,) the mean over hidden units of the variance over items; ``shuffled_delta`` is where Δ of shuffled labels
    lies at every layer; ``careful`` is there if it is given.
    """
    request = analysis.request
    return {
        **_model(analysis),
        "template": request.template,
        **_compared(analysis),
        **_of_items(analysis),
        "shuffled_delta": _shuffled(analysis.shuffled),
        **({"careful": careful_json(careful)} if careful else {}),
    }


@to_json.register
def prompts_json(found: PromptsAnalysis, careful: Sequence[CarefulStatistics] = ()) -> dict[str, Any]:
    """The same words in several prompts: each as :func:`words_json` has it, and what they come to together.

    ``delta`` is over prompts, a number a layer each: mean, smallest and largest; ``noise_ceiling`` is (prompt, layer).

    Args:
        found: a finished analysis.
        careful: of each prompt, if they were made.
    """
    delta, ceiling = found.delta, found.ceiling
    spread = {"mean": delta.mean(axis=0), "low": delta.min(axis=0), "high": delta.max(axis=0)}
    return {
        "prompts": [words_json(*each) for each in zip_longest(found.analyses, careful)],
        "delta": {name: _numbers(values) for name, values in spread.items()},
        "noise_ceiling": {
            "lower": [_numbers(row) for row in ceiling.lower],
            "upper": [_numbers(row) for row in ceiling.upper],
        },
    }


@to_json.register
def sentences_json(analysis: SentenceAnalysis, careful: CarefulStatistics | None = None) -> dict[str, Any]:
    """As :func:`words_json`, plus ``senses``: statistics over pairs of the same spelling, by word too.

    ``careful`` is of these pairs, if it is given, and null if there are none.
    """
    senses = analysis.senses
    described = senses and {
        **_statistics(senses.overall),
        "words": {word: _statistics(statistics) for word, statistics in senses.words.items()},
        "shuffled_delta": _shuffled(senses.shuffled),
    }
    made = {**_model(analysis), **_compared(analysis), **_of_items(analysis), "senses": described}
    return {**made, "careful": careful and careful_json(careful)} if careful or senses is None else made


@to_json.register
def contexts_json(
    analysis: ContextAnalysis, contrasts: Sequence[Contrast] = (), bins: Bins = DATA_BINS
) -> dict[str, Any]:
    """A contexts analysis and these contrasts of it (the book's if none are given), which are its ``pair_groups``.

    ``counts`` of a contrast are (layer, bin), in the bins of ``bin_edges`` at every layer.
    """
    request, located = analysis.request, analysis.located
    contrasts = contrasts or book_contrasts(analysis.label_pairs.labels)
    return {
        **_model(analysis),
        "text": {"name": request.text.name, "origin": request.text.origin, "sha256": request.text.digest},
        "n_tokens": located.corpus.n_tokens,
        "n_unique": located.corpus.n_unique,
        "window": request.windows.window,
        "max_per_target": request.windows.most,
        "seed": request.windows.seed,
        "whole_words": request.windows.whole_words,
        "pooling": request.pooling,
        **_compared(analysis),
        "layers": list(analysis.model.layers),
        "targets": [_occurrences(found) for found in located.occurrences],
        "notes": [*request.text.remarks, *search_notes(located.occurrences)],
        "bin_edges": tornado_histogram(analysis, bins).edges[0].tolist(),
        "pair_groups": _contrasts(analysis, tornado_contrasts(analysis, contrasts, bins)),
    }


@to_json.register
def compare_json(
    found: SideBySide,
    tests: Sequence[MantelTest | None] = (),
    seed: int = 0,
    careful: Sequence[CarefulStatistics] = (),
) -> dict[str, Any]:
    """Both sides of a comparison, and how alike their layers are.

    ``fell_out`` are the words that are not compared, with the reason; ``likeness`` is (layer of A, layer of B) for each
    way to compare two layers; ``paths`` and ``equal_depth`` are (layer of A,) layers of B; ``neighbourhood_change`` is
    (layer of A, item), along the path of RSA.

    Args:
        found: a finished comparison.
        tests: permutation tests along the path of RSA, one a layer of A, if any were made.
        seed: of these tests.
        careful: of both sides, if they were made.
    """
    a, b = (words_json(*each) for each in zip_longest(found.sides, careful))
    matches = found.paths["rsa"]  # (layer of A,)
    change = found.change[np.arange(len(matches)), matches]  # (layer of A, item)
    return {
        "a": a,
        "b": b,
        "fell_out": [{"word": one.word, "category": one.category, "reason": one.reason} for one in found.left_out],
        "likeness": {name: [_numbers(row) for row in matrix] for name, matrix in found.layer_similarity.items()},
        "paths": {name: path.tolist() for name, path in found.paths.items()},
        "equal_depth": found.depth.tolist(),
        "neighbourhood_change": [_numbers(row) for row in change],
        **({"mantel": [test and asdict(test) for test in tests], "seed": seed} if tests else {}),
    }


def json_text(values: dict[str, Any]) -> str:
    """A result's JSON as it is written."""
    return json.dumps(values, ensure_ascii=False, indent=1)


def _model(analysis: WordAnalysis | SentenceAnalysis | ContextAnalysis) -> dict[str, Any]:
    """Which model ran, and what its precision cost if it was not float32: null if that could not be measured."""
    model, deviation = analysis.model, analysis.deviation
    if model.precision == "float32":
        return {"model": model.identity}
    return {"model": model.identity, "cosine_deviation": deviation and asdict(deviation)}


def _compared(analysis: WordAnalysis | SentenceAnalysis | ContextAnalysis) -> dict[str, Any]:
    """The measure, and what it was taken from if it takes something; 0 components were removed by most."""
    request = analysis.request
    if request.measure not in WITH_BASIS:
        return {"measure": request.measure}
    basis = {"reference": request.basis.reference, "components": components_removed(analysis, request)}
    return {"measure": request.measure, "basis": basis}


def _of_items(analysis: WordAnalysis | SentenceAnalysis) -> dict[str, Any]:
    """What an analysis of single items has, whether these are words or sentences."""
    variance = analysis.activations.variance.mean(axis=2)  # (layer, position)
    return {
        "pooling": analysis.request.pooling,
        "layers": list(analysis.model.layers),
        "items": [_item(item) for item in analysis.inputs.items],
        "dropped": [_item(item) for item in analysis.inputs.dropped],
        **_statistics(analysis.statistics),
        "next_tokens": list(analysis.activations.next_tokens),
        "variance": {str(layer): row.tolist() for layer, row in enumerate(variance)},
    }


def _statistics(statistics: BookStatistics) -> dict[str, Any]:
    names = ("within_mean", "across_mean", "delta", "t")
    return {
        "book": {name: _numbers(getattr(statistics, name)) for name in names},
        "n_within": statistics.n_within,
        "n_across": statistics.n_across,
    }


def _shuffled(found: ShuffledRange) -> dict[str, Any]:
    """95 % of the shuffles lie from ``low`` to ``high``."""
    return {
        "low": _numbers(found.low),
        "high": _numbers(found.high),
        "shuffles": found.shuffles,
        "seed": found.seed,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "word": item.label,
        "category": item.group,
        "text": item.text,
        "pieces": list(item.pieces),
        "token_ids": list(item.token_ids),
    }


def _numbers(values: Floats | FloatArray) -> list[float | None]:
    return [float(value) if math.isfinite(value) else None for value in values]


def _occurrences(found: Occurrences) -> dict[str, Any]:
    """``positions`` are those of every occurrence's last piece; ``used`` are those with a window in the analysis."""
    return {
        "word": found.word,
        "pieces": list(found.pieces),
        "count": len(found.lasts),
        "positions": found.lasts.tolist(),
        "used": found.lasts[found.used].tolist(),
        "n_early": found.n_early,
        "n_overlapping": found.n_overlapping,
        "n_continued": found.n_continued,
        "n_wider": found.n_wider,
        "n_left_out": found.n_left_out,
        "other_forms": dict(found.other_forms),
    }


def _contrasts(analysis: ContextAnalysis, summaries: Sequence[ContrastSummary]) -> list[dict[str, Any]]:
    """With intervals over the layers: null where nothing is left without one of the stretches of the text."""
    bands = context_intervals(analysis, [summary.contrast for summary in summaries])
    return [
        {**_contrast(summary), "interval": stretch_interval_json(band)}
        for summary, band in zip(summaries, bands, strict=True)
    ]


def _contrast(summary: ContrastSummary) -> dict[str, Any]:
    return {
        "name": summary.contrast.name,
        "pairs": [list(pair) for pair in summary.contrast.pairs],
        "n_pairs": summary.n_pairs,
        "mean": _numbers(summary.mean),
        "counts": summary.counts.tolist(),
        "below": summary.below.tolist(),
        "above": summary.above.tolist(),
    }
