"""The layer viewer: one slider and charts that move together in the browser, on the pages and in reports.

Its scripts and styles lie in ``frontend/``; beside it is what whoever shows them needs: the
scripts joined, the HTML that they fill, and what they are given.
"""
