"""The three users' ways through the site, at a desk and on a phone, with and without JavaScript."""

import io
from collections.abc import Iterator

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright
from tests.web.sitemap import QUESTION

__all__ = ["browser"]  # a fixture


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def journey(browser: playwright.Browser, site: str, request: pytest.FixtureRequest, script: bool) -> Iterator[Visit]:
    """A visit that leaves no error in the console and asks nobody else for anything."""
    visit = Visit(browser, site, viewport=request.param, java_script_enabled=script)
    visit.page.goto("/")
    yield visit
    visit.context.close()
    assert visit.complaints == []
    assert all(address.startswith(f"{site}/") for address in visit.addresses)


def _ask(page: "playwright.Page", question: str) -> None:
    page.locator("#q").fill(question)
    page.locator("#q").press("Enter")


def _downloaded(page: "playwright.Page", name: str, role: str = "link") -> bytes:
    with page.expect_download() as download:
        page.get_by_role(role, name=name).first.click()
    return download.value.path().read_bytes()


def test_a_new_cadre_looks_up_a_term(journey: Visit) -> None:
    page = journey.page
    _ask(page, "灯下三问")
    page.locator(".card").get_by_role("link", name="灯下三问").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("灯下三问")
    sentence = page.locator(".sense .quote p").first.inner_text()
    page.locator(".sense footer a").first.click()
    quoted = page.locator("mark.target").first
    quoted.wait_for()
    assert quoted.inner_text()[:12] in sentence
    playwright.expect(page.locator("#at").first).to_be_in_viewport()


def test_a_writer_takes_precedents_along(journey: Visit, script: bool) -> None:
    page = journey.page
    page.get_by_role("link", name="找先例").first.click()
    page.get_by_role("textbox", name="草稿").fill("沿江建设职工驿站，配齐微波炉和急救箱，方便户外职工歇脚喝水。" * 4)
    page.get_by_role("button", name="找先例").click()
    hits = page.locator(".hit")
    hits.first.wait_for()
    quoted = hits.first.locator(".source-text").first.inner_text()
    if script:
        hits.first.get_by_role("button", name="加入素材篮").first.click()
        page.locator("[data-basket]").click()
    else:
        hits.first.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="汇成一页").click()
    page.wait_for_url("**/basket*")
    page.locator(".basket-item").first.wait_for()
    written = Document(io.BytesIO(_downloaded(page, "Word", "button")))
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert "".join(quoted.split())[:30] in "".join(text.split())


def test_anybody_takes_a_table_of_places_along(journey: Visit) -> None:
    page = journey.page
    _ask(page, QUESTION)
    page.wait_for_url("**/places?*")
    row = page.locator("[id^='place-漳州市']")
    assert "工会驿站" in row.inner_text()
    assert "未提及不等于未开展" in page.locator("main").inner_text()
    sheet = load_workbook(io.BytesIO(_downloaded(page, "XLSX"))).worksheets[0]
    rows = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert any("漳州市" in cell for row in rows for cell in row)
    row.locator("footer a").first.click()
    playwright.expect(page.locator("#at").first).to_be_in_viewport()
