"""The way through the house is one way: which room may import which, and what a stored result never needs."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "catsel_core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))

ROOMS = (
    "language",
    "system",
    "inputs",
    "statistics",
    "models",
    "hidden_states",
    "analyses",
    "figures",
    "viewer",
    "export",
    "lessons",
    "commands",
)
"""In the order of the data: no room imports from one to its right."""

MADE_OF_TORCH = {"hidden_states.linear_layers", "hidden_states.last_block"}
"""Torch modules themselves; everybody else imports them, and torch, inside functions."""

ASKS_TORCH = {"models.devices"}
"""Outside ``hidden_states``: asks torch which devices there are, and only where one is likely."""

IMPORTED_AS = {"jinja2": "Jinja2", "markdown_it": "markdown-it-py"}
"""Packages with another name than what is imported of them."""

HEAVY = {"torch", "transformers", "accelerate", "gguf"}


def name_of(path: Path) -> str:
    """``inputs.items`` for a file of the core."""
    return ".".join(path.relative_to(ROOT / "catsel_core").with_suffix("").parts)


def room_of(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def imported_modules(path: Path) -> set[str]:
    """Every module named by an import statement of the file, at the top or inside a function."""
    return _named(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported_at_the_top(path: Path) -> set[str]:
    return _named(ast.parse(path.read_text(encoding="utf-8")).body)


def _named(nodes: object) -> set[str]:
    found: set[str] = set()
    for node in nodes:  # type: ignore[attr-defined]
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def top_level(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def rooms_used(path: Path) -> set[str]:
    used = {name.split(".")[1] for name in imported_modules(path) if name.startswith("catsel_core.")}
    return used & set(ROOMS)


def test_every_room_is_a_folder_that_says_what_it_is() -> None:
    folders = {path.parent.name for path in (ROOT / "catsel_core").glob("*/__init__.py")}
    assert folders == set(ROOMS)
    for room in ROOMS:
        tree = ast.parse((ROOT / "catsel_core" / room / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(tree)


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_core_knows_no_streamlit(path: Path) -> None:
    assert not top_level(imported_modules(path)) & {"streamlit", "pages", "app"}


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_core_imports_follow_the_data(path: Path) -> None:
    room = room_of(name_of(path))
    if room in ROOMS:
        assert {ROOMS.index(used) for used in rooms_used(path)} <= set(range(ROOMS.index(room) + 1))
    elif room not in {"__init__", "__main__", "analysis", "session"}:  # errors, arrays, settings, store: for all
        assert rooms_used(path) <= {"language"}  # which everybody speaks


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_torch_only_where_models_run(path: Path) -> None:
    if room_of(name_of(path)) != "hidden_states" and name_of(path) not in ASKS_TORCH:
        assert not top_level(imported_modules(path)) & HEAVY


@pytest.mark.parametrize("path", [ROOT / "app.py", *PAGES, *CORE], ids=lambda path: path.name)
def test_what_takes_long_to_import_is_imported_inside_functions(path: Path) -> None:
    if path in CORE and name_of(path) in MADE_OF_TORCH:
        return  # whoever imports them at the top is found by this test
    at_top = imported_at_the_top(path)
    assert not top_level(at_top) & {"torch", "transformers", "tokenizers"}
    assert not at_top & {f"catsel_core.{name}" for name in MADE_OF_TORCH}


@pytest.mark.parametrize("path", [ROOT / "app.py", *PAGES], ids=lambda path: path.name)
def test_pages_do_no_maths(path: Path) -> None:
    assert not top_level(imported_modules(path)) & {"numpy", "scipy", "torch", "transformers", "plotly"}


def test_only_direct_dependencies_are_imported() -> None:
    pinned = {line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line}
    used: set[str] = set()
    for path in (ROOT / "app.py", *CORE, *PAGES):
        used |= top_level(imported_modules(path))
    used = {IMPORTED_AS.get(name, name) for name in used}
    assert used - sys.stdlib_module_names - {"catsel_core", "pages"} <= pinned
