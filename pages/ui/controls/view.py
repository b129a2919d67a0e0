"""How results are looked at: small controls that several pages share. Their choice is part of the session."""

from collections.abc import Callable, Sequence

import streamlit as st

from catsel_core.analyses.contexts import BOOK_BINS, DATA_BINS, Bins
from catsel_core.analyses.side_by_side import LayerSimilarity
from catsel_core.analyses.word_views import MapOf
from catsel_core.figures.items import item_names
from catsel_core.figures.of_side_by_side import LAYER_SIMILARITIES, STATISTICS
from catsel_core.figures.ordered_matrix import MOST_OF_THEIR_OWN
from catsel_core.inputs.items import Item
from catsel_core.language import mark, tr
from catsel_core.session import Approach, Scale
from catsel_core.statistics.clusters import Ordering
from catsel_core.statistics.pairs import Statistic
from pages.ui.controls.shared import known, one_of
from pages.ui.session import visitor

_SCALES: dict[Scale, str] = {"layer": mark("Fit each layer"), "shared": mark("Same for all layers")}
_APPROACHES: dict[Approach, str] = {"book": mark("Book"), "careful": mark("Careful")}
_MAPS: dict[MapOf, str] = {"similarities": mark("Similarities"), "hidden states": mark("Hidden states")}
_ABOUT_STATISTIC = mark(
    "Δ: mean of within minus mean of across. t: Δ divided by the spread of the pairs. Or either mean by itself."
)
_ABOUT_LIKENESS = mark(
    "RSA: are the same pairs of words alike? CKA: is the geometry of the vectors the same? Debiased CKA is fair to few "
    "words."
)
_ABOUT_ORDER = mark(
    "As typed, or the most similar words side by side: within their categories, or in one tree of all words."
)
_NO_WORD, _ALL_WORDS = mark("no word"), mark("all words")
_TYPED = mark("As typed")
_ORDERS = {
    _TYPED: Ordering(),
    mark("Within categories"): Ordering("within categories"),
    mark("Within categories, each layer its own"): Ordering("within categories", each=True),
    mark("Clustered"): Ordering("clustered"),
    mark("Clustered, each layer its own"): Ordering("clustered", each=True),
}
_BINS = {mark("Range of the data"): DATA_BINS, mark("The book's (0.4 to 1)"): BOOK_BINS}


def scale_control() -> Scale:
    """Whether colour and axis ranges follow each layer or stay the same."""
    chosen = choose_scale(visitor.session().view.scale, "scale-choice")
    visitor.change_view(scale=chosen)
    return chosen


def choose_scale(current: Scale, key: str) -> Scale:
    """The same, of what is not the visitor's session; whoever asks keeps it."""
    return one_of(
        tr("Range"),
        _SCALES,
        current,
        key,
        tr("Of colours and axes. Fit each layer to see its pattern; keep one range to see levels move across layers."),
    )


def approach_control() -> Approach:
    """Whether the book's statistics or the careful ones are shown."""
    chosen = one_of(
        tr("Statistics"),
        _APPROACHES,
        visitor.session().view.approach,
        "approach",
        tr(
            "Careful: a permutation test that holds its level over all layers, and intervals for new words of these "
            "kinds."
        ),
    )
    visitor.change_view(approach=chosen)
    return chosen


def bins_control() -> Bins:
    """Bins of the tornado plots: those that are offered, or others that an opened session has."""
    current = visitor.session().view.bins
    offered = _BINS if current in _BINS.values() else {**_BINS, _bins_name(current): current}
    name = one_of(
        tr("Bins"),
        {name: name for name in offered},
        next(name for name, bins in offered.items() if bins == current),
        "bins-choice",
        tr("34 bins, the same for all layers and panels. What lies outside the book's range is counted and reported."),
    )
    visitor.change_view(bins=offered[name])
    return offered[name]


def _bins_name(bins: Bins) -> str:
    if bins.low is None:
        return tr("{count} bins", count=bins.count)
    return tr("{count} bins, {low:g} to {high:g}", count=bins.count, low=bins.low, high=bins.high)


def statistic_control() -> Statistic:
    """Which statistic the profiles of both sides show."""
    current = visitor.session().view.statistic
    chosen = one_of(tr("Statistic"), STATISTICS, current, "statistic", tr(_ABOUT_STATISTIC))
    visitor.change_view(statistic=chosen)
    return chosen


def layer_similarity_control() -> LayerSimilarity:
    """How the similarity of two layers is measured."""
    current = visitor.session().view.layer_similarity
    chosen = one_of(tr("Likeness"), LAYER_SIMILARITIES, current, "layer-similarity", tr(_ABOUT_LIKENESS))
    visitor.change_view(layer_similarity=chosen)
    return chosen


def order_control(count: int) -> Ordering:
    """How so many words of a matrix are ordered."""
    offered = {name: each for name, each in _ORDERS.items() if not each.each or count <= MOST_OF_THEIR_OWN}
    current = visitor.session().view.ordering
    first = next((name for name, each in offered.items() if each == current), _TYPED)
    asked = st.selectbox(
        tr("Order"), list(offered), list(offered).index(first), format_func=tr, key="order", help=tr(_ABOUT_ORDER)
    )
    chosen = known(asked, offered, first)
    visitor.change_view(ordering=offered[chosen])
    return offered[chosen]


def map_control() -> MapOf:
    """What the map is made from."""
    chosen = one_of(
        tr("Map of"),
        _MAPS,
        visitor.session().view.map_of,
        "map-of",
        tr("Similarities: directions, as they are compared elsewhere. Hidden states: the vectors as they are."),
    )
    visitor.change_view(map_of=chosen)
    return chosen


def item_control(items: Sequence[Item]) -> int:
    """One word to look at, by its number."""
    names = item_names(items)
    chosen = st.selectbox(
        tr("Word"), names, key="item", persist_state="session", help=tr("Whose way through the layers is drawn.")
    )
    return names.index(known(chosen, names, names[0]))


def item_or_none_control(items: Sequence[Item]) -> int | None:
    """One word whose nearest words are drawn, by its number; or none."""
    names = item_names(items)
    chosen = st.selectbox(
        tr("Nearest words of"),
        [_NO_WORD, *names],
        format_func=_word_or(_NO_WORD),
        key="item-or-none",
        persist_state="session",
        help=tr("Lines lead from it to the words that are nearest among all dimensions, however far off on the map."),
    )
    return names.index(chosen) if chosen in names else None


def word_control(words: tuple[str, ...]) -> str | None:
    """One word to look at, or None for all."""
    chosen = st.selectbox(
        tr("Sentences of"),
        [_ALL_WORDS, *words],
        format_func=_word_or(_ALL_WORDS),
        key="sense-word",
        persist_state="session",
        help=tr("The matrix of one word's sentences, or of all."),
    )
    return chosen if chosen in words else None


def _word_or(other: str) -> Callable[[str], str]:
    """Shows a typed word as it is, and in the visitor's language what may be chosen instead of one."""
    return lambda each: tr(each) if each == other else each
