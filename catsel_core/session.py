"""What one visitor has chosen, whole and frozen: every request is derived from it, so that no two can disagree.

Drafts that are being edited are no part of it, nor are texts themselves: an own text is named by its digest and kept
beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import combinations_with_replacement
from typing import Any, Literal

from catsel_core.analyses.contexts import Bins, ContextRequest
from catsel_core.analyses.prompts import PromptsRequest
from catsel_core.analyses.sentences import SentenceRequest
from catsel_core.analyses.side_by_side import CompareRequest, LayerSimilarity, Side, other_side
from catsel_core.analyses.word_views import MapOf
from catsel_core.analyses.words import WordRequest
from catsel_core.inputs.items import DEFAULT_TEMPLATE, TEMPLATES, Pooling, TokenPooling
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.sentence_files import bundled_senses
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.text_references import OwnTexts, TextReference, first_text, text_of
from catsel_core.inputs.usual_targets import first_targets
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import mark
from catsel_core.models.find import default_reference
from catsel_core.models.spec import Precision
from catsel_core.statistics.clusters import Ordering
from catsel_core.statistics.contrasts import Contrast, book_contrasts, every_contrast, pair_contrast
from catsel_core.statistics.measures import FROM_ITEMS, Basis, Measure
from catsel_core.statistics.pairs import Statistic

Approach = Literal["book", "careful"]
"""Whose statistics are shown."""

Scale = Literal["layer", "shared"]
"""Ranges of axes and colours: fitted to each layer, or the same for all layers."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The model of all pages, and the number format that it runs in."""

    reference: str = field(default_factory=default_reference)
    precision: Precision = "float32"


@dataclass(frozen=True, slots=True)
class WordsChoice:
    """Words in categories, the prompt that they are put into, and how they are compared.

    templates: the prompts of the page that shows several.
    """

    words: WordList = BOOK.words
    template: str = DEFAULT_TEMPLATE
    pooling: Pooling = "last"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS
    templates: tuple[str, ...] = TEMPLATES


ContrastKind = Literal["book", "every", "own"]
"""The book's three panels, every pair of words, or one's own panels."""

PANELS = ("A", "B", "C", "D", "E", "F")
"""Names of the panels that somebody may put together."""


@dataclass(frozen=True, slots=True)
class ContrastChoice:
    """Which pairs of words are compared: the book's three panels, every pair, or panels of one's own.

    panels: {pair of words: its panel, or none of them}, as pairs; words that are not named are as at first.
    """

    kind: ContrastKind = "book"
    panels: tuple[tuple[tuple[str, str], str], ...] = ()

    def contrasts(self, labels: Sequence[str]) -> tuple[Contrast, ...]:
        """The contrasts of these words; the book's where every pair was left out."""
        if self.kind == "every":
            return every_contrast(labels)
        return (self._own(labels) if self.kind == "own" else ()) or book_contrasts(labels)

    def panel_of(self, pair: tuple[str, str]) -> str:
        """The panel of a pair of words, or an empty text: at first A is within words and B between them."""
        return dict(self.panels).get(pair, PANELS[0] if pair[0] == pair[1] else PANELS[1])

    def _own(self, labels: Sequence[str]) -> tuple[Contrast, ...]:
        members: dict[str, list[tuple[str, str]]] = {panel: [] for panel in PANELS}
        for pair in combinations_with_replacement(labels, 2):
            if panel := self.panel_of(pair):
                members[panel].append(pair)
        return tuple(_panel(panel, tuple(pairs)) for panel, pairs in members.items() if pairs)


def _panel(panel: str, pairs: tuple[tuple[str, str], ...]) -> Contrast:
    return pair_contrast(*pairs[0]) if len(pairs) == 1 else Contrast(mark("panel {which}"), pairs, panel)


@dataclass(frozen=True, slots=True)
class ContextsChoice:
    """Words to look for in a text, how the windows before them are cut, and which pairs a panel shows."""

    text: TextReference
    targets: tuple[str, ...]
    windows: WindowChoice = field(default_factory=WindowChoice)
    pooling: TokenPooling = "last"
    contrasts: ContrastChoice = ContrastChoice()
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


@dataclass(frozen=True, slots=True)
class SentencesChoice:
    """Sentences with a marked word in groups."""

    sentences: tuple[Sentence, ...] = field(default_factory=bundled_senses)
    pooling: Pooling = "last"
    measure: Measure = "cosine"
    basis: Basis = FROM_ITEMS


