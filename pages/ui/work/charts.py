"""Charts are built once for an analysis and a choice, for all visitors."""

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

import streamlit as st

from catsel_core.figures import Chart, Payload
from catsel_core.settings import current_settings
from pages.ui.work.cache import ByteBoundedCache
from pages.ui.work.results import Analysis

Arguments = ParamSpec("Arguments")
Of = TypeVar("Of", bound=Analysis)
Built = Payload | tuple[Payload, ...]


@overload
def chart(
    build: Callable[Concatenate[Of, Arguments], Chart], analysis: Of, *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Payload: ...
@overload
def chart(
    build: Callable[Concatenate[Of, Arguments], tuple[Chart, ...]],
    analysis: Of,
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> tuple[Payload, ...]: ...
def chart(build: Callable[..., Any], analysis: Any, *args: Any, **kwargs: Any) -> Built:
    """What ``build`` makes of a finished analysis and further plain values, as it goes to the browser."""
    key: Hashable = (build.__module__, build.__qualname__, analysis.request, analysis.model, args, *kwargs.items())
    return _cache().get_or_build(key, lambda: _for_browser(build(analysis, *args, **kwargs)))


@st.cache_resource(show_spinner=False)
def _cache() -> ByteBoundedCache[Built]:
    return ByteBoundedCache(current_settings().memory_bytes // 2, _n_bytes)


def _for_browser(built: Chart | tuple[Chart, ...]) -> Built:
    return built.for_browser() if isinstance(built, Chart) else tuple(one.for_browser() for one in built)


def _n_bytes(built: Built) -> int:
    return built.n_bytes if isinstance(built, Payload) else sum(one.n_bytes for one in built)
