"""axe-core in a page: WCAG 2.1 A and AA, and best practice."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def find_violations(page: Page, without: str = "") -> list[str]:
    """What axe finds wrong on the page as it stands: rule, and the first place of each.

    `without` is a selector of what need not be looked at again.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    where = {"exclude": [without]} if without else {"include": ["html"]}
    result = page.evaluate("([where, tags]) => axe.run(where, {runOnly: tags})", [where, TAGS])
    assert len(result["passes"]) > 10, "axe has looked at next to nothing"
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:300]}" for rule in result["violations"]]
