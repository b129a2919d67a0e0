"""A lesson's folder is read whole, or refused in a sentence that names the file, the place and the way out."""

from dataclasses import replace
from pathlib import Path

import pytest

from catsel_core.errors import InputError
from catsel_core.export.session_file import to_json
from catsel_core.lessons.figures import FIGURES, first_layer, kinds_of, request_of
from catsel_core.lessons.finding import BUNDLED_NAMES, all_lessons
from catsel_core.lessons.reading import read_lesson
from catsel_core.session import first_session
from tests.support.core_fixtures import word_list
from tests.support.languages import speaking
from tests.support.lessons import GUESS, HEAD, LOOK, PREDICT, QUESTION, TEXTS, small_lesson, step, write

ROOT = Path(__file__).resolve().parents[2]


def test_every_field_is_read(tmp_path: Path) -> None:
    lesson = read_lesson(small_lesson(tmp_path / "two-kinds"))
    look, guess = lesson.steps
    assert (lesson.name, lesson.title, lesson.minutes) == ("two-kinds", "Two kinds of words", 10)
    assert lesson.objectives == ("See *one* thing.",)
    assert (look.title, look.text, look.notes) == ("The step look", "Look at *this*.", "Give them **time**.")
    assert (look.figures, look.reveals, look.layer) == (("similarity-matrix",), (), "Emb")
    assert look.free == ("range", "measure")
    assert look.session.words.template == "The {word}"
    assert (guess.figures, guess.reveals, guess.notes) == ((), ("delta-profile",), "")
    assert guess.predict is not None
    assert guess.predict.offered(("Emb", "L0")) == ("Emb", "L0")
    assert guess.question is not None
    assert guess.question.offered(()) == ("this_one", "that one")
    assert kinds_of(guess) == ("words",)
    assert request_of(guess, "words") == guess.session.word_request()


def test_a_steps_session_goes_over_that_of_its_lesson(tmp_path: Path) -> None:
    own = "[steps.session.words]\nmeasure = 'centred'\n[steps.session.view]\nscale = 'shared'"
    base = "\n[session]\nmodel = {reference = 'bundled'}\nwords = {template = 'My {word}'}\n"
    lesson = read_lesson(write(tmp_path / "a", HEAD + base + LOOK + step("guess", "", own)))
    first, second = (each.session for each in lesson.steps)
    assert (first.words.template, first.words.measure) == ("My {word}", "cosine")
    assert (second.words.template, second.words.measure, second.view.scale) == ("My {word}", "centred", "shared")
    assert second.model.reference == "bundled"


def test_a_saved_session_is_used_by_its_name(tmp_path: Path) -> None:
    session = replace(first_session(), words=replace(first_session().words, words=word_list(pets="dog cat", red="a b")))
    texts = {**TEXTS, "mine.catsel.json": to_json(session)}
    lesson = read_lesson(write(tmp_path / "a", HEAD + step("look", 'session = "mine.catsel.json"'), texts))
    assert lesson.steps[0].session == session


