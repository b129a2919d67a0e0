"""How large the parts of the house are: ``python -m benchmarks.sizes``.

For every top folder: its Python files, those over 300 lines, and the lengths of its functions. A function's length is
its lines of code: from ``def`` to its end, without docstring, blank lines and lines of comments alone; functions inside
it count as its own lines too.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PARTS = {
    "catsel_core": ("catsel_core",),
    "pages, app.py": ("pages", "app.py"),
    "tests": ("tests",),
    "benchmarks": ("benchmarks",),
}
EVERYTHING = tuple(path for paths in PARTS.values() for path in paths)
LONG_FILE = 300

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lines of files, by path from the root of the project, and of the functions in them."""

    files: dict[str, int]
    functions: tuple[int, ...]

    @property
    def long_files(self) -> dict[str, int]:
        """Files over 300 lines."""
        return {path: lines for path, lines in self.files.items() if lines > LONG_FILE}

    def percentile(self, percent: float) -> float:
        """Length that ``percent`` of the functions do not exceed."""
        return float(np.percentile(self.functions, percent))


def sizes_of(*parts: str) -> Sizes:
    """Sizes of some parts of the project together: folders, with all that is in them, or files."""
    files: dict[str, int] = {}
    functions: list[int] = []
    for path in _python_files(parts):
        source = path.read_text(encoding="utf-8")
        files[path.relative_to(ROOT).as_posix()] = len(source.splitlines())
        functions += function_lengths(source)
    return Sizes(files, tuple(functions))


def function_lengths(source: str) -> list[int]:
    """Lines of code of every function and method in ``source``."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]
    return [sum(_is_code(lines[number - 1]) for number in _own_lines(node)) for node in functions]


def _python_files(parts: tuple[str, ...]) -> Iterator[Path]:
    for part in parts:
        path = ROOT / part
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _own_lines(function: Function) -> list[int]:
    """Numbers of the lines of a function without those of its docstring."""
    first = function.body[0]
    docstring = _lines(first) if ast.get_docstring(function) is not None else range(0)
    return [number for number in _lines(function) if number not in docstring]


def _lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _is_code(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith("#")


def table() -> list[str]:
    """The sizes as lines of Markdown."""
    lines = [
        "| part | files | lines | longest file | functions | median | 90th percentile | longest |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(part, sizes_of(*paths)) for part, paths in PARTS.items()]
    return [*lines, _row("all", sizes_of(*EVERYTHING))]


def _row(part: str, sizes: Sizes) -> str:
    numbers = sizes.files.values()
    median, most = sizes.percentile(50), sizes.percentile(90)
    shown = (len(numbers), sum(numbers), max(numbers), len(sizes.functions))
    counts = " | ".join(f"{number:,}" for number in shown)
    return f"| {part} | {counts} | {median:g} | {most:g} | {max(sizes.functions)} |"


def main() -> None:
    """Print the table and the long files."""
    print(*table(), sep="\n")
    long_files = sizes_of(*EVERYTHING).long_files
    print(f"\nFiles over {LONG_FILE} lines: {len(long_files)}")
    for path, lines in sorted(long_files.items(), key=lambda file: -file[1]):
        print(f"  {lines:5,}  {path}")


if __name__ == "__main__":
    main()
