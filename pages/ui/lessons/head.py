"""The line above every page of a lesson: where one is in it, and the ways to its other views."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import messages
from pages.ui.lessons import address
from pages.ui.lessons.address import Place


def show_head(place: Place) -> None:
    """Title and progress of the lesson, the way back to the list, and the way to the notes and from them."""
    lesson, count = place.lesson, len(place.lesson.steps)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(tr("All lessons"), icon=":material/arrow_back:", on_click=address.leave, type="tertiary")
        st.space("stretch")
        st.button(
            tr("Back to the lesson") if place.notes else tr("Teacher's notes"),
            key="notes",
            on_click=address.go,
            args=(lesson, place.step),
            kwargs={"notes": not place.notes},
            type="tertiary",
        )
    title = f"**{messages.plain(lesson.title)}** · " + tr("{minutes} minutes", minutes=lesson.minutes)
    if place.notes:
        st.markdown(title)
    else:
        where = tr("Step {number} of {count}", number=place.step, count=count)
        where = tr("Your sheet") if place.is_sheet else where
        st.progress(min(1.0, place.step / (count + 1)), f"{title} · {where}")


def show_ways(place: Place) -> None:
    """Back and forth."""
    lesson, step = place.lesson, place.step
    with st.container(horizontal=True, gap="small"):
        if step > 1:
            icon = ":material/chevron_left:"
            st.button(tr("Back"), key="back", icon=icon, on_click=address.go, args=(lesson, step - 1))
        if not place.is_sheet:
            name = tr("To your sheet") if step == len(lesson.steps) else tr("Next")
            icon = ":material/chevron_right:"
            st.button(name, "next", icon=icon, icon_position="right", on_click=address.go, args=(lesson, step + 1))
