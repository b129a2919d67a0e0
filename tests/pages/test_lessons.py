"""Lessons on the page: predict before reveal, a question after the look, links, notes, the sheet."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.lessons.finding import all_lessons
from tests.support.languages import speaking
from tests.support.lessons import GERMAN, GUESS, HEAD, LOOK, small_lesson, step, write
from tests.support.pages import ROOT, charts, errors, session_of
from tests.support.visits import SECONDS, words
from tests.support.visits import session_of as session_for

NAME = "two-kinds"
READY = [lesson.name for lesson in all_lessons().ready]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CATSEL_LESSONS", str(tmp_path))
    monkeypatch.setenv("CATSEL_WARM_UP", "0")
    small_lesson(tmp_path / NAME)
    return tmp_path


def visit(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = session_for(words())
    app.switch_page("pages/lessons.py")
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def texts(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown)


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def answer_question(app: AppTest, answer: str) -> AppTest:
    app.radio[0].set_value(answer)
    return press(app, "Answer")


def test_the_list_has_ready_lessons_own_ones_and_what_is_broken(folder: Path) -> None:
    write(folder / "broken", HEAD)
    app = visit()
    assert not app.exception
    shown = texts(app).replace("\\", "")
    for lesson in (*all_lessons().ready, *all_lessons().own):
        assert f"{lesson.title}**  \n{lesson.minutes} minutes" in shown
        assert lesson.objectives[0] in shown
    assert "Lesson “broken”" in app.info[0].value
    number = len(READY) + 1
    press(app, f"Begin lesson {number}")
    assert (app.query_params["lesson"], app.query_params["step"]) == (NAME, "1")
    assert "Look at *this*." in texts(app)


def test_a_question_is_asked_after_the_look_and_answered_once(folder: Path) -> None:
    app = visit(lesson=NAME)
    assert list(charts(app)) == ["similarity-matrix"]
    assert not app.radio
    assert "Since it is." not in texts(app)
    press(app, "I have looked: ask me")
    press(app, "Answer")
    assert "Choose one first" in app.info[0].value
    answer_question(app, "that one")
    assert not app.radio
    assert "You answered: **that one**" in texts(app)
    assert "Right is: **this\\_one**" in texts(app)
    assert "Since it is." in texts(app)
    assert app.session_state["visitor-lesson-answers"] == {
        f"{NAME}/look/looked": "yes",
        f"{NAME}/look/question": "that one",
    }


def test_a_prediction_comes_before_what_it_reveals(folder: Path) -> None:
    app = visit(lesson=NAME, step="2")
    assert not charts(app)
    assert "It is **so**." not in texts(app)
    assert "Answer" not in labels(app)
    (layer,) = app.radio
    assert layer.options == ["Emb", "L0", "L1", "L2"]
    layer.set_value("Emb")
    press(app, "Keep my prediction and show it")
    assert list(charts(app)) == ["delta-profile"]
    assert "You predicted: **Emb**" in texts(app)
    assert "It is: **L0**" in texts(app)
    answer_question(app, "this_one")
    assert "That is it." in texts(app)


def test_steps_are_moved_through_to_the_sheet_and_the_address_follows(folder: Path) -> None:
    app = visit(lesson=NAME)
    assert "Back" not in labels(app)
    press(app, "Next")
    assert app.query_params["step"] == "2"
    press(app, "To your sheet")
    assert app.query_params["step"] == "sheet"
    assert "0 of 3 questions and predictions answered." in texts(app)
    press(app, "Back")
    assert app.query_params["step"] == "2"
    press(app, "All lessons")
    assert "lesson" not in app.query_params
    assert "Begin lesson 1" in labels(app)


@pytest.mark.parametrize(
    ("address", "clue"),
    [
        ({"lesson": "<b>nothing</b>"}, "There is no lesson “<b>nothing</b>” here"),
        ({"lesson": "../two-kinds"}, "There is no lesson “../two-kinds” here"),
        ({"lesson": NAME, "step": "3"}, "This lesson has no step “3”: it has 2 steps"),
        ({"lesson": NAME, "step": "²"}, "This lesson has no step “²”"),
        ({"lesson": NAME, "step": "0"}, "This lesson has no step “0”"),
    ],
)
def test_what_a_link_names_and_there_is_not_is_said(folder: Path, address: dict[str, str], clue: str) -> None:
    app = visit(**address)
    assert not app.exception
    assert clue in errors(app)


def test_notes_are_on_a_view_of_their_own(folder: Path) -> None:
    (folder / NAME / "notes.md").write_text("For **quick** ones.", encoding="utf-8")
    app = visit(lesson=NAME)
    assert "Give them" not in texts(app)
    press(app, "Teacher's notes")
    assert app.query_params["notes"] == "1"
    for part in ("Give them **time**.", "For **quick** ones.", "Since it is.", "It is **so**.", "&step=2`"):
        assert part in texts(app)
    assert not charts(app)
    press(app, "Back to the lesson")
    assert "notes" not in app.query_params
    assert "Give them" not in texts(app)


def test_the_sheet_has_answers_reasons_and_readings_and_gives_nothing_else_away(folder: Path) -> None:
    app = visit(lesson=NAME)
    press(app, "I have looked: ask me")
    answer_question(app, "that one")
    press(app, "Next")
    press(app, "To your sheet")
    app.text_input[0].set_value("*Ada* <b>").run()
    shown = texts(app)
    assert "Name: \\*Ada\\* \\<b\\>" in shown
    assert "Answered: that one ✗" in shown
    assert "Right answer: this\\_one" in shown
    assert "the most similar pair is" in shown
    assert "At Emb" in shown
    assert "Predicted: *not answered*" in shown
    assert "It is **so**." not in shown
    assert "Δ is largest" not in shown
    assert [name.rpartition("-")[0] for name in charts(app)] == ["similarity-matrix"]  # and the covered one is not


def test_a_lesson_leaves_the_visitors_session_until_it_is_taken_over(folder: Path) -> None:
    app = visit(lesson=NAME)
    mine = session_of(app)
    app.segmented_control[0].set_value("shared").run()
    app.selectbox[0].set_value("centred").run()
    assert "centred" in charts(app)["similarity-matrix"]["spec"]
    assert session_of(app) == mine
    press(app, "I have looked: ask me")
    press(app, "Open this in the pages")
    opened = session_of(app)
    assert (opened.words.measure, opened.view.scale) == ("centred", "shared")
    assert app.session_state["visitor-lesson-answers"] == {f"{NAME}/look/looked": "yes"}
    press(app, "Undo")
    assert session_of(app) == mine
    assert app.session_state["visitor-lesson-answers"] == {f"{NAME}/look/looked": "yes"}


def test_own_words_and_an_own_prompt_work_inside_the_lesson(folder: Path) -> None:
    free = 'figures = ["similarity-matrix"]\nfree = ["words", "prompt"]'
    base = (folder / NAME / "lesson.toml").read_text(encoding="utf-8").split("[[steps]]")[0]
    write(folder / NAME, base + step("look", free))
    app = visit(lesson=NAME)
    mine, before = session_of(app), charts(app)["similarity-matrix"]["readings"]
    app.text_area[2].set_value("pear, plum, fig").run()
    assert "plum" in charts(app)["similarity-matrix"]["spec"]
    app.text_area[2].set_value("pear, pear").run()
    assert "pear" in errors(app)
    assert charts(app)["similarity-matrix"]["readings"] == before
    app.text_input[0].set_value("no place").run()
    assert "exactly once" in errors(app)
    assert session_of(app) == mine


def test_a_model_that_is_not_here_is_said_and_the_lesson_goes_on(folder: Path) -> None:
    main = HEAD + '\n[session]\nmodel = {reference = "/no/such/model"}\n' + LOOK + GUESS
    write(folder / NAME, main)
    app = visit(lesson=NAME)
    assert not app.exception
    assert "There is no model “/no/such/model”" in errors(app)
    press(app, "Next")
    assert "There is no model" in errors(app)
    press(app, "To your sheet")
    assert "Predicted: *not answered*" in texts(app)


def test_answers_that_nobody_can_give_count_for_nothing(folder: Path) -> None:
    app = visit(lesson=NAME, step="2")
    app.session_state["visitor-lesson-answers"] = {f"{NAME}/guess/predict": "<b>", f"{NAME}/guess/question": "no such"}
    app.run()
    assert not app.exception
    assert not charts(app)
    assert "Keep my prediction and show it" in labels(app)


def speak_german(app: AppTest) -> AppTest:
    app.session_state["visitor-language"] = "de"
    return app.run()


def test_an_answer_is_said_in_the_language_that_is_spoken_now(folder: Path) -> None:
    write(folder / NAME, (folder / NAME / "lesson.toml").read_text(encoding="utf-8"), {"lesson.de.toml": GERMAN})
    app = visit(lesson=NAME)
    press(app, "I have looked: ask me")
    answer_question(app, "that one")
    assert "**that one**" in texts(app)
    speak_german(app)
    assert "**jenes**" in texts(app)
    assert "**dieses\\_hier**" in texts(app)
    assert "Weil es das ist." in texts(app)
    app.query_params["step"] = "sheet"
    with speaking("de"):  # the harness asks here what options are called
        shown = texts(app.run())
    assert "jenes ✗" in shown
    assert "that one" not in shown


def test_an_answer_given_in_another_language_is_kept_as_lesson_toml_has_it(folder: Path) -> None:
    write(folder / NAME, (folder / NAME / "lesson.toml").read_text(encoding="utf-8"), {"lesson.de.toml": GERMAN})
    app = speak_german(visit(lesson=NAME))
    with speaking("de"):
        app.button(key=f"do-{NAME}/look/looked").click().run()
        (asked,) = app.radio
        assert asked.options == ["dieses\\_hier", "jenes"]
        asked.set_value("this_one")
        next(button for button in app.button if button.form_id).click().run()
    assert not app.exception
    assert app.session_state["visitor-lesson-answers"][f"{NAME}/look/question"] == "this_one"
    assert "**dieses\\_hier**" in texts(app)
