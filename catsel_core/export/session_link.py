"""A session in the address of a page: as compressed text where it is short, else under its content's hash in a store.

Ready lists, bundled sentences and texts go by name, and what is as at first is left out; a whole text never goes into
an address.
"""

import base64
import binascii
import json
import re
import zlib
from typing import Any

from catsel_core.errors import InputError
from catsel_core.export.session_file import from_json, opened, to_json
from catsel_core.inputs.presets import PRESETS
from catsel_core.inputs.text_references import BuiltinText, OwnText, OwnTexts
from catsel_core.language import mark, tr
from catsel_core.session import ContextsChoice, ModelChoice, SentencesChoice, Session, WordsChoice
from catsel_core.settings import current_settings, links_dir
from catsel_core.store import Entry, FolderStore, content_key

MOST_CHARACTERS = 1_500
"""Of a session in an address: with the rest of it that is below the 2,000 that mail programs and chats leave whole."""

MOST_BYTES = 500_000
"""Of a session that an address unpacks to. What was made here is far below; a few bytes can unpack to gigabytes."""

_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")
_KEY = re.compile(r"[0-9a-f]{64}")
_DAMAGED = mark(
    "This link is damaged: it was cut off or changed on its way. Ask for it again, or for the session's file."
)


def packed(session: Session) -> str | None:
    """The session as letters, digits, ``-`` and ``_``; None where that would be too long or take an own text."""
    if isinstance(session.contexts.text, OwnText):
        return None
    text = json.dumps(_short(session), ensure_ascii=False, separators=(",", ":"))
    code = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return code if len(code) <= MOST_CHARACTERS else None


def unpacked(code: str) -> Session:
    """The session that :func:`packed` wrote.

    Raises:
        InputError: if the text is damaged, too long, or its session cannot be used: see
            :func:`~catsel_core.export.session_file.from_json`.
    """
    if not _ALPHABET.fullmatch(code) or len(code) > 2 * MOST_CHARACTERS:
        raise InputError(tr(_DAMAGED))
    try:
        data = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        reader = zlib.decompressobj()
        text = reader.decompress(data, MOST_BYTES).decode()
    except (binascii.Error, zlib.error, ValueError) as exc:
        raise InputError(tr(_DAMAGED)) from exc
    if not reader.eof or reader.unused_data:
        raise InputError(tr(_DAMAGED))
    return from_json(text)


def put_away(session: Session, own: OwnTexts) -> str | None:
    """Keep a session on this server, with the own text that it names; its key, or None where nothing can be kept."""
    if not current_settings().visitors_bytes:
        return None
    text = to_json(session, own)
    key = content_key({"session": text})
    store = _store()
    return key if store.get(key) is not None or store.put(key, Entry({}, {"session": text})) else None


def taken_out(key: str) -> tuple[Session, OwnTexts]:
    """The session that :func:`put_away` kept under this key, and the texts in it by their digests.

    Raises:
        InputError: if there is none here, or it cannot be used.
    """
    found = _store().get(key) if _KEY.fullmatch(key) else None
    if found is None:
        raise InputError(
            tr(
                "What this link leads to is not on this server: it was made on another one, or is too old. "
                "Ask for the session's file instead, and open that."
            )
        )
    return opened(found.values["session"].encode())


def _store() -> FolderStore:
    return FolderStore(links_dir(), current_settings().visitors_bytes)


def _short(session: Session) -> dict[str, Any]:
    """The form of a session file without what is the same everywhere at first; a ready list by its name."""
    first = Session(ModelChoice(""), WordsChoice(), ContextsChoice(BuiltinText(""), ()), SentencesChoice())
    parts: dict[str, Any] = _without(json.loads(to_json(session)), json.loads(to_json(first)))
    name = next((preset.name for preset in PRESETS if preset.words == session.words.words), None)
    if name is not None:
        parts.setdefault("words", {})["categories"] = name
    return {"catsel_session": json.loads(to_json(first))["catsel_session"], **parts}


def _without(value: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """What differs, part by part; lists and texts as a whole."""
    differing = {name: each for name, each in value.items() if name not in first or each != first[name]}
    return {
        name: _without(each, first[name]) if isinstance(each, dict) and isinstance(first.get(name), dict) else each
        for name, each in differing.items()
    }
