"""How the charts of the careful view are computed, by chart name: of words, and of senses."""

from collections.abc import Mapping

from catsel_core.figures.shuffle_view import ONE_BY_ONE
from catsel_core.statistics.stretches import STRETCHES

FINAL_NORM = (
    "The last hidden state is taken after the model's final normalisation, which moves its level: "
    "do not compare its height with its neighbours."
)

_TEST = (
    "Labels belong to {items}. If they mean nothing they may change places between {between}, and $\\Delta$ of such "
    "shuffles says how large $\\Delta$ becomes by chance; all layers see the same shuffle. A diamond is a layer whose "
    "$z$ (of $\\Delta$ among its shuffles) is so large that the *largest* $z$ of all layers reaches it in at most 5 of "
    "100 shuffles: one promise for all layers together. Where there are few ways to share out the labels, all of them "
    "are looked at. The test says that the {groups} differ, in direction or in how tight they are, and no more."
)

CALIBRATION = (
    ("10 / 13 / 11", "4.7", "5.3", "2.2", "40.0"),
    ("30 / 5 / 5", "5.2", "5.2", "39.7", "100.0"),
    ("60 / 10 / 10", "5.2", "5.0", "52.9", "100.0"),
    ("6 / 6", "4.9", "5.2", "2.1", "36.0"),
)
"""What ``python -m benchmarks.calibration`` found; docs/statistics.md has all of it."""

_CALIBRATION = "\n".join(
    [
        "How well this holds: of 10,000 made-up data sets *without any difference*, the part in % that each way calls "
        "significant at 5 % (31 layers).",
        "",
        "| sizes | this test | this test, any layer | Student's t | t, any layer |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in CALIBRATION),
        "",
        "The two columns of this test keep to 5, whatever the sizes; those of the table of t do not.",
    ]
)

_JACKKNIFE = (
    "Bands come from leaving out one of the {items} at a time inside its group (jackknife, Student's $t$ with "
    "Satterthwaite's degrees of freedom): 95 % or a little more for *{new}*, at each layer by itself.{more}"
)

_WORDS = {
    "items": "words",
    "between": "words",
    "groups": "lists",
    "new": "new words of the same kinds",
    "more": " For closed sets, such as the months, they say nothing.",
    "pair": "a within-category pair",
    "other": "an across-category pair",
    "pairs": "all within-category and of all across-category pairs",
}

_SENSES = {
    "items": "sentences",
    "between": "the sentences of one spelling (over all sentences the test would be one of spelling)",
    "groups": "senses",
    "new": "new sentences with the same words and senses",
    "more": " Where every sense stands equally often behind the same two words, labels change places within such a "
    "set only, and its own pairs are left out of other sense: they are alike by design.",
    "pair": "a pair of the same sense",
    "other": "a pair of different senses of one spelling",
    "pairs": "pairs of the same sense and of pairs of different senses of one spelling",
}


def _explained(prefix: str, said: Mapping[str, str]) -> dict[str, str]:
    test, jackknife = _TEST.format(**said), _JACKKNIFE.format(**said)
    return {
        f"{prefix}-means": f"The mean cosine of {said['pairs']}. {jackknife} They are made on Fisher's $z$ scale, so "
        f"that no band leaves −1 to 1.\n\n{FINAL_NORM}",
        f"{prefix}-delta": rf"""
$$\Delta = \overline{{\cos}}_\text{{within}} - \overline{{\cos}}_\text{{across}}$$

of {said["pairs"]}. {test} Student's $t$, Cohen's $d$ and the within mean have the same $p$.

{jackknife}
""",
        f"{prefix}-balanced": rf"""
$\Delta$ in which every group's own mean counts the same, and every two groups' mean, however many {said["items"]} they
have: with groups of very different sizes it finds what $\Delta$ misses.

{test}

{jackknife}
""",
        f"{prefix}-shuffles": rf"""
If labels mean nothing, each of the {said["items"]} could as well have another one. Labels change places between
{said["between"]}, and $\Delta$ is computed anew: the grey area is what comes of it at this layer. *Shuffle* builds it
up from the first {ONE_BY_ONE:,} shuffles, one after the other; without it all of them are shown. $p$ is the share of
shuffles whose $\Delta$ is at least the observed one, the observed labels counted in (Phipson & Smyth 2010).

The dashed curve is what the table of Student's $t$ takes for granted: the distribution of $\Delta$ if no two pairs
shared one of the {said["items"]}. Where it is narrower than the grey area, the $t$ table finds differences where there
are none; where it is wider, it misses some.

{_CALIBRATION}
""",
        f"{prefix}-auc": f"The probability that {said['pair']}, drawn at random, is more similar than {said['other']}; "
        "ties count half (Mann-Whitney). 0.5 is no difference. Unlike $t$ it does not grow with the number of pairs. "
        "Its $p$ follows that of $\\Delta$, so it has no mark of its own.",
    }


_STRETCHES = (
    f"The text is cut into {STRETCHES} equal stretches, and one at a time is left out with all its occurrences "
    f"(jackknife, Student's $t$ with {STRETCHES - 1} degrees of freedom, on Fisher's $z$ scale): 95 % for *other "
    "stretches of such a text*, at each layer by itself. Occurrences that are close together share their surroundings, "
    "so leaving out single ones would give bands that are far too narrow; where a word keeps to one part of the text "
    "these are still too narrow, and a difference partly measures the place. There is no test: that a word does not "
    "matter is known to be wrong, and words are never spread over a text as shuffled labels are."
)

CAREFUL_EXPLANATIONS = {
    **_explained("careful", _WORDS),
    **_explained("careful-sense", _SENSES),
    "careful-group-profile": f"The mean cosine similarity of all pairs of a contrast, at every layer. {_STRETCHES} "
    f"{FINAL_NORM}",
    "careful-group-distributions": "The pairs of all contrasts are sorted into the same 30 equal bins between the "
    "layer's smallest and largest similarity; each curve has area 1 whatever its number of pairs. Dashed lines are the "
    f"means, the strips behind them are where the means may lie. {_STRETCHES}",
}
