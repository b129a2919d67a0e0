"""The sections of a report: of every kind of analysis the figures of its pages, its settings and its tables."""

import functools
from collections.abc import Iterable

from catsel_core.analyses.careful import careful_senses, careful_words
from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.kinds import Analysis, kind_of
from catsel_core.analyses.notes import what_to_know
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.export import report_settings as settings
from catsel_core.export import report_tables as tables
from catsel_core.export.report_parts import Place, Section, Shown, chart_shown, charts_shown
from catsel_core.figures import Chart, of_contexts, of_prompts, of_sentences, of_side_by_side, of_words
from catsel_core.figures.about import about
from catsel_core.figures.explanations import explanations
from catsel_core.inputs.search_notes import search_notes
from catsel_core.language import mark, tr
from catsel_core.session import Session
from catsel_core.viewer.given import LAYER_B, Follows, neighbours_data, slider_data

NO_SENSES = mark("No word has pairs both within a sense and between two: there is nothing to compare.")


@functools.singledispatch
def section(analysis: object, session: Session) -> Section:
    """A finished analysis, looked at as the session says.

    Raises:
        TypeError: if a report has no section of this kind.
    """
    raise TypeError(f"a report has no section of a {type(analysis).__name__}")


@section.register
def _words(analysis: WordAnalysis, session: Session) -> Section:
    view, said = session.view, about(analysis)
    is_careful = view.approach == "careful"
    first = (
        of_words.similarity_matrix(analysis, view.scale, view.ordering),
        of_words.distributions(analysis, view.scale),
    )
    profiles = [profile(analysis) for profile in of_words.PROFILES[view.approach]]
    last = [of_words.shuffle_view(analysis)] if is_careful else []
    return Section(
        tr("Words in categories"),
        (
            *settings.words_settings(analysis),
            *settings.shuffles_setting(analysis.shuffled),
            *settings.test_setting(view.approach, careful_words(analysis) if is_careful else None),
        ),
        _notes(analysis),
        _slider(analysis.model.layers),
        (
            charts_shown(first, said),
            charts_shown(profiles, said, _LETTERS),
            charts_shown(last, said),
            *(charts_shown(charts, said) for charts in _single_words(analysis)),
            charts_shown([of_words.word_map(analysis, view.map_of, None)], said),
        ),
        (
            tables.words_table(analysis.inputs.items, analysis.activations.next_tokens),
            tables.statistics_table(analysis.statistics, analysis.model.layers, tr("At every layer")),
        ),
    )


def _single_words(analysis: WordAnalysis) -> Iterable[list[Chart]]:
    yield [of_words.selectivity(analysis), of_words.category_means(analysis)]
    yield [of_words.accuracy(analysis), of_words.silhouette(analysis)]


@section.register
def _prompts(found: PromptsAnalysis, _: Session) -> Section:
    layers = found.model.layers
    return Section(
        tr("The same words in several prompts"),
        settings.prompts_settings(found),
        _notes(found),
        _slider(layers),
        (charts_shown([of_prompts.prompts_profile(found), of_prompts.noise_ceiling(found)], about(found)),),
        tuple(
            tables.statistics_table(each.statistics, layers, tr("“{prompt}”, at every layer", prompt=prompt))
            for prompt, each in zip(found.templates, found.analyses, strict=True)
        ),
    )


@section.register
def _contexts(analysis: ContextAnalysis, session: Session) -> Section:
    view, said = session.view, about(analysis)
    contrasts = session.contexts.contrasts.contrasts(analysis.label_pairs.labels)
    first = (
        of_contexts.occurrence_matrix(analysis, view.scale),
        of_contexts.DISTRIBUTIONS[view.approach](analysis, contrasts, view.scale),
    )
    means = of_contexts.MEAN_PROFILES[view.approach](analysis, contrasts)
    panels = of_contexts.tornados(analysis, contrasts, view.bins)
    return Section(
        tr("Words in a text"),
        (*settings.contexts_settings(analysis), *settings.test_setting(view.approach, None)),
        (*search_notes(analysis.located.occurrences), *_notes(analysis)),
        _slider(analysis.model.layers),
        (
            charts_shown(first, said),
            tuple(
                chart_shown(panel, said, Place(key=f"-{number}"), explained=number == 1)
                for number, panel in enumerate(panels, start=1)
            ),
            charts_shown([means], said),
        ),
        (tables.targets_table(analysis), tables.contrasts_table(analysis, contrasts)),
    )


