"""Results as plotly figures, each with a reading in plain language. No maths beyond layout, no torch.

A figure that depends on the layer has one plotly frame a layer, named by its label; its traces
show the layer it was built for. Colours of text, grid and background are left to whoever shows it.
"""

from catsel_core.figures.chart import Chart, Scale
from catsel_core.figures.distributions import distributions
from catsel_core.figures.laminar import delta_profile, mean_profile, t_against_delta, t_profile
from catsel_core.figures.matrix import pair_mask, similarity_matrix
from catsel_core.figures.variance import variance_by_position

__all__ = [
    "Chart",
    "Scale",
    "delta_profile",
    "distributions",
    "mean_profile",
    "pair_mask",
    "similarity_matrix",
    "t_against_delta",
    "t_profile",
    "variance_by_position",
]
