"""The table of one step: what is looked at, what may be changed, what is asked."""

from typing import Any, get_args

from catsel_core.errors import InputError
from catsel_core.inputs.plain_values import PlainValues, shown
from catsel_core.language import tr
from catsel_core.lessons.answers import is_layer
from catsel_core.lessons.figures import FIGURES, Kind, checked_figure
from catsel_core.lessons.files import checked_markdown, told_of
from catsel_core.lessons.records import AskedFor, Control, Question, Step
from catsel_core.lessons.sessions import Parts, session_of
from catsel_core.session import Session

_MOST_TITLE = 120
_OPTIONS = range(2, 9)
_OF_WORDS: tuple[Control, ...] = ("words", "prompt")


def read_step(name: str, values: PlainValues, parts: Parts, said: tuple[str, str]) -> Step:
    """One step.

    Args:
        name: of the step.
        values: its table.
        parts: of its session.
        said: its text, and the teacher's notes.

    Raises:
        InputError: if something in it cannot be used.
    """
    session, own = session_of(parts)
    figures, reveals = (tuple(map(checked_figure, texts(values, part))) for part in ("figures", "reveals"))
    step = Step(
        name,
        title(values, "title"),
        said[0],
        session,
        tuple(map(checked_markdown, texts(values, "look"))),
        figures,
        reveals,
        _layer(values),
        _word(values, session, figures + reveals),
        _free(values),
        _question(values, "predict", session),
        _question(values, "question", session),
        said[1],
        own,
    )
    values.end()
    _check_whole(step)
    return step


def title(values: PlainValues, name: str) -> str:
    """A line of text, plain.

    Raises:
        InputError: if it is empty, too long, or more than a line.
    """
    text = values.text(name, "").strip()
    if not text or len(text) > _MOST_TITLE or not text.isprintable():
        raise InputError(
            tr(
                "“{name}” must be one line of 1 to {most} characters; it is “{text}”.",
                name=name,
                most=_MOST_TITLE,
                text=shown(text),
            )
        )
    return text


def texts(values: PlainValues, name: str) -> tuple[str, ...]:
    """A list of texts; an empty one where there is none.

    Raises:
        InputError: if it is no list, or something in it no text.
    """
    listed = values.rows(name)
    if not all(isinstance(each, str) and each.strip() for each in listed):
        raise InputError(
            tr("“{name}” must be a list of texts in quotation marks; it is {value}.", name=name, value=shown(listed))
        )
    return tuple(each.strip() for each in listed)


def _layer(values: PlainValues) -> str:
    layer = values.text("layer", "")
    if layer and not is_layer(layer):
        raise InputError(tr("“layer” must be Emb, L0, L1 and so on; it is “{layer}”.", layer=shown(layer)))
    return layer


def _word(values: PlainValues, session: Session, figures: tuple[str, ...]) -> str:
    word = values.text("word", "")
    takers = [FIGURES[name].kind for name in figures if FIGURES[name].takes_word]
    if word and not takers:
        raise InputError(
            tr("“word” is for word-path, word-map and sentence-matrix, and none of them is shown. Remove it.")
        )
    for kind in takers if word else ():
        offered = words_of(session) if kind == "words" else [each.target for each in session.sentences.sentences]
        if word not in offered:
            raise InputError(_no_such_word(kind, shown(word)))
    return word


def _no_such_word(kind: Kind, word: str) -> str:
    if kind == "words":
        return tr("“word” is “{word}”, which is not in the step's words. Choose one of them.", word=word)
    return tr("“word” is “{word}”, which is not in the step's sentences. Choose one of them.", word=word)


def words_of(session: Session) -> tuple[str, ...]:
    """The words of a session's list."""
    return tuple(word for _, word in session.words.words.labelled_words())


def _free(values: PlainValues) -> tuple[Control, ...]:
    free: list[Control] = []
    for name in texts(values, "free"):
        known = next((each for each in get_args(Control) if each == name), None)
        if known is None:
            raise InputError(
                tr(
                    "“free” has “{name}”; what can be left free is {names}.",
                    name=shown(name),
                    names=", ".join(get_args(Control)),
                )
            )
        free.append(known)
    return tuple(free)


def _question(values: PlainValues, name: str, session: Session) -> Question | None:
    if not values.has(name):
        return None
    part = values.part(name)
    with told_of(name):
        kind: AskedFor = part.choice("of", AskedFor, "choice")
        question = Question(
            markdown(part, "ask"),
            part.text("answer", ""),
            markdown(part, "reason"),
            _options(part, kind, session),
            kind,
        )
        part.end()
        _check_answer(question)
    return question


def markdown(values: PlainValues, name: str) -> str:
    """A text of some lines.

    Raises:
        InputError: if it is empty, or shows an image.
    """
    text = values.text(name, "").strip()
    if not text:
        raise InputError(tr("“{name}” is missing. Write it as Markdown in quotation marks.", name=name))
    return checked_markdown(text)


def _options(values: PlainValues, kind: AskedFor, session: Session) -> tuple[str, ...]:
    options = texts(values, "options")
    if kind == "choice" and (len(options) not in _OPTIONS or len(set(options)) < len(options)):
        raise InputError(
            tr(
                "“options” must be a list of {least} to {most} different texts; it is {value}.",
                least=_OPTIONS[0],
                most=_OPTIONS[-1],
                value=shown(list(options)),
            )
        )
    if kind == "word" and not options:
        return words_of(session)
    if kind == "layer" and options:
        raise InputError(tr("Of a layer every layer of the model can be chosen. Remove “options”."))
    return options


def _check_answer(question: Question) -> None:
    answer: Any = question.answer
    if question.kind == "layer" and not is_layer(answer):
        raise InputError(tr("“answer” must be a layer such as Emb or L3; it is “{answer}”.", answer=shown(answer)))
    if question.kind != "layer" and answer not in question.options:
        raise InputError(no_such_answer(answer))


def no_such_answer(answer: str) -> str:
    """What is said of a right answer that cannot be chosen."""
    return tr(
        "“answer” is “{answer}”, which is not among what can be chosen. Write it as it is there.", answer=shown(answer)
    )


def _check_whole(step: Step) -> None:
    """What no single field can tell."""
    if step.reveals and step.predict is None:
        raise InputError(
            tr("“reveals” has figures, but there is no prediction that reveals them. Put them into “figures”.")
        )
    if len(set(step.all_figures)) < len(step.all_figures):
        raise InputError(tr("A figure is named twice. Remove one."))
    if step.layer and not step.all_figures:
        raise InputError(tr("“layer” is there, but no figure. Remove it, or name a figure."))
    kinds = {FIGURES[name].kind for name in step.all_figures}
    for control in step.free:
        needs_words = control in _OF_WORDS
        if not kinds or (needs_words and not kinds & {"words", "prompts", "sides"}):
            raise InputError(
                tr(
                    "“{control}” is free, but nothing that is shown depends on it. Remove it from “free”.",
                    control=control,
                )
            )
