"""The figures that a step can show: what each is made from, on which page it stands, and what it takes."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from catsel_core.analyses.kinds import Request
from catsel_core.errors import InputError
from catsel_core.figures import of_contexts, of_prompts, of_sentences, of_side_by_side, of_words
from catsel_core.language import tr
from catsel_core.lessons.records import Step
from catsel_core.models.find import find_model

Kind = Literal["words", "prompts", "contexts", "sentences", "sides"]
"""What of a session a figure is made from."""


@dataclass(frozen=True, slots=True)
class LessonFigure:
    """One figure, or a row of them.

    kind: what of a session it is made from.
    page: file of the page where it stands.
    build: of an analysis and what ``takes`` gives, a chart or a row of charts.
    takes: of the step and the analysis, further plain values.
    takes_word: whether it is of one word, that of the step.
    key: tells it from another one of the same name.
    """

    kind: Kind
    page: str
    build: Callable[..., Any]
    takes: Callable[[Step, Any], tuple[Any, ...]] = lambda _step, _analysis: ()
    takes_word: bool = False
    key: str = ""


def _scale(step: Step, _: Any) -> tuple[Any, ...]:
    return (step.session.view.scale,)


def _scale_and_order(step: Step, _: Any) -> tuple[Any, ...]:
    return step.session.view.scale, step.session.view.ordering


def _item(step: Step, analysis: Any) -> tuple[Any, ...]:
    """The number of the step's word; the first one where a list of one's own has it no more."""
    words = list(analysis.inputs.words)
    return (words.index(step.word) if step.word in words else 0,)


def _map(step: Step, analysis: Any) -> tuple[Any, ...]:
    return step.session.view.map_of, *(_item(step, analysis) if step.word else (None,))


def _contrasts(step: Step, analysis: Any) -> tuple[Any, ...]:
    return (step.session.contexts.contrasts.contrasts(analysis.label_pairs.labels),)


def _contrasts_and_scale(step: Step, analysis: Any) -> tuple[Any, ...]:
    return *_contrasts(step, analysis), step.session.view.scale


def _contrasts_and_bins(step: Step, analysis: Any) -> tuple[Any, ...]:
    return *_contrasts(step, analysis), step.session.view.bins


def _statistic(step: Step, _: Any) -> tuple[Any, ...]:
    return (step.session.view.statistic,)


def _layer_similarity(step: Step, _: Any) -> tuple[Any, ...]:
    return (step.session.view.layer_similarity,)


def _side_a(step: Step, _: Any) -> tuple[Any, ...]:
    return "A", step.session.view.scale


def _side_b(step: Step, _: Any) -> tuple[Any, ...]:
    return "B", step.session.view.scale


def _sense_word(step: Step, _: Any) -> tuple[Any, ...]:
    return step.word or None, step.session.view.scale


_ONE, _ACROSS, _SINGLE = "pages/one_layer.py", "pages/across_layers.py", "pages/single_words.py"
_CONTEXTS, _TORNADO, _SENSES = "pages/contexts.py", "pages/tornado.py", "pages/senses.py"
_COMPARE, _PROMPTS = "pages/compare.py", "pages/prompts.py"

FIGURES: dict[str, LessonFigure] = {
    "similarity-matrix": LessonFigure("words", _ONE, of_words.similarity_matrix, _scale_and_order),
    "pair-mask": LessonFigure("words", _ONE, of_words.pair_mask),
    "distributions": LessonFigure("words", _ONE, of_words.distributions, _scale),
    "unit-bars": LessonFigure("words", _ONE, of_words.unit_bars),
    "unit-profile": LessonFigure("words", _ONE, of_words.unit_profile),
    "mean-profile": LessonFigure("words", _ACROSS, of_words.mean_profile),
    "delta-profile": LessonFigure("words", _ACROSS, of_words.delta_profile),
    "t-profile": LessonFigure("words", _ACROSS, of_words.t_profile),
    "t-against-delta": LessonFigure("words", _ACROSS, of_words.t_against_delta),
    "variance": LessonFigure("words", _ACROSS, of_words.variance_by_position),
    "careful-means": LessonFigure("words", _ACROSS, of_words.careful_means),
    "careful-delta": LessonFigure("words", _ACROSS, of_words.careful_delta),
    "careful-balanced": LessonFigure("words", _ACROSS, of_words.careful_balanced),
    "careful-auc": LessonFigure("words", _ACROSS, of_words.careful_auc),
    "shuffles": LessonFigure("words", _ACROSS, of_words.shuffle_view),
    "selectivity": LessonFigure("words", _SINGLE, of_words.selectivity),
    "word-path": LessonFigure("words", _SINGLE, of_words.word_path, _item, takes_word=True),
    "category-means": LessonFigure("words", _SINGLE, of_words.category_means),
    "accuracy": LessonFigure("words", _SINGLE, of_words.accuracy),
    "silhouette": LessonFigure("words", _SINGLE, of_words.silhouette),
    "word-map": LessonFigure("words", "pages/word_map.py", of_words.word_map, _map, takes_word=True),
    "prompts-profile": LessonFigure("prompts", _PROMPTS, of_prompts.prompts_profile),
    "noise-ceiling": LessonFigure("prompts", _PROMPTS, of_prompts.noise_ceiling),
    "occurrence-matrix": LessonFigure("contexts", _CONTEXTS, of_contexts.occurrence_matrix, _scale),
    "context-distributions": LessonFigure("contexts", _CONTEXTS, of_contexts.layer_distributions, _contrasts_and_scale),
    "context-means": LessonFigure("contexts", _TORNADO, of_contexts.mean_profile, _contrasts),
    "careful-context-means": LessonFigure("contexts", _TORNADO, of_contexts.careful_mean_profile, _contrasts),
    "tornado": LessonFigure("contexts", _TORNADO, of_contexts.tornados, _contrasts_and_bins),
    "sense-profile": LessonFigure("sentences", _SENSES, of_sentences.sense_profile),
    "sense-means": LessonFigure("sentences", _SENSES, of_sentences.sense_means),
    "sense-distributions": LessonFigure("sentences", _SENSES, of_sentences.sense_distributions, _scale),
    "sentence-matrix": LessonFigure("sentences", _SENSES, of_sentences.sentence_matrix, _sense_word, takes_word=True),
    "careful-sense-delta": LessonFigure("sentences", _SENSES, of_sentences.careful_delta),
    "sense-shuffles": LessonFigure("sentences", _SENSES, of_sentences.shuffle_view),
    "depth-profiles": LessonFigure("sides", _COMPARE, of_side_by_side.depth_profiles, _statistic),
    "layer-similarity": LessonFigure("sides", _COMPARE, of_side_by_side.layer_similarity_map, _layer_similarity),
    "matrix-a": LessonFigure("sides", _COMPARE, of_side_by_side.matrix, _side_a, key="-a"),
    "matrix-b": LessonFigure("sides", _COMPARE, of_side_by_side.matrix, _side_b, key="-b"),
}
"""Every figure that a step can name."""


def checked_figure(name: str) -> str:
    """``name`` itself, if it is a figure's.

    Raises:
        InputError: otherwise.
    """
    if name in FIGURES:
        return name
    near = difflib.get_close_matches(name, FIGURES, n=1)
    said = tr("“{name}” is no figure of a lesson.", name=name[:60])
    hint = tr("Did you mean “{near}”?", near=near[0]) if near else tr("There are: {names}.", names=", ".join(FIGURES))
    raise InputError(f"{said} {hint}")


def kinds_of(step: Step) -> tuple[Kind, ...]:
    """What of its session the step's figures are made from, each kind once."""
    return tuple(dict.fromkeys(FIGURES[name].kind for name in step.all_figures))


