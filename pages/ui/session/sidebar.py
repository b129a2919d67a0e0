"""What a visitor has chosen, drawn in the sidebar: once a page, after anything that edits it.

The browser hears then that all it has sent has been taken.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.inputs.word_lists import PALETTE
from catsel_core.language import tr, tr_count
from catsel_core.models.catalogue import BUNDLED, title_of
from catsel_core.models.find import find_model
from catsel_core.session import Session
from pages.ui import leaving, messages
from pages.ui.messages import escape
from pages.ui.session import keeping

_MOST_WORDS = 10

# st.code would bring a syntax highlighter of 1.5 MB along, which takes a third of a second before the first figure.
_PROMPT = (
    '<div style="font-family:monospace;font-size:.86rem;overflow-wrap:anywhere;white-space:pre-wrap;'
    'border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:.4rem;padding:.4rem .6rem">{}</div>'
)


def show_words(session: Session) -> None:
    """The categories, the prompt and the model."""
    with _choice(tr("Current words")):
        show_categories(session)
        st.caption(tr("Prompt"))
        st.html(_PROMPT.format(escape(session.words.template)))
    show_model(session)


def show_prompts(session: Session) -> None:
    """The categories and the model; the prompts stand on the page."""
    with _choice(tr("Current words")):
        show_categories(session)
    show_model(session)


def show_contexts(session: Session, text_name: str) -> None:
    """The text, the words to look for and the model."""
    with _choice(tr("Current text")):
        st.markdown(messages.plain(text_name))
        st.caption(tr("Words to look for"))
        _chips(_chip(target, None, color) for target, color in zip(session.contexts.targets, PALETTE, strict=False))
    show_model(session)


def show_sentences(session: Session) -> None:
    """The words of the sentences and the model."""
    with _choice(tr("Current sentences")):
        words = Counter(sentence.target for sentence in session.sentences.sentences)
        colors = dict(zip(words, cycle(PALETTE), strict=False))  # as the figures have them: by which comes first
        _chips(_chip(word, count, colors[word]) for word, count in words.most_common(_MOST_WORDS))
        if len(words) > _MOST_WORDS:
            st.caption(tr_count("… and {count} more word", "… and {count} more words", len(words) - _MOST_WORDS))
    show_model(session)


def show_compared_words(session: Session) -> None:
    """The categories; prompts and models stand on the page."""
    with _choice(tr("Current words")):
        show_categories(session)
        _end()


def show_model(session: Session) -> None:
    """The model; all of the choice on the page Models."""
    model = session.model
    short = "" if model.precision == "float32" else f", {model.precision}"
    title = title_of(model.reference) + short
    if _is_here(model.reference):
        said = tr("Model: {model}, on this computer", model=title)
    else:
        said = tr("Model: {model}, not on this computer yet", model=title)
    with st.sidebar:
        st.caption(messages.plain(said))
        _end()


def _end() -> None:
    """What has come so far is kept, and the browser hears of it."""
    keeping.save()
    leaving.answer()


def _is_here(reference: str) -> bool:
    """Whether a model can be used now: an opened session may name any. The bundled one is there before the page is."""
    try:
        return reference == BUNDLED or bool(find_model(reference))
    except CatselError:
        return False


@contextmanager
def _choice(heading: str) -> Iterator[None]:
    with st.sidebar:
        st.divider()
        st.caption(heading)
        yield


def show_categories(session: Session) -> None:
    """Every category with its colour and how many words it has."""
    _chips(_chip(each.name, len(each.words), each.color) for each in session.words.words.categories)


def _chips(chips: Iterable[str]) -> None:
    """One below the other, in one element: each element costs every run of the page."""
    st.html(f'<div style="display:grid;gap:.9rem;font-size:.88rem">{"".join(chips)}</div>')


def _chip(name: str, count: int | None, color: str) -> str:
    text = f"<bdi>{escape(name)}</bdi>" + ("" if count is None else f" · {count}")
    return (
        '<div style="display:flex;gap:.5rem;align-items:center">'
        f'<span style="width:.8rem;height:.8rem;border-radius:.2rem;background:{color}"></span>'
        f"<span>{text}</span></div>"
    )
