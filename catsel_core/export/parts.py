"""The results that one session stands for, each by the name of the command that writes it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from catsel_core.analyses.careful import careful_senses, careful_words
from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.kinds import Analysis, Request
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.words import WordAnalysis
from catsel_core.export.results import contexts_json, to_json
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import mark
from catsel_core.session import Session
from catsel_core.statistics.careful import CarefulStatistics
from catsel_core.statistics.contrasts import Contrast

Part = Literal["words", "prompts", "contexts", "sentences", "compare"]

PARTS: tuple[Part, ...] = get_args(Part)

NAMES: dict[Part, str] = {
    "words": mark("Words"),
    "prompts": mark("Prompts"),
    "contexts": mark("Contexts"),
    "sentences": mark("Senses"),
    "compare": mark("Compare"),
}
"""What each part is called, marked for translation: as the pages that show it."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """A finished analysis of one part of a session, and how the session looks at it.

    careful: the careful statistics as the command of this part makes them: of the words or sentences, of every prompt,
        or none.
    """

    part: Part
    session: Session
    analysis: Analysis
    careful: tuple[CarefulStatistics, ...]

    @property
    def contrasts(self) -> tuple[Contrast, ...]:
        """Which pairs of words belong together, of a text."""
        if not isinstance(self.analysis, ContextAnalysis):
            return ()
        return self.session.contexts.contrasts.contrasts(self.analysis.label_pairs.labels)

    def json(self) -> dict[str, Any]:
        """What the command of this part writes."""
        match self.analysis:
            case ContextAnalysis():
                return contexts_json(self.analysis, self.contrasts, self.session.view.bins)
            case PromptsAnalysis():
                return to_json(self.analysis, careful=self.careful)
            case WordAnalysis() | SentenceAnalysis():
                return to_json(self.analysis, careful=next(iter(self.careful), None))
        return to_json(self.analysis)


def request_of(part: Part, session: Session, own: OwnTexts) -> Request:
    """What is to be analysed for a part of a session.

    Raises:
        InputError, FetchError: if its text is not here.
    """
    match part:
        case "words":
            return session.word_request()
        case "prompts":
            return session.prompts_request()
        case "contexts":
            return session.context_request(own)
        case "sentences":
            return session.sentence_request()
        case "compare":
            return session.compare_request()


def result_of(session: Session, part: Part, analysis: Analysis) -> Result:
    """A finished analysis with its careful statistics, which are looked up or made now."""
    return Result(part, session, analysis, _careful(analysis))


def parts_in_order(parts: Collection[str]) -> tuple[Part, ...]:
    """These parts once each, in the order of :data:`PARTS`."""
    return tuple(part for part in PARTS if part in parts)


def models_of_parts(session: Session, parts: Sequence[Part]) -> tuple[str, ...]:
    """The models that these parts of a session use, by reference, each once."""
    sides = [side.model for side in session.sides()] if "compare" in parts else []
    others = [session.model.reference] if set(parts) - {"compare"} else []
    return tuple(dict.fromkeys([*others, *sides]))


def with_both_sides(session: Session) -> Session:
    """A session that says what side B is, which is otherwise found among the models of a computer."""
    if session.side_b is not None:
        return session
    return replace(session, side_b=session.side_a).with_side("B", session.sides()[1])


def _careful(analysis: Analysis) -> tuple[CarefulStatistics, ...]:
    match analysis:
        case WordAnalysis():
            return (careful_words(analysis),)
        case PromptsAnalysis():
            return tuple(map(careful_words, analysis.analyses))
        case SentenceAnalysis():
            found = careful_senses(analysis)
            return () if found is None else (found,)
    return ()
