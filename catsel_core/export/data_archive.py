"""Everything of a result in one zip: tables for spreadsheets, arrays for numpy, the JSON, the session, and a guide.

Equal contents give equal bytes: nothing in it tells when it was made.
"""

import importlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from catsel_core.export.arrays import Arrays, npz, to_arrays
from catsel_core.export.columns import ARRAYS, MEANINGS
from catsel_core.export.parts import Result, with_both_sides
from catsel_core.export.result_tables import tables_of
from catsel_core.export.results import json_text
from catsel_core.export.session_file import to_json
from catsel_core.export.tables import Table
from catsel_core.figures.about import about, file_name
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import mark, tr, tr_count

MOST_CELLS = 2_000_000
"""Of a table of pairs: a larger one would fill a spreadsheet's memory, and its numbers are in the arrays too."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell."""

_STORED = (".npz", ".parquet")
"""Endings of what is compressed already."""

_HEAD = mark("""\
Data of catsel: how a language model tells categories of words apart, layer by layer.

{about}

Similarities are without unit, from -1 to 1; means, differences of means (delta) and their intervals are in the same.
Layers are hidden states: Emb is the embedding, L0 the output of block 0. The last one is taken after the model's final
norm, so its level is not comparable with its neighbours. A number that is not defined is an empty cell, and null in
JSON. CSV files are in UTF-8 with commas between cells and points in numbers. A text that a spreadsheet would run as a
formula has an apostrophe before it. A table of more than {most:,} cells is left out: its numbers are in the arrays.

The same numbers again, with catsel: python -m catsel_core {command} --session {session}
""")

SESSION = "session.catsel.json"


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    about: str
    content: bytes


def data_archive(results: Sequence[Result], own: OwnTexts) -> bytes:
    """The zip of some results of one session.

    Args:
        results: at least one.
        own: somebody's own texts, of which the one that the session is about goes along.
    """
    session = results[0].session
    if any(result.part == "compare" for result in results):
        session = with_both_sides(session)
    said = tr("All that was chosen, for the pages and for the command line.")
    files = [_File(SESSION, said, to_json(session, own).encode())]
    files += [file for result in results for file in _files(result)]
    return _zipped([_File("README.txt", "", _readme(results, files).encode()), *files])


def archive_name(results: Sequence[Result]) -> str:
    """A name for the zip that says what it is of, and which model."""
    said = about(results[0].analysis).file_name if len(results) == 1 else ""
    parts = [said, *(result.part for result in results), _models(results[0])]
    return "-".join(["catsel", *filter(None, parts)]) + ".zip"


def _files(result: Result) -> Iterator[_File]:
    start, end = result.part, _models(result)
    written = _parquet()
    for table in tables_of(result):
        name = f"{start}-{table.name}-{end}"
        if len(table) * len(table.columns) > MOST_CELLS:
            continue
        yield _File(f"{name}.csv", _described(table), table.to_csv().encode())
        if table.name.startswith("pairs") and written is not None:
            yield _File(f"{name}.parquet", tr("The same as a Parquet file."), written(table))
    arrays = to_arrays(result.analysis)
    yield _File(f"{start}-arrays-{end}.npz", _shapes(arrays), npz(arrays))
    said = tr("What python -m catsel_core {command} writes: settings, model, statistics, items.", command=result.part)
    yield _File(f"{start}-result-{end}.json", said, json_text(result.json()).encode())


def _models(result: Result) -> str:
    found = result.analysis.model
    names = [one.name.rpartition("/")[2] for one in (found if isinstance(found, tuple) else (found,))]
    return file_name(dict.fromkeys(names)) or "model"


def _parquet() -> Callable[[Table], bytes] | None:
    """What makes a Parquet file of a table, where pyarrow is on this computer; it comes with Streamlit."""
    if find_spec("pyarrow") is None:
        return None
    arrow: Any = importlib.import_module("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")

    def written(table: Table) -> bytes:
        buffer = io.BytesIO()
        parquet.write_table(arrow.table(dict(table.columns)), buffer)
        return buffer.getvalue()

    return written


def _described(table: Table) -> str:
    rows = tr_count("{count} row", "{count} rows", len(table))
    columns = tr_count("{count} column", "{count} columns", len(table.columns))
    lines = [f"{table.about} {rows}, {columns}:"]
    lines += [f"  {name}: {tr(MEANINGS[name])}" for name in table.columns if name in MEANINGS]
    rest = [name for name in table.columns if name not in MEANINGS]
    if rest:
        ends = {"first": rest[0], "last": rest[-1]}
        of_bins = table.name == "bins"
        said = (
            tr("{first} to {last}: pairs in each bin", **ends)
            if of_bins
            else tr("{first} to {last}: similarity at each layer", **ends)
        )
        lines.append(f"  {said}")
    return "\n".join(lines)


def _shapes(arrays: Arrays) -> str:
    shapes = [
        f"  {name}: {tr(ARRAYS[name])}: {' x '.join(map(str, each.shape))}, {each.dtype.name}"
        for name, each in arrays.items()
    ]
    return "\n".join([tr("Arrays for numpy.load:"), *shapes])


def _readme(results: Sequence[Result], files: Sequence[_File]) -> str:
    lines = "\n".join(line for result in results for line in (f"{result.part}:", *about(result.analysis).lines))
    head = tr(_HEAD, about=lines, command=results[0].part, session=SESSION, most=MOST_CELLS)
    return "\n\n".join([head, *(f"{file.name}\n{file.about}" for file in files), ""])


def _zipped(files: Sequence[_File]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in files:
            told = zipfile.ZipInfo(file.name, _FIRST_DAY)
            told.compress_type = zipfile.ZIP_STORED if file.name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            told.create_system, told.external_attr = 3, 0o644 << 16  # as on Linux, wherever it is made
            archive.writestr(told, file.content)
    return buffer.getvalue()
