"""Tables that go into reports, and the network at both widths, in a real browser."""

import re

import pytest

from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, visit

__all__ = ["browser", "visit"]  # fixtures
QUESTION = "哪些城市建了工会驿站？"


def copied(page: "playwright.Page") -> tuple[str, str]:
    """What lies in the clipboard: as text, as HTML."""
    text, html = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
        }"""
    )
    return text, html


@pytest.mark.parametrize("path", [f"/places/table?q={QUESTION}", f"/places?q={QUESTION}", "/matrix?topic=工会驿站"])
def test_a_table_is_copied_without_what_is_pressed(browser: playwright.Browser, site: str, path: str) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    page.goto(path)
    button = page.get_by_role("button", name="复制表格")
    button.click()
    page.get_by_role("button", name="已复制").wait_for()
    text, html = copied(page)
    rows = [line.split("\t") for line in text.split("\n")]
    assert len(rows) > 2 and len({len(row) for row in rows}) == 1
    assert rows[0][0] == "地方" and any("漳州市" in row[0] for row in rows)
    assert html.count("<tr>") == len(rows)
    assert not re.search("<a|<button|复制|引用|素材篮|↓", html) and "\u00b7" not in text
    visit.context.close()
    assert visit.complaints == []


def test_a_selected_table_is_pasted_in_clean_columns(browser: playwright.Browser, site: str) -> None:
    visit = Visit(
        browser, site, viewport=DESKTOP, java_script_enabled=True, permissions=["clipboard-read", "clipboard-write"]
    )
    page = visit.page
    page.goto(f"/places?q={QUESTION}")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.block'))")
    page.keyboard.press("Control+c")
    text, _ = copied(page)
    assert "漳州市" in text and not re.search("引用|加入素材篮|为什么列在这里|复制", text)
    visit.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_communities_to_a_way_on_a_phone(browser: playwright.Browser, lamps_site: str, script: bool) -> None:
    visit = Visit(browser, lamps_site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto("/graph")
    page.locator("svg.small .bubble").filter(has_text="四灯").locator("text").first.click()
    page.wait_for_url("**/graph?group=*")
    page.locator(".small .tag").filter(has_text="秋送学灯").click()
    page.wait_for_url("**/graph?term=*")
    page.get_by_role("link", name="再远一步").click()
    page.wait_for_url("**depth=2*")
    page.locator(".small .tag").filter(has_text="五灯").wait_for()
    page.get_by_role("link", name="看怎样连到这里").first.click()
    page.wait_for_url("**to=*")
    assert page.locator(".chain").first.locator(".stop").all_inner_texts() == ["秋送学灯", "四灯", "五灯"]
    page.get_by_role("link", name="看这条路的原句").first.click()
    page.wait_for_url("**way=2*")
    for path in ("/graph?group=四灯", "/graph?term=四灯&depth=2", "/graph?term=秋送学灯&to=五灯"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
    visit.context.close()
    assert visit.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_one_drawing_shows_and_its_names_are_readable(browser: playwright.Browser, lamps_site: str, width: int) -> None:
    visit = Visit(browser, lamps_site, viewport={"width": width, "height": 900})
    page = visit.page
    for path in ("/graph", "/graph?group=四灯", "/graph?term=四灯", "/graph?term=四灯&depth=2"):
        page.goto(path)
        drawings = page.locator(".drawing svg[role=group]:visible")
        assert drawings.count() == 1, path
        for link in drawings.locator("a").all():
            box = link.bounding_box()
            assert box and box["height"] >= 24 and box["width"] >= 24, path
        size = drawings.locator("a text").first.evaluate(
            "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
        )
        assert size >= 12, path
    visit.context.close()
    assert visit.complaints == []


def test_names_are_suggested_in_both_boxes(browser: playwright.Browser, lamps_site: str) -> None:
    visit = Visit(browser, lamps_site, viewport=DESKTOP)
    page = visit.page
    page.goto("/graph")
    for label, typed in (("术语", "四灯"), ("到另一个术语（可不填）", "五灯")):
        box = page.get_by_label(label, exact=True)
        box.press_sequentially(typed)
        page.get_by_role("option").filter(has_text=typed).first.click()
        assert box.input_value().startswith(typed) and "term=" not in page.url
    page.get_by_role("button", name="看关系").click()
    page.wait_for_url("**to=*")
    assert page.locator(".way > li").count() == 1
    visit.context.close()
    assert visit.complaints == []
