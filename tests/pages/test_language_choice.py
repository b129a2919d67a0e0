"""Another language is spoken: fields go on with what was chosen before, and callbacks speak it too."""

from collections.abc import Iterator

import pytest

from tests.support.languages import speaking
from tests.support.pages import open_page


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's language; Streamlit's harness, too, asks in it what options are called."""
    monkeypatch.setenv("CATSEL_LANGUAGE", "de")
    with speaking("de"):
        yield


def test_a_select_box_shows_what_was_chosen_by_its_new_name() -> None:
    app = open_page("pages/one_layer.py")
    app.selectbox(key="order").set_value("Clustered").run()
    app.segmented_control(key="visitor-language-field").set_value("de").run()
    box = app.selectbox(key="order")
    assert box.proto.set_value
    assert (box.value, box.proto.raw_value) == ("Clustered", "Geclustert")


@pytest.mark.usefixtures("german")
def test_callbacks_speak_the_language_of_the_page() -> None:
    app = open_page("pages/words.py")
    next(button for button in app.button if button.label == "Kategorie hinzufügen").click().run()
    assert "Kategorie 4" in [field.value for field in app.text_input]
    next(button for button in app.button if button.label == "space löschen").click().run()
    assert "Die Kategorie „space“ ist gelöscht." in [caption.value.replace("\\", "") for caption in app.caption]
