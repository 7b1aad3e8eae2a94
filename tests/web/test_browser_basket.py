"""The basket in a real browser: it is kept, put in order, noted on and taken along."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, violations, visit
from tests.web.sitemap import QUESTION

__all__ = ["browser", "visit"]  # fixtures
SEARCH = "/search?q=工会驿站&as=search"
NAME = "gongzhi.basket"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def filled(browser: playwright.Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit with three passages in the basket, on its page."""
    visit = Visit(browser, site, viewport=request.param, has_touch=request.param is PHONE)
    visit.page.goto(SEARCH)
    for at in range(3):
        visit.page.locator(".hit [data-keep]").nth(at).click()
    visit.page.goto("/basket")
    visit.page.locator(".basket-item").nth(2).wait_for()
    yield visit
    visit.context.close()
    assert visit.complaints == []
    assert all(address.startswith(f"{site}/") for address in visit.addresses)


def kept(page: "playwright.Page") -> list[str]:
    """The keys in the basket, in order."""
    held = json.loads(page.evaluate(f"localStorage.getItem('{NAME}')") or "{}")
    return [one["p"] + (f"~{one['at']}" if "at" in one else "") for one in held.get("items", [])]


def shown(page: "playwright.Page") -> list[str]:
    """The keys on the page, in order; their numbers are what they must be."""
    cards = page.locator(".basket-item")
    numbers = page.locator(".basket-number").all_inner_texts()
    assert numbers == [f"{number}." for number in range(1, len(numbers) + 1)]
    return [card.get_attribute("data-key") for card in cards.all()]


