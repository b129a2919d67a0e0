"""The stages in order, one file a kind of analysis."""
