"""What every page begins with: settings and navigation.

It imports nothing of the core but its settings and the viewer's scripts. A page calls :func:`begin` before it imports
what makes its figures, so that on a fresh server the browser has the frame and fetches plotly.js while Python is still
importing.
"""

from pathlib import Path

import streamlit as st

from catsel_core.errors import SettingsError
from catsel_core.language import mark, tr
from catsel_core.settings import current_settings, limit_to_catalogue_by_default
from catsel_core.viewer.scripts import FRONTEND
from pages.ui import log, messages
from pages.ui.listening import serves_others
from pages.ui.session import names, speech
from pages.ui.viewer.browser import begin_page

SECTIONS = (
    (
        "",
        (
            ("app.py", mark("Overview"), ":material/home:"),
            ("pages/save.py", mark("Save and share"), ":material/ios_share:"),
        ),
    ),
    (
        mark("Words in categories"),
        (
            ("pages/words.py", mark("Words"), ":material/edit_note:"),
            ("pages/one_layer.py", mark("One layer"), ":material/grid_on:"),
            ("pages/across_layers.py", mark("Across layers"), ":material/stacked_line_chart:"),
            ("pages/single_words.py", mark("Single words"), ":material/manage_search:"),
            ("pages/word_map.py", mark("Map"), ":material/scatter_plot:"),
            ("pages/prompts.py", mark("Prompts"), ":material/format_quote:"),
        ),
    ),
    (
        mark("Words in context"),
        (
            ("pages/contexts.py", mark("Contexts"), ":material/menu_book:"),
            ("pages/tornado.py", mark("Tornado"), ":material/tornado:"),
            ("pages/senses.py", mark("Senses"), ":material/alt_route:"),
        ),
    ),
    (
        mark("Models"),
        (
            ("pages/models.py", mark("Models"), ":material/memory:"),
            ("pages/compare.py", mark("Compare"), ":material/compare_arrows:"),
        ),
    ),
    (
        mark("Learn"),
        (
            ("pages/lessons.py", mark("Lessons"), ":material/school:"),
            ("pages/method.py", mark("Method"), ":material/function:"),
        ),
    ),
)
"""Navigation: headings, and under each its pages as (file, label, icon)."""


# A file of our own: Streamlit fetches emoji and material icons for the browser tab from the internet.
_ICON = str(FRONTEND / "favicon.svg")

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


_SHARE = "Save and share"
_LAST = "visitor-page"

LINKED = {
    label: "" if file == "app.py" else Path(file).stem
    for _, pages in SECTIONS
    for file, label, _ in pages
    if label != _SHARE
}
"""The pages that a link can lead to: their labels, and where they are below the server's base."""


def last_path() -> str:
    """Where the visitor was before, to share that."""
    path: str = st.session_state.get(_LAST, "")
    return path


def begin(title: str, *, needs_model: bool = True, script: str = "") -> None:
    """Set up a page; the first call of every page script, so that each works as a direct link.

    Args:
        title: of the page, in English.
        needs_model: whether the page shows nothing without a model, which is then got first.
        script: what the browser does on this page alone.
    """
    log.begin()
    speech.begin()
    st.set_page_config(page_title=f"{tr(title)} · catsel", layout="wide")
    st.html(f"<style>{_STYLE}{_paper()}</style>")
    with st.sidebar:
        begin_page((*names.for_browser(), *speech.for_browser()), script)
        st.markdown("### catsel\n" + tr("How a language model tells categories of words apart, layer by layer."))
        speech.choice()
        for heading, pages in SECTIONS:
            if heading:
                st.caption(tr(heading))
            for path, label, icon in pages:
                st.page_link(path, label=tr(label), icon=icon)
    st.title(tr(title))
    st.set_page_config(page_icon=_ICON)  # last: with it Streamlit imports numpy
    if title != _SHARE:
        st.session_state[_LAST] = LINKED.get(title, "")
    _take_up_settings()
    _take_up_session(title)
    if needs_model:
        _take_up_model()


def _paper() -> str:
    """The page's own ground, for what lies on it while the rest moves below: Streamlit names it to components alone."""
    light, dark = (st.get_option(f"theme.{theme}.backgroundColor") for theme in ("light", "dark"))
    return f":root {{ --catsel-paper: light-dark({light}, {dark}); }}"


def _take_up_settings() -> None:
    """Settings that cannot be used are said before anything needs them; nothing else can be shown then."""
    if serves_others():
        limit_to_catalogue_by_default()
    try:
        current_settings()
    except SettingsError as exc:
        messages.error(str(exc))
        st.stop()


def _take_up_session(title: str) -> None:
    from pages.ui.session import keeping, links, visitor

    visitor.mend_fields()
    keeping.begin()
    links.take_up(title)


def _take_up_model() -> None:
    from pages.ui.work import first_start

    first_start.begin()
