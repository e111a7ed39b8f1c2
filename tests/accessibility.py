"""axe-core in a page: WCAG 2.1 A and AA, and best practice."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# What it says of all that it found right is a hundred times as much, and is only counted here.
# What fades in has not its colours yet. In a page that nobody sees nothing moves.
RUN = """async ([where, tags]) => {
  const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
  const ended = Promise.allSettled(moving.map((each) => each.finished));
  await Promise.race([ended, new Promise((done) => setTimeout(done, 1000))]);
  const found = await axe.run(where, { runOnly: tags, resultTypes: ["violations"] });
  return {
    passes: found.passes.length,
    violations: found.violations.map((rule) => `${rule.id}: ${rule.nodes[0].html.slice(0, 300)}`),
  };
}"""


def find_violations(page: Page, without: str = "") -> list[str]:
    """What axe finds wrong on the page as it stands: rule, and the first place of each.

    `without` is a selector of what need not be looked at again.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    where = {"exclude": [without]} if without else {"include": ["html"]}
    result = page.evaluate(RUN, [where, TAGS])
    assert result["passes"] > 10, "axe has looked at next to nothing"
    return result["violations"]
