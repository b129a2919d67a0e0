"""All that an analysis depends on, as names and values for people."""

from collections.abc import Iterator

from catsel_core.analyses.comparing import Compares, components_removed
from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.represent import OfOneModel
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import Side, SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.figures.about import POOLING_NAMES, measure_name
from catsel_core.inputs.items import Pooling
from catsel_core.language import mark, tr
from catsel_core.models.spec import ModelSpec
from catsel_core.session import Approach
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.permutation_test import PermutationTest
from catsel_core.statistics.shuffles import ShuffledRange

Settings = tuple[tuple[str, str], ...]

_YES_NO = {True: mark("yes"), False: mark("no")}
_APPROACHES: dict[Approach, str] = {"book": mark("book"), "careful": mark("careful")}


def words_settings(analysis: WordAnalysis) -> Settings:
    """Of words in categories."""
    request = analysis.request
    return (*_model(analysis.model), (tr("Prompt"), request.template), *_compared(analysis, request, request.pooling))


def prompts_settings(found: PromptsAnalysis) -> Settings:
    """Of the same words in several prompts."""
    first, request = found.analyses[0], found.request
    prompts = " · ".join(found.templates)
    return (*_model(found.model), (tr("Prompts"), prompts), *_compared(first, request, request.pooling))


def sentences_settings(analysis: SentenceAnalysis) -> Settings:
    """Of sentences."""
    return (*_model(analysis.model), *_compared(analysis, analysis.request, analysis.request.pooling))


def contexts_settings(analysis: ContextAnalysis) -> Settings:
    """Of words in a text."""
    request, windows = analysis.request, analysis.request.windows
    most = tr("all")
    if windows.most is not None:
        most = tr("{most:,} (drawn with seed {seed} if there are more)", most=windows.most, seed=windows.seed)
    return (
        *_model(analysis.model),
        (tr("Text"), f"{request.text.title} ({request.text.source})"),
        (tr("SHA-256 of the text"), request.text.digest),
        (tr("Tokens before each word"), f"{windows.window:,}"),
        (tr("Occurrences of each word at most"), most),
        (tr("Capitalised forms, and those at the start of a line, too"), tr(_YES_NO[windows.other_forms])),
        (tr("Whole words only"), tr(_YES_NO[windows.whole_words])),
        *_compared(analysis, request, request.pooling),
    )


def sides_settings(found: SideBySide) -> Settings:
    """Of both sides, each named by its letter."""
    sides = {"A": _side(found.a, found.request.a), "B": _side(found.b, found.request.b)}
    return tuple((f"{letter} · {name}", value) for letter, side in sides.items() for name, value in side)


def _side(analysis: WordAnalysis, side: Side) -> Settings:
    return (*_model(analysis.model), (tr("Prompt"), side.template), *_compared(analysis, side, side.pooling))


def _model(model: ModelSpec) -> Iterator[tuple[str, str]]:
    yield tr("Model"), model.name
    yield tr("Revision of the model"), model.revision
    yield tr("Precision"), model.precision
    yield tr("Device"), model.device


def _compared(analysis: OfOneModel, request: Compares, pooling: Pooling) -> Iterator[tuple[str, str]]:
    yield tr("Words of several tokens"), tr(POOLING_NAMES[pooling])
    yield tr("Similarity"), measure_name(request.measure, request.basis, components_removed(analysis, request))


def shuffles_setting(shuffled: ShuffledRange) -> Settings:
    """Of the grey band."""
    count = tr("{count:,}, seed {seed}", count=shuffled.shuffles, seed=shuffled.seed)
    return ((tr("Shuffles of the grey band"), count),)


def test_setting(approach: Approach, careful: CarefulStatistics | None) -> Settings:
    """Of the permutation test, where careful statistics are shown."""
    looked_at = tr("Statistics"), tr(_APPROACHES[approach])
    if careful is None:
        return (looked_at,)
    return looked_at, (tr("Shuffles of the permutation test"), _shuffles(careful.test))


def _shuffles(test: PermutationTest) -> str:
    if test.exact:
        return tr("{count:,}, all distinct ones", count=test.n_permutations)
    return tr("{count:,}, seed {seed}", count=test.n_permutations, seed=test.seed)
