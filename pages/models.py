"""Models: which one reads the words, what others would cost, and how to get them."""

import streamlit as st

from catsel_core.language import tr
from pages.ui import frame

frame.begin("Models", needs_model=False)

from pages.ui.controls import models as model_choice
from pages.ui.session import sidebar, visitor
from pages.ui.work import downloads

st.markdown(
    tr(
        "Every page shows what one model makes of the words. Choose it here; the lists, texts and prompts stay. "
        "Models run on this computer, and only a download needs the internet."
    )
)
model_choice.precision_control()
model_choice.another_model()
model_choice.catalogue()
sidebar.show_model(visitor.session())
downloads.watch()
