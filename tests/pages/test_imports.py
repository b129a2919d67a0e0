"""What a fresh server imports before the first page is there: nothing that takes long."""

import sys

import pytest

from tests.support.interpreter import python

pytestmark = pytest.mark.bundled

SHOW_THE_OVERVIEW = """
import sys, logging; logging.disable()
import streamlit.web.cli
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
app = AppTest.from_file('app.py', default_timeout=120).run()
assert not app.exception and not app.error
"""

NEEDED = {"catsel_core", "pages", "streamlit", "filelock", "platformdirs", "psutil", "tokenizers"} | {
    *("numpy", "plotly", "_plotly_utils", "narwhals", "packaging", "PIL")
}
"""Packages that the first page needs on top of what starts Streamlit; numpy and plotly take longest."""


def test_a_stored_result_is_shown_without_what_takes_long_to_import(prepared: None) -> None:
    heavy = ("torch", "transformers", "scipy", "pandas")
    code = f"{SHOW_THE_OVERVIEW}\nprint([name for name in {heavy} if name in sys.modules])"
    assert python(code, CATSEL_WARM_UP="0") == "[]"


def test_a_stored_result_needs_few_packages_on_top_of_streamlits(prepared: None) -> None:
    code = SHOW_THE_OVERVIEW + "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    new = {name for name in python(code, CATSEL_WARM_UP="0").split() if "cython" not in name}
    assert new - sys.stdlib_module_names <= NEEDED
