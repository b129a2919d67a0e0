"""A list from a file or from a pasted text: how it was read, and ways to have it read otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.inputs.encodings import ENCODINGS
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.word_lists import whole
from catsel_core.language import mark, tr
from pages.ui import messages
from pages.ui.controls.shared import known, one_of

Content = TypeVar("Content")

_AS_RECOGNISED = mark("As recognised")
_FIRST_ROW = {"": _AS_RECOGNISED, "names": mark("Names"), "words": mark("Content")}
_HAS_HEADER = {"": None, "names": True, "words": False}


@dataclass(frozen=True, slots=True)
class Parsers(Generic[Content]):
    """How a list is read from the bytes of a file, and from a text."""

    of_file: Callable[[bytes, str, bool | None], Reading[Content]]
    of_text: Callable[[str, bool | None], Reading[Content]]


def forget(key: str) -> None:
    """Let go of what was imported: the list is edited in another way now."""
    st.session_state.pop(f"{key}-source", None)


def offer(key: str, source: bytes | str) -> None:
    """Take a file or a pasted text as the source of a list, to be read as recognised."""
    for choice in ("encoding", "first-row"):
        st.session_state.pop(f"{key}-{choice}", None)
    st.session_state[f"{key}-source"] = source
    st.session_state.pop(f"{key}-taken", None)


def upload(label: str, types: list[str], key: str) -> None:
    """A place for a file; a new one is offered once."""
    uploaded = st.file_uploader(label, type=types, max_upload_size=1, key=f"{key}-file")
    if uploaded is not None and st.session_state.get(f"{key}-file-read") != uploaded.file_id:
        st.session_state[f"{key}-file-read"] = uploaded.file_id
        offer(key, uploaded.getvalue())


def read(key: str, parsers: Parsers[Content], take: Callable[[Content], str]) -> None:
    """Read what was offered, show how, and hand it to ``take`` whenever it or the way to read it is new.

    Args:
        key: tells imports apart.
        parsers: how it is read.
        take: makes the list current and says so in a sentence, or shows why it cannot and gives an empty one;
            what was there stays then, and where it raises a CatselError.
    """
    source = st.session_state.get(f"{key}-source")
    if source is None:
        return
    encoding = encoding_control(key) if isinstance(source, bytes) else ""
    first_row = known(st.session_state.get(f"{key}-first-row"), _FIRST_ROW, "")
    way = (encoding, first_row)
    reading: Reading[Content] | None = None
    try:
        if isinstance(source, bytes):
            reading = parsers.of_file(source, encoding, _HAS_HEADER[first_row])
        else:
            reading = parsers.of_text(whole(source), _HAS_HEADER[first_row])
        taken, said = st.session_state.get(f"{key}-taken", (None, ""))
        if taken != way:
            said = take(reading.content)
        if said:
            st.session_state[f"{key}-taken"] = way, said
            st.success(messages.plain(said))
    except CatselError as exc:
        messages.error(str(exc))
        said = ""
    if not said:
        st.caption(tr("Nothing was replaced: the list is as it was."))
    _show_how(key, reading, first_row)


def encoding_control(key: str) -> str:
    """Choose the encoding of a file by hand; an empty name is as it was recognised."""
    names = ["", *ENCODINGS]
    chosen = st.selectbox(
        tr("Encoding of the file"),
        names,
        format_func=_title,
        key=f"{key}-encoding",
        persist_state="session",
        help=tr("How its bytes stand for letters: choose by hand where letters look wrong."),
    )
    return known(chosen, names, "")


def _title(encoding: str) -> str:
    return tr(ENCODINGS.get(encoding, _AS_RECOGNISED))


def _show_how(key: str, reading: Reading[Any] | None, first_row: str) -> None:
    """What was guessed or left out, and the choice about the first row where there is one."""
    if reading is not None and reading.remarks:
        said = "; ".join(reading.remarks)
        messages.note(f"{said[0].upper()}{said[1:]}.")
    if first_row or reading is None or reading.has_header is not None:
        one_of(
            tr("First row of the table"),
            _FIRST_ROW,
            "",
            f"{key}-first-row",
            tr("Whether it names the columns, or belongs to the list already."),
        )
