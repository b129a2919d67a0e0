"""The same words in several prompts: one prompt is one experiment, and their spread belongs to the result."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from catsel_core.analyses.words import WordAnalysis, WordRequest, finished, items_of
from catsel_core.arrays import Floats, freeze
from catsel_core.errors import InputError
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.prepare import Say, ready_model
from catsel_core.hidden_states.run import Loader, Progress, Run, part_of, run_of
from catsel_core.inputs.items import TEMPLATES, InputSet, Pooling, checked_template
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import tr
from catsel_core.models import find as models
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.statistics.measures import FROM_ITEMS, Basis, Measure
from catsel_core.statistics.noise_ceiling import NoiseCeiling, noise_ceiling
from catsel_core.store import Store

MOST_PROMPTS = 8


@dataclass(frozen=True, slots=True)
class PromptsRequest:
    """All that it depends on; the prompts to choose from by default."""

    words: WordList = field(default=BOOK.words)
    templates: tuple[str, ...] = TEMPLATES
    pooling: Pooling = "last"
    model: str = field(default_factory=models.default_reference)
    precision: Precision = "float32"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


@dataclass(frozen=True, slots=True, eq=False)
class PromptsAnalysis:
    """Finished analyses of the same words, one a prompt.

    ceiling: how well they agree on which words are alike, at every layer.
    """

    request: PromptsRequest
    analyses: tuple[WordAnalysis, ...]
    ceiling: NoiseCeiling

    @property
    def model(self) -> ModelSpec:
        """The model that ran."""
        return self.analyses[0].model

    @property
    def inputs(self) -> InputSet:
        """The words in the first prompt."""
        return self.analyses[0].inputs

    @property
    def templates(self) -> tuple[str, ...]:
        """The prompts, in the order of the analyses."""
        return tuple(analysis.request.template for analysis in self.analyses)

    @property
    def delta(self) -> Floats:
        """(prompt, layer) float64, Δ in each."""
        found = np.stack([analysis.statistics.delta for analysis in self.analyses])
        freeze(found)
        return found


def checked_templates(templates: Sequence[str]) -> tuple[str, ...]:
    """``templates`` themselves, if there are at least two different ones and each can be used.

    Raises:
        InputError: otherwise.
    """
    different = tuple(dict.fromkeys(checked_template(template) for template in templates))
    if 2 <= len(different) <= MOST_PROMPTS:
        return different
    raise InputError(
        tr("Choose 2 to {most} different prompts; there are {count}.", most=MOST_PROMPTS, count=len(different))
    )


def analyse_prompts(
    request: PromptsRequest,
    store: Store | None = None,
    load: Loader = model_cache.load,
    progress: Progress | None = None,
    say: Say | None = None,
) -> PromptsAnalysis:
    """The words in every prompt; the model runs only for those that the store does not know.

    Args:
        request: what to analyse.
        store: where activations are kept; the user's cache folder if not given.
        load: turns a found model into a loaded one; called only if it must run.
        progress: called with (prompts with a word done, these in all).
        say: called with one line when the bundled model must be prepared first.

    Raises:
        InputError, ModelError, UndefinedError: with a sentence for the user.
    """
    return prompts_in(request, run_of(store, load, progress, say))


def prompts_in(request: PromptsRequest, run: Run) -> PromptsAnalysis:
    """:func:`analyse_prompts` in a run that may share the model with others."""
    requests = [_word_request(request, template) for template in checked_templates(request.templates)]
    model = ready_model(request.model, run.say, request.precision)
    inputs = shared([items_of(each, model) for each in requests])
    count = len(inputs[0].items)
    analyses = tuple(
        finished(each, model, items, part_of(run, number * count, len(requests) * count))
        for number, (each, items) in enumerate(zip(requests, inputs, strict=True))
    )
    return PromptsAnalysis(request, analyses, noise_ceiling([one.similarity for one in analyses]))


def _word_request(request: PromptsRequest, template: str) -> WordRequest:
    how = request.model, request.precision, request.measure, request.basis
    return WordRequest(request.words, template, request.pooling, *how)


def shared(inputs: Sequence[InputSet]) -> list[InputSet]:
    """The same words in every prompt: where those of several tokens are left out, prompts may differ.

    Raises:
        InputError: if there is no word that all can use.
    """
    used = set.intersection(*({(item.group, item.label) for item in each.items} for each in inputs))
    if not used:
        raise InputError(tr("No word is a single token in all of these prompts. Choose the last piece or the mean."))
    return [_only(each, used) for each in inputs]


def _only(inputs: InputSet, used: Set[tuple[str, str]]) -> InputSet:
    """These words alone; the others count as left out."""
    kept = tuple(item for item in inputs.items if (item.group, item.label) in used)
    gone = tuple(item for item in inputs.items if (item.group, item.label) not in used)
    return replace(inputs, items=kept, dropped=(*inputs.dropped, *gone))
