"""What the two sides of a comparison are, and what is shown of it."""

from dataclasses import replace

import streamlit as st

from catsel_core.analyses.side_by_side import LayerSimilarity, Side, SideBySide
from catsel_core.errors import InputError
from catsel_core.figures.of_side_by_side import LAYER_SIMILARITIES, STATISTICS, Statistic
from catsel_core.inputs.items import PLACEHOLDER, checked_template
from catsel_core.models import find as models
from catsel_core.models.catalogue import CATALOGUE, title_of
from catsel_core.models.find import Precision
from catsel_core.statistics.similarity import Measure
from pages.ui import messages
from pages.ui.controls.prompt import POOLINGS
from pages.ui.session import state

MEASURES: dict[Measure, str] = {
    "cosine": "Cosine (the book's)",
    "centred": "Cosine, centred",
    "zscored": "Cosine, z-scored dimensions",
    "all-but-the-top": "Cosine, without the top component",
    "spearman": "Spearman's correlation",
}


def sides_control() -> None:
    """Edit both sides; what cannot be used is explained, and the last good choice stays."""
    sides = state.sides()
    for letter, side, column in zip("AB", sides, st.columns(2, gap="large"), strict=True):
        with column, st.container(border=True):
            state.set_side(letter, _edited(letter, side))


def _edited(letter: str, side: Side) -> Side:
    st.markdown(f"**Side {letter}**")
    choices = _models(side.model)
    model = st.selectbox(
        "Model",
        choices,
        choices.index(side.model),
        format_func=title_of,
        key=f"model-{letter}",
        persist_state="session",
    )
    template = st.text_input(
        "Prompt", side.template, key=f"template-{letter}", persist_state="session", help=f"{PLACEHOLDER} is the word."
    )
    with st.popover("More", icon=":material/tune:"):
        edited = _more(letter, replace(side, model=model))
    try:
        return replace(edited, template=checked_template(template))
    except InputError as exc:
        messages.error(str(exc))
        return edited


def _more(letter: str, side: Side) -> Side:
    pooling = st.segmented_control(
        "Words of several tokens",
        list(POOLINGS),
        default=side.pooling,
        format_func=POOLINGS.__getitem__,
        required=True,
        key=f"pooling-{letter}",
    )
    measure = st.selectbox(
        "Similarity",
        list(MEASURES),
        list(MEASURES).index(side.measure),
        format_func=MEASURES.__getitem__,
        key=f"measure-{letter}",
        persist_state="session",
        help="Centred and z-scored take their statistics from these very words, which forces the mean similarity of n "
        "words towards −1/(n − 1). With few categories the top component is largely their difference, so removing it "
        "removes much of what is to be seen.",
    )
    precisions: list[Precision] = ["float32", "bfloat16"]
    precision = st.segmented_control(
        "Precision", precisions, default=side.precision, required=True, key=f"precision-{letter}"
    )
    return replace(side, pooling=pooling, measure=measure, precision=precision)


def _models(current: str) -> list[str]:
    """Models that are on this computer: of the catalogue, and others that this visitor has used."""
    here = [entry.reference for entry in CATALOGUE if models.is_present(entry.reference)]
    return list(dict.fromkeys([*here, *state.other_models(), current]))


def show_left_out(found: SideBySide) -> None:
    """Words that only one side can use, or none."""
    place = st.empty()  # there even if nothing is said: charts keep their place, see results.analysis
    if not found.left_out:
        return
    names = ", ".join(f"{word.word} ({word.reason})" for word in found.left_out)
    count = len(found.left_out)
    with place:
        messages.note(f"{count} word{'s' * (count > 1)} left out of both sides: {names}.")


def statistic_control() -> Statistic:
    """Which statistic the profiles show."""
    names: list[Statistic] = list(STATISTICS)
    chosen: Statistic = st.segmented_control(
        "Statistic",
        names,
        default=st.session_state.get("compare_statistic", names[0]),
        format_func=STATISTICS.__getitem__,
        required=True,
        key="compare-statistic",
    )
    st.session_state["compare_statistic"] = chosen
    return chosen


def layer_similarity_control() -> LayerSimilarity:
    """How the likeness of two layers is measured."""
    names: list[LayerSimilarity] = list(LAYER_SIMILARITIES)
    chosen: LayerSimilarity = st.segmented_control(
        "Likeness",
        names,
        default=st.session_state.get("compare_layer_similarity", names[0]),
        format_func=LAYER_SIMILARITIES.__getitem__,
        required=True,
        key="compare-layer-similarity",
    )
    st.session_state["compare_layer_similarity"] = chosen
    return chosen
