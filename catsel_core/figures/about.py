"""What a picture says of itself when it leaves the page: model, prompt or text, words, and a name for its file."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import singledispatch

from catsel_core.analyses.comparing import Compares, components_removed
from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.represent import OfOneModel
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import Side, SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.figures.chart import About
from catsel_core.figures.texts import quoted
from catsel_core.inputs.items import Pooling
from catsel_core.inputs.writing import isolated
from catsel_core.language import mark, tr, tr_count
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.measures import FROM_ITEMS, WITH_BASIS, Basis, Measure, Reference

POOLING_NAMES: dict[Pooling, str] = {
    "last": mark("last piece"),
    "mean": mark("mean of pieces"),
    "drop": mark("one token only"),
}
"""What is done with words of several tokens, in few words, which whoever shows them translates."""
_MEASURES: dict[Measure, str] = {
    "cosine": mark("cosine"),
    "centred": mark("cosine minus the mean"),
    "zscored": mark("z-scored cosine by mean and spread"),
    "all-but-the-top": mark("cosine without the top components"),
    "spearman": mark("Spearman's correlation"),
}
_TAKEN_FROM: dict[Reference, str] = {
    "items": mark("{measure} of these items"),
    "text": mark("{measure} of reference contexts"),
}

_MOST_NAMED = 12  # categories in a line; further ones are counted
_MOST_IN_FILE_NAME = 3
_LONGEST_FILE_NAME = 60


def measure_name(measure: Measure, basis: Basis = FROM_ITEMS, removed: int | None = None) -> str:
    """A measure of similarity in few words, with what it is taken from if it is taken from something.

    Args:
        measure: which.
        basis: what was asked for.
        removed: how many components were removed, if that is known.
    """
    count = basis.components if removed is None else removed
    without = measure == "all-but-the-top" and count is not None
    name = _without_top(count or 0) if without else tr(_MEASURES[measure])
    return tr(_TAKEN_FROM[basis.reference], measure=name) if measure in WITH_BASIS else name


def _without_top(count: int) -> str:
    return tr_count("cosine without the top component", "cosine without the top {count} components", count)


def _measure(analysis: OfOneModel, request: Compares) -> str:
    return measure_name(request.measure, request.basis, components_removed(analysis, request))


@singledispatch
def about(analysis: object) -> About:
    """Of any finished analysis.

    Raises:
        TypeError: for anything else.
    """
    raise TypeError(f"{type(analysis).__name__} is no analysis.")


@about.register
def _words(analysis: WordAnalysis) -> About:
    request = analysis.request
    how = (quoted(request.template), tr(POOLING_NAMES[request.pooling]), _measure(analysis, request))
    groups = [item.group for item in analysis.inputs.items]
    return About((_joined(_model(analysis.model), *how), _counted(groups)), file_name(dict.fromkeys(groups)))


@about.register
def _prompts(found: PromptsAnalysis) -> About:
    request, groups = found.request, found.inputs.labels
    how = tr(POOLING_NAMES[request.pooling]), _measure(found.analyses[0], request)
    prompts = tr("{count} prompts", count=len(found.templates))
    first = _joined(_model(found.model), prompts, *how)
    return About((first, _counted(groups)), file_name(dict.fromkeys(groups)))


@about.register
def _contexts(analysis: ContextAnalysis) -> About:
    request = analysis.request
    window = tr_count("{count} tokens before each word", "{count} tokens before each word", request.windows.window)
    how = tr(POOLING_NAMES[request.pooling]), _measure(analysis, request)
    first = _joined(_model(analysis.model), request.text.name, window, *how)
    name = file_name((request.text.name, *request.targets))
    return About((first, _counted(item.group for item in analysis.inputs.items)), name)


@about.register
def _sentences(analysis: SentenceAnalysis) -> About:
    words = dict.fromkeys(item.label for item in analysis.inputs.items)
    count = tr("{count} sentences", count=len(analysis.inputs.items))
    how = tr(POOLING_NAMES[analysis.request.pooling]), _measure(analysis, analysis.request)
    first = _joined(_model(analysis.model), count, *how)
    return About((first, _counted(item.label for item in analysis.inputs.items)), file_name(words))


@about.register
def _side_by_side(found: SideBySide) -> About:
    request = found.request
    sides = zip("AB", (request.a, request.b), found.sides, strict=True)
    lines = [f"{letter}: {_side(side, analysis)}" for letter, side, analysis in sides]
    groups = [item.group for item in found.a.inputs.items]
    return About((*lines, _counted(groups)), file_name(dict.fromkeys(groups)))


def _side(side: Side, analysis: WordAnalysis) -> str:
    how = tr(POOLING_NAMES[side.pooling]), _measure(analysis, side)
    return _joined(_model(analysis.model), quoted(side.template), *how)


def _model(model: ModelSpec) -> str:
    if model.precision == "float32":
        return model.name
    return tr("{model} in {precision}", model=model.name, precision=model.precision)


def _joined(*parts: str) -> str:
    return " · ".join(parts)


def _counted(groups: Iterable[str]) -> str:
    """``fruit (11), space (10)``."""
    counts = Counter(groups)
    named = [f"{isolated(group)} ({count})" for group, count in list(counts.items())[:_MOST_NAMED]]
    more = len(counts) - len(named)
    return ", ".join([*named, tr("{count} more", count=more)] if more else named)


def file_name(parts: Iterable[str]) -> str:
    """A part of a file's name, such as ``space-furniture-fruit``, that every system takes; of many parts the first."""
    plain = [word for part in parts if (word := _plain(part))]
    shown = plain[:_MOST_IN_FILE_NAME] if len(plain) > _MOST_IN_FILE_NAME + 1 else plain
    more = [f"and-{len(plain) - len(shown)}-more"] if len(plain) > len(shown) else []
    return "-".join(["-".join(shown)[:_LONGEST_FILE_NAME].strip("-"), *more])


def _plain(part: str) -> str:
    """Letters, marks on them and digits, of any language, with hyphens between words."""
    kept = (character if unicodedata.category(character)[0] in "LMN" else " " for character in part)
    return "-".join("".join(kept).lower().split())
