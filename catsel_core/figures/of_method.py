"""Live examples of the page Method: what can mislead, shown on a finished analysis."""

from collections.abc import Sequence
from itertools import combinations

from catsel_core.analyses.words import WordAnalysis
from catsel_core.arrays import Floats
from catsel_core.figures.about import measure_name
from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import NEUTRAL, PLAIN, looks, palette
from catsel_core.figures.profiles import layer_points, profile
from catsel_core.inputs.pieces import with_visible_spaces
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import tr
from catsel_core.models.find import tokenizer_of
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.hidden_units import unit_contributions
from catsel_core.statistics.measures import MEASURES, measured
from catsel_core.statistics.pairs import BookStatistics, book_statistics, pair_groups
from catsel_core.statistics.similarity import vector_norms

Rows = list[dict[str, object]]

SAMPLE = ("cat", "sofa", "wardrobe", "dishwasher", "internationalisation")
"""Words of which the longer ones are several tokens to most models."""

_MOST_WORDS = 8
"""Of a list, in a table."""
_MOST_LOOKED_AT = 200
"""Of a list, to find those of most tokens."""


def t_of_fewer_words(analysis: WordAnalysis) -> Chart:
    """Student's t of all words, and of every second one of each category: Δ stays about the same.

    Raises:
        UndefinedError: if half of the words have no pair within a category.
    """
    whole, half = analysis.statistics, _of_every_second(analysis)
    layers, told = analysis.model.layers, ((tr("all words"), whole), (tr("every second word"), half))
    looked = zip(told, ((PLAIN, "circle"), (NEUTRAL, "square-open")), strict=True)
    traces = [
        layer_points(name, one.t, layers, "t %{y:.2f}", {"color": color, "symbol": symbol, "size": 9})
        for (name, one), (color, symbol) in looked
    ]
    rings = [([layer, layer], [whole.t[layer], half.t[layer]]) for layer in range(len(layers))]
    readings = tuple(_fewer(whole, half, layers, layer) for layer in range(len(layers)))
    figure = profile(traces, rings, layers, "t")
    return Chart("t-of-fewer-words", tr("t of all words, and of half of them"), figure, readings)


def _of_every_second(analysis: WordAnalysis) -> BookStatistics:
    labels, seen, kept = analysis.inputs.labels, dict.fromkeys(analysis.inputs.labels, 0), []
    for at, label in enumerate(labels):
        if seen[label] % 2 == 0:
            kept.append(at)
        seen[label] += 1
    return book_statistics(analysis.similarity[:, kept][:, :, kept], pair_groups([labels[at] for at in kept]))


def _fewer(whole: BookStatistics, half: BookStatistics, layers: tuple[str, ...], layer: int) -> str:
    pairs, fewer = (one.n_within + one.n_across for one in (whole, half))
    return tr(
        "At {layer} t is {t:.1f} from {pairs:,} pairs and {half_t:.1f} from {fewer:,}, while Δ is {delta:.3f} and "
        "{half_delta:.3f}.",
        layer=layer_name(layers, layer),
        t=whole.t[layer],
        pairs=pairs,
        half_t=half.t[layer],
        fewer=fewer,
        delta=whole.delta[layer],
        half_delta=half.delta[layer],
    )


