"""A report on the page: made when it is asked for, of what is chosen then."""

from streamlit.testing.v1 import AppTest

from tests.support.pages import errors
from tests.support.visits import asked, opened, words


def report_of(app: AppTest) -> list[str]:
    """Labels of the buttons that save something, but for the notebook, which is offered beside a report."""
    labels = [button.proto.label for button in app.get("download_button")]
    return [label for label in labels if label != "Notebook"]


def make(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "Make the report").click().run()


def test_a_report_is_offered_when_it_was_asked_for_and_no_longer_when_something_else_is_chosen() -> None:
    app = opened("pages/save.py", words())
    assert report_of(app) == ["Save as a file"]
    app.multiselect(key="report-of").set_value(["words", "sentences"])
    assert not make(app).exception
    assert report_of(app) == ["Save as a file", "Save the report"]
    assert report_of(app.run()) == ["Save as a file", "Save the report"]
    assert report_of(asked(app, words("Another {word}"))) == ["Save as a file"]


def test_a_report_that_cannot_be_made_says_why() -> None:
    app = opened("pages/save.py", words())
    model = words()
    asked(app, type(model)(template=model.template, model="/no/such/model"))
    assert not make(app).exception
    assert "There is no model “/no/such/model”" in errors(app)
    assert report_of(app) == ["Save as a file"]
