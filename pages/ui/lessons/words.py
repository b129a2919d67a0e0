"""What predictions and questions are called on the page."""

from dataclasses import dataclass

from catsel_core.language import mark
from catsel_core.lessons.records import Part


@dataclass(frozen=True, slots=True)
class Names:
    """Of one part of a step, in English: its heading, its field, its button, and what stands before answers."""

    heading: str
    label: str
    button: str
    chosen: str
    right: str


NAMES: dict[Part, Names] = {
    "predict": Names(
        mark("Predict first"),
        mark("Your prediction"),
        mark("Keep my prediction and show it"),
        mark("You predicted"),
        mark("It is"),
    ),
    "question": Names(mark("Question"), mark("Your answer"), mark("Answer"), mark("You answered"), mark("Right is")),
}
