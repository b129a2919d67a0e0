"""What predictions and questions are called on the page."""

from dataclasses import dataclass

from catsel_core.lessons.records import Part


@dataclass(frozen=True, slots=True)
class Names:
    """Of one part of a step: its heading, its field, its button, and what stands before answers."""

    heading: str
    label: str
    button: str
    chosen: str
    right: str


NAMES: dict[Part, Names] = {
    "predict": Names("Predict first", "Your prediction", "Keep my prediction and show it", "You predicted", "It is"),
    "question": Names("Question", "Your answer", "Answer", "You answered", "Right is"),
}
