"""Keeping the library in a real browser: files sent, followed, taken out, put back; with scripts and without."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, violations
from tests.web.conftest import managed, serving

__all__ = ["browser"]  # a fixture
REPORT = "岚皋县总工会2022年工作总结\n\n一、主要工作\n\n办起“河灯夜校”46期，走访困难职工73户。\n"
SECONDS = 120_000  # milliseconds that a job may take on a busy machine


@pytest.fixture
def keeper(library: Path, tmp_path: Path, token: str) -> Iterator[str]:
    """The address of a server of its own: what is read here is in the way of no other test."""
    with serving(managed(shutil.copytree(library, tmp_path / "library"), token)) as site:
        yield site


def _enter(browser: playwright.Browser, site: str, token: str, **options: object) -> Visit:
    visit = Visit(browser, site, **options)
    visit.page.goto("/manage/files")
    visit.page.get_by_label("口令").fill(token)
    visit.page.get_by_role("button", name="登录").click()
    visit.page.wait_for_url("**/manage/files")
    return visit


def _reports(tmp_path: Path) -> list[Path]:
    long = tmp_path / f"{'很长的文件名' * 12}.txt"
    long.write_text(REPORT, "utf-8")
    (tmp_path / "空.txt").touch()
    return [long, tmp_path / "空.txt"]


def _fits(visit: Visit) -> None:
    """Nothing is in the way of a screen reader, nor wider than the page."""
    page = visit.page
    assert violations(page, ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], serious=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_sending_following_and_taking_out(browser: playwright.Browser, keeper: str, token: str, tmp_path: Path) -> None:
    visit = _enter(browser, keeper, token, viewport=DESKTOP)
    page = visit.page
    page.get_by_label("选择文件").set_input_files(_reports(tmp_path))
    chosen = page.locator("[data-chosen] li")
    assert chosen.count() == 2 and "空.txt" in chosen.nth(1).inner_text()
    _fits(visit)
    with Store.open(tmp_path / "library") as store, store.write():  # the job can't go on while its page is looked at
        page.get_by_role("button", name="上传", exact=True).click()
        page.wait_for_url("**/manage/files/jobs/*")
        page.evaluate("window.stays = true")
        stage = page.locator("[data-stage]")
        playwright.expect(stage).to_contain_text("资料库正被另一个程序写入", timeout=SECONDS)
        assert page.evaluate("window.stays")  # told by events, without loading again
        _fits(visit)
    page.get_by_text("没有读入 1").wait_for(timeout=SECONDS)
    assert page.get_by_role("link", name="河灯夜校").count() == 1
    assert "“空.txt”里没有文字" in page.locator("main").inner_text()
    _fits(visit)
    page.set_viewport_size(PHONE)
    _fits(visit)
    page.get_by_role("link", name="核对").click()
    assert "岚皋县总工会2022年工作总结" in page.get_by_role("heading", level=1).inner_text()
    page.go_back()

    page.get_by_role("link", name="回到导入文献").click()
    _fits(visit)
    page.locator(".rows .act").filter(has_text="很长的").click()
    _fits(visit)
    page.get_by_role("button", name="移出").click()
    page.get_by_role("button", name="撤销，放回资料库").click(timeout=SECONDS)
    page.get_by_text("河灯夜校").wait_for(timeout=SECONDS)
    visit.context.close()
    assert visit.complaints == []
    assert all(address.startswith(f"{keeper}/") for address in visit.addresses)


def test_files_are_dropped_and_too_large_ones_found_out(browser: playwright.Browser, keeper: str, token: str) -> None:
    visit = _enter(browser, keeper, token, viewport=PHONE)
    page = visit.page
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["总结"], "<b>甲</b>.txt"));
          const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
          document.querySelector("[data-drop]").dispatchEvent(drop);
        }"""
    )
    assert page.locator("[data-chosen] li span").first.inner_text() == "<b>甲</b>.txt"
    assert page.get_by_role("button", name="上传", exact=True).is_enabled()
    page.evaluate("document.querySelector('form[data-upload]').dataset.mostFile = '2'")
    page.get_by_label("选择文件").dispatch_event("change")
    assert "有文件太大" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("button", name="上传", exact=True).is_disabled()
    visit.context.close()
    assert visit.complaints == []


def test_without_scripts_the_page_loads_itself_again(
    browser: playwright.Browser, keeper: str, token: str, tmp_path: Path
) -> None:
    visit = _enter(browser, keeper, token, viewport=PHONE, java_script_enabled=False)
    page = visit.page
    page.get_by_label("选择文件").set_input_files(_reports(tmp_path))
    page.get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url("**/manage/files/jobs/*")
    page.get_by_text("没有读入 1").wait_for(timeout=SECONDS)
    assert page.get_by_role("link", name="河灯夜校").count() == 1

    page.get_by_role("link", name="备份", exact=True).click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载备份").click()
    assert downloading.value.suggested_filename.endswith(".zip") and downloading.value.path().stat().st_size > 10_000
    visit.context.close()
    assert visit.complaints == []
