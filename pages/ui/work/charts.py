"""Charts are built once for an analysis, a choice and a language, for all visitors."""

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

from catsel_core.analyses.kinds import Analysis
from catsel_core.figures import About, Chart, Payload
from catsel_core.figures.about import about
from catsel_core.language import spoken
from pages.ui.work.cache import MEMORY

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
    of = (build.__module__, build.__qualname__, spoken())
    key: Hashable = (*of, analysis.request, analysis.model, args, *kwargs.items())
    built: Built = MEMORY.get_or_build(key, lambda: _for_browser(build(analysis, *args, **kwargs), about(analysis)))
    return built


def _for_browser(built: Chart | tuple[Chart, ...], said: About) -> Built:
    return built.for_browser(said) if isinstance(built, Chart) else tuple(one.for_browser(said) for one in built)
