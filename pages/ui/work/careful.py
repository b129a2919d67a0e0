"""The careful statistics of an analysis and their charts, made once for all visitors."""

from collections.abc import Callable

from catsel_core.analyses.careful import careful_words
from catsel_core.analyses.words import WordAnalysis
from catsel_core.figures import Chart, Payload
from catsel_core.figures.about import about
from catsel_core.statistics.careful import CarefulStatistics
from pages.ui.work.cache import MEMORY


def careful_chart(build: Callable[[WordAnalysis, CarefulStatistics], Chart], analysis: WordAnalysis) -> Payload:
    """What ``build`` makes of the careful statistics, as it goes to the browser."""
    made: Payload = MEMORY.get_or_build(
        (build.__qualname__, analysis.request, analysis.model),
        lambda: build(analysis, _careful(analysis)).for_browser(about(analysis)),
    )
    return made


def _careful(analysis: WordAnalysis) -> CarefulStatistics:
    found: CarefulStatistics = MEMORY.get_or_build(
        ("careful", analysis.request, analysis.model), lambda: careful_words(analysis)
    )
    return found
