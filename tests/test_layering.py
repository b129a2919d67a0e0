"""The way through the house is one way: who may import whom, and what a stored result never needs."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "catsel_core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))

STAGES = [
    *(
        "errors",
        "arrays",
        "settings",
        "memory",
        "paths",
        "folders",
        "decoding",
        "wordlist",
        "wordfiles",
        "presets",
        "texts",
        "gutenberg",
    ),
    *("tokens", "inputs", "sentences", "corpus", "suggest", "catalogue", "devices", "hub", "bundled"),
    *("models", "rows", "products", "last_block", "probe", "loading", "fetching", "shelf"),
    *("activations", "store", "stored"),
    *("similarity", "precision", "stats", "rsa", "blocks", "comparisons", "figures"),
    *("analysis", "sentence_analysis", "context_analysis", "compare_analysis", "report", "commands", "__main__"),
]
"""Modules of the core in the order of the data; none imports from one to its right."""

MADE_OF_TORCH = {"products", "last_block"}
"""Torch modules themselves; everybody else imports them inside functions."""


def imported_modules(path: Path) -> set[str]:
    """Every module named by an import statement of the file, at the top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def top_level(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def stage_of(module: str) -> int | None:
    parts = module.split(".")
    known = parts[0] == "catsel_core" and len(parts) > 1 and parts[1] in STAGES
    return STAGES.index(parts[1]) if known else None


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_core_knows_no_streamlit(path: Path) -> None:
    assert not top_level(imported_modules(path)) & {"streamlit", "pages", "app"}


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_core_imports_follow_the_data(path: Path) -> None:
    own = stage_of("catsel_core." + path.relative_to(ROOT / "catsel_core").with_suffix("").parts[0])
    if own is None:
        assert path == ROOT / "catsel_core" / "__init__.py"
        return
    later = {name for name in imported_modules(path) if (stage := stage_of(name)) is not None and stage > own}
    assert not later


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_torch_only_where_models_run(path: Path) -> None:
    if path.stem not in {
        "devices",
        "bundled",
        "models",
        "rows",
        *MADE_OF_TORCH,
        "probe",
        "loading",
        "shelf",
        "activations",
    }:
        assert not top_level(imported_modules(path)) & {"torch", "transformers", "accelerate", "gguf"}


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_torch_is_never_imported_at_module_level(path: Path) -> None:
    if path.stem in MADE_OF_TORCH:
        return  # whoever imports them at module level is found by the next test
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_top = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    at_top |= {node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert not top_level(at_top) & {"torch", "transformers", "tokenizers"}


@pytest.mark.parametrize("path", [ROOT / "app.py", *PAGES, *CORE], ids=lambda path: path.name)
def test_what_is_made_of_torch_is_imported_inside_functions(path: Path) -> None:
    if path.stem in MADE_OF_TORCH:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_top = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert not at_top & {f"catsel_core.{name}" for name in MADE_OF_TORCH}


@pytest.mark.parametrize("path", [ROOT / "app.py", *PAGES], ids=lambda path: path.name)
def test_pages_do_no_maths(path: Path) -> None:
    assert not top_level(imported_modules(path)) & {"numpy", "scipy", "torch", "transformers", "plotly"}


def test_only_direct_dependencies_are_imported() -> None:
    pinned = {line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line}
    used: set[str] = set()
    for path in (ROOT / "app.py", *CORE, *PAGES):
        used |= top_level(imported_modules(path))
    assert used - sys.stdlib_module_names - {"catsel_core", "pages"} <= pinned
