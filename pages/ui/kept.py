"""Charts are built once per analysis and choice, for all visitors."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, get_args

import streamlit as st

from pages.ui.results import Analysis

Arguments = ParamSpec("Arguments")
Built = TypeVar("Built")


def kept(build: Callable[Arguments, Built]) -> Callable[Arguments, Built]:
    """Keep what ``build`` makes of an analysis (its first argument) and further plain values."""
    by_identity: dict[str | type[Any], Callable[[Any], Any]] = dict.fromkeys(get_args(Analysis), _identity)
    return st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=by_identity)(build)


def _identity(analysis: Analysis) -> str:
    """What an analysis was made from; its arrays follow from that and are never hashed."""
    return repr((analysis.request, analysis.model))
