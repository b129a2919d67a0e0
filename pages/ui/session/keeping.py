"""What a visitor has is kept on the server's disk, and is there again after a reload, in a second tab, after a restart.

It is found by the name that their browser has: whoever has the name has the session. On the disk is but a hash of it.
"""

import logging
from collections.abc import Iterable

import streamlit as st

from catsel_core.inputs.text_references import OwnTexts
from catsel_core.inputs.texts import Text, make_text
from catsel_core.settings import current_settings, visitors_dir
from catsel_core.store import Entry, FolderStore, content_key
from pages.ui.session import names, opening, visitor
from pages.ui.session.kept_form import DAMAGE, digests_in, values_of, whole_of
from pages.ui.session.whole import collected, put

_KEPT, _TEXTS = "visitor-kept", "visitor-texts"
_LOG = logging.getLogger("catsel")


def begin() -> None:
    """Give a visitor who comes back what they had, and a newcomer what everybody begins with; once a page."""
    if visitor.is_begun():
        return
    name = names.in_browser()
    if name is None or not names.are_kept() or not _take_up(name):
        visitor.begin()
    st.session_state[_KEPT] = collected(), opening.before()


def save() -> None:
    """Keep what the visitor has, if it is another than before: after all that edits it."""
    now = collected(), opening.before()
    if st.session_state.get(_KEPT) == now or not names.are_kept():
        return
    st.session_state[_KEPT] = whole, before = now
    _keep_texts({**whole.texts, **(before.whole.texts if before else {})}.values())
    _store().put(_key(names.current()), Entry({}, values_of(whole, before)))


def _take_up(name: str) -> bool:
    """Whether there was something under this name that can be used."""
    store = _store()
    found = store.get(_key(name))
    if found is None:
        return False
    try:
        whole, before = whole_of(found.values, _texts(store, digests_in(found.values)))
    except DAMAGE as exc:
        _LOG.warning("A visitor's session could not be taken up again: %s", exc)
        return False
    put(whole)
    if before is not None:
        opening.resume(before)
    return True


def _store() -> FolderStore:
    return FolderStore(visitors_dir(), current_settings().visitors_bytes)


def _key(name: str) -> str:
    return content_key({"visitor": name})


def _text_key(digest: str) -> str:
    return content_key({"text": digest})


def _keep_texts(texts: Iterable[Text]) -> None:
    """Keep own texts beside the session, each once."""
    kept: set[str] = st.session_state.setdefault(_TEXTS, set())
    for text in texts:
        if text.digest not in kept:
            values = {"name": text.name, "origin": text.origin, "content": text.content}
            _store().put(_text_key(text.digest), Entry({}, values))
            kept.add(text.digest)


def _texts(store: FolderStore, digests: Iterable[str]) -> OwnTexts:
    found = {digest: store.get(_text_key(digest)) for digest in digests}
    made = {digest: make_text(**entry.values) for digest, entry in found.items() if entry is not None}
    return {digest: text for digest, text in made.items() if text.digest == digest}
