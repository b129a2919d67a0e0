"""Lessons of a few lines, as a teacher would write them."""

from pathlib import Path

from tests.support.tiny import llama_folder

HEAD = """
title = "Two kinds of words"
minutes = 10
objectives = ["See *one* thing."]
"""

PREDICT = """
[steps.predict]
of = "layer"
ask = "At which layer is Δ largest?"
answer = "L0"
reason = "It is **so**."
"""

QUESTION = """
[steps.question]
ask = "Which is it?"
options = ["this_one", "that one"]
answer = "this_one"
reason = "Since it is."
"""

TEXTS = {"look.md": "Look at *this*.", "guess.md": "What do you think?", "look.notes.md": "Give them **time**."}


def step(name: str, fields: str, rest: str = "") -> str:
    return f'\n[[steps]]\nname = "{name}"\ntitle = "The step {name}"\n{fields}\n{rest}'


LOOK = step("look", 'figures = ["similarity-matrix"]\nlayer = "Emb"\nfree = ["range", "measure"]', QUESTION)
GUESS = step("guess", 'reveals = ["delta-profile"]\nlayer = "L1"', PREDICT + QUESTION)

GERMAN = """
title = "Zwei Arten von Wörtern"
objectives = ["*Eines* sehen."]

[[steps]]
name = "look"
title = "Der Blick"
look = ["Hell?"]

[steps.question]
ask = "Welches ist es?"
options = ["dieses_hier", "jenes"]
answer = "dieses_hier"
reason = "Weil es das ist."
"""
"""What ``lesson.de.toml`` says of the first of two steps."""


def write(folder: Path, main: str, texts: dict[str, str] | None = None) -> Path:
    """A lesson's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"lesson.toml": main, **(TEXTS if texts is None else texts)}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def small_lesson(folder: Path) -> Path:
    """Two steps on a tiny model."""
    session = f'\n[session]\nmodel = {{ reference = "{llama_folder()}" }}\nwords = {{ template = "The {{word}}" }}\n'
    return write(folder, HEAD + session + LOOK + GUESS)
