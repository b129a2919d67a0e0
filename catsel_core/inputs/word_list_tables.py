"""Word lists in tables: columns category and word under many names, or without names, or a category in each column."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from catsel_core.errors import InputError
from catsel_core.inputs.column_names import WORD_COLUMNS, Columns, named_places, with_remarks
from catsel_core.inputs.quotations import listed, shortened
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.tables import Grid, Row, filled_down
from catsel_core.inputs.word_lists import (
    PALETTE,
    Category,
    WordList,
    checked_color,
    make_word_list,
    split_words,
    tidy,
)
from catsel_core.inputs.word_marks import are_numbers
from catsel_core.language import mark, tr, tr_count

_WAY_OUT = mark("Write a line for each category, as in “fruit: apple, pear”, or name the columns category and word.")
_MERGED = mark("empty cells read as the category above")

Cells = Sequence[Sequence[str]]


def read_table(grid: Grid, has_header: bool | None = None) -> Reading[WordList]:
    """A word list from a table.

    Args:
        grid: the cells.
        has_header: whether the first row names the columns (or the categories); None to find out.

    Raises:
        InputError: if the columns cannot be told apart for certain, or a row lacks its category or its word.
    """
    places = None if has_header is False else known_columns(grid)
    reading = _without_names(grid, has_header) if places is None else _with_names(grid, places)
    return reading.after([grid.comments])


# With names


def known_columns(grid: Grid) -> dict[str, int] | None:
    """Numbers of the columns category, word and color by their names; None if the first row names no such columns.

    Of two columns of which one is known, the other one is the other if the category repeats.

    Raises:
        InputError: if a column is called category or word, and which is the other one is not clear.
    """
    names = grid.names
    if len(names) == 2 and set(names) <= WORD_COLUMNS["category"] - {"category"}:
        return _completed({}, names, [0, 1], grid)  # such as “concept” and “group”
    places = named_places(names, WORD_COLUMNS)
    found = {"category", "word"} & set(places)
    if len(found) == 2:
        return places
    completed = None
    if found:
        cells = [row.tidy() for row in grid.rows[1:]]
        numbers = _columns_of_numbers([names, *cells], max(map(len, [names, *cells])), True)
        others = [at for at, name in enumerate(names) if name and at not in places.values() and at not in numbers]
        completed = _completed(places, names, others, grid)
    if completed is None and {"category", "word"} & set(names):
        has = listed(names) or tr("nothing")
        raise InputError(tr("The CSV needs a first row with the columns category and word; it has {has}.", has=has))
    return completed


def _completed(places: dict[str, int], names: Sequence[str], others: list[int], grid: Grid) -> dict[str, int] | None:
    """With the one column that is missing, if there is but one for it and it fits."""
    known = next((at for what, at in places.items() if what != "color"), None)
    pair = others if known is None else [known, *others]
    if len(pair) != 2:
        return None
    cells = [row.tidy() for row in grid.rows[1:]]
    repeating = _repeating([tuple(row[at] for at in pair if at < len(row)) for row in cells])
    if repeating is None or places.get("category", pair[repeating]) != pair[repeating]:
        return None
    if places.get("word") == pair[repeating]:
        raise InputError(
            tr(
                "The column “{one}” is called as if words stood in it, but they repeat as categories do, and those of "
                "“{other}” do not. Name the columns category and word.",
                one=shortened(names[pair[repeating]]),
                other=shortened(names[pair[1 - repeating]]),
            )
        )
    return {**places, "category": pair[repeating], "word": pair[1 - repeating]}


def _with_names(grid: Grid, places: dict[str, int]) -> Reading[WordList]:
    names = grid.names
    columns = with_remarks(places, names)
    words: dict[str, list[str]] = {}
    colors: dict[str, str] = {}
    longer = 0
    rows = filled_down(grid.rows[1:], places["category"])
    for row in rows:
        category, found, color = _record(row, columns, len(names))
        words.setdefault(category, []).extend(found)
        longer += row.width > len(names)
        if color:
            colors.setdefault(category, checked_color(color, category))
    palette = {name: PALETTE[index % len(PALETTE)] for index, name in enumerate(words)}
    made = WordList(tuple(Category(n, tuple(w), colors.get(n, palette[n])) for n, w in words.items()))
    merged = [tr(_MERGED)] if rows != grid.rows[1:] else []
    return Reading(made, (*columns.remarks, *merged, *([_beyond(longer)] if longer else [])))


def _beyond(n_rows: int) -> str:
    return tr_count(
        "cells beyond the last column read as words in {count} row",
        "cells beyond the last column read as words in {count} rows",
        n_rows,
    )


def _record(row: Row, columns: Columns, width: int) -> tuple[str, tuple[str, ...], str]:
    """Category, words and colour of a row. What stands beyond the names is words if the word comes last."""
    cells = row.tidy()
    found = {what: cells[at] if at < len(cells) else "" for what, at in columns.places.items()}
    for what in ("category", "word"):
        if not found[what]:
            raise row.error(mark("Row {row} of the CSV has no {column}: {cells}."), column=what)
    beyond = [cell for cell in cells[width:] if cell]
    if beyond and columns.places["word"] != width - 1:
        message = mark(
            "Row {row} of the CSV has {width} cells, the first row {names}: {cells}. Put a cell with the separator in "
            "it in quotation marks."
        )
        raise row.error(message, width=row.width, names=width)
    words = tuple(word for cell in (found["word"], *beyond) for word in split_words(cell))
    return tidy(found["category"]), words, found.get("color", "")


# Without names


def _without_names(grid: Grid, has_header: bool | None) -> Reading[WordList]:
    cells = [row.tidy() for row in grid.rows]
    width = max(map(len, cells), default=0)
    if (merged := _merged(grid, has_header)) is not None:
        return _without_names(merged, has_header if width == 2 else False).after([tr(_MERGED)])
    if width < 2 or len(cells) < 2:
        raise InputError(_no_categories(cells, grid))
    numbers = _columns_of_numbers(cells, width, has_header)
    if numbers:
        cells, width = _without_columns(cells, numbers), width - len(numbers)
    repeating = _repeating(cells[1:] if has_header else cells) if width == 2 else None
    if repeating is not None:
        columns = ", ".join(str(at + 1) for at in sorted(numbers))
        left = [tr("columns of numbers left out: {columns}", columns=columns)] if numbers else []
        return _pairs(cells, repeating, has_header).after(left)
    if numbers:
        raise InputError(_numbers_or_words(grid, numbers))
    return _wide(cells, width, has_header)


def _merged(grid: Grid, has_header: bool | None) -> Grid | None:
    """The table with its first column filled, where a category stands but once before its words; else None.

    A category in each column may have empty cells too, but not that many.
    """
    rows = grid.rows[1:] if has_header else grid.rows
    empty = [not row.tidy()[0] for row in rows]
    filled = filled_down(rows, 0)
    if filled == rows or not _has_gaps(empty) or 2 * sum(empty) < len(rows):
        return None
    return replace(grid, rows=(*grid.rows[: -len(rows)], *filled))


def _has_gaps(empty: Sequence[bool]) -> bool:
    """Whether an empty cell has one with something in it below it."""
    return any(above and not below for above, below in pairwise(empty))


def _no_categories(cells: Cells, grid: Grid) -> str:
    if len(cells) == 1 and len(grid.names) > 1:
        names = listed(cells[0])
        fault = tr("The list was read as a single row of cells ({cells}), without categories.", cells=names)
    elif not cells:
        fault = tr("There are no words in the list.")
    else:
        fault = tr_count(
            "The list was read as {count} line without categories: {cells}.",
            "The list was read as {count} lines without categories: {cells}.",
            len(cells),
            cells=listed(cell for row in cells for cell in map(shortened, row)),
        )
    return f"{fault} {tr(_WAY_OUT)}"


def _by_column(cells: Cells, width: int) -> list[list[str]]:
    """What stands in each column; empty cells are left out."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in cells:
        for at, cell in enumerate(row):
            if cell:
                columns[at].append(cell)
    return columns


