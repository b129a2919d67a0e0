"""The figures of the same words in several prompts."""

from catsel_core import figures
from catsel_core.analyses.prompts import PromptsAnalysis
from catsel_core.figures import Chart


def prompts_profile(found: PromptsAnalysis) -> Chart:
    """Δ in every prompt."""
    return figures.prompts_profile(found.delta, found.templates, found.model.layers)


def noise_ceiling(found: PromptsAnalysis) -> Chart:
    """How well the prompts agree."""
    return figures.ceiling_profile(found.ceiling, found.templates, found.model.layers)
