"""What has been answered of a lesson, read from plain values that may be old, or anybody's."""

from catsel_core.lessons.records import Answers, Lesson, Part, Step

LOOKED = "yes"


def key_of(lesson: Lesson, step: Step, part: Part) -> str:
    """What an answer is kept under: names, so that another order of the steps takes none away."""
    return f"{lesson.name}/{step.name}/{part}"


def given(answers: Answers, lesson: Lesson, step: Step, part: Part, layers: tuple[str, ...] = ()) -> str | None:
    """The answer that was given, if it is one of those that can be given now.

    Args:
        answers: of a visitor.
        lesson: with the step.
        step: that was answered.
        part: of it.
        layers: of the model; without them, any label of a layer is an answer.
    """
    answer = answers.get(key_of(lesson, step, part))
    if part == "looked":
        return answer if answer == LOOKED else None
    question = step.predict if part == "predict" else step.question
    if answer is None or question is None:
        return None
    if question.kind == "layer" and not layers:
        return answer if is_layer(answer) else None
    return answer if answer in question.offered(layers) else None


def is_layer(text: str) -> bool:
    """Whether a text looks like the label of a layer: ``Emb``, ``L0`` and so on."""
    number = text.removeprefix("L")
    return text == "Emb" or (text.startswith("L") and number.isascii() and number.isdigit() and len(number) <= 3)


def may_see(answers: Answers, lesson: Lesson, step: Step) -> bool:
    """Whether what a prediction reveals is shown: it has been made, or there is none to make."""
    return step.predict is None or given(answers, lesson, step, "predict") is not None


def may_ask(answers: Answers, lesson: Lesson, step: Step) -> bool:
    """Whether the step's question is asked: its figures have been looked at, or revealed."""
    if step.predict is not None:
        return may_see(answers, lesson, step)
    return not step.figures or given(answers, lesson, step, "looked") is not None


def progress(answers: Answers, lesson: Lesson) -> tuple[int, int]:
    """How many predictions and questions have been answered, and how many there are."""
    predictions = [step for step in lesson.steps if step.predict is not None]
    questions = [step for step in lesson.steps if step.question is not None]
    done = [given(answers, lesson, step, "predict") is not None for step in predictions]
    done += [given(answers, lesson, step, "question") is not None for step in questions]
    return sum(done), len(done)
