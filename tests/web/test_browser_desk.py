"""What whoever keeps the library does, in a real browser against a real server."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, violations
from tests.web.conftest import serving
from web.app import create_app

__all__ = ["browser"]  # fixtures
PAGES = [
    *("/manage", "/manage/statistics", "/manage/documents", "/manage/terms", "/manage/terms/candidates"),
    *(
        "/manage/terms/history",
        "/manage/terms/edit?label=灯下三问",
        "/manage/lint",
        "/manage/queries",
        "/manage/taught",
    ),
]
QUEUE = "/manage/terms/candidates"


@pytest.fixture
def own_site(library: Path, token: str, tmp_path: Path) -> Iterator[str]:
    """The address of a server with a token, on a copy that nobody else changes, in which every date is a guess."""
    copy = shutil.copytree(library, tmp_path / "library")
    with Store.open(copy) as store, store.write():
        store.query("UPDATE evidence SET confidence = 0.4 WHERE field = 'date'")
    with serving(create_app(copy, token=token)) as address:
        yield address


def logged_in(browser: "playwright.Browser", site: str, token: str, **options: object) -> Visit:
    visit = Visit(browser, site, **options)
    visit.page.goto("/manage")
    visit.page.get_by_label("口令").fill(token)
    visit.page.get_by_role("button", name="登录").click()
    visit.page.wait_for_url("**/manage")
    return visit


def closed(visit: Visit, site: str) -> None:
    visit.context.close()
    assert visit.complaints == []
    assert all(address.startswith(f"{site}/") for address in visit.addresses)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_fit_and_can_be_used_by_everybody(
    browser: "playwright.Browser", own_site: str, token: str, size: dict[str, int], scheme: str
) -> None:
    visit = logged_in(browser, own_site, token, viewport=size, color_scheme=scheme)
    document = visit.page.request.get("/api/documents").json()["documents"][0]["id"]
    for path in (*PAGES, f"/manage/documents/{document}"):
        visit.page.goto(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert violations(visit.page) == [], path
    closed(visit, own_site)


def test_candidates_by_keyboard(browser: "playwright.Browser", own_site: str, token: str) -> None:
    visit = logged_in(browser, own_site, token, viewport=DESKTOP)
    page = visit.page
    page.goto(QUEUE)
    labels = page.locator("[data-candidate] h2 a").all_inner_texts()
    page.get_by_text("用键盘").click()
    page.keyboard.press("j")
    page.keyboard.press("a")  # goes on to the next
    page.keyboard.press("r")
    page.keyboard.press("k")
    page.keyboard.press("u")  # the second one after all stays
    chosen = page.locator("[data-candidate]").evaluate_all(
        "rows => rows.map(row => row.querySelector('input[type=radio]:checked').value)"
    )
    assert chosen[:3] == ["confirm", "", ""]
    page.keyboard.press("n")
    name = page.locator("[data-candidate]").nth(1).get_by_label("新名，或并入哪个术语")
    name.fill("改过的名字 jkar")
    page.keyboard.press("Enter")  # ends the writing, sends nothing
    assert page.url.endswith(QUEUE) and name.input_value() == "改过的名字 jkar"
    page.keyboard.press("s")
    page.get_by_role("status").filter(has_text="已改").wait_for()
    assert not {labels[0], labels[1]} & set(page.locator("[data-candidate] h2 a").all_inner_texts())
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("status").filter(has_text="已撤销").wait_for()
    assert page.locator("[data-candidate] h2 a").all_inner_texts() == labels
    closed(visit, own_site)


def test_candidates_without_scripts(browser: "playwright.Browser", own_site: str, token: str) -> None:
    visit = logged_in(browser, own_site, token, viewport=PHONE, java_script_enabled=False)
    page = visit.page
    page.goto(QUEUE)
    assert not page.get_by_text("用键盘").is_visible()
    row = page.locator("[data-candidate]").first
    name = row.get_by_label("新名，或并入哪个术语")
    assert not name.is_visible()
    row.get_by_text("改名为", exact=True).click()
    assert name.is_visible()
    row.get_by_text("不收", exact=True).click()
    label = row.locator("h2 a").inner_text()
    page.get_by_role("button", name="其余的都看过，保存").click()
    page.get_by_role("status").filter(has_text="已改").wait_for()
    assert page.get_by_text(f"不收“{label}”").count()
    page.get_by_role("link", name="概况").click()
    page.get_by_role("link", name=re.compile("个候选术语没看")).wait_for()
    closed(visit, own_site)


def test_documents_are_checked_one_after_the_other(browser: "playwright.Browser", own_site: str, token: str) -> None:
    visit = logged_in(browser, own_site, token, viewport=PHONE)
    page = visit.page
    page.goto("/manage/documents?show=guessed")
    page.locator(".documents h2 a").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="推断的都核对无误").click()
    page.get_by_text(f"上一份《{title}》已保存").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() != title
    closed(visit, own_site)


def test_what_nobody_found_is_taught_from_the_list(browser: "playwright.Browser", own_site: str, token: str) -> None:
    visit = logged_in(browser, own_site, token, viewport=DESKTOP)
    page = visit.page
    page.goto("/search?q=晌午头塞冰棍")
    page.goto("/search?q=晌午谁来修飞船")
    page.goto("/manage/queries?sort=new")
    while page.locator("main .history li").count() < 2:  # they are written by and by
        page.reload()
    page.get_by_role("button", name=re.compile("不管它.*修飞船")).click()
    page.get_by_text("已从清单里去掉").wait_for()
    page.get_by_role("button", name=re.compile("教它.*塞冰棍")).click()
    assert page.get_by_label("大白话").input_value() == "晌午头塞冰棍"
    page.get_by_label("官方说法").fill("灯下三问")
    page.get_by_role("button", name="教它", exact=True).click()
    page.get_by_text("已教会").wait_for()
    page.get_by_role("link", name="没查到的", exact=True).click()
    page.get_by_role("heading", name="没有查不到的问题").wait_for()
    closed(visit, own_site)