def mean_by_measure(analysis: WordAnalysis) -> Chart:
    """Mean similarity of all pairs by every measure, taken from the words themselves, beside −1/(n − 1).

    Raises:
        UndefinedError: if nothing is left of a vector by one of them.
    """
    vectors, layers = analysis.activations.vectors, analysis.model.layers
    forced = -1 / (vectors.shape[1] - 1)
    means = {measure: unit_contributions(measured(vectors, measure)).sum(axis=1) for measure in MEASURES}
    traces = [_dashed(f"−1/(n − 1) = {forced:.3f}", forced, len(layers))]
    for (measure, mean), look in zip(means.items(), looks(palette(len(means))), strict=True):
        points = layer_points(measure_name(measure), mean, layers, tr("mean %{y:.3f}"), {**look.marker, "size": 6})
        traces.append({**points, "mode": "lines+markers", "line": {**look.line, "width": 1.5}})
    rings = [([layer] * len(means), [mean[layer] for mean in means.values()]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, tr("Mean similarity of all pairs"))
    readings = tuple(_forced(means["cosine"], means["zscored"], layers, at, forced) for at in range(len(layers)))
    return Chart("mean-by-measure", tr("The mean similarity by every measure"), figure, readings, height=0.72)


def _dashed(name: str, value: float, count: int) -> dict[str, object]:
    line = {"color": NEUTRAL, "dash": "dash", "width": 1.5}
    return {
        "type": "scatter",
        "name": name,
        "x": [0, count - 1],
        "y": [value, value],
        "mode": "lines",
        "line": line,
        "hoverinfo": "skip",
    }


def _forced(cosine: Floats, zscored: Floats, layers: tuple[str, ...], layer: int, forced: float) -> str:
    return tr(
        "At {layer} the mean of the book's cosine is {cosine:.3f}, and {zscored:.3f} after z-scoring within these "
        "words; their number alone forces {forced:.3f}.",
        layer=layer_name(layers, layer),
        cosine=cosine[layer],
        zscored=zscored[layer],
        forced=forced,
    )


def state_lengths(analysis: WordAnalysis) -> Chart:
    """Mean length of the hidden states at every layer: it grows, and the final norm sets it anew."""
    layers, lengths = analysis.model.layers, vector_norms(analysis.activations.vectors).mean(axis=1)
    trace = layer_points(tr("length"), lengths, layers, tr("length %{y:.1f}"), {"color": PLAIN, "size": 9})
    rings = [([layer], [lengths[layer]]) for layer in range(len(layers))]
    reading = tr(
        "The mean length of a hidden state is {first:.1f} at {first_layer}, {before:.1f} at {before_layer} and "
        "{last:.1f} at {last_layer}, after the final norm.",
        first=lengths[0],
        first_layer=layers[0],
        before=lengths[-2],
        before_layer=layers[-2],
        last=lengths[-1],
        last_layer=layers[-1],
    )
    figure = profile([trace], rings, layers, tr("Mean length"))
    return Chart("state-lengths", tr("Length of the hidden states"), figure, (reading,))


def pieces_of_words(words: Sequence[str], model: ModelSpec) -> Rows:
    """How words are split in running text, those of most tokens first; :data:`SAMPLE` is always among them."""
    split = {word: _pieces(f" {word}", model) for word in (*words[:_MOST_LOOKED_AT], *SAMPLE)}
    longest = sorted(split, key=lambda word: -len(split[word]))
    shown = [word for word in split if word in (*longest[:_MOST_WORDS], *SAMPLE)]
    return [
        {tr("word"): word, tr("tokens"): len(split[word]), tr("pieces"): " | ".join(split[word])}
        for word in sorted(shown, key=lambda word: -len(split[word]))
    ]


def forms_of_words(words: Sequence[str], model: ModelSpec) -> Rows:
    """Tokens of some words, with their numbers: with a space before them, without, and with a capital letter."""

    def shown(text: str) -> str:
        return " | ".join(_pieces(text, model, numbered=True))

    return [
        {
            tr("word"): word,
            tr("in running text"): shown(f" {word}"),
            tr("with no space before it"): shown(word),
            tr("capitalised"): shown(f" {word.capitalize()}"),
        }
        for word in words[:_MOST_WORDS]
    ]


def _pieces(text: str, model: ModelSpec, *, numbered: bool = False) -> list[str]:
    tokenizer = tokenizer_of(model)
    ids = tokenizer.encode_long(text).ids.tolist()
    pieces = [with_visible_spaces(tokenizer.piece(each)) for each in ids]
    return [f"{piece} ({number})" for piece, number in zip(pieces, ids, strict=True)] if numbered else pieces


def confused_pairs(words: WordList) -> tuple[int, int, str]:
    """What a product of category numbers takes for pairs within: how many pairs across, of how many, and an example.

    Categories are numbered from 1; a pair counts as within where the product of its numbers is a square of one of them.
    """
    sizes = [len(category.words) for category in words.categories]
    squares = {number**2: number for number in range(1, len(sizes) + 1)}
    wrong, across, example = 0, 0, ""
    for (one, n_one), (other, n_other) in combinations(enumerate(sizes, start=1), 2):
        across += n_one * n_other
        if one * other in squares:
            wrong += n_one * n_other
            example = example or f"{one} × {other} = {squares[one * other]} × {squares[one * other]}"
    return wrong, across, example
