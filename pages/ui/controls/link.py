"""A link that opens what is chosen here at a page and a layer."""

from functools import partial
from typing import Any

import streamlit as st

from catsel_core.export.session_file import MOST_LAYER
from catsel_core.export.session_link import packed, put_away
from catsel_core.language import tr
from catsel_core.viewer.markup import filled
from pages.ui import frame, messages
from pages.ui.session import opening, visitor
from pages.ui.session.links import PACKED, PUT_AWAY
from pages.ui.viewer.browser import base_path, component

_HTML = """
<div class="catsel-share">
  <label>{opens} <select></select></label>
  <label>{link} <span class="row"><input type="text" readonly spellcheck="false">
    <button type="button">{copy}</button></span></label>
  <span role="status"></span>
</div>
"""


def _html() -> str:
    return filled(_HTML, opens=tr("Opens at"), link=tr("Link"), copy=tr("Copy"))


_share = component("share", _html, "tr.js", "parts.js", "buses.js", "share.js")


def link_control() -> None:
    """The link, where it leads, and how far it reaches."""
    st.markdown("**" + tr("A link") + "**")
    session, count = visitor.session(), opening.how_often()
    name, code = PACKED, packed(session)
    if code is None:
        name, code = PUT_AWAY, put_away(session, visitor.own_texts())
    if code is None:
        messages.note(tr("This is too long for a link, and this server keeps nothing. Save a file and hand that on."))
        return
    layer = session.view.layer
    data: dict[str, Any] = {"name": name, "code": code, "base": base_path(), "layer": layer, "opened": [count, layer]}
    pages = [(tr(title), path) for title, path in frame.LINKED.items()]
    data |= {"pages": pages, "page": frame.last_path()}
    key = f"share-{count}"  # what it said of the layer was about the session before
    _share(key, data, on_layer_change=partial(_take_layer, key))
    if name == PACKED:
        st.caption(tr("Everything is in the link: it opens the same on any catsel, at the layer that you look at."))
    else:
        st.caption(
            tr(
                "This is too long for a link, so the link leads to a copy on this server, and works here only. "
                "For another catsel save a file."
            )
        )


def _take_layer(key: str) -> None:
    """The layer that the browser shows becomes part of the session: a file is to open at it."""
    layer = st.session_state.get(key, {}).get("layer")
    if isinstance(layer, int) and not isinstance(layer, bool) and 0 <= layer <= MOST_LAYER:
        visitor.change_view(layer=layer)
