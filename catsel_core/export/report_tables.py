"""Tables of a report: what was compared, and the numbers at every layer."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from catsel_core.analyses.contexts import ContextAnalysis, layer_contrasts
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.arrays import Floats
from catsel_core.export.report_parts import Table
from catsel_core.figures import passages_of
from catsel_core.inputs.items import Item
from catsel_core.inputs.words_in_pieces import pieces_of
from catsel_core.language import grouped, tr
from catsel_core.statistics.contrasts import Contrast
from catsel_core.statistics.pairs import BookStatistics


def words_table(items: Sequence[Item], next_tokens: Sequence[str] = ()) -> Table:
    """Words with their categories and tokens; ``next_tokens`` are what the model would write after each prompt."""
    title, heads = tr("Words"), (tr("Word"), tr("Category"), tr("Tokens"))
    rows = [(item.label, item.group, pieces_of(item)) for item in items]
    if next_tokens:
        after = [token.replace(" ", "␣") for token in next_tokens]
        longer = tuple((*row, token) for row, token in zip(rows, after, strict=True))
        return Table(title, (*heads, tr("Next token")), longer)
    return Table(title, heads, tuple(rows))


def left_out_table(found: SideBySide) -> tuple[Table, ...]:
    """Words that are on neither side; no table where there are none."""
    rows = tuple((one.word, one.category, one.reason) for one in found.left_out)
    heads = tr("Word"), tr("Category"), tr("Why")
    return (Table(tr("Left out on both sides"), heads, rows),) if rows else ()


def sentences_table(items: Sequence[Item]) -> Table:
    """Sentences with their words marked, and their senses."""
    rows = zip((item.label for item in items), (item.group for item in items), passages_of(items), strict=True)
    return Table(tr("Sentences"), (tr("Word"), tr("Sense"), tr("Sentence")), tuple(rows))


def targets_table(analysis: ContextAnalysis) -> Table:
    """How often each word was found, and how many windows were cut."""
    rows = tuple(
        (one.word, *map(grouped, (len(one.firsts), len(one.used), one.n_early, one.n_overlapping)))
        for one in analysis.located.occurrences
    )
    heads = tr("Word"), tr("Found"), tr("Windows in use"), tr("Too early in the text"), tr("Windows that overlap")
    return Table(tr("Words in the text"), heads, rows)


def statistics_table(statistics: BookStatistics, layers: Sequence[str], title: str) -> Table:
    """The book's numbers."""
    columns = {
        tr("Within mean"): statistics.within_mean,
        tr("Across mean"): statistics.across_mean,
        "Δ": statistics.delta,
        "t": statistics.t,
    }
    return numbers_table(title, layers, columns)


def contrasts_table(analysis: ContextAnalysis, contrasts: Sequence[Contrast]) -> Table:
    """The mean of every contrast."""
    means = {one.contrast.said: one.mean for one in layer_contrasts(analysis, tuple(contrasts))}
    return numbers_table(tr("Mean similarity at every layer"), analysis.model.layers, means)


def numbers_table(title: str, layers: Sequence[str], columns: Mapping[str, Floats]) -> Table:
    """A row a layer, with one number in every column; ``columns`` are (layer,)."""
    rows = tuple((name, *map(_number, values)) for name, *values in zip(layers, *columns.values(), strict=True))
    return Table(title, (tr("Layer"), *columns), rows)


def _number(value: Any) -> str:
    return f"{value:.4f}".replace("-", "−") if math.isfinite(value) else tr("not defined")
