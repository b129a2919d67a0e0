"""The dashboard's server: ``python -m pages.ui``, with the options of ``streamlit run``.

The same as ``streamlit run app.py``, but what the first page needs is imported before anybody comes: within the first
visit, beside a browser that fetches files, it would take two or three times as long.
"""

import sys
from pathlib import Path

from streamlit.web.cli import main

import pages.ui.session.sidebar
import pages.ui.viewer.components
import pages.ui.work.charts  # noqa: F401  # all for the first page

APP = Path(__file__).resolve().parents[2] / "app.py"

if __name__ == "__main__":
    sys.exit(main(["run", str(APP), *sys.argv[1:]], prog_name="python -m pages.ui"))
