"""The kinds of analysis: all that tells one from another, so that whoever serves them treats all alike.

A new kind is a file with its request and its analysis, a line here, and its JSON in the room of exports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catsel_core.analyses.contexts import ContextAnalysis, ContextRequest, contexts_in
from catsel_core.analyses.prompts import PromptsAnalysis, PromptsRequest, prompts_in
from catsel_core.analyses.represent import Represented
from catsel_core.analyses.sentences import SentenceAnalysis, SentenceRequest, sentences_in
from catsel_core.analyses.side_by_side import CompareRequest, SideBySide, sides_in
from catsel_core.analyses.words import WordAnalysis, WordRequest, words_in
from catsel_core.hidden_states.run import Run
from catsel_core.language import mark
from catsel_core.models.find import find_model
from catsel_core.models.spec import ModelSpec, Precision

Request = WordRequest | PromptsRequest | ContextRequest | SentenceRequest | CompareRequest
Analysis = WordAnalysis | PromptsAnalysis | ContextAnalysis | SentenceAnalysis | SideBySide


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of analysis.

    name: a word for it.
    unit: what its items are called when they are counted, in English.
    request, analysis: the types of its requests and of its finished analyses.
    analyse: a request and a run to a finished analysis; raises sentences for the user.
    models: reference and precision of every model that a request asks for.
    represented: the items of a finished analysis, once for each model that read them.
    """

    name: str
    unit: str
    request: type
    analysis: type
    analyse: Callable[[Any, Run], Any]
    models: Callable[[Any], tuple[tuple[str, Precision], ...]]
    represented: Callable[[Any], tuple[Represented, ...]]


def _one_model(
    request: WordRequest | PromptsRequest | ContextRequest | SentenceRequest,
) -> tuple[tuple[str, Precision], ...]:
    return ((request.model, request.precision),)


def _one_represented(analysis: WordAnalysis | ContextAnalysis | SentenceAnalysis) -> tuple[Represented, ...]:
    return (analysis.represented,)


KINDS = (
    Kind("words", mark("prompts"), WordRequest, WordAnalysis, words_in, _one_model, _one_represented),
    Kind(
        "prompts",
        mark("prompts"),
        PromptsRequest,
        PromptsAnalysis,
        prompts_in,
        _one_model,
        lambda found: tuple(one.represented for one in found.analyses),
    ),
    Kind("contexts", mark("windows"), ContextRequest, ContextAnalysis, contexts_in, _one_model, _one_represented),
    Kind("sentences", mark("sentences"), SentenceRequest, SentenceAnalysis, sentences_in, _one_model, _one_represented),
    Kind(
        "side by side",
        mark("prompts"),
        CompareRequest,
        SideBySide,
        sides_in,
        lambda request: tuple((side.model, side.precision) for side in (request.a, request.b)),
        lambda found: tuple(side.represented for side in found.sides),
    ),
)


def kind_of(request: Request) -> Kind:
    """The kind that a request is of."""
    return next(kind for kind in KINDS if type(request) is kind.request)


def models_of(request: Request) -> tuple[ModelSpec, ...]:
    """The models that a request asks for, as they are on this computer now.

    Raises:
        ModelError: with a sentence for the user.
    """
    return tuple(
        find_model(reference, precision=precision) for reference, precision in kind_of(request).models(request)
    )
