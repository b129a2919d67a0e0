"""All tables of a result, of any kind."""

from collections.abc import Iterator

from catsel_core.analyses.contexts import ContextAnalysis, shown_items
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.analyses.words import WordAnalysis
from catsel_core.export import statistics_tables as statistics
from catsel_core.export.item_tables import items_table, left_out_table, occurrences_table, pairs_table
from catsel_core.export.parts import Result
from catsel_core.export.tables import Table, stacked
from catsel_core.inputs.tables import Cell
from catsel_core.language import tr


def tables_of(result: Result) -> tuple[Table, ...]:
    """Statistics, items and pairs."""
    match result.analysis:
        case WordAnalysis():
            found = _of_words(result, result.analysis)
        case PromptsAnalysis():
            found = _of_prompts(result, result.analysis)
        case ContextAnalysis():
            found = _of_contexts(result, result.analysis)
        case SentenceAnalysis():
            found = _of_sentences(result, result.analysis)
        case SideBySide():
            found = _of_sides(result.analysis)
    return tuple(table for table in found if table is not None)


def _of_words(result: Result, analysis: WordAnalysis) -> Iterator[Table | None]:
    layers = analysis.model.layers
    yield statistics.words_table(analysis)
    for careful in result.careful:
        yield statistics.careful_table(careful, layers)
    yield items_table(analysis, analysis.activations.next_tokens)
    yield pairs_table(analysis.similarity, analysis.inputs.items, layers)


def _of_prompts(result: Result, found: PromptsAnalysis) -> Iterator[Table | None]:
    told: list[dict[str, Cell]] = [{"prompt": template} for template in found.templates]
    layers, analyses = found.model.layers, found.analyses
    yield statistics.prompts_table(found)
    yield statistics.prompts_spread_table(found)
    careful = [statistics.careful_table(one, layers) for one in result.careful]
    items = [items_table(one, one.activations.next_tokens) for one in analyses]
    pairs = [pairs_table(one.similarity, one.inputs.items, layers) for one in analyses]
    for tables in (careful, items, pairs):
        about = tr("As for one prompt. {about}", about=tables[0].about)
        yield stacked(tables[0].name, about, list(zip(told, tables, strict=True)))


def _of_contexts(result: Result, analysis: ContextAnalysis) -> Iterator[Table | None]:
    bins = result.session.view.bins
    yield statistics.contrasts_table(analysis, result.contrasts, bins)
    yield statistics.bins_table(analysis, result.contrasts, bins)
    yield occurrences_table(analysis)
    numbers = shown_items(analysis.label_pairs)
    yield pairs_table(analysis.similarity, analysis.shown, analysis.model.layers, numbers)


def _of_sentences(result: Result, analysis: SentenceAnalysis) -> Iterator[Table | None]:
    yield statistics.senses_table(analysis)
    yield statistics.sense_words_table(analysis)
    for careful in result.careful:
        yield statistics.careful_table(careful, analysis.model.layers)
    yield items_table(analysis, analysis.activations.next_tokens)
    yield pairs_table(analysis.similarity, analysis.inputs.items, analysis.model.layers)


def _of_sides(found: SideBySide) -> Iterator[Table | None]:
    yield statistics.sides_table(found)
    yield statistics.layer_similarity_table(found)
    yield statistics.change_table(found)
    yield left_out_table(found)
    for letter, side in zip("ab", found.sides, strict=True):
        yield items_table(side, side.activations.next_tokens, f"items-{letter}")
        pairs = pairs_table(side.similarity, side.inputs.items, side.model.layers)
        yield Table(f"pairs-{letter}", pairs.about, pairs.columns)
