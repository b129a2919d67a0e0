"""Results as plotly figures, each with a reading in plain language. No maths beyond layout, no torch.

A figure that depends on the layer has one plotly frame a layer, named by its label; its traces
show the layer it was built for. Colours of text, grid and background are left to whoever shows it.
"""

from catsel_core.figures.careful import careful_auc, careful_balanced, careful_delta, careful_means
from catsel_core.figures.careful_contexts import careful_distributions, careful_group_profile
from catsel_core.figures.categories import accuracy_profile, category_means, silhouette_profile
from catsel_core.figures.chart import About, Chart, Passage, Payload
from catsel_core.figures.distributions import PairCurves, curves_of, distributions, group_distributions
from catsel_core.figures.hidden_units import unit_bars, unit_profile
from catsel_core.figures.items import group_colors, passages_of
from catsel_core.figures.laminar import delta_profile, mean_profile, t_against_delta, t_profile
from catsel_core.figures.mask import pair_mask
from catsel_core.figures.matrix import Shades, on_axis, similarity_matrix
from catsel_core.figures.ordered_matrix import ordered_matrix
from catsel_core.figures.payload import figure_json, packed
from catsel_core.figures.profiles import group_profile
from catsel_core.figures.prompts import ceiling_profile, prompts_profile
from catsel_core.figures.senses import sense_distributions, sense_means, sense_profile
from catsel_core.figures.shuffle_view import shuffle_view
from catsel_core.figures.side_by_side import Profile, depth_profiles, layer_similarity_map
from catsel_core.figures.single_words import selectivity_bars, word_path
from catsel_core.figures.tornado import tornado
from catsel_core.figures.variance import variance_by_position
from catsel_core.figures.word_map import word_map
from catsel_core.session import Scale

__all__ = [
    "About",
    "Chart",
    "PairCurves",
    "Passage",
    "Payload",
    "Profile",
    "Scale",
    "Shades",
    "accuracy_profile",
    "careful_auc",
    "careful_balanced",
    "careful_delta",
    "careful_distributions",
    "careful_group_profile",
    "careful_means",
    "category_means",
    "ceiling_profile",
    "curves_of",
    "delta_profile",
    "depth_profiles",
    "distributions",
    "figure_json",
    "group_colors",
    "group_distributions",
    "group_profile",
    "layer_similarity_map",
    "mean_profile",
    "on_axis",
    "ordered_matrix",
    "packed",
    "pair_mask",
    "passages_of",
    "prompts_profile",
    "selectivity_bars",
    "sense_distributions",
    "sense_means",
    "sense_profile",
    "shuffle_view",
    "silhouette_profile",
    "similarity_matrix",
    "t_against_delta",
    "t_profile",
    "tornado",
    "unit_bars",
    "unit_profile",
    "variance_by_position",
    "word_map",
    "word_path",
]
