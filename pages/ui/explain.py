"""How each chart is computed, in words and formulas (Markdown with LaTeX), by chart name."""

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

EXPLANATIONS = {
    "similarity-matrix": r"""
Each word is put into the template and the prompt goes through the model once. At every layer the model holds
a vector for the word, its *hidden state* $h$ (for a word of several tokens: that of its last piece, or the mean of
its pieces). A cell is the cosine of the angle between two of these vectors:

$$\cos(a, b) = \frac{h_a \cdot h_b}{\lVert h_a\rVert\,\lVert h_b\rVert}$$

1 means the same direction, 0 a right angle. The diagonal is 1 by definition and is left out of the colour range.
`Emb` is the token embedding before the first block; `L3` is the output of block 3, which the book calls layer 4
(`hidden_states[4]`).
""",
    "pair-mask": _PAIRS + " Labels are compared for equality, so any number of categories works.",
    "distributions": r"""
Both groups of similarities are sorted into the same 20 equal bins between the layer's smallest and largest value.
The height is a density, drawn at the bin centre:

$$\text{density}_k = \frac{\text{pairs in bin } k}{\text{all pairs of the group} \times \text{bin width}}$$

so each curve has area 1 whatever its number of pairs. Dashed lines are the means; their distance is $\Delta$. """
    + _PAIRS,
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
    + _FINAL_NORM,
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
""",
}
