"""What can mislead, one at a time: a text, and a live example that is made for the chosen one only."""

import streamlit as st

from catsel_core.errors import CatselError
from catsel_core.figures.glossary import linked
from catsel_core.figures.pitfalls import Pitfall, pitfalls
from catsel_core.language import tr
from pages.ui import messages, terms
from pages.ui.controls.shared import known
from pages.ui.method.examples import EXAMPLES
from pages.ui.work import first_start, results


def show_pitfall(wanted: str) -> None:
    """The chosen pitfall; ``wanted`` by its id at first, if there is one."""
    chosen = _choice(wanted)
    with st.container(key="said"):
        st.subheader(chosen.title)
        st.markdown(linked(chosen.text, terms.address) + "\n\n" + tr("**Live:** {look}", look=chosen.look))
    first_start.begin()
    try:
        EXAMPLES[chosen.id]()
    except CatselError as exc:
        messages.error(str(exc))
    results.watch()


def _choice(wanted: str) -> Pitfall:
    all_of_them = {each.id: each for each in pitfalls()}
    ids = list(all_of_them)
    numbers = {id_: number for number, id_ in enumerate(ids, start=1)}
    first = known(wanted, ids, ids[0])
    chosen = st.selectbox(
        tr("Pitfall"),
        ids,
        ids.index(first),
        format_func=lambda id_: f"{numbers[id_]} · {all_of_them[id_].title}",
        key="pitfall",
        persist_state="session",
        help=tr("Each with an example from your own words, text and sentences."),
    )
    return all_of_them[known(chosen, ids, first)]
