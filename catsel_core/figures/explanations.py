"""How each chart is computed, in words and formulas (Markdown with LaTeX), by chart name."""

from catsel_core.figures.distributions import FEW
from catsel_core.figures.variance import MOST_DOTS
from catsel_core.statistics.shuffles import SEED, SHUFFLES

_PAIRS = (
    "A pair is *within* if both words have the same category label and *across* if not; "
    "each pair counts once (the upper triangle of the matrix, without the diagonal)."
)

_NOT_A_TEST = (
    "Every word is in many pairs, so the pairs are not independent and $t$ is **not calibrated** as a test: "
    "use it to compare layers of one list, not to claim significance."
)

_FINAL_NORM = (
    "The last hidden state is taken after the model's final normalisation, which moves its level: "
    "do not compare its height with its neighbours."
)

_COSINE = r"""
$$\cos(a, b) = \frac{h_a \cdot h_b}{\lVert h_a\rVert\,\lVert h_b\rVert}$$
"""

_WINDOWS = (
    "Every occurrence is cut out together with the chosen number of tokens before it; the word comes last. The model "
    "reads each such window on its own, and its hidden state $h$ at the word is kept at every layer."
)

_SHUFFLED = (
    f" The grey band is a reference for “no effect”: {{}} are shuffled {SHUFFLES} times (seed {SEED}, the same "
    "shuffle for all layers), and 95 % of the $\\Delta$ that come out lie in the band at each layer. It is a reference "
    "to look at and not a test."
)

_FEW = (
    f" A group of fewer than {FEW} pairs is drawn as points, one a pair: its density would only show how wide the "
    "bins are."
)

_DIAGONAL = "The diagonal is 1 by definition: it is grey, and left out of the colour range."

_SPLIT = (
    " A word of several tokens is marked where they meet (so·fa), or behind it with their number where they are parts "
    "of characters; point at a cell to read them."
)

_SAME_SPELLING = (
    "Only pairs of the same spelling (the same tokens) are used: *same sense* if the group label is the same, "
    "*other sense* if not. Pairs of different words are left out, so nothing here comes from the spelling. At `Emb` "
    "the vectors of a pair are equal and $\\Delta$ is 0 by construction (in models that add position to the embedding, "
    "only the position is left there)."
)

_TEST = (
    "Labels belong to words. If they mean nothing they may change places between words, and $\\Delta$ of such shuffles "
    "says how large $\\Delta$ becomes by chance; all layers see the same shuffle. A diamond is a layer whose $z$ (of "
    "$\\Delta$ among its shuffles) is so large that the *largest* $z$ of all layers reaches it in at most 5 of 100 "
    "shuffles: one promise for all layers together. Where there are few ways to share out the labels, all of them are "
    "looked at. The test says that the lists differ, in direction or in how tight they are, and no more."
)

_JACKKNIFE = (
    "Bands come from leaving out one word at a time inside the categories (jackknife, Student's $t$ with "
    "Satterthwaite's degrees of freedom): 95 % or a little more for *new words of the same kinds*, at each layer by "
    "itself. For closed sets, such as the months, they say nothing."
)

