"""The door for notebooks: every request, what analyses it, and its careful statistics, in one place.

>>> from catsel_core.analysis import WordRequest, analyse_words
>>> analysis = analyse_words(WordRequest())            # doctest: +SKIP
>>> analysis.statistics.delta[4]                       # doctest: +SKIP
"""

from catsel_core.analyses.careful import careful_senses, careful_words, context_intervals
from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.analyses.prompts import PromptsRequest, analyse_prompts
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.side_by_side import CompareRequest, compare_sides
from catsel_core.analyses.words import WordRequest, analyse_words

__all__ = [
    "CompareRequest",
    "ContextRequest",
    "PromptsRequest",
    "SentenceRequest",
    "WordRequest",
    "analyse_contexts",
    "analyse_prompts",
    "analyse_sentences",
    "analyse_words",
    "careful_senses",
    "careful_words",
    "compare_sides",
    "context_intervals",
]