@section.register
def _sentences(analysis: SentenceAnalysis, session: Session) -> Section:
    view, said = session.view, about(analysis)
    senses, layers = analysis.senses, analysis.model.layers
    careful = careful_senses(analysis) if view.approach == "careful" else None
    return Section(
        tr("Word senses"),
        (
            *settings.sentences_settings(analysis),
            *(settings.shuffles_setting(senses.shuffled) if senses else ()),
            *settings.test_setting(view.approach, careful),
        ),
        (*_notes(analysis), *(() if senses else (tr(NO_SENSES),))),
        _slider(layers),
        tuple(charts_shown(charts, said) for charts in _sense_charts(analysis, session)),
        (
            tables.sentences_table(analysis.inputs.items),
            *(
                (tables.statistics_table(senses.overall, layers, tr("Pairs of one spelling, at every layer")),)
                if senses
                else ()
            ),
        ),
    )


def _sense_charts(analysis: SentenceAnalysis, session: Session) -> Iterable[list[Chart]]:
    """Those that stand side by side; without pairs of both kinds there is the matrix alone."""
    view = session.view
    matrix = of_sentences.sentence_matrix(analysis, None, view.scale)
    if analysis.senses is None:
        yield [matrix]
        return
    yield [profile(analysis) for profile in of_sentences.PROFILES[view.approach]]
    if view.approach == "careful":
        yield [of_sentences.shuffle_view(analysis)]
    yield [matrix, of_sentences.sense_distributions(analysis, view.scale)]


@section.register
def _sides(found: SideBySide, session: Session) -> Section:
    view, said = session.view, about(found)
    follow = {tr("best match"): found.paths[view.layer_similarity].tolist(), tr("same depth"): found.depth.tolist()}
    layers_a, layers_b = (side.model.layers for side in found.sides)
    matrices = of_side_by_side.matrix(found, "A", view.scale), of_side_by_side.matrix(found, "B", view.scale)
    between = of_side_by_side.layer_similarity_map(found, view.layer_similarity)
    return Section(
        tr("Side by side"),
        settings.sides_settings(found),
        _notes(found),
        (
            Shown("slider", slider_data(layers_a, mark="A")),
            Shown("slider", slider_data(layers_b, LAYER_B, "B", follow)),
        ),
        (
            (
                *charts_shown([of_side_by_side.depth_profiles(found, view.statistic)], said),
                chart_shown(between, said, Place(follows=Follows(across=LAYER_B))),
            ),
            (
                chart_shown(matrices[0], said, Place("A · ", "-a")),
                chart_shown(matrices[1], said, Place("B · ", "-b", Follows(LAYER_B)), explained=False),
            ),
            (Shown("neighbours", neighbours_data(found, found.request.words.colors), explanations()["neighbours"]),),
        ),
        (
            tables.words_table(found.a.inputs.items),
            *tables.left_out_table(found),
            *(
                tables.statistics_table(side.statistics, side.model.layers, tr("{side}, at every layer", side=letter))
                for letter, side in zip("AB", found.sides, strict=True)
            ),
        ),
    )


_LETTERS = ("A · ", "B · ", "C · ", "D · ")
"""Of the four laminar profiles, as on their page."""


def _slider(layers: tuple[str, ...]) -> tuple[Shown, ...]:
    return (Shown("slider", slider_data(layers)),)


def _notes(analysis: Analysis) -> tuple[str, ...]:
    represented = kind_of(analysis.request).represented(analysis)
    return tuple(dict.fromkeys(note for each in represented for note in what_to_know(each)))