def test_the_example_of_the_docs_is_a_lesson(tmp_path: Path) -> None:
    blocks = (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8").split("```")[1::2]
    blocks = [block for block in blocks if block.startswith(("toml", "markdown"))]
    main, text, german = (block.split("\n", 1)[1] for block in blocks)
    lesson = read_lesson(write(tmp_path / "pets-and-tools", main, {"first-look.md": text, "guess.md": text}))
    assert [each.name for each in lesson.steps] == ["first-look", "guess"]
    write(tmp_path / "pets-and-tools", main, {"lesson.de.toml": german})
    with speaking("de"):
        look, guess = read_lesson(tmp_path / "pets-and-tools").steps
    assert look.title == "Ein erster Blick"
    assert look.question is not None
    assert look.question.said(look.question.answer) == "Haustiere und Werkzeuge"
    assert guess == lesson.steps[1]


def test_the_docs_name_every_figure() -> None:
    named = (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8")
    assert [name for name in FIGURES if f"`{name}`" not in named] == []


MAIN = "lesson.toml"
ERRORS = {
    "no toml": ("title = ", f"{MAIN} is no TOML that can be read"),
    "no title": ('minutes = 3\nobjectives = ["a"]', f"{MAIN}: “title” must be one line"),
    "two lines": (HEAD.replace("Two kinds", "Two\\nkinds") + LOOK, "“title” must be one line"),
    "no minutes": ('title = "a"\nobjectives = ["a"]', "“minutes” must be between 1 and 240; it is 0"),
    "minutes as text": (HEAD.replace("10", '"ten"') + LOOK, "“minutes” of “lesson.toml” must be a whole number"),
    "no objectives": ('title = "a"\nminutes = 3', "“objectives” must say what can be learnt"),
    "objectives as text": (HEAD.replace('["See *one* thing."]', '"See."') + LOOK, "must be a list"),
    "no steps": (HEAD, "There must be 1 to 40 steps"),
    "unknown field": (HEAD + "author = 'me'" + LOOK, "has “author”, which this catsel does not know"),
    "unknown field of a step": (HEAD + step("look", "figure = 'a'"), "step 1 (“look”): “step” has “figure”"),
    "step without a name": (HEAD + '[[steps]]\ntitle = "a"', "Step 1 needs a “name”"),
    "name that is a path": (HEAD + step("../look", ""), "Step 1 needs a “name”"),
    "same name": (HEAD + LOOK + LOOK, "Step 2 has the name “look” of another step"),
    "no text": (HEAD + step("gone", ""), "gone.md cannot be read"),
    "figure": (HEAD + step("look", 'figures = ["delta-profil"]'), "Did you mean “delta-profile”?"),
    "figure far off": (HEAD + step("look", 'figures = ["xyz"]'), "There are: similarity-matrix, "),
    "figures as text": (HEAD + step("look", 'figures = "delta-profile"'), "“figures” of “step” must be a list"),
    "figures of numbers": (HEAD + step("look", "figures = [1]"), "“figures” must be a list of texts"),
    "figure twice": (HEAD + step("look", 'figures = ["t-profile", "t-profile"]'), "A figure is named twice"),
    "nothing reveals": (HEAD + step("look", 'reveals = ["t-profile"]'), "no prediction that reveals them"),
    "layer": (HEAD + step("look", 'figures = ["t-profile"]\nlayer = "4"'), "“layer” must be Emb, L0, L1"),
    "layer of nothing": (HEAD + step("look", 'layer = "L4"'), "“layer” is there, but no figure"),
    "word": (HEAD + step("look", 'figures = ["word-path"]\nword = "xyz"'), "which is not in the step's words"),
    "word of nothing": (HEAD + step("look", 'word = "pear"'), "“word” is for word-path"),
    "sense": (HEAD + step("look", 'figures = ["sentence-matrix"]\nword = "pear"'), "not in the step's sentences"),
    "free": (HEAD + step("look", 'figures = ["t-profile"]\nfree = ["color"]'), "what can be left free is range"),
    "free of nothing": (HEAD + step("look", 'free = ["range"]'), "nothing that is shown depends on it"),
    "words of sentences": (
        HEAD + step("look", 'figures = ["sense-means"]\nfree = ["words"]'),
        "“words” is free, but nothing that is shown depends on it",
    ),
    "question no table": (HEAD + step("look", "question = 3"), "“question” must be an object"),
    "no ask": (HEAD + step("look", "", "[steps.question]\noptions = ['a', 'b']"), "question: “ask” is missing"),
    "no reason": (HEAD + step("look", "", QUESTION.replace("reason", "#")), "question: “reason” is missing"),
    "one option": (HEAD + step("look", "", QUESTION.replace(', "that one"', "")), "list of 2 to 8 different texts"),
    "same options": (HEAD + step("look", "", QUESTION.replace("that one", "this_one")), "2 to 8 different texts"),
    "answer": (HEAD + step("look", "", QUESTION.replace('answer = "this_', 'answer = "no_')), "not among what can"),
    "answer is no layer": (HEAD + step("look", "", PREDICT.replace("L0", "four")), "“answer” must be a layer"),
    "options of a layer": (HEAD + step("look", "", PREDICT + "options = ['a', 'b']"), "Remove “options”"),
    "kind": (HEAD + step("look", "", PREDICT.replace('"layer"', '"number"')), "“of” of “predict” must be one of"),
    "session": (HEAD + step("look", "session = 3"), "“session” must be the name of a session file or a table"),
    "session's path": (HEAD + step("look", "session = '/etc/passwd'"), "no name of a file in the lesson's folder"),
    "session's file": (HEAD + step("look", "session = 'no.json'"), "no.json cannot be read"),
    "session no json": (HEAD + step("look", "session = 'look.md'"), "look.md: This is not a catsel session"),
    "session's part": (HEAD + "[session]\nwords = {template = 'a'}" + LOOK, "session: The prompt must contain"),
    "session's unknown": (HEAD + "[session]\nword = 3" + LOOK, "“session” has “word”"),
    "a date": (HEAD + "[session]\nwords = 1979-05-27" + LOOK, "“words” must be an object"),
    "image": (HEAD + step("look", 'look = ["![a](http://a/b.png)"]'), "shows an image, and lessons show none"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_what_is_wrong_is_said_with_its_place(case: str, tmp_path: Path) -> None:
    main, clue = ERRORS[case]
    with pytest.raises(InputError) as caught:
        read_lesson(write(tmp_path / "broken", main))
    assert clue in str(caught.value)
    assert str(caught.value).startswith("Lesson “broken”: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "clue"),
    [
        ("look.md", "  \n", "look.md: There is nothing in this file"),
        ("look.md", "One.\n\n![a picture][1]", "look.md: Line 3 shows an image"),
        ("look.notes.md", "![](x)", "look.notes.md: Line 1 shows an image"),
        ("notes.md", "", "notes.md: There is nothing in this file"),
        ("look.md", "a\0b\0c\0", "look.md"),
        ("look.md", "x" * 200_001, "look.md"),
    ],
)
def test_texts_that_cannot_be_shown_are_named(name: str, text: str, clue: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_lesson(write(tmp_path / "a", HEAD + LOOK, {**TEXTS, name: text}))
    assert clue in str(caught.value)


def test_a_layer_that_the_model_has_not_is_said(tmp_path: Path) -> None:
    guess = read_lesson(small_lesson(tmp_path / "a")).steps[1]
    assert first_layer(guess, ("Emb", "L0", "L1")) == 2
    with pytest.raises(InputError, match="begins with layer “L1”, which its model does not have: it has Emb to L0"):
        first_layer(guess, ("Emb", "L0"))


def test_own_lessons_stand_beside_the_ready_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_lesson(tmp_path / "b-mine")
    write(tmp_path / "a-broken", HEAD)
    write(tmp_path / BUNDLED_NAMES[0], HEAD + LOOK)
    (tmp_path / "c-empty").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "readme.txt").write_text("no lesson")
    monkeypatch.setenv("CATSEL_LESSONS", str(tmp_path))
    found = all_lessons()
    assert [lesson.name for lesson in found.ready] == list(BUNDLED_NAMES)
    assert [lesson.name for lesson in found.own] == ["b-mine"]
    assert [problem.split(":")[0] for problem in found.problems] == [
        "Lesson “a-broken”",
        "Lesson “c-empty”",
        f"Lesson “{BUNDLED_NAMES[0]}”",
    ]
    assert found.named("b-mine") is found.own[0]
    assert found.named("../b-mine") is None
    write(tmp_path / "b-mine", HEAD + LOOK + GUESS + step("third", ""), {"third.md": "New."})
    assert len(all_lessons().own[0].steps) == 3


def test_a_folder_of_lessons_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_LESSONS", str(tmp_path / "gone"))
    found = all_lessons()
    assert len(found.ready) == len(BUNDLED_NAMES)
    assert "gone”, which cannot be read" in found.problems[0]
