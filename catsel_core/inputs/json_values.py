"""JSON as people have it: values of a file, and records as the rows of a table."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.tables import Grid, Row
from catsel_core.language import tr


def loaded_json(text: str) -> Any:
    """What JSON says, or a list of what every line of it says.

    Raises:
        InputError: if the text is no JSON, or a name stands twice in one place.
    """
    try:
        return json.loads(text, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError) as exc:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line, object_pairs_hook=_without_repetition) for line in lines]
        except (ValueError, RecursionError):
            raise InputError(tr("The JSON cannot be read: {reason}.", reason=exc)) from exc


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise InputError(tr("“{name}” stands twice in the same place of the JSON. Rename one.", name=shortened(twice)))
    return made


def is_plain(value: Any) -> bool:
    """Whether this can stand in a cell."""
    return value is None or isinstance(value, str | int | float)


def is_record(entry: Any) -> bool:
    """Whether this may be a row of a table: several values and no list among them."""
    return isinstance(entry, dict) and len(entry) > 1 and all(map(is_plain, entry.values()))


def table_of(records: Sequence[Mapping[str, Any]]) -> Grid:
    """``[{"category": "fruit", "word": "apple"}, …]`` as a table; its first row names the columns."""
    names = list(dict.fromkeys(str(key) for record in records for key in record))
    rows = [["" if record.get(name) is None else str(record[name]) for name in names] for record in records]
    return table_of_rows([names, *rows])


def table_of_rows(rows: Iterable[Sequence[str]]) -> Grid:
    """A table whose cells are known; rows without any content are left out, but counted."""
    numbered = enumerate(rows, start=1)
    return Grid(tuple(Row(at, tuple(cells)) for at, cells in numbered if any(map(str.strip, cells))))
