"""A live example for every pitfall: made from what the visitor has chosen, with the charts of the other pages."""

from collections.abc import Callable
from itertools import chain

import streamlit as st

from catsel_core.analyses.contexts import BOOK_BINS, DATA_BINS, ContextAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import LayerSimilarity
from catsel_core.analyses.words import WordAnalysis
from catsel_core.figures import (
    Chart,
    Payload,
    of_contexts,
    of_method,
    of_prompts,
    of_sentences,
    of_side_by_side,
    of_words,
)
from catsel_core.inputs.presets import PRESETS
from catsel_core.language import tr
from catsel_core.statistics.contrasts import Contrast
from pages.ui import messages
from pages.ui.controls.targets import located, show_found
from pages.ui.controls.text import context_request
from pages.ui.session import visitor
from pages.ui.viewer.components import LAYER_B, Follows, layer_bar, layer_slider, show_chart
from pages.ui.work import results
from pages.ui.work.charts import chart


def _words() -> WordAnalysis:
    return results.analysis(visitor.session().word_request())


def _sentences() -> SentenceAnalysis:
    return results.analysis(visitor.session().sentence_request())


def _contexts() -> tuple[ContextAnalysis, tuple[Contrast, ...]]:
    analysis = results.analysis(context_request())
    return analysis, visitor.session().contexts.contrasts.contrasts(analysis.label_pairs.labels)


def _show(layers: tuple[str, ...], *charts: Payload) -> None:
    """Charts side by side below the slider, and what they are made from."""
    with layer_bar():
        layer_slider(layers)
    for number, (column, one) in enumerate(zip(st.columns(len(charts), gap="large"), charts, strict=True)):
        with column:
            show_chart(one, key=f"-{number + 1}", explained=False)
    for line in dict.fromkeys(chain(*(one.about.lines for one in charts))):
        messages.aside(line)


def _of_words(*builds: Callable[[WordAnalysis], Chart]) -> Callable[[], None]:
    def show() -> None:
        analysis = _words()
        _show(analysis.model.layers, *(chart(build, analysis) for build in builds))

    return show


def _emb() -> None:
    analysis = _sentences()
    if analysis.senses is None:
        messages.note(tr("Your sentences have no word in two senses: choose others on the page Senses."))
    else:
        _show(analysis.model.layers, chart(of_sentences.sense_profile, analysis))


def _several_tokens() -> None:
    analysis = _words()
    st.dataframe(of_method.pieces_of_words(analysis.inputs.words, analysis.model), hide_index=True)
    messages.aside(analysis.model.name)


def _space() -> None:
    analysis = _words()
    st.dataframe(of_method.forms_of_words(analysis.inputs.words, analysis.model), hide_index=True)
    messages.aside(analysis.model.name)


def _one_prompt() -> None:
    found = results.analysis(visitor.session().prompts_request())
    _show(found.model.layers, chart(of_prompts.prompts_profile, found))


def _range() -> None:
    analysis = _words()
    matrices = (chart(of_words.similarity_matrix, analysis, scale) for scale in ("layer", "shared"))
    _show(analysis.model.layers, *matrices)


def _bins() -> None:
    analysis, contrasts = _contexts()
    tornados = (chart(of_contexts.tornados, analysis, contrasts[-1:], bins) for bins in (DATA_BINS, BOOK_BINS))
    _show(analysis.model.layers, *chain(*tornados))


def _product_labels() -> None:
    """The visitor's list, or a ready one with more categories, where products of few do not collide."""
    own = of_method.confused_pairs(visitor.session().words.words)
    ready = ((each, of_method.confused_pairs(each.words)) for each in PRESETS)
    collides = None if own[0] else next((found for found in ready if found[1][0]), None)
    wrong, across, example = collides[1] if collides else own
    if collides:
        messages.aside(tr("In your list no two products are the same; here is a ready one."))
        said = tr(
            "In “{name}”, **{wrong:,} of {across:,}** pairs across categories would count as within",
            name=messages.plain(tr(collides[0].name)),
            wrong=wrong,
            across=across,
        )
    else:
        said = tr(
            "In your list, **{wrong:,} of {across:,}** pairs across categories would count as within",
            wrong=wrong,
            across=across,
        )
    st.markdown(said + (f": {example}." if example else "."))


def _map() -> None:
    analysis = _words()
    _show(analysis.model.layers, chart(of_words.word_map, analysis, "similarities", None))


def _windows() -> None:
    request = context_request()
    messages.aside(request.text.title)
    show_found(request, located(request))


def _stretches() -> None:
    analysis, contrasts = _contexts()
    _show(analysis.model.layers, chart(of_contexts.careful_mean_profile, analysis, contrasts))


def _few_words_cka() -> None:
    found = results.analysis(visitor.session().compare_request())
    with layer_bar():
        layer_slider(found.a.model.layers, mark="A")
        layer_slider(found.b.model.layers, LAYER_B, "B")
    measures: tuple[LayerSimilarity, ...] = ("cka", "debiased-cka")
    for column, measure in zip(st.columns(2, gap="large"), measures, strict=True):
        with column:
            one = chart(of_side_by_side.layer_similarity_map, found, measure)
            show_chart(one, key=f"-{measure}", explained=False, follows=Follows(across=LAYER_B))


EXAMPLES: dict[str, Callable[[], None]] = {
    "emb": _emb,
    "final-norm": _of_words(of_method.state_lengths, of_words.mean_profile),
    "anisotropy": _of_words(of_words.unit_profile),
    "forced-mean": _of_words(of_method.mean_by_measure),
    "several-tokens": _several_tokens,
    "space": _space,
    "one-prompt": _one_prompt,
    "range": _range,
    "bins": _bins,
    "product-labels": _product_labels,
    "t-grows": _of_words(of_method.t_of_fewer_words),
    "pairs-share-words": _of_words(of_words.shuffle_view),
    "many-layers": _of_words(of_words.careful_delta),
    "unequal-sizes": _of_words(of_words.careful_delta, of_words.careful_balanced),
    "intervals": _of_words(of_words.careful_means),
    "no-stars": _of_words(of_words.selectivity),
    "map": _map,
    "windows": _windows,
    "stretches": _stretches,
    "few-words-cka": _few_words_cka,
}
"""What is shown for a pitfall, by its id."""
