"""Word lists in JSON: catsel's own, ``{"fruit": ["apple"]}``, records, and tests of SEAT and WEAT."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.column_names import WORD_COLUMNS
from catsel_core.inputs.json_values import is_plain, is_record, loaded_json, table_of, table_of_rows
from catsel_core.inputs.quotations import listed, shortened
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.word_list_tables import read_table
from catsel_core.inputs.word_lists import PALETTE, WordList, checked_color, make_word_list, split_words, tidy
from catsel_core.language import tr

_FORM = '{"fruit": ["apple", "pear"], "space": ["moon", "star"]}'
_NAMES = ("name", *sorted(WORD_COLUMNS["category"]))
_WORDS = ("words", "examples", "items", *sorted(WORD_COLUMNS["word"]))

Entry = tuple[str, list[str], str]
"""Name, words and colour of a category."""


def read_json(text: str) -> Reading[WordList]:
    """A word list from JSON, or from JSON values line by line.

    What stands beside the lists of words, such as a description, is left out with a remark.

    Raises:
        InputError: if the text is not JSON of one of these forms.
    """
    outer = loaded_json(text)
    loaded = _within(outer)
    if loaded is not outer and "catsel_session" not in outer:
        return _from_entries(loaded).after(_left_out([name for name in outer if name != "categories"]))
    return _from_entries(loaded)


def _from_entries(loaded: Any) -> Reading[WordList]:
    if isinstance(loaded, Mapping):
        return _from_object(loaded)
    if not isinstance(loaded, list):
        raise InputError(tr("The JSON must look like {form}.", form=_FORM))
    if loaded and all(map(is_record, loaded)):
        return _from_records(loaded)
    if loaded and all(isinstance(entry, list) and all(map(is_plain, entry)) for entry in loaded):
        return read_table(table_of_rows([str(value) for value in entry] for entry in loaded))
    entries = [part for entry in loaded for part in _opened(entry)]
    made = _listed([_entry(position, entry) for position, entry in enumerate(entries, start=1)])
    return made.after(_left_out(list(dict.fromkeys(name for entry in entries for name in _others(entry)))))


def _within(loaded: Any) -> Any:
    """The categories in catsel's own list or session, or all there is."""
    if isinstance(loaded, dict):
        words = loaded.get("words")
        if "catsel_session" in loaded and isinstance(words, dict):
            loaded = words
        if _are_entries(loaded.get("categories")):
            return loaded["categories"]
    return loaded


def _are_entries(value: Any) -> bool:
    """Whether these are categories, as in catsel's own files, and not the words of a category called “categories”."""
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(entry, dict) for entry in value))


def _from_records(records: Sequence[Mapping[str, Any]]) -> Reading[WordList]:
    """``[{"category": "fruit", "word": "apple"}, …]``: the rows of a table."""
    return read_table(table_of(records), has_header=True)


def _from_object(loaded: Mapping[str, Any]) -> Reading[WordList]:
    """Names and their words; what is neither a list nor a category in braces is left out, if anything is one."""
    columns = _columns(loaded)
    if columns:
        return read_table(table_of_rows([list(columns), *zip(*columns.values(), strict=True)]), has_header=True)
    if _looks_like_entry(loaded):
        return _listed([_entry(1, loaded)])
    kept = {name: value for name, value in loaded.items() if isinstance(value, list | dict)}
    if kept:
        left = [name for name in loaded if name not in kept]
        reading = _listed([_named_entry(name, value) for name, value in kept.items()])
        return reading.after(_left_out(left))
    texts = {name: value for name, value in loaded.items() if isinstance(value, str) and len(split_words(value)) > 1}
    return _listed(
        [_named_entry(name, list(split_words(texts.get(name, ""))) or value) for name, value in loaded.items()]
    )


def _columns(loaded: Mapping[str, Any]) -> dict[str, list[str]]:
    """``{"category": ["fruit", "tool"], "word": ["apple", "saw"]}``: a table column by column; else nothing."""
    lists = {name: value for name, value in loaded.items() if isinstance(value, list) and all(map(is_plain, value))}
    known = [any(name.casefold() in WORD_COLUMNS[what] for name in lists) for what in ("category", "word")]
    if not all(known) or len({len(value) for value in lists.values()}) != 1:
        return {}
    return {name: ["" if cell is None else str(cell) for cell in value] for name, value in lists.items()}


def _left_out(names: Sequence[str]) -> list[str]:
    return [tr("left out, since it is no list of words: {names}", names=listed(names))] if names else []


def _looks_like_entry(loaded: Mapping[str, Any]) -> bool:
    lists = [value for value in loaded.values() if isinstance(value, list | dict)]
    return isinstance(_first(loaded, _NAMES), str) and lists == [_first(loaded, _WORDS)] and len(loaded) <= 3


def _first(entry: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The value under the first of the names that is there, whatever its case."""
    values = {str(key).casefold(): value for key, value in entry.items()}
    return next((values[name] for name in names if name in values), None)


def _others(entry: Mapping[str, Any]) -> list[str]:
    """What stands in a category beside its name, its words and its colour."""
    used = [_first(entry, names) for names in (_NAMES, _WORDS)]
    return [key for key, value in entry.items() if key != "color" and not any(value is one for one in used)]


def _opened(entry: Any) -> Iterator[Any]:
    """The categories in an entry of a list: the entry itself, or those of a whole test as in SEAT's files."""
    if isinstance(entry, dict) and entry and _first(entry, _NAMES) is None:
        parts = [value for value in entry.values() if isinstance(value, dict)]
        lists = [{"name": name, "words": value} for name, value in entry.items() if isinstance(value, list)]
        yield from parts + lists or [entry]
    else:
        yield entry


def _named_entry(name: str, value: Any) -> Entry:
    """A category by its key; one in braces may have a name of its own, and a list of words under some name."""
    if not isinstance(value, dict):
        return name, _words(name, value), ""
    own = _first(value, _NAMES)
    called = own if isinstance(own, str) and own.strip() else name
    return called, _words(called, _first(value, _WORDS)), checked_color(value.get("color") or "", called)


def _entry(position: int, entry: Any) -> Entry:
    if not isinstance(entry, dict) or not isinstance(_first(entry, _NAMES), str):
        raise InputError(tr("Category {position} of the JSON needs a name that is text.", position=position))
    return _named_entry("", entry)


def _words(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise InputError(tr("The words of “{name}” in the JSON must be a list of texts.", name=shortened(name)))
    return [word for cell in value for word in split_words(cell)]


def _listed(entries: Sequence[Entry]) -> Reading[WordList]:
    """Entries of the same name are one category if they come from several tests, with the same words once."""
    colors = [color or PALETTE[index % len(PALETTE)] for index, (_, _, color) in enumerate(entries)]
    return Reading(make_word_list([(tidy(name), words) for name, words, _ in entries], colors))
