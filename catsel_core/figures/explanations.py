"""How each chart is computed, in words and formulas (Markdown with LaTeX), by chart name."""

from catsel_core.figures import formulas
from catsel_core.figures.careful_explanations import CAREFUL_EXPLANATIONS, FINAL_NORM
from catsel_core.figures.distributions import FEW
from catsel_core.figures.hidden_units import FEW as ROGUE
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

_COSINE = f"""
$${formulas.COSINE}$$

Another similarity than the book's is the cosine of states that are prepared first, as its help says.
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

_UNITS = f"""
A cosine is a sum over hidden units. Over all pairs of words, each unit adds to the mean

$${formulas.UNIT_CONTRIBUTION}$$

(Timkey & van Schijndel 2021). In many models one to three “rogue” units make most of it, at some layers nearly all: the
cosine then says little about the other units. Centred or z-scored similarities, or those without the top components,
take their part away; here the units are those of the similarity that is chosen.
"""

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

EXPLANATIONS = {
    "similarity-matrix": r"""
Each word is put into the template and the prompt goes through the model once. At every layer the model holds
a vector for the word, its *hidden state* $h$ (for a word of several tokens: that of its last piece, or the mean of
its pieces). A cell is the cosine of the angle between two of these vectors:
"""
    + _COSINE
    + "\n1 means the same direction, 0 a right angle. "
    + _DIAGONAL
    + _SPLIT
    + r"""
`Emb` is the token embedding before the first block; `L3` is the output of block 3, which the book calls layer 4
(`hidden_states[4]`).
""",
    "pair-mask": _PAIRS + " Labels are compared for equality, so any number of categories works.",
    "distributions": rf"""
Both groups of similarities are sorted into the same 20 equal bins between the layer's smallest and largest value.
The height is a density, drawn at the bin centre:

$${formulas.DENSITY}$$

so each curve has area 1 whatever its number of pairs. Dashed lines are the means; their distance is $\Delta$. """
    + _PAIRS
    + _FEW,
    "mean-profile": f"""
$${formulas.MEANS}$$

"""
    + _PAIRS
    + " "
    + FINAL_NORM,
    "delta-profile": rf"""
$${formulas.DELTA}$$

Positive: words of one category point in more similar directions than words of different categories.
Adding one constant to all similarities of a layer does not change $\Delta$. """
    + FINAL_NORM
    + _SHUFFLED.format("the labels of the words"),
    "t-profile": f"""
Student's two-sample $t$ with equal variances:

$${formulas.STUDENTS_T}$$

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
    "group-distributions": f"""
The pairs of all contrasts are sorted into the same 30 equal bins between the layer's smallest and largest similarity.
The height is a density, drawn at the bin centre:

$${formulas.CONTRAST_DENSITY}$$

so each curve has area 1 whatever its number of pairs. Dashed lines are the means. Occurrences are in many pairs, and
windows may overlap, so the pairs are not independent: read the curves as a description, not as a test."""
    + _FEW,
    "group-profile": "The mean cosine similarity of all pairs of a contrast, at every layer. " + FINAL_NORM,
    "tornado": f"""
At every layer (row) the similarities of a contrast's pairs are sorted into 34 equal bins, the same for all layers and
panels; the colour is the share of *all* its pairs that lie in the bin:

$${formulas.SHARE_IN_BIN}$$

The bins span the data, or the book's range from 0.4 to 1. With the book's range some values can lie outside; they are
counted in the sentence below each panel, and a row whose values all lie outside is empty. (The book divides by the
pairs inside the bins instead, which hides what is missing and is not defined for an empty row.) The red line joins
the means and leaves the picture where they lie outside the range. Colours end at the 99th percentile of the filled
bins, so that one full bin does not outshine the rest: the last colour stands for that share and more (≥). """
    + FINAL_NORM,
    "sense-profile": r"""
$$\Delta = \overline{\text{same sense}} - \overline{\text{other sense}}$$

for every word, and over the pairs of all words together (the thick line). """
    + _SAME_SPELLING
    + " "
    + FINAL_NORM
    + _SHUFFLED.format("the senses of each word’s sentences"),
    "sense-means": "The two means whose difference is $\\Delta$. " + _SAME_SPELLING + " " + FINAL_NORM,
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
    + FINAL_NORM,
    "layer-similarity": f"""
Every layer of A is compared with every layer of B, on the same words.

*RSA* (representational similarity analysis) asks whether the same pairs of words are alike: Spearman's rank
correlation of the two upper triangles of similarities. *CKA* compares the geometry of the vectors themselves: with $K$
and $L$ the centred matrices of products between words,

$${formulas.CKA}$$

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
    "prompts-profile": "One prompt is one experiment: every line is $\\Delta$ of the same words in another prompt, the "
    "thick one their mean. The grey band reaches from the smallest to the largest of them; it is no interval for "
    "prompts that were not chosen. " + FINAL_NORM,
    "noise-ceiling": r"""
At each layer all pairs of words are ranked by their similarity, in every prompt. A point is Spearman's correlation of
one prompt's ranks with the mean ranks of the *others*; the mean of these points is the lower end of the noise ceiling.
Its upper end takes the mean ranks of *all* prompts, the own one among them (Nili et al. 2014). Nothing that ignores the
prompt can explain these similarities better than the upper end; what reaches the lower end explains them as well as
other prompts do.
""",
    "hidden-units": _UNITS + " The bars are the units that add or take most at the layer.",
    "hidden-unit-profile": _UNITS + " The lines are the mean over all pairs, and what the other units leave of it when "
    f"the largest one, or the largest {ROGUE}, of each layer are not counted. " + FINAL_NORM,
    "selectivity": r"""
A word's *selectivity* is its mean similarity to the other words of its own category, minus its mean similarity to all
words of other categories. The words that fit least come first. There are no stars: a word of a list that is not shown
here would be nearer to one of these categories too, which does not make it a member.
""",
    "word-path": "The mean similarity of the chosen word to the words of every category, without itself; its own "
    "category is the thick line. The sentence below names its nearest words at the layer. " + FINAL_NORM,
    "category-means": "The mean similarity of all pairs of words of two categories; on the diagonal that of the pairs "
    "within one. A category of one word has no pair within.",
    "accuracy": r"""
Every category's words are added up as vectors of length 1: the direction of the sum is its *centroid*. A word is right
if the centroid of its own category, made *without it*, is the nearest one. Chance is what the same count gives on
average if the labels of the words are shuffled; a word of a large category is right by chance more often.
""",
    "silhouette": f"""
$${formulas.SILHOUETTE}$$

with $a$ the mean distance (1 − similarity) of a word to the others of its category, and $b$ that to the words of the
nearest other category (Rousseeuw 1987). A word that is alone in its category has 0.
""",
    "word-map": rf"""
The two directions along which the words differ most at the layer. Of *similarities*: classical scaling of the distances
${formulas.CHORD}$ with the chosen similarity in place of $\cos$, which for cosines is a principal component analysis of
directions (Torgerson 1952). Of *hidden states*: a principal component analysis of the vectors as they are, in which a
few hidden units with very large values may be all that is seen. Each layer is turned or mirrored onto the one before
(orthogonal Procrustes) and drawn at the same size, so that points can be followed; the axes themselves mean nothing.

A plane cannot keep all distances. *Stress* is Kruskal's: 0 is a map that is right, 0.2 a poor one. On choosing a word,
lines lead to those that are nearest among all dimensions.
""",
    **CAREFUL_EXPLANATIONS,
}
