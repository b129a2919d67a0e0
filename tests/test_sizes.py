"""The house stays in small parts: files of at most 300 lines, functions of a few lines."""

from pathlib import Path
from textwrap import dedent

import pytest

from benchmarks.sizes import Sizes, function_lengths, sizes_of, table


@pytest.fixture(scope="module")
def project() -> Sizes:
    return sizes_of("catsel_core", "pages", "app.py", "tests", "benchmarks")


def test_no_file_of_the_project_is_long(project: Sizes) -> None:
    assert project.long_files == {}
    assert len(project.files) > 300


def test_functions_are_short(project: Sizes) -> None:
    assert len(project.functions) > 2_000
    assert project.percentile(50) <= 10
    assert project.percentile(90) <= 25


def test_lengths_are_lines_of_code() -> None:
    source = '''
        @decorated
        def one(
            a, b
        ):
            """Two lines
            of docstring."""
            # a comment

            return a + b  # and a comment behind code


        class Thing:
            """Not a function."""

            def method(self):
                def inner():
                    return "# no comment"

                return inner

            async def waits(self): ...
    '''
    assert sorted(function_lengths(dedent(source))) == [1, 2, 4, 4]


def test_files_over_300_lines_are_long() -> None:
    assert Sizes({"short.py": 300, "long.py": 301}, ()).long_files == {"long.py": 301}
    this = "tests/test_sizes.py"
    assert sizes_of(this).files == {this: len(Path(__file__).read_text(encoding="utf-8").splitlines())}


def test_the_table_has_a_row_for_every_part_and_for_all_together() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table()]
    assert {len(row) for row in rows} == {8}
    assert [row[0] for row in rows[2:]] == ["catsel_core", "pages, app.py", "tests", "benchmarks", "all"]
    assert int(rows[-1][1]) == sum(int(row[1]) for row in rows[2:-1])
