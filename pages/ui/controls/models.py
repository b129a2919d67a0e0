"""Choosing a model: the catalogue, any other one by name or folder, and the precision."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from catsel_core.errors import CatselError, NotDownloadedError
from catsel_core.hidden_states.prepare import ready_model
from catsel_core.language import tr
from catsel_core.models import bundled, hub
from catsel_core.models import find as models
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, CatalogueEntry
from catsel_core.models.spec import Precision
from catsel_core.settings import current_settings
from catsel_core.system.refusals import size
from pages.ui import messages
from pages.ui.controls.shared import one_of
from pages.ui.messages import escape
from pages.ui.session import visitor
from pages.ui.work import downloads


def precision_control() -> None:
    """The number format that the current model runs in."""
    current = visitor.session().model
    chosen: Precision = one_of(
        tr("Precision"),
        get_args(Precision),
        current.precision,
        "precision",
        tr(
            "float32 gives the numbers to cite. bfloat16 takes half the memory; the pages then say how far "
            "a cosine is from its float32 value at most."
        ),
    )
    if chosen != current.precision:
        visitor.use_model(replace(current, precision=chosen))
        st.rerun()


def catalogue() -> None:
    """Every model of the catalogue with what it costs, and a button to use or to download it."""
    current = visitor.session().model.reference
    for entry in CATALOGUE:
        with st.container(border=True):
            left, right = st.columns([4, 1], vertical_alignment="center")
            with left:
                st.html(_description(entry))
            with right:
                _button(entry.reference, current, here=models.is_present(entry.reference))
            downloads.place_for(entry.reference)


def _description(entry: CatalogueEntry) -> str:
    n_bytes = entry.download_bytes or (0 if models.is_present(entry.reference) else bundled.WHEEL.n_bytes)
    name = "" if entry.reference == BUNDLED else f" <code>{escape(entry.reference)}</code>"
    facts = (
        tr("{count} layers", count=entry.n_blocks),
        tr("width {width:,}", width=entry.width),
        tr("download {size}", size=size(n_bytes)) if n_bytes else tr("no download"),
        tr("memory {size}", size=size(entry.memory_bytes)),
        tr("licence {licence}", licence=escape(entry.licence)),
    )
    note = f"{escape(tr(entry.note))} · " if entry.note else ""
    return (
        f'<strong>{escape(tr(entry.title))}</strong>{name}<br><span style="opacity:.8;font-size:.9rem">'
        f"{note}{' · '.join(facts)}</span>"
    )


def _button(reference: str, current: str, *, here: bool) -> None:
    if reference == current and here:
        st.button(tr("In use"), key=f"use-{reference}", disabled=True, icon=":material/check:")
    elif here:
        st.button(tr("Use"), key=f"use-{reference}", on_click=_use, args=(reference,))
    elif downloads.allowed():
        downloads.button(reference)


def _use(reference: str) -> None:
    visitor.use_model(replace(visitor.session().model, reference=reference))


def another_model() -> None:
    """Any model of the hub by its name, or a folder of this computer."""
    if current_settings().catalogue_only:
        return
    st.markdown(tr("**Another model**"))
    with st.form("another-model", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            tr("Name on the hub, or a folder"),
            key="another-name",
            placeholder=tr("org/name or /home/me/model"),
            help=tr("A causal language model with safetensors. You see what it weighs before anything is fetched."),
        )
        asked = st.form_submit_button(tr("Look it up"), icon=":material/search:")
    if asked:
        _look_up(typed.strip())
    offer = st.session_state.get("offered_model")
    if offer is not None:
        _show_offer(*offer)
    known = {entry.reference for entry in CATALOGUE}
    current = visitor.session().model.reference
    for reference in visitor.used_models():
        if reference not in known:
            with st.container(horizontal=True, vertical_alignment="center", border=True):
                st.markdown(messages.plain(reference), width="stretch")
                _button(reference, current, here=True)


def _look_up(reference: str) -> None:
    st.session_state.pop("offered_model", None)
    if not reference:
        messages.error(tr("No model is named. Type a name of the hub, such as openai-community/gpt2, or a folder."))
        return
    try:
        ready_model(reference)
    except NotDownloadedError:
        _ask_hub(reference)
    except CatselError as exc:
        messages.error(str(exc))
    else:
        _use(reference)
        st.rerun()


def _ask_hub(reference: str) -> None:
    try:
        with st.spinner(tr("Asking the hub …")):
            found = hub.listing(models.hub_reference(reference))
    except CatselError as exc:
        messages.error(str(exc))
    else:
        st.session_state["offered_model"] = (reference, found.commit, found.total_bytes)


def _show_offer(reference: str, commit: str, n_bytes: int) -> None:
    if models.is_present(reference):
        st.session_state.pop("offered_model", None)
        return
    facts = tr("revision {revision} · download {size}", revision=commit[:12], size=size(n_bytes))
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<strong>{escape(reference)}</strong><br><span style="opacity:.8;font-size:.9rem">{facts}</span>',
                width="stretch",
            )
            downloads.button(reference)
        downloads.place_for(reference)
