"""All that an analysis depends on, as names and values for people."""

from collections.abc import Iterator

from catsel_core.analyses.comparing import Compares, components_removed
from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.represent import OfOneModel
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import Side, SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.figures.about import POOLING_NAMES, measure_name
from catsel_core.inputs.items import Pooling
from catsel_core.models.spec import ModelSpec
from catsel_core.session import Approach
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.shuffles import ShuffledRange

Settings = tuple[tuple[str, str], ...]

_YES_NO = {True: "yes", False: "no"}


def words_settings(analysis: WordAnalysis) -> Settings:
    """Of words in categories."""
    request = analysis.request
    return (*_model(analysis.model), ("Prompt", request.template), *_compared(analysis, request, request.pooling))


def sentences_settings(analysis: SentenceAnalysis) -> Settings:
    """Of sentences."""
    return (*_model(analysis.model), *_compared(analysis, analysis.request, analysis.request.pooling))


def contexts_settings(analysis: ContextAnalysis) -> Settings:
    """Of words in a text."""
    request, windows = analysis.request, analysis.request.windows
    most = "all" if windows.most is None else f"{windows.most:,} (drawn with seed {windows.seed} if there are more)"
    return (
        *_model(analysis.model),
        ("Text", f"{request.text.name} ({request.text.origin})"),
        ("SHA-256 of the text", request.text.digest),
        ("Tokens before each word", f"{windows.window:,}"),
        ("Occurrences of each word at most", most),
        ("Capitalised forms, and those at the start of a line, too", _YES_NO[windows.other_forms]),
        ("Whole words only", _YES_NO[windows.whole_words]),
        *_compared(analysis, request, request.pooling),
    )


def sides_settings(found: SideBySide) -> Settings:
    """Of both sides, each named by its letter."""
    sides = {"A": _side(found.a, found.request.a), "B": _side(found.b, found.request.b)}
    return tuple((f"{letter} · {name}", value) for letter, side in sides.items() for name, value in side)


def _side(analysis: WordAnalysis, side: Side) -> Settings:
    return (*_model(analysis.model), ("Prompt", side.template), *_compared(analysis, side, side.pooling))


def _model(model: ModelSpec) -> Iterator[tuple[str, str]]:
    yield "Model", model.name
    yield "Revision of the model", model.revision
    yield "Precision", model.precision
    yield "Device", model.device


def _compared(analysis: OfOneModel, request: Compares, pooling: Pooling) -> Iterator[tuple[str, str]]:
    yield "Words of several tokens", POOLING_NAMES[pooling]
    yield "Similarity", measure_name(request.measure, request.basis, components_removed(analysis, request))


def shuffles_setting(shuffled: ShuffledRange) -> Settings:
    """Of the grey band."""
    return (("Shuffles of the grey band", f"{shuffled.shuffles:,}, seed {shuffled.seed}"),)


def test_setting(approach: Approach, careful: CarefulStatistics | None) -> Settings:
    """Of the permutation test, where careful statistics are shown."""
    if careful is None:
        return (("Statistics", approach),)
    test = careful.test
    how = "all distinct ones" if test.exact else f"seed {test.seed}"
    return (("Statistics", approach), ("Shuffles of the permutation test", f"{test.n_permutations:,}, {how}"))