def request_of(step: Step, kind: Kind) -> Request:
    """What is to be analysed for the figures of one kind.

    Raises:
        InputError, FetchError: if a text is wanted that is not here.
    """
    session = step.session
    if kind == "contexts":
        return session.context_request(step.texts)
    made: dict[Kind, Callable[[], Request]] = {
        "words": session.word_request,
        "prompts": session.prompts_request,
        "sentences": session.sentence_request,
        "sides": session.compare_request,
    }
    return made[kind]()


def checked_analysis(analysis: Any, kind: Kind) -> None:
    """Nothing, if figures of this kind can be made of an analysis.

    Raises:
        InputError: if it is of sentences and no word has two senses.
    """
    if kind == "sentences" and analysis.senses is None:
        raise InputError(tr("No word of these sentences has pairs both within a sense and between two."))


def layers_of(step: Step) -> tuple[str, ...]:
    """Labels of the layers of a step's model.

    Raises:
        ModelError: if the model is not here.
    """
    return find_model(step.session.model.reference, step.session.model.precision).layers


def first_layer(step: Step, layers: tuple[str, ...]) -> int | None:
    """Index of the hidden state that a step begins with; None if it leaves the layer.

    Raises:
        InputError: if the model has no layer of this name.
    """
    if not step.layer:
        return None
    if step.layer not in layers:
        raise InputError(
            tr(
                "The step “{step}” begins with layer “{layer}”, which its model does not have: "
                "it has {first} to {last}. Change “layer” in lesson.toml.",
                step=step.title,
                layer=step.layer,
                first=layers[0],
                last=layers[-1],
            )
        )
    return layers.index(step.layer)
