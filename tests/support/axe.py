"""axe-core, which checks a page against the rules of WCAG."""

import json
from typing import TYPE_CHECKING, Any

from catsel_core.viewer.scripts import FRONTEND

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Those rules of the standard that can come out otherwise where only the colours are others."""


def findings(page: "Page", rules: dict[str, Any] = STANDARD) -> list[str]:
    """What is wrong by the rules of WCAG 2.2 A and AA, or some of them, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    found: dict[str, list[dict[str, Any]]] = page.evaluate(
        "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", rules
    )
    expected = {"color-contrast", *(("target-size", "button-name") if rules is STANDARD else ())}
    assert expected <= {rule["id"] for rule in found["passes"]}
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
