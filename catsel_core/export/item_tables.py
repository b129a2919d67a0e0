"""Items and pairs of items as tables."""

from collections.abc import Sequence

import numpy as np

from catsel_core.analyses.contexts import ContextAnalysis, shown_items
from catsel_core.analyses.represent import OfOneModel
from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.arrays import FloatArray
from catsel_core.export.tables import Table
from catsel_core.inputs.items import Item
from catsel_core.inputs.tables import Cell
from catsel_core.language import tr


def items_table(analysis: OfOneModel, next_tokens: Sequence[str] = (), name: str = "items") -> Table:
    """Words or sentences as the model read them; those that were left out have no number.

    Args:
        analysis: a finished one.
        next_tokens: (item,) the most likely token after each, if the analysis has them.
        name: of the table.
    """
    kept, dropped = analysis.inputs.items, analysis.inputs.dropped
    items = (*kept, *dropped)
    numbers: list[Cell] = [*range(len(kept)), *[None] * len(dropped)]
    columns: dict[str, list[Cell]] = {
        "item": numbers,
        "word": [item.label for item in items],
        "group": [item.group for item in items],
        "text": [item.text for item in items],
        **_tokens(items),
    }
    if next_tokens:
        columns["next_token"] = [*next_tokens, *[None] * len(dropped)]
    return Table(name, tr("A row is an item as the model read it."), columns)


def occurrences_table(analysis: ContextAnalysis) -> Table:
    """Every occurrence that was read, with the text before it."""
    items, found = analysis.inputs.items, analysis.located.occurrences
    positions = [int(last) for one in found for last in one.lasts[one.used]]  # as the items lie
    shown = set(shown_items(analysis.label_pairs))
    columns: dict[str, list[Cell]] = {
        "item": list(range(len(items))),
        "word": [item.group for item in items],
        "position": [*positions],
        "before": [item.text[: item.span[0]] for item in items],
        "occurrence": [item.text[slice(*item.span)] for item in items],
        **_tokens(items),
        "in_pairs": [int(at in shown) for at in range(len(items))],
    }
    about = tr("A row is an occurrence of a word, with the tokens before it that were read.")
    return Table("occurrences", about, columns)


def left_out_table(found: SideBySide) -> Table | None:
    """The words that are not compared, and why; None if all are."""
    if not found.left_out:
        return None
    words, groups = [one.word for one in found.left_out], [one.category for one in found.left_out]
    columns = {"word": words, "group": groups, "reason": [one.reason for one in found.left_out]}
    return Table("left-out", tr("A row is a word that is not compared."), columns)


def pairs_table(
    similarity: FloatArray, items: Sequence[Item], layers: Sequence[str], numbers: Sequence[int] = ()
) -> Table:
    """The similarity of every pair of items, in a column for each layer.

    Args:
        similarity: (layer, item, item).
        items: in the order of the matrix.
        layers: labels of the hidden states.
        numbers: of the items, if they are some of more.
    """
    rows, columns = np.triu_indices(len(items), k=1)
    pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
    counted = numbers or range(len(items))
    told: dict[str, list[Cell]] = {
        "item_1": [counted[one] for one, _ in pairs],
        "item_2": [counted[other] for _, other in pairs],
        "word_1": [items[one].label for one, _ in pairs],
        "word_2": [items[other].label for _, other in pairs],
        "group_1": [items[one].group for one, _ in pairs],
        "group_2": [items[other].group for _, other in pairs],
        "within": [int(items[one].group == items[other].group) for one, other in pairs],
    }
    values = similarity[:, rows, columns]  # (layer, pair)
    of_layers = dict(zip(layers, values, strict=True))
    return Table("pairs", tr("A row is a pair of items, a column of numbers a layer."), {**told, **of_layers})


def _tokens(items: Sequence[Item]) -> dict[str, list[Cell]]:
    return {
        "pieces": ["|".join(item.pieces) for item in items],
        "token_ids": [" ".join(map(str, item.token_ids)) for item in items],
    }