EXPLANATIONS = {
    "similarity-matrix": r"""
Each word is put into the template and the prompt goes through the model once. At every layer the model holds
a vector for the word, its *hidden state* $h$ (for a word of several tokens: that of its last piece, or the mean of
its pieces). A cell is the cosine of the angle between two of these vectors:

$$\cos(a, b) = \frac{h_a \cdot h_b}{\lVert h_a\rVert\,\lVert h_b\rVert}$$

1 means the same direction, 0 a right angle. """
    + _DIAGONAL
    + _SPLIT
    + r"""
`Emb` is the token embedding before the first block; `L3` is the output of block 3, which the book calls layer 4
(`hidden_states[4]`).
""",
    "pair-mask": _PAIRS + " Labels are compared for equality, so any number of categories works.",
    "distributions": r"""
Both groups of similarities are sorted into the same 20 equal bins between the layer's smallest and largest value.
The height is a density, drawn at the bin centre:

$$\text{density}_k = \frac{\text{pairs in bin } k}{\text{all pairs of the group} \times \text{bin width}}$$

so each curve has area 1 whatever its number of pairs. Dashed lines are the means; their distance is $\Delta$. """
    + _PAIRS
    + _FEW,
    "mean-profile": r"""
$$\overline{w} = \frac{1}{n_w}\sum_{(i,j)\,\text{within}} \cos(i,j) \qquad
\overline{a} = \frac{1}{n_a}\sum_{(i,j)\,\text{across}} \cos(i,j)$$

"""
    + _PAIRS
    + " "
    + _FINAL_NORM,
    "delta-profile": r"""
$$\Delta = \overline{w} - \overline{a}$$

Positive: words of one category point in more similar directions than words of different categories.
Adding one constant to all similarities of a layer does not change $\Delta$. """
    + _FINAL_NORM
    + _SHUFFLED.format("the labels of the words"),
    "t-profile": r"""
Student's two-sample $t$ with equal variances:

$$t = \frac{\Delta}{s\,\sqrt{1/n_w + 1/n_a}} \qquad
s^2 = \frac{\sum_w (x-\overline{w})^2 + \sum_a (x-\overline{a})^2}{n_w + n_a - 2}$$

"""
    + _NOT_A_TEST,
    "t-against-delta": r"""
One point a layer, coloured from the embedding (dark) to the last layer (light). If the similarities had the same
spread at every layer, all points would lie on a line through zero; the distance from such a line is what
dividing by the spread changes. """
    + _NOT_A_TEST,
    "variance-by-position": r"""
For every hidden unit, the variance of its value over the words ($n - 1$ in the denominator), at each token
position of the prompt. The model reads left to right, so at positions before the word all prompts are the same and the
variance must be 0: a sanity check that the prompts differ only where they should. The shared beginning is run through
the model once for all words. Positions that fewer than two prompts reach are left out. Sideways scatter is only there
to show the dots (fixed seed).

"""
    + f"Every dot slows the browser down: where all hidden units at all positions would be more than {MOST_DOTS:,} "
    "dots, every position shows the units that are the largest at any layer, and an even choice of the others. The "
    "numbers in the sentence below the figure are of all units.",
    "occurrence-matrix": _WINDOWS
    + " A cell is the cosine of the angle between two of these vectors:"
    + _COSINE
    + r"""
Occurrences are ordered by word and, within a word, as in the text. A number behind a word counts its occurrences in
use. With more than 240 occurrences the matrix shows as many of each word, evenly over the text; the statistics use all.
"""
    + _DIAGONAL,
    "group-mask": "A *contrast* is a set of pairs of words, such as each word with itself. Each pair of occurrences "
    "counts once (the upper triangle, without the diagonal). Which contrast it belongs to follows from its two words "
    "alone; words are compared for equality.",
    "group-distributions": r"""
The pairs of all contrasts are sorted into the same 30 equal bins between the layer's smallest and largest similarity.
The height is a density, drawn at the bin centre:

$$\text{density}_k = \frac{\text{pairs in bin } k}{\text{all pairs of the contrast} \times \text{bin width}}$$

so each curve has area 1 whatever its number of pairs. Dashed lines are the means. Occurrences are in many pairs, and
windows may overlap, so the pairs are not independent: read the curves as a description, not as a test."""
    + _FEW,
    "group-profile": "The mean cosine similarity of all pairs of a contrast, at every layer. " + _FINAL_NORM,
    "tornado": r"""
At every layer (row) the similarities of a contrast's pairs are sorted into 34 equal bins, the same for all layers and
panels; the colour is the share of *all* its pairs that lie in the bin:

$$p_k = \frac{\text{pairs in bin } k}{\text{all pairs of the contrast}}$$

The bins span the data, or the book's range from 0.4 to 1. With the book's range some values can lie outside; they are
counted in the sentence below each panel, and a row whose values all lie outside is empty. (The book divides by the
pairs inside the bins instead, which hides what is missing and is not defined for an empty row.) The red line joins
the means and leaves the picture where they lie outside the range. Colours end at the 99th percentile of the filled
bins, so that one full bin does not outshine the rest: the last colour stands for that share and more (≥). """
    + _FINAL_NORM,
    "sense-profile": r"""
$$\Delta = \overline{\text{same sense}} - \overline{\text{other sense}}$$

for every word, and over the pairs of all words together (the thick line). """
    + _SAME_SPELLING
    + " "
    + _FINAL_NORM
    + _SHUFFLED.format("the senses of each word’s sentences"),
    "sense-means": "The two means whose difference is $\\Delta$. " + _SAME_SPELLING + " " + _FINAL_NORM,
    "sense-distributions": r"""
Both kinds of pairs are sorted into the same 20 equal bins between the layer's smallest and largest value; the height is
a density, so each curve has area 1. Dashed lines are the means; their distance is $\Delta$. """
    + _SAME_SPELLING
    + " "
    + _NOT_A_TEST
    + _FEW,
    "sentence-matrix": "Each sentence goes through the model once; at every layer its hidden state $h$ at the marked "
    "word is kept. A cell is the cosine of the angle between two of these vectors:"
    + _COSINE
    + "What stands after the word cannot "
    "reach it: the model reads from left to right. " + _DIAGONAL,
    "depth-profiles": r"""
Models differ in their number of layers, so the axis is relative depth: 0 is the embedding, 1 the last hidden state.
$\Delta$ is the mean similarity of pairs within a category minus that of pairs across categories; $t$ is Student's $t$
of the two groups of pairs. Only words that both sides can use are in it. A level depends on the model's own geometry
(how narrow the cone of its vectors is) and on the measure: compare shapes and depths rather than heights. """
    + _NOT_A_TEST
    + " "
    + _FINAL_NORM,
    "layer-similarity": r"""
Every layer of A is compared with every layer of B, on the same words.

*RSA* (representational similarity analysis) asks whether the same pairs of words are alike: Spearman's rank
correlation of the two upper triangles of similarities. *CKA* compares the geometry of the vectors themselves: with $K$
and $L$ the centred matrices of products between words,

$$\mathrm{CKA} = \frac{\langle K, L\rangle}{\lVert K\rVert\,\lVert L\rVert}$$

With fewer words than dimensions, CKA is high even for unrelated layers; *debiased* CKA uses $U$-centred matrices, whose
expectation is then 0. CKA takes the hidden states as they are, so the chosen similarity does not change it.

The red path gives every layer of A a layer of B without ever going back, and among all such paths it has the largest
sum. Click a cell to look at its two layers below. (Kriegeskorte et al. 2008; Kornblith et al. 2019; Murphy et al.
2024.)
""",
    "neighbours": r"""
For every word, its similarities to all other words are ranked on both sides; the change is 1 minus Spearman's
correlation of the two rankings: 0 if the order is the same, 1 if the two have nothing to do with each other, 2 if it is
reversed. It depends on no level, so models with different cones can be compared. The nearest words are those with the
highest similarity at the layer.
""",
    "careful-means": rf"""
The mean cosine of all within-category and of all across-category pairs. {_JACKKNIFE} They are made on Fisher's $z$
scale, so that no band leaves −1 to 1.

{_FINAL_NORM}
""",
    "careful-delta": rf"""
$$\Delta = \overline{{\cos}}_\text{{within}} - \overline{{\cos}}_\text{{across}}$$

{_TEST} Student's $t$, Cohen's $d$ and the within mean have the same $p$.

{_JACKKNIFE}
""",
    "careful-balanced": rf"""
$\Delta$ in which every category's own mean counts the same, and every two categories' mean, however many words they
have: with lists of very different sizes it finds what $\Delta$ misses.

{_TEST}

{_JACKKNIFE}
""",
    "careful-auc": r"""
The probability that a within-category pair, drawn at random, is more similar than an across-category pair; ties count
half (Mann-Whitney). 0.5 is no difference. Unlike $t$ it does not grow with the number of pairs. Its $p$ follows that of
$\Delta$, so it has no mark of its own.
""",
}
