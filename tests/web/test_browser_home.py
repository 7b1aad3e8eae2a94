"""The box and the results in a real browser: keyboard, mouse, touch, input methods, phone, without JavaScript."""

import pytest

from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, visit

__all__ = ["browser", "visit"]  # fixtures


def test_a_chosen_term_opens_its_page(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("灯下")
    option = page.get_by_role("option").first
    option.wait_for()
    box.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("Enter")
    page.wait_for_url("**/terms/*")
    assert page.get_by_role("heading", level=1).inner_text().startswith("灯下三问")


@pytest.mark.parametrize(
    ("typed", "kind", "path"), [("宜宾", "地方", "**/place/*"), ("漳州", "文献", "**/documents/*")]
)
def test_a_place_and_a_document_open_theirs(visit: Visit, typed: str, kind: str, path: str) -> None:
    page = visit.page
    page.goto("/")
    page.get_by_role("combobox").press_sequentially(typed)
    page.get_by_role("option").filter(has_text=kind).first.click()
    page.wait_for_url(path)


def test_enter_without_a_choice_searches_for_what_is_typed(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("灯下三问")
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.locator(".card").wait_for()


def test_among_conditions_a_choice_is_another_query(visit: Visit) -> None:
    page = visit.page
    page.goto("/search?q=工会驿站&province=福建省&as=search")
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("灯下")
    page.get_by_role("option").first.click()
    page.get_by_label("去掉条件 省份：福建省").wait_for()
    assert box.input_value() == "灯下三问"


def test_what_an_input_method_is_composing_chooses_nothing(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("灯下")
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    # Enter that takes what is composed is none that chooses: some input methods only show it by the key's code.
    for told in ("isComposing: true", "keyCode: 229"):
        box.evaluate(
            f"box => box.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', {told}, bubbles: true }}))"
        )
    page.wait_for_timeout(200)
    assert page.url.endswith("/")
    assert page.get_by_role("listbox").is_visible()


def test_by_touch_on_a_phone(browser: playwright.Browser, site: str) -> None:
    visit = Visit(browser, site, viewport=PHONE, has_touch=True, is_mobile=True)
    page = visit.page
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("灯下")
    option = page.get_by_role("option").first
    option.wait_for()
    size = option.bounding_box()
    assert size and size["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    option.tap()
    page.wait_for_url("**/terms/*")
    visit.context.close()
    assert visit.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_on_a_phone_conditions_are_out_of_the_way_until_asked_for(
    browser: playwright.Browser, site: str, script: bool
) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto("/search?q=工会驿站&as=search")
    narrow = page.locator("#narrow")
    assert narrow.is_hidden()
    playwright.expect(page.locator(".hit").first).to_be_in_viewport()
    page.get_by_role("link", name="缩小范围").click()
    playwright.expect(narrow).to_be_in_viewport()
    link = narrow.get_by_role("link", name="福建省")
    size = link.bounding_box()
    assert size and size["height"] >= 24
    link.click()
    page.wait_for_url("**province=*")
    assert narrow.is_hidden()
    page.get_by_label("去掉条件 省份：福建省").click()
    assert "province" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    visit.context.close()
    assert visit.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_one_reading_of_a_question_to_the_other_and_back(
    browser: playwright.Browser, site: str, script: bool
) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, java_script_enabled=script)
    page = visit.page
    page.goto("/")
    page.locator("#q").fill("哪些城市建了工会驿站？")
    page.get_by_role("button", name="查").click()
    page.wait_for_url("**/places?*")
    page.get_by_role("link", name="改为全文检索").first.click()
    page.wait_for_url("**/search?*as=search*")
    page.locator(".hit").first.wait_for()
    page.get_by_role("link", name="改为按地方查").click()
    page.wait_for_url("**/places?*")
    page.locator(".answers").first.wait_for()
    visit.context.close()
    assert visit.complaints == []
