"""How results are looked at: small controls that several pages share. Their choice is part of the session."""

from collections.abc import Sequence

import streamlit as st

from catsel_core.analyses.contexts import BOOK_BINS, DATA_BINS, Bins
from catsel_core.analyses.side_by_side import LayerSimilarity
from catsel_core.analyses.word_views import MapOf
from catsel_core.figures.items import item_names
from catsel_core.figures.of_side_by_side import LAYER_SIMILARITIES, STATISTICS
from catsel_core.figures.ordered_matrix import MOST_OF_THEIR_OWN
from catsel_core.inputs.items import Item
from catsel_core.session import Approach, Scale
from catsel_core.statistics.clusters import Ordering
from catsel_core.statistics.pairs import Statistic
from pages.ui.controls.shared import known, one_of
from pages.ui.session import visitor

_SCALES: dict[Scale, str] = {"layer": "Fit each layer", "shared": "Same for all layers"}
_APPROACHES: dict[Approach, str] = {"book": "Book", "careful": "Careful"}
_MAPS: dict[MapOf, str] = {"similarities": "Similarities", "hidden states": "Hidden states"}
_ABOUT_STATISTIC = (
    "Δ: mean of within minus mean of across. t: Δ divided by the spread of the pairs. Or either mean by itself."
)
_ABOUT_LIKENESS = (
    "RSA: are the same pairs of words alike? CKA: is the geometry of the vectors the same? Debiased CKA is fair to few "
    "words."
)
_ABOUT_ORDER = "As typed, or the most similar words side by side: within their categories, or in one tree of all words."
_NO_WORD = "no word"
_TYPED = "As typed"
_ORDERS = {
    _TYPED: Ordering(),
    "Within categories": Ordering("within categories"),
    "Within categories, each layer its own": Ordering("within categories", each=True),
    "Clustered": Ordering("clustered"),
    "Clustered, each layer its own": Ordering("clustered", each=True),
}
_BINS = {"Range of the data": DATA_BINS, "The book's (0.4 to 1)": BOOK_BINS}


def scale_control() -> Scale:
    """Whether colour and axis ranges follow each layer or stay the same."""
    chosen = choose_scale(visitor.session().view.scale, "scale-choice")
    visitor.change_view(scale=chosen)
    return chosen


def choose_scale(current: Scale, key: str) -> Scale:
    """The same, of what is not the visitor's session; whoever asks keeps it."""
    return one_of(
        "Range",
        _SCALES,
        current,
        key,
        "Of colours and axes. Fit each layer to see its pattern; keep one range to see levels move across layers.",
    )


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
    """Bins of the tornado plots: those that are offered, or others that an opened session has."""
    current = visitor.session().view.bins
    offered = _BINS if current in _BINS.values() else {**_BINS, _bins_name(current): current}
    name = one_of(
        "Bins",
        {name: name for name in offered},
        next(name for name, bins in offered.items() if bins == current),
        "bins-choice",
        "34 bins, the same for all layers and panels. What lies outside the book's range is counted and reported.",
    )
    visitor.change_view(bins=offered[name])
    return offered[name]


def _bins_name(bins: Bins) -> str:
    return f"{bins.count} bins" + ("" if bins.low is None else f", {bins.low:g} to {bins.high:g}")


def statistic_control() -> Statistic:
    """Which statistic the profiles of both sides show."""
    chosen = one_of("Statistic", STATISTICS, visitor.session().view.statistic, "statistic", _ABOUT_STATISTIC)
    visitor.change_view(statistic=chosen)
    return chosen


def layer_similarity_control() -> LayerSimilarity:
    """How the similarity of two layers is measured."""
    current = visitor.session().view.layer_similarity
    chosen = one_of("Likeness", LAYER_SIMILARITIES, current, "layer-similarity", _ABOUT_LIKENESS)
    visitor.change_view(layer_similarity=chosen)
    return chosen


def order_control(count: int) -> Ordering:
    """How so many words of a matrix are ordered."""
    offered = {name: each for name, each in _ORDERS.items() if not each.each or count <= MOST_OF_THEIR_OWN}
    current = visitor.session().view.ordering
    first = next((name for name, each in offered.items() if each == current), _TYPED)
    asked = st.selectbox("Order", list(offered), list(offered).index(first), key="order", help=_ABOUT_ORDER)
    chosen = known(asked, offered, first)
    visitor.change_view(ordering=offered[chosen])
    return offered[chosen]


def map_control() -> MapOf:
    """What the map is made from."""
    chosen = one_of(
        "Map of",
        _MAPS,
        visitor.session().view.map_of,
        "map-of",
        "Similarities: directions, as they are compared elsewhere. Hidden states: the vectors as they are.",
    )
    visitor.change_view(map_of=chosen)
    return chosen


def item_control(items: Sequence[Item]) -> int:
    """One word to look at, by its number."""
    names = item_names(items)
    chosen = st.selectbox(
        "Word", names, key="item", persist_state="session", help="Whose way through the layers is drawn."
    )
    return names.index(known(chosen, names, names[0]))


def item_or_none_control(items: Sequence[Item]) -> int | None:
    """One word whose nearest words are drawn, by its number; or none."""
    names = item_names(items)
    chosen = st.selectbox(
        "Nearest words of",
        [_NO_WORD, *names],
        key="item-or-none",
        persist_state="session",
        help="Lines lead from it to the words that are nearest among all dimensions, however far off on the map.",
    )
    return names.index(chosen) if chosen in names else None


def word_control(words: tuple[str, ...]) -> str | None:
    """One word to look at, or None for all."""
    chosen = st.selectbox(
        "Sentences of",
        ["all words", *words],
        key="sense-word",
        persist_state="session",
        help="The matrix of one word's sentences, or of all.",
    )
    return chosen if chosen in words else None
