"""axe-core, which checks a page against the rules of WCAG."""

import json
from typing import TYPE_CHECKING, Any

from pages.ui.viewer.browser import FRONTEND

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def findings(page: "Page") -> list[str]:
    """What is wrong by the rules of WCAG 2.2 A and AA, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    found: dict[str, list[dict[str, Any]]] = page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", STANDARD
    )
    assert {"color-contrast", "target-size", "button-name"} <= {rule["id"] for rule in found["passes"]}
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
