"""A lesson in another language: its words go over those of ``lesson.toml``; what does not fit is said in a sentence."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from catsel_core.errors import InputError
from catsel_core.language import LANGUAGES, tr
from catsel_core.lessons.finding import BUNDLED, BUNDLED_NAMES, all_lessons
from catsel_core.lessons.reading import read_lesson
from catsel_core.lessons.records import Lesson
from catsel_core.lessons.sheet import sheet
from tests.support.languages import speaking
from tests.support.lessons import GERMAN, TEXTS, small_lesson, write

NAME = "two-kinds"


def in_german(tmp_path: Path, german: str, texts: dict[str, str] | None = None) -> Lesson:
    main = (small_lesson(tmp_path / NAME) / "lesson.toml").read_text(encoding="utf-8")
    folder = write(tmp_path / NAME, main, {**TEXTS, "lesson.de.toml": german, **(texts or {})})
    with speaking("de"):
        return read_lesson(folder)


def test_words_go_over_those_of_the_lesson_and_all_else_stays(tmp_path: Path) -> None:
    texts = {"look.de.md": "Sieh *hin*.", "look.notes.de.md": "Zeit **geben**.", "notes.de.md": "Für Schnelle."}
    lesson, usual = in_german(tmp_path, GERMAN, texts), read_lesson(tmp_path / NAME)
    look, guess = lesson.steps
    assert (lesson.name, lesson.title, lesson.minutes) == (NAME, "Zwei Arten von Wörtern", 10)
    assert (lesson.objectives, lesson.notes, usual.notes) == (("*Eines* sehen.",), "Für Schnelle.", "")
    assert (look.title, look.text, look.notes, look.look) == ("Der Blick", "Sieh *hin*.", "Zeit **geben**.", ("Hell?",))
    assert look.question is not None
    assert (look.question.ask, look.question.reason) == ("Welches ist es?", "Weil es das ist.")
    assert (look.question.options, look.question.answer) == (("this_one", "that one"), "this_one")
    assert [look.question.said(option) for option in look.question.options] == ["dieses_hier", "jenes"]
    assert (look.figures, look.layer, look.free, look.session) == (
        usual.steps[0].figures,
        usual.steps[0].layer,
        usual.steps[0].free,
        usual.steps[0].session,
    )
    assert guess == usual.steps[1]


def test_an_answer_that_was_kept_counts_in_every_language(tmp_path: Path) -> None:
    lesson = in_german(tmp_path, GERMAN)
    answers = {f"{NAME}/look/looked": "yes", f"{NAME}/look/question": "that one"}
    assert ": jenes ✗\n" in sheet(lesson, answers, {})
    assert ": that one ✗\n" in sheet(read_lesson(tmp_path / NAME), answers, {})


def test_lessons_are_kept_once_for_every_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_LESSONS", str(tmp_path))
    in_german(tmp_path, GERMAN)
    assert all_lessons().own[0].title == "Two kinds of words"
    with speaking("de"):
        assert all_lessons().own[0].title == "Zwei Arten von Wörtern"
        assert all_lessons().own[0] is all_lessons().own[0]
    assert all_lessons().own[0].title == "Two kinds of words"


STEP = '[[steps]]\nname = "look"\n'
QUESTION = STEP + "[steps.question]\n"
FILE = "lesson.de.toml"
ERRORS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "no toml": ("title =", "{name} is no TOML that can be read: {reason}. Mend that place.", {"name": FILE}),
    "not words": (
        STEP + 'layer = "L0"',
        "“{where}” has “{name}”. What is not translated is written in lesson.toml alone. Remove it.",
        {"where": "step", "name": "layer"},
    ),
    "not words of the lesson": (
        "minutes = 3",
        "“{where}” has “{name}”. What is not translated is written in lesson.toml alone. Remove it.",
        {"where": FILE, "name": "minutes"},
    ),
    "no such step": (
        '[[steps]]\nname = "lok"',
        "Step {number} has the name “{name}”, and no step of lesson.toml has it. There are: {names}.",
        {"number": 1, "name": "lok", "names": "look, guess"},
    ),
    "step again": (
        STEP + STEP,
        "Step {number} is “{name}” again. Put both into one.",
        {"number": 2, "name": "look"},
    ),
    "no such question": (
        STEP + "[steps.predict]\nask = 'a'",
        "“{part}” is not in this step of lesson.toml. Remove it.",
        {"part": "predict"},
    ),
    "another number of options": (
        QUESTION + "options = ['a', 'b', 'c']",
        "“options” must be {count} different texts, in the order of lesson.toml; it is {value}.",
        {"count": 2, "value": "['a', 'b', 'c']"},
    ),
    "same options": (
        QUESTION + "options = ['a', 'a']",
        "“options” must be {count} different texts, in the order of lesson.toml; it is {value}.",
        {"count": 2, "value": "['a', 'a']"},
    ),
    "no such answer": (
        QUESTION + "options = ['a', 'b']\nanswer = 'c'",
        "“answer” is “{answer}”, which is not among what can be chosen. Write it as it is there.",
        {"answer": "c"},
    ),
    "another answer": (
        QUESTION + "options = ['a', 'b']\nanswer = 'b'",
        "“answer” is “{answer}”; by lesson.toml “{right}” is right. Mend one of the two.",
        {"answer": "b", "right": "a"},
    ),
    "another layer": (
        '[[steps]]\nname = "guess"\n[steps.predict]\nanswer = "L1"',
        "“answer” is “{answer}”; by lesson.toml “{right}” is right. Mend one of the two.",
        {"answer": "L1", "right": "L0"},
    ),
    "image": (
        QUESTION + "ask = '![](x)'",
        "Line {number} shows an image, and lessons show none. Take it out, or link to it.",
        {"number": 1},
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_what_does_not_fit_is_said_with_its_place(case: str, tmp_path: Path) -> None:
    german, message, values = ERRORS[case]
    with pytest.raises(InputError) as caught:
        in_german(tmp_path, german)
    with speaking("de"):
        clue = tr(message, **{"reason": "|", **values}).split("|")[0]
    assert clue in str(caught.value)
    assert FILE in str(caught.value)
    assert "\n" not in str(caught.value)
    assert read_lesson(tmp_path / NAME).title == "Two kinds of words"


def words_in(table: Any, place: str = "") -> dict[str, int]:
    """Every field of words, by its place, with how many there are."""
    found: dict[str, int] = {}
    for name, value in table.items():
        if name == "steps":
            for step in value:
                found |= words_in(step, f"{step['name']}/")
        elif name in ("predict", "question"):
            found |= words_in(value, f"{place}{name}/")
        elif name in ("title", "objectives", "look", "ask", "reason"):
            found[place + name] = len(value) if isinstance(value, list) else 1
    return found


@pytest.mark.parametrize("name", BUNDLED_NAMES)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_ready_lesson_is_translated_whole_or_not_at_all(language: str, name: str) -> None:
    folder = BUNDLED / name
    others = {f".{other}" for other in LANGUAGES[1:]}
    files = {path.name for path in folder.iterdir() if others.isdisjoint(path.suffixes)}
    translated = {path.name for path in folder.glob(f"*.{language}.*")}
    assert translated in (set(), {f"{Path(file).stem}.{language}{Path(file).suffix}" for file in files})
    if translated:
        usual, said = (
            words_in(tomllib.loads((folder / file).read_text(encoding="utf-8")))
            for file in ("lesson.toml", f"lesson.{language}.toml")
        )
        assert said == usual