def in_word(page: "playwright.Page") -> list[tuple[str, str]]:
    """(style, text) of the paragraphs of the Word file that the page gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    paper = docx.Document(BytesIO(download.value.path().read_bytes()))
    return [(paragraph.style.name, paragraph.text) for paragraph in paper.paragraphs]


def test_a_passage_goes_in_and_out(visit: Visit) -> None:
    page = visit.page
    page.goto(SEARCH)
    button = page.locator(".hit [data-keep]").first
    assert page.locator(".pick").first.is_hidden() and page.locator(".choosing").is_hidden()
    button.click()
    said = page.get_by_role("status").filter(has_text="已加入素材篮（1 段）")
    said.wait_for()
    assert button.inner_text() == "已在素材篮" and button.get_attribute("aria-label").startswith("已在素材篮：")
    basket = page.get_by_role("link", name="素材篮，1 段", exact=True)
    assert basket.locator(".badge-count").inner_text() == "1"
    said.get_by_role("button", name="撤销").click()
    assert kept(page) == [] and button.inner_text() == "加入素材篮"
    button.click()
    button.click()
    assert kept(page) == []


def test_a_sentence_of_a_place_is_kept_and_taken_along(visit: Visit) -> None:
    page = visit.page
    page.goto(f"/places?q={QUESTION}")
    claim = page.locator(".claim").first
    sentence = claim.locator("p").first.inner_text()
    claim.locator("[data-keep]").click()
    page.locator("[data-basket]").click()
    item = page.locator(".basket-item")
    item.wait_for()
    assert "~" in item.get_attribute("data-key") and item.locator(".source-text").inner_text() == sentence
    assert ("原文", sentence) in in_word(page)


def test_the_order_by_buttons_and_keyboard(filled: Visit) -> None:
    page = filled.page
    first, second, third = shown(page)
    down = page.get_by_role("button", name="第 1 段下移", exact=True)
    down.focus()
    page.keyboard.press("Enter")
    assert shown(page) == kept(page) == [second, first, third]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "第 2 段下移"
    page.keyboard.press("Enter")
    assert shown(page) == [second, third, first]
    # At the end it can't go on: the focus stays on the passage.
    assert page.evaluate("document.activeElement.closest('li').dataset.key") == first
    page.get_by_role("button", name="第 3 段移到最前").click()
    assert shown(page) == kept(page) == [first, second, third]
    assert page.get_by_role("button", name="第 1 段上移").is_disabled()
    page.reload()
    page.locator(".basket-item").nth(2).wait_for()
    assert shown(page) == [first, second, third]


def test_the_order_by_dragging(filled: Visit) -> None:
    page = filled.page
    first, second, third = shown(page)
    grip = page.locator("[data-grip]").nth(2)
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    top = page.locator(".basket-item").first.bounding_box()
    page.mouse.move(box["x"] + 5, top["y"] + 2, steps=5)
    page.locator(".drop-before").wait_for()
    page.mouse.up()
    assert shown(page) == kept(page) == [third, first, second]
    page.mouse.move(*(page.locator("[data-grip]").first.bounding_box()[side] + 5 for side in ("x", "y")))
    page.mouse.down()
    page.mouse.move(200, 700, steps=3)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert shown(page) == [third, first, second] and page.locator(".sorting").count() == 0


def test_notes_and_the_title_stay_and_are_taken_along(filled: Visit) -> None:
    page = filled.page
    page.get_by_label("题目").fill("驿站<素材>")
    page.get_by_label("第 2 段的笔记").fill("用在第二部分\n核对数字")
    page.get_by_role("button", name="第 2 段上移").click()
    page.reload()
    page.locator(".basket-item").nth(2).wait_for()
    assert page.get_by_label("第 1 段的笔记").input_value() == "用在第二部分\n核对数字"
    assert page.get_by_label("题目").input_value() == "驿站<素材>"
    written = in_word(page)
    assert written[0] == ("Heading 1", "驿站<素材>")
    assert [text for style, text in written if style == "笔记"] == ["笔记：用在第二部分", "核对数字"]
    titles = [text for style, text in written if style == "Heading 2"]
    assert titles == [" ".join(title.split()) for title in page.locator(".basket .hit-title").all_inner_texts()]
    address = page.locator("#address").input_value()
    assert kept(page)[0] in address and "笔记" not in address and "%E7%94%A8" not in address


def test_what_was_dropped_comes_back(filled: Visit) -> None:
    page = filled.page
    before = shown(page)
    page.get_by_label("第 2 段的笔记").fill("别丢")
    page.get_by_role("button", name="第 2 段去掉").click()
    assert shown(page) == [before[0], before[2]]
    page.get_by_role("button", name="撤销").click()
    assert shown(page) == before and page.get_by_label("第 2 段的笔记").input_value() == "别丢"
    page.get_by_role("button", name="清空").click()
    page.get_by_role("heading", name="素材篮是空的").wait_for()
    assert kept(page) == []
    page.get_by_role("button", name="撤销").click()
    assert shown(page) == kept(page) == before and page.get_by_label("第 2 段的笔记").input_value() == "别丢"


def test_two_tabs_keep_in_step(filled: Visit) -> None:
    page = filled.page
    other = filled.context.new_page()
    other.goto(SEARCH)
    other.locator(".hit [data-keep]").nth(3).click()
    page.locator(".basket-item").nth(3).wait_for()
    assert shown(page) == kept(other)
    page.get_by_label("第 1 段的笔记").fill("甲")
    page.get_by_role("button", name="第 4 段去掉").click()
    playwright.expect(other.locator(".hit [data-keep]").nth(3)).to_have_text("加入素材篮")
    playwright.expect(other.locator("[data-basket] .badge-count")).to_have_text("3")
    other.locator(".hit [data-keep]").nth(3).click()
    page.locator(".basket-item").nth(3).wait_for()
    # What one tab undoes is not what the other has done since.
    page.get_by_role("button", name="撤销").click()
    assert len(kept(page)) == 4 and page.get_by_label("第 1 段的笔记").input_value() == "甲"


def test_the_basket_moves_to_another_computer(
    filled: Visit, browser: "playwright.Browser", site: str, tmp_path: Path
) -> None:
    page = filled.page
    page.get_by_label("第 1 段的笔记").fill("带着走")
    with page.expect_download() as download:
        page.get_by_role("button", name="存成文件").click()
    file = tmp_path / "basket.json"
    download.value.save_as(file)
    shared = page.locator("#address").input_value()
    there = Visit(browser, site, viewport=DESKTOP)
    there.page.goto(shared)
    there.page.get_by_role("button", name="全部加入我的素材篮").click()
    assert kept(there.page) == kept(page)
    there.page.get_by_role("button", name="全部加入我的素材篮").click()
    there.page.get_by_text("这些都已在素材篮里").wait_for()
    there.page.evaluate("localStorage.clear()")
    there.page.goto("/basket")
    there.page.get_by_label("读入文件").set_input_files(file)
    there.page.locator(".basket-item").nth(2).wait_for()
    assert shown(there.page) == kept(page)
    assert there.page.get_by_label("第 1 段的笔记").input_value() == "带着走"
    (tmp_path / "bad.json").write_text("{}]")
    there.page.get_by_label("读入文件").set_input_files(tmp_path / "bad.json")
    there.page.get_by_text("不是从素材篮存出来的文件").wait_for()
    there.context.close()
    assert there.complaints == []


@pytest.mark.parametrize("raw", ["{", "null", "[]", "7", '{"items":[{"p":"<b>"},{"p":3},{"at":"1-2"},null],"title":9}'])
def test_a_basket_that_cannot_be_read_begins_anew(visit: Visit, raw: str) -> None:
    page = visit.page
    page.goto("/about")
    page.evaluate("([name, raw]) => localStorage.setItem(name, raw)", [NAME, raw])
    page.goto("/basket")
    page.get_by_role("heading", name="素材篮是空的").wait_for()
    page.goto(SEARCH)
    page.locator(".hit [data-keep]").first.click()
    assert len(kept(page)) == 1
    if raw == "{":
        assert page.evaluate(f"localStorage.getItem('{NAME}.damaged')") == raw


def test_what_left_the_library_is_told_with_its_note(visit: Visit) -> None:
    page = visit.page
    page.goto(SEARCH)
    page.locator(".hit [data-keep]").first.click()
    page.evaluate(
        """name => {
          const held = JSON.parse(localStorage.getItem(name));
          held.items.unshift({ p: "0123456789abcdef", t: "<b>旧报告</b>", n: "还要用" });
          localStorage.setItem(name, JSON.stringify(held));
        }""",
        NAME,
    )
    page.goto("/basket")
    gone = page.locator(".basket-item.gone")
    gone.wait_for()
    assert (
        "《<b>旧报告</b>》里的一段已不在资料库里" in gone.inner_text()
        and gone.locator("textarea").input_value() == "还要用"
    )
    assert shown(page) == kept(page)
    assert in_word(page)[-1] == ("出处", "另有 1 段已不在资料库里，没有列出。")
    gone.get_by_role("button", name="去掉").click()
    assert len(kept(page)) == 1


def test_a_full_basket_and_a_full_browser_say_so(visit: Visit) -> None:
    page = visit.page
    page.goto(SEARCH)
    page.evaluate(
        """name => localStorage.setItem(name, JSON.stringify({
          v: 1, title: "", items: Array.from({ length: 200 }, (_, at) => ({ p: `x${at}`, n: "" })),
        }))""",
        NAME,
    )
    page.locator(".hit [data-keep]").first.click()
    page.get_by_text("素材篮最多放 200 段").wait_for()
    assert len(kept(page)) == 200
    page.evaluate("localStorage.clear()")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }")
    page.locator(".hit [data-keep]").first.click()
    page.get_by_text("没有存上").wait_for()
    assert kept(page) == []


def test_where_nothing_may_be_kept_the_boxes_stay(browser: "playwright.Browser", site: str) -> None:
    visit = Visit(browser, site, viewport=DESKTOP)
    forbid = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    visit.context.add_init_script(forbid)
    page = visit.page
    page.goto(SEARCH)
    assert page.locator(".hit [data-keep]").first.is_hidden()
    page.locator(".pick input").first.check()
    page.get_by_role("button", name="汇成一页").click()
    page.locator(".basket-item").wait_for()
    page.goto("/basket")
    page.get_by_text("这个浏览器不让网页存东西").wait_for()
    visit.context.close()
    assert visit.complaints == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everything_goes_without_scripts(browser: "playwright.Browser", site: str, size: dict[str, int]) -> None:
    visit = Visit(browser, site, viewport=size, java_script_enabled=False)
    page = visit.page
    page.goto("/basket")
    page.get_by_role("heading", name="还没有选").wait_for()
    page.goto(SEARCH)
    for at in range(3):
        page.locator(".pick input").nth(at).check()
    page.get_by_role("button", name="汇成一页").click()
    page.wait_for_url("**/basket?p=*")
    first, second, third = shown(page)
    page.get_by_label("题目").fill("驿站")
    page.get_by_label("第 1 段的笔记").fill("用在开头")
    page.get_by_role("button", name="第 1 段下移").click()
    page.wait_for_url("**title=*")
    assert shown(page) == [second, first, third] and page.get_by_label("第 2 段的笔记").input_value() == "用在开头"
    page.get_by_role("button", name="第 3 段去掉").click()
    assert shown(page) == [second, first]
    page.get_by_label("第 1 段的笔记").fill("没按保存也带走")
    written = in_word(page)
    assert written[0] == ("Heading 1", "驿站")
    assert [text for style, text in written if style == "笔记"] == ["笔记：没按保存也带走", "笔记：用在开头"]
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert page.locator("[data-tool]:visible, [data-grip]:visible, [data-when=kept]:visible").count() == 0
    visit.context.close()
    assert visit.complaints == []


def test_the_copy_button_copies_the_words_with_their_source(browser: "playwright.Browser", site: str) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    page.goto(SEARCH)
    hit = page.locator(".hit").first
    hit.get_by_role("button", name=re.compile("^复制原文和出处：")).click()
    hit.get_by_text("已复制", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    text, title = hit.locator(".source-text").inner_text(), hit.locator(".hit-title").inner_text()
    assert text in copied.replace("\n", " ") and f"——《{title}》" in copied
    visit.context.close()
    assert visit.complaints == []


def test_copying_works_over_plain_http(browser: "playwright.Browser", site: str) -> None:
    visit = Visit(browser, site.replace("127.0.0.1", "office.test"), viewport=DESKTOP)
    page = visit.page
    page.goto(SEARCH)
    assert page.evaluate("navigator.clipboard === undefined")
    page.evaluate("document.addEventListener('copy', () => { window.copied = String(document.activeElement.value); })")
    page.locator(".hit button[data-copy=sourced]").first.click()
    page.locator(".hit").first.get_by_text("已复制", exact=True).wait_for()
    assert page.locator(".hit .source-text").first.inner_text() in page.evaluate("window.copied").replace("\n", " ")
    visit.context.close()
    assert [text for text in visit.complaints if "Cross-Origin-Opener-Policy" not in text] == []


def test_nothing_on_a_filled_page_is_in_the_way_of_a_screen_reader(filled: Visit) -> None:
    page = filled.page
    page.get_by_label("第 1 段的笔记").fill("很长的词" * 100)
    page.get_by_text("把这份选择发给同事").click()
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