def _columns_of_numbers(cells: Cells, width: int, has_header: bool | None) -> set[int]:
    """Columns in which nothing but numbers stands, perhaps under a name; none if all columns are like that."""
    columns = _by_column(cells if has_header is False else cells[1:], width)
    numbers = {at for at, column in enumerate(columns) if are_numbers(column)}
    return numbers if len(numbers) < width else set()


def _without_columns(cells: Cells, left_out: set[int]) -> list[tuple[str, ...]]:
    return [tuple(cell for at, cell in enumerate(row) if at not in left_out) for row in cells]


def _numbers_or_words(grid: Grid, numbers: set[int]) -> str:
    at = min(numbers)
    examples = [row.tidy()[at] for row in grid.rows[1:] if row.width > at]
    fault = tr(
        "Column {column} has only numbers ({examples}): counts of the words, or words of a category? Remove it if they "
        "are counts.",
        column=at + 1,
        examples=listed(examples),
    )
    return f"{fault} {tr(_WAY_OUT)}"


def _repeating(cells: Cells) -> int | None:
    """The column of two that names categories: it repeats itself, while the other one does so less."""
    full = [row for row in cells if len(row) == 2 and all(row)]
    if len(full) < len(cells) or not full:
        return None
    extra = [len(full) - len(set(column)) for column in zip(*full, strict=True)]
    if extra[0] == extra[1]:
        return None
    place = 0 if extra[0] > extra[1] else 1
    return place if not extra[1 - place] or 2 * extra[place] >= len(full) else None


