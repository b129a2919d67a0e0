"""Lessons: one thing about the model at a time, predicted, looked at, answered."""

from pages.ui import frame

frame.begin("Lessons")

from catsel_core.lessons.finding import all_lessons
from pages.ui.lessons.address import asked_for
from pages.ui.lessons.catalogue import show_list
from pages.ui.lessons.end import show_notes, show_sheet
from pages.ui.lessons.head import show_head
from pages.ui.lessons.step import show_step
from pages.ui.session import sidebar, visitor

lessons = all_lessons()
place = asked_for(lessons)
if place is None:
    show_list(lessons)
else:
    show_head(place)
    if place.notes:
        show_notes(place)
    elif place.is_sheet:
        show_sheet(place)
    else:
        show_step(place)
if place is None or place.notes or place.is_sheet:
    sidebar.show_model(visitor.session())
