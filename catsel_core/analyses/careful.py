"""The careful view of a finished analysis: what is tested, which labels may change places, which pairs count."""

from collections import Counter
from collections.abc import Iterable, Sequence

from catsel_core.analyses.comparing import depends_on
from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.words import WordAnalysis
from catsel_core.inputs.items import Item
from catsel_core.statistics.careful import CarefulStatistics, careful_of
from catsel_core.statistics.contrasts import Contrast
from catsel_core.statistics.designs import Design, design_of
from catsel_core.statistics.jackknife import Band
from catsel_core.statistics.label_splits import numbered
from catsel_core.statistics.permutation_test import SEED
from catsel_core.statistics.stretches import stretch_intervals, stretches_of

FRAME_WORDS = 2
"""Words before a target that make sentences a matched set: “by the bank”, once in every sense."""


Sets = tuple[tuple[object, ...] | None, ...]


def careful_words(analysis: WordAnalysis, permutations: int | None = None, seed: int = SEED) -> CarefulStatistics:
    """Of words in categories: all of them may change places.

    Args:
        analysis: a finished one.
        permutations: how many shuffles; as many as are usual if not given.
        seed: of the shuffles.
    """
    design = design_of(analysis.inputs.labels)
    return _kept(analysis, design, permutations, seed)


def careful_senses(
    analysis: SentenceAnalysis, permutations: int | None = None, seed: int = SEED
) -> CarefulStatistics | None:
    """Of the senses of words: they change places among the sentences of a spelling, or of a matched set of them.

    Args:
        analysis: a finished one.
        permutations: how many shuffles; as many as are usual if not given.
        seed: of the shuffles.

    Returns:
        None if no word has pairs of both kinds.
    """
    if analysis.senses is None:
        return None
    items = analysis.inputs.items
    sets = matched_sets(items)
    strata = tuple(item.spelling if own is None else own for item, own in zip(items, sets, strict=True))
    design = Design(tuple(analysis.inputs.labels), analysis.senses.pairs, strata, sets)
    return _kept(analysis, design, permutations, seed)


def _kept(
    analysis: WordAnalysis | SentenceAnalysis,
    design: Design,
    permutations: int | None,
    seed: int,
) -> CarefulStatistics:
    """Through the store: a page that comes back does not test again."""
    depends = {
        **depends_on(analysis.request),
        "pairs": "of one spelling" if isinstance(analysis, SentenceAnalysis) else "all",
        "strata": numbered(design.strata).tolist(),
        "sets": numbered(design.sets).tolist(),
        "permutations": permutations,
        "seed": seed,
    }
    return analysis.derived.get(
        CarefulStatistics, depends, lambda: careful_of(analysis.similarity, design, permutations, seed), slow=True
    )


def context_intervals(analysis: ContextAnalysis, contrasts: Sequence[Contrast]) -> tuple[Band, ...]:
    """Intervals of the mean cosine of contrasts, over stretches of the text; no test.

    That a word does not matter is known to be wrong, and words are never spread over a text as shuffled labels are.

    Args:
        analysis: a finished one.
        contrasts: sets of pairs of its words.

    Raises:
        InputError: if a contrast names a word that there is not.
    """
    located = analysis.located
    positions = [int(last) for found in located.occurrences for last in found.lasts[found.used]]  # as the items lie
    stretches = stretches_of(positions, located.corpus.n_tokens)
    return stretch_intervals(analysis.compared, analysis.inputs.labels, stretches, contrasts)


def matched_sets(items: Sequence[Item]) -> Sets:
    """Sentences of a spelling in which the two words before the target are the same, where these are matched sets.

    They are, if there are two such sets of the spelling or more, and each has all senses equally often. Sentences of
    one set are similar by design, whatever the sense: with their pairs across Δ would be too small.

    Args:
        items: whose groups are senses.

    Returns:
        (item,) the set; None for the sentences of a spelling without such sets.
    """
    members: dict[tuple[object, ...], dict[tuple[str, ...], Counter[str]]] = {}
    for item in items:
        members.setdefault(item.spelling, {}).setdefault(_frame(item), Counter())[item.group] += 1
    matched = {spelling for spelling, sets in members.items() if len(sets) > 1 and _all_alike(sets.values())}
    return tuple((*item.spelling, _frame(item)) if item.spelling in matched else None for item in items)


def _frame(item: Item) -> tuple[str, ...]:
    return tuple(item.text[: item.span[0]].casefold().split()[-FRAME_WORDS:])


def _all_alike(sets: Iterable[Counter[str]]) -> bool:
    """Whether every set has the same senses, more than one, and each as often as the others."""
    found = list(sets)
    senses = set().union(*found)
    return len(senses) > 1 and all(set(one) == senses and len(set(one.values())) == 1 for one in found)