@dataclass(frozen=True, slots=True)
class SideChoice:
    """What was set by hand on one side of Compare; what is None is as on the other pages."""

    template: str | None = None
    pooling: Pooling | None = None
    model: str | None = None
    precision: Precision | None = None
    measure: Measure | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class View:
    """How results are looked at; no choice here makes an analysis anew.

    approach: the book's statistics, or the careful ones.
    map_of: what the map of words is made from.
    ordering: of the words in their matrix.
    layer: index of the hidden state that a link opens with; None where nobody asked for one.
    """

    scale: Scale = "layer"
    statistic: Statistic = "delta"
    layer_similarity: LayerSimilarity = "debiased-cka"
    bins: Bins = field(default_factory=Bins)
    approach: Approach = "book"
    map_of: MapOf = "similarities"
    ordering: Ordering = field(default_factory=Ordering)
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """All choices of one visitor. Side B of Compare is something else than A where it is None."""

    model: ModelChoice
    words: WordsChoice
    contexts: ContextsChoice
    sentences: SentencesChoice
    side_a: SideChoice = SideChoice()
    side_b: SideChoice | None = None
    view: View = field(default_factory=View)

    def word_request(self) -> WordRequest:
        """The words with the model of all pages."""
        chosen = self.words
        return replace(WordRequest(chosen.words, chosen.template, chosen.pooling), **self._how(chosen))

    def prompts_request(self) -> PromptsRequest:
        """The words in several prompts, with the model of all pages."""
        chosen = self.words
        return replace(PromptsRequest(chosen.words, chosen.templates, chosen.pooling), **self._how(chosen))

    def context_request(self, own: OwnTexts) -> ContextRequest:
        """The words to look for in their text, with the model of all pages.

        Raises:
            InputError, FetchError: if the text is not here: see :func:`~catsel_core.inputs.text_references.text_of`.
        """
        chosen = self.contexts
        text = text_of(chosen.text, own)
        request = ContextRequest(text, chosen.targets, chosen.windows, chosen.pooling)
        return replace(request, **self._how(chosen))

    def sentence_request(self) -> SentenceRequest:
        """The sentences with the model of all pages."""
        chosen = self.sentences
        return replace(SentenceRequest(chosen.sentences, chosen.pooling), **self._how(chosen))

    def _how(self, chosen: WordsChoice | ContextsChoice | SentencesChoice) -> dict[str, Any]:
        """What requests of every kind have: the model of all pages, and how vectors are compared."""
        model = {"model": self.model.reference, "precision": self.model.precision}
        return {**model, "measure": chosen.measure, "basis": chosen.basis}

    def sides(self) -> tuple[Side, Side]:
        """Both sides of Compare, with what the other pages have wherever nothing was set by hand."""
        a = self._side(self.side_a)
        return a, other_side(a) if self.side_b is None else self._side(self.side_b)

    def compare_request(self) -> CompareRequest:
        """The words, twice."""
        return CompareRequest(self.words.words, *self.sides())

    def with_side(self, letter: Literal["A", "B"], side: Side) -> "Session":
        """The session with another side of Compare; what is as on the other pages goes on following them."""
        if side == self.sides()["AB".index(letter)]:
            return self
        follows = self._side(SideChoice())
        own = {name: value for name, value in _parts(side).items() if value != getattr(follows, name)}
        return replace(self, side_a=SideChoice(**own)) if letter == "A" else replace(self, side_b=SideChoice(**own))

    def _side(self, chosen: SideChoice) -> Side:
        return Side(
            self.words.template if chosen.template is None else chosen.template,
            chosen.pooling or self.words.pooling,
            self.model.reference if chosen.model is None else chosen.model,
            chosen.precision or self.model.precision,
            chosen.measure or self.words.measure,
            chosen.basis or self.words.basis,
        )


def _parts(side: Side) -> dict[str, Any]:
    return {part.name: getattr(side, part.name) for part in fields(side)}


def first_session() -> Session:
    """What everybody begins with: the book's experiment on the model that is here."""
    return Session(ModelChoice(), WordsChoice(), first_contexts(), SentencesChoice())


def first_contexts() -> ContextsChoice:
    """The book's words in the book's text if that has been fetched before, else words of the text that is here."""
    text = first_text()
    return ContextsChoice(text, first_targets(text))
