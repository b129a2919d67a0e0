"""What a lesson is made of once its files have been read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from catsel_core.inputs.text_references import OwnTexts
from catsel_core.session import Session

AskedFor = Literal["choice", "layer", "word"]
"""What is chosen: one of a few options, a layer of the model, or a word of the list."""

Control = Literal["range", "measure", "prompt", "words"]
"""What a step may leave free; everything else is as the lesson has it."""

Part = Literal["predict", "looked", "question"]
"""What can be answered at a step: a prediction, whether its figures have been looked at, its question."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked once.

    ask, reason: Markdown.
    options: what can be chosen, as plain text; none of a layer, since the model has them. Answers are kept by them.
    names: how the options are said, one for each, where that is another language; none if as they are written.
    """

    ask: str
    answer: str
    reason: str
    options: tuple[str, ...] = ()
    kind: AskedFor = "choice"
    names: tuple[str, ...] = ()

    def offered(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        """What can be chosen, where the model has these layers."""
        return layers if self.kind == "layer" else self.options

    def said(self, option: str) -> str:
        """One of what can be chosen, in the language of the lesson."""
        return dict(zip(self.options, self.names, strict=False)).get(option, option)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson.

    name: tells it from the others of its lesson, also in what is kept of answers.
    text, notes: Markdown; the notes are the teacher's.
    look: what to look at, sentence by sentence.
    figures, reveals: names of figures; those that a prediction reveals are shown after it.
    layer: label of the layer that figures begin with; empty to leave it.
    word: of figures of one word; empty for none.
    session, texts: what the figures are made from.
    """

    name: str
    title: str
    text: str
    session: Session
    look: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
    layer: str = ""
    word: str = ""
    free: tuple[Control, ...] = ()
    predict: Question | None = None
    question: Question | None = None
    notes: str = ""
    texts: OwnTexts = field(default_factory=dict, compare=False)

    @property
    def all_figures(self) -> tuple[str, ...]:
        """Those that are there at once, and those that a prediction reveals."""
        return self.figures + self.reveals


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson; ``name`` is that of its folder."""

    name: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: str = ""


Answers = Mapping[str, str]
"""What a visitor has chosen, by :func:`~catsel_core.lessons.answers.key_of`: plain values, so that they can be kept."""
