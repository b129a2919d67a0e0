"""The page Method: the steps, what can mislead with live examples, the glossary, and references."""
