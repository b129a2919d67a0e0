"""catsel's core: from words to activations, similarities, statistics and figures. No streamlit here.

from catsel_core.analysis import WordRequest, analyse_words
analysis = analyse_words(WordRequest())
print(analysis.statistics.delta)
"""
