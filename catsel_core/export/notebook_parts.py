"""What a notebook has of each part of a session: how it is analysed, its tables and its figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catsel_core.export.notebook_cells import Cell, code, said
from catsel_core.export.parts import Part
from catsel_core.figures.about import POOLING_NAMES, measure_name
from catsel_core.language import mark, tr
from catsel_core.session import ContextsChoice, SentencesChoice, Session, WordsChoice
from catsel_core.statistics.permutation_test import SEED

_TABLES = "from catsel_core.export.statistics_tables import"

_CAREFUL = mark("""
The careful statistics shuffle the labels of the items, never pairs, and ask how often that gives as large a Δ: `p` at
each layer by itself, `p_max` over all layers at once, `p_bh` after Benjamini and Hochberg. Intervals are jackknifes
that leave out one item at a time. `PERMUTATIONS = None` takes as many shuffles as the pages do.
""")

_STATISTICS = mark("""
*Within* are pairs of items that share a label, *across* the others. Δ is the difference of their mean similarities, `t`
is Student's t between the two groups of pairs (pairs share items, so it describes and does not test), `cohen_d` is Δ in
standard deviations of the pairs, and `auc` is how often a pair within is the more similar one.
""")


@dataclass(frozen=True, slots=True)
class _Text:
    """What is said of a part: its heading, and what is analysed, in Markdown."""

    heading: str
    analysed: str


_TEXTS: dict[Part, _Text] = {
    "words": _Text(
        mark("Words in categories"),
        mark(
            "Each word is put into the prompt, the model reads the prompt once, and its hidden state at the word is "
            "kept, at every layer."
        ),
    ),
    "prompts": _Text(
        mark("The same words in several prompts"),
        mark(
            "One prompt is one experiment. The words are read in each, and their spread belongs to the result; the "
            "noise ceiling says how well the prompts agree on which words are alike."
        ),
    ),
    "contexts": _Text(
        mark("The same words in a text"),
        mark(
            "Every occurrence is cut out with the tokens before it, the word last, and the model's hidden state at the "
            "word is kept. Intervals are jackknifes over 20 stretches of the text."
        ),
    ),
    "sentences": _Text(
        mark("One spelling, several senses"),
        mark(
            "The model reads every sentence, and its hidden state at the marked word is kept. Only pairs of the same "
            "spelling are compared, so before any context Δ is 0."
        ),
    ),
    "compare": _Text(
        mark("Side by side"),
        mark(
            "The same words twice: with two models, prompts, ways to treat words of several tokens, or measures. RSA "
            "and CKA say how alike every layer of A is to every layer of B."
        ),
    ),
}


def cells_of(part: Part, session: Session) -> list[Cell]:
    """The cells of a part, which find ``session``, ``texts`` and ``LAYER`` in those before."""
    text = _TEXTS[part]
    how = "" if part == "compare" else _compared(part, session)
    made = {"words": _words, "prompts": _prompts, "contexts": _contexts, "sentences": _sentences, "compare": _compare}
    cells = made[part](session)
    return [said(f"about-{part}", f"## {tr(text.heading)}\n\n{tr(text.analysed)}\n\n{how}"), *cells]


def _compared(part: Part, session: Session) -> str:
    chosen: WordsChoice | ContextsChoice | SentencesChoice = session.words
    if part in ("contexts", "sentences"):
        chosen = session.contexts if part == "contexts" else session.sentences
    measure = measure_name(chosen.measure, chosen.basis)
    pooling = tr(POOLING_NAMES[chosen.pooling])
    return tr(
        "Words of several tokens: {pooling}. Two vectors are compared by {measure}.", pooling=pooling, measure=measure
    )


def _words(session: Session) -> Iterator[Cell]:
    yield code("words", _analysis("words", "analyse_words", "session.word_request()"))
    yield said("about-words-table", tr(_STATISTICS))
    yield code("words-table", f"{_TABLES} words_table\n\nwords_table(words)")
    yield from _careful(session, "words", "careful_words")
    profiles = ("careful_means", "careful_delta") if _is_careful(session) else ("mean_profile", "delta_profile")
    yield from _figures(
        "words",
        "of_words",
        (
            "similarity_matrix(words, session.view.scale, session.view.ordering)",
            "distributions(words, session.view.scale)",
            *(f"{profile}(words)" for profile in profiles),
        ),
    )


def _prompts(session: Session) -> Iterator[Cell]:
    yield code("prompts", _analysis("prompts", "analyse_prompts", "session.prompts_request()"))
    yield code("prompts-table", f"{_TABLES} prompts_spread_table, prompts_table\n\nprompts_table(prompts)")
    yield code("prompts-spread", "prompts_spread_table(prompts)")
    yield from _figures("prompts", "of_prompts", ("prompts_profile(prompts)", "noise_ceiling(prompts)"))


def _contexts(session: Session) -> Iterator[Cell]:
    yield code(
        "contexts",
        _analysis("contexts", "analyse_contexts", "session.context_request(texts)")
        + "\ncontrasts = session.contexts.contrasts.contrasts(contexts.label_pairs.labels)",
    )
    table = "contrasts_table(contexts, contrasts, session.view.bins)"
    yield code("contexts-table", f"{_TABLES} contrasts_table\n\n{table}")
    careful = _is_careful(session)
    profile, curves = (
        ("careful_mean_profile", "careful_distributions") if careful else ("mean_profile", "layer_distributions")
    )
    yield from _figures(
        "contexts",
        "of_contexts",
        (
            "occurrence_matrix(contexts, session.view.scale)",
            f"{curves}(contexts, contrasts, session.view.scale)",
            f"{profile}(contexts, contrasts)",
        ),
    )
    lines = "tornados = of_contexts.tornados(contexts, contrasts, session.view.bins)"
    yield said(
        "about-tornado", tr("Tornado plots: how similar the pairs are, at every layer at once; one a group of pairs.")
    )
    yield code(
        "contexts-tornados",
        f"from IPython.display import display\n\n{lines}\nfor chart in tornados:\n    display(at_layer(chart, LAYER))",
    )


def _sentences(session: Session) -> Iterator[Cell]:
    yield code("sentences", _analysis("sentences", "analyse_sentences", "session.sentence_request()"))
    yield said("about-sentences-table", tr(_STATISTICS))
    yield code("sentences-table", f"{_TABLES} sense_words_table, senses_table\n\nsenses_table(sentences)")
    yield code(
        "sentences-words", 'sense_words_table(sentences) or "No word has pairs of the same and of another sense."'
    )
    yield from _careful(session, "sentences", "careful_senses")
    yield from _figures("sentences", "of_sentences", ("sentence_matrix(sentences, None, session.view.scale)",))
    profiles = ("sense_profile(sentences)", "sense_distributions(sentences, session.view.scale)")
    for number, made in enumerate(profiles, start=2):
        shown = f"at_layer(of_sentences.{made}, LAYER)"
        yield code(f"sentences-figure-{number}", f'{shown} if sentences.senses else "There is no such pair."')


def _compare(session: Session) -> Iterator[Cell]:
    yield code("compare", _analysis("found", "compare_sides", "session.compare_request()") + "\nfound.names")
    yield code("compare-table", f"{_TABLES} change_table, layer_similarity_table, sides_table\n\nsides_table(found)")
    yield code("compare-layers", "layer_similarity_table(found)")
    yield code("compare-words", "change_table(found)")
    yield from _figures(
        "compare",
        "of_side_by_side",
        (
            "depth_profiles(found, session.view.statistic)",
            "layer_similarity_map(found, session.view.layer_similarity)",
            'matrix(found, "A", session.view.scale)',
            'matrix(found, "B", session.view.scale)',
        ),
    )


def _is_careful(session: Session) -> bool:
    return session.view.approach == "careful"


def _analysis(name: str, function: str, request: str) -> str:
    return f"from catsel_core.analysis import {function}\n\n{name} = {function}({request})"


def _careful(session: Session, name: str, function: str) -> Iterator[Cell]:
    """The test and the intervals, where the session looks at them."""
    if not _is_careful(session):
        return
    yield said(f"about-{name}-careful", tr(_CAREFUL))
    lines = [
        f"from catsel_core.analysis import {function}",
        f"{_TABLES} careful_table\n",
        f"PERMUTATIONS, SEED = None, {SEED}",
        f"careful = {function}({name}, PERMUTATIONS, SEED)",
        f'careful_table(careful, {name}.model.layers) if careful else "There is nothing to test."',
    ]
    yield code(f"{name}-careful", "\n".join(lines))


def _figures(name: str, module: str, made: Sequence[str]) -> Iterator[Cell]:
    """The figures of the pages, at the layer that was chosen, one a cell."""
    imports = f"from catsel_core.figures import {module}\nfrom catsel_core.figures.at_layer import at_layer\n\n"
    for number, figure in enumerate(made, start=1):
        start = imports if number == 1 else ""
        yield code(f"{name}-figure-{number}", f"{start}at_layer({module}.{figure}, LAYER)")
