"""Formulas in LaTeX, each in one place: explanations of charts and the glossary show the same.

Each is one line: Markdown takes what follows the first line of a longer one for the formula's end, or for a list.
"""

import re
from collections.abc import Mapping

from catsel_core.language import mark, once_each_language, tr

FORMULAS = {
    "COSINE": r"\cos(a, b) = \frac{h_a \cdot h_b}{\lVert h_a\rVert\,\lVert h_b\rVert}",
    "MEANS": (
        r"\overline{w} = \frac{1}{n_w}\sum_{(i,j)\,\text{within}} \cos(i,j) \qquad"
        r" \overline{a} = \frac{1}{n_a}\sum_{(i,j)\,\text{across}} \cos(i,j)"
    ),
    "DELTA": r"\Delta = \overline{w} - \overline{a}",
    "STUDENTS_T": (
        r"t = \frac{\Delta}{s\,\sqrt{1/n_w + 1/n_a}} \qquad"
        r" s^2 = \frac{\sum_w (x-\overline{w})^2 + \sum_a (x-\overline{a})^2}{n_w + n_a - 2}"
    ),
    "DENSITY": (
        r"\text{density}_k ="
        r" \frac{\text{pairs in bin } k}{\text{all pairs of the group} \times \text{bin width}}"
    ),
    "CONTRAST_DENSITY": (
        r"\text{density}_k ="
        r" \frac{\text{pairs in bin } k}{\text{all pairs of the contrast} \times \text{bin width}}"
    ),
    "SHARE_IN_BIN": r"p_k = \frac{\text{pairs in bin } k}{\text{all pairs of the contrast}}",
    "UNIT_CONTRIBUTION": r"\frac{h_{a,i}\,h_{b,i}}{\lVert h_a\rVert\,\lVert h_b\rVert}",
    "P_VALUE": (
        r"p ="
        r" \frac{1 + \#\{\text{shuffles with } \Delta \ge \Delta_\text{observed}\}}{1 + \#\{\text{shuffles}\}}"
    ),
    "LARGEST_Z": r"z_{\max} = \max_\text{layers} \frac{\Delta - \text{mean of shuffles}}{\text{spread of shuffles}}",
    "JACKKNIFE": (
        r"\widehat{\text{var}} ="
        r" \sum_g \frac{n_g - 1}{n_g} \sum_{i \in g} (\theta_{-i} - \overline{\theta}_g)^2"
    ),
    "BALANCED_DELTA": (
        r"\Delta_\text{balanced} = \frac{1}{k} \sum_g \overline{w}_g"
        r" - \frac{2}{k (k - 1)} \sum_{g < g'} \overline{a}_{g g'}"
    ),
    "COHENS_D": r"d = \frac{\Delta}{s}",
    "AUC": r"\text{AUC} = P(w > a) + \tfrac{1}{2} P(w = a)",
    "FISHERS_Z": r"z = \operatorname{artanh}(\cos)",
    "ZSCORED": r"h'_i = \frac{h_i - \text{mean}_i}{\text{spread}_i}",
    "CENTRED": r"h' = h - \text{mean}",
    "ALL_BUT_THE_TOP": r"h' = (h - \text{mean}) - \sum_{d=1}^{D} (u_d \cdot (h - \text{mean}))\, u_d",
    "SELECTIVITY": r"s_i = \overline{\cos}(i, \text{own category without } i) - \overline{\cos}(i, \text{all others})",
    "SILHOUETTE": r"s = \frac{b - a}{\max(a, b)}",
    "CKA": r"\mathrm{CKA} = \frac{\langle K, L\rangle}{\lVert K\rVert\,\lVert L\rVert}",
    "STRESS": r"\text{stress} = \sqrt{\frac{\sum (d_{ij} - \hat{d}_{ij})^2}{\sum d_{ij}^2}}",
    "CHORD": r"\sqrt{2 - 2\cos}",
}
"""The formulas by name, with English words."""

WORDS = (
    mark("within"),
    mark("across"),
    mark("density"),
    mark("pairs in bin"),
    mark("all pairs of the group"),
    mark("all pairs of the contrast"),
    mark("bin width"),
    mark("shuffles with"),
    mark("observed"),
    mark("shuffles"),
    mark("layers"),
    mark("mean of shuffles"),
    mark("spread of shuffles"),
    mark("var"),
    mark("balanced"),
    mark("AUC"),
    mark("mean"),
    mark("spread"),
    mark("own category without"),
    mark("all others"),
    mark("stress"),
)
"""All that stands in a formula as a text."""

TEXT = re.compile(r"\\text\{([^{}]*?)( ?)\}")


@once_each_language
def formulas() -> Mapping[str, str]:
    """The formulas by name, with words of the language that is spoken."""
    return {name: TEXT.sub(_said, formula) for name, formula in FORMULAS.items()}


def _said(text: re.Match[str]) -> str:
    return rf"\text{{{tr(text[1])}{text[2]}}}"