def _pairs(cells: Cells, place: int, has_header: bool | None) -> Reading[WordList]:
    """Two columns, a category and a word in every row; the category is in column ``place``."""
    names = Counter(row[place] for row in cells)
    if has_header is None:  # a name of a column stands once, categories more often
        has_header = names[cells[0][place]] == 1 and len(names) > 2 and all(n > 1 for n in list(names.values())[1:])
    words: dict[str, list[str]] = {}
    for row in cells[1 if has_header else 0 :]:
        words.setdefault(row[place], []).extend(split_words(row[1 - place]))
    named = tr("first row read as names of columns ({names})", names=listed(cells[0]))
    remarks = (named if has_header else tr("no header row"), tr("column {place} read as category", place=place + 1))
    return Reading(make_word_list(words.items()), remarks, has_header)


def _wide(cells: Cells, width: int, has_header: bool | None) -> Reading[WordList]:
    """A category in each column with its name on top, or in each row with its name first."""
    in_columns = has_header if has_header is not None else _is_in_columns(cells, width)
    if in_columns is None:
        columns, rows = listed(map(shortened, cells[0])), listed(shortened(row[0]) for row in cells)
        fault = tr(
            "The table can be read with a category in each column ({columns}) or in each row ({rows}).",
            columns=columns,
            rows=rows,
        )
        raise InputError(f"{fault} {tr(_WAY_OUT)}")
    if in_columns:
        names = (*cells[0], *[""] * (width - len(cells[0])))
        named = zip(names, _by_column(cells[1:], width), strict=True)
        remark = tr("first row read as names of the categories, a category in each column")
    else:
        merged: dict[str, list[str]] = {}
        for row in cells:
            merged.setdefault(row[0], []).extend(row[1:])
        named = zip(merged, merged.values(), strict=True)
        remark = tr("first cell of each row read as its category")
    categories = ((name, [word for cell in found for word in split_words(cell)]) for name, found in named)
    return Reading(make_word_list((n, words) for n, words in categories if n or words), (remark,), in_columns)


def _is_broken(cells: Cells) -> bool:
    """Whether two columns have gaps that no list of words has: any in the first, or many in the second."""
    empty = [[not any(row[at : at + 1]) for row in cells] for at in (0, 1)]
    return _has_gaps(empty[0]) or (_has_gaps(empty[1]) and 2 * sum(empty[1]) >= len(cells))


def _is_in_columns(cells: Cells, width: int) -> bool | None:
    """Whether categories stand in columns and not in rows, by gaps and by the longer side; None if both will do."""
    columns = len(cells[0]) == width and all(cells[0])
    rows = all(len(row) > 1 and all(row) for row in cells)
    if columns and width == 2 and _is_broken(cells):
        return None
    if not (columns and rows):
        return columns if columns or rows else None
    if not all(_by_column(cells[1:], width)) or (width == 2 and any(len(split_words(row[1])) > 1 for row in cells)):
        return False
    return None if len(cells) == width else len(cells) > width
