"""How results are looked at: small controls that several pages share. Their choice is part of the session."""

import streamlit as st

from catsel_core.analyses.contexts import BOOK_BINS, DATA_BINS, Bins
from catsel_core.analyses.side_by_side import LayerSimilarity
from catsel_core.figures.of_side_by_side import LAYER_SIMILARITIES, STATISTICS
from catsel_core.session import Approach, Scale
from catsel_core.statistics.pairs import Statistic
from pages.ui.controls.shared import one_of
from pages.ui.session import visitor

_SCALES: dict[Scale, str] = {"layer": "Fit each layer", "shared": "Same for all layers"}
_APPROACHES: dict[Approach, str] = {"book": "Book", "careful": "Careful"}
_BINS = {"Range of the data": DATA_BINS, "The book's (0.4 to 1)": BOOK_BINS}


def scale_control() -> Scale:
    """Whether colour and axis ranges follow each layer or stay the same."""
    chosen = one_of(
        "Range",
        _SCALES,
        visitor.session().view.scale,
        "scale-choice",
        "Of colours and axes. Fit each layer to see its pattern; keep one range to see levels move across layers.",
    )
    visitor.change_view(scale=chosen)
    return chosen


def approach_control() -> Approach:
    """Whether the book's statistics or the careful ones are shown."""
    chosen = one_of(
        "Statistics",
        _APPROACHES,
        visitor.session().view.approach,
        "approach",
        "Careful: a permutation test that holds its level over all layers, and intervals for new words of these kinds.",
    )
    visitor.change_view(approach=chosen)
    return chosen


def bins_control() -> Bins:
    """Bins of the tornado plots."""
    current = visitor.session().view.bins
    name = one_of(
        "Bins",
        {name: name for name in _BINS},
        next((name for name, bins in _BINS.items() if bins == current), "Range of the data"),
        "bins-choice",
        "34 bins, the same for all layers and panels. What lies outside the book's range is counted and reported.",
    )
    visitor.change_view(bins=_BINS[name])
    return _BINS[name]


def statistic_control() -> Statistic:
    """Which statistic the profiles of both sides show."""
    chosen = one_of("Statistic", STATISTICS, visitor.session().view.statistic, "statistic")
    visitor.change_view(statistic=chosen)
    return chosen


def layer_similarity_control() -> LayerSimilarity:
    """How the similarity of two layers is measured."""
    chosen = one_of("Likeness", LAYER_SIMILARITIES, visitor.session().view.layer_similarity, "layer-similarity")
    visitor.change_view(layer_similarity=chosen)
    return chosen


def word_control(words: tuple[str, ...]) -> str | None:
    """One word to look at, or None for all."""
    chosen = st.selectbox("Sentences of", ["all words", *words], key="sense-word", persist_state="session")
    return chosen if chosen in words else None
