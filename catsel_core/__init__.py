"""catsel's core, in rooms that follow the data: from words to hidden states, similarities, statistics and figures.

from catsel_core.analysis import WordRequest, analyse_words
analysis = analyse_words(WordRequest())
print(analysis.statistics.delta)
"""
