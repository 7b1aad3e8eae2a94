"""What a visitor does, in a real browser against a real server."""

import re

import pytest

from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, visit

__all__ = ["browser", "visit"]  # fixtures
QUESTION = "哪些城市建了工会驿站？"
LONG = ("哪些城市建了工会驿站" + "AndEquippedThemWithMicrowaves" * 70)[:2000]


def test_the_box_of_the_front_page_waits_for_a_question(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    assert page.get_by_role("combobox").evaluate("box => box === document.activeElement")


def test_escape_closes_the_suggestions(visit: Visit) -> None:
    page = visit.page
    page.goto("/terms")
    box = page.get_by_role("combobox", name="检索")
    box.press_sequentially("灯下")
    suggestions = page.get_by_role("listbox", name="联想")
    suggestions.wait_for()
    box.press("Escape")
    assert suggestions.is_hidden()
    assert box.input_value() == "灯下"


def test_a_text_too_long_for_the_box_goes_to_the_page_for_drafts(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text", "建设职工驿站，方便夜班职工歇脚。".repeat(200));
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector("#q").dispatchEvent(paste);
        }"""
    )
    page.wait_for_url("**/precedents")
    assert len(page.locator("textarea").input_value()) == 3200
    page.locator(".hit").first.wait_for()


def test_from_a_result_to_its_sentence(visit: Visit) -> None:
    page = visit.page
    page.goto("/search?q=算盘码平台&as=search")
    page.locator(".hit-title a").first.click()
    target = page.locator("#at").first
    target.wait_for()
    assert page.url.endswith("#at")
    playwright.expect(target).to_be_in_viewport()
    assert target.evaluate("at => at.getBoundingClientRect().top") >= 0


def test_the_definition_shows_beside_its_term(visit: Visit) -> None:
    page = visit.page
    page.goto("/terms/灯下三问")
    page.locator(".sense footer a").first.click()
    page.locator("#at").first.wait_for()
    # A pointer that arrives before the scripts do is not seen again until it moves.
    page.wait_for_load_state("networkidle")
    term = page.locator("a.term[data-term='灯下三问']").first
    term.hover()
    card = page.get_by_role("dialog", name="“灯下三问”的解释")
    card.wait_for()
    assert "问心愿" in card.inner_text()
    term.focus()
    page.keyboard.press("Escape")
    assert card.count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_a_term_through_the_network(browser: playwright.Browser, lamps_site: str, script: bool) -> None:
    visit = Visit(browser, lamps_site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto("/terms/四灯")
    row = page.locator(".relations li").filter(has_text="秋送学灯").first
    row.locator("summary").first.click()
    playwright.expect(row.get_by_text("夏送凉灯").first).to_be_visible()
    page.get_by_role("link", name="关系图").last.click()
    page.locator("svg.small a").filter(has_text="五灯").locator("text").click()
    page.wait_for_url("**/graph?term=*")
    assert page.get_by_role("heading", level=1).inner_text().startswith("五灯")
    page.get_by_label("到另一个术语").fill("秋送学灯")
    page.get_by_role("button", name="看关系").click()
    assert page.locator(".way > li").count() == 2
    page.locator(".way footer a").first.click()
    page.locator("#at").first.wait_for()
    for path in ("/terms/四灯", "/terms/三岸行动", "/graph", "/graph?term=四灯", "/graph?term=四灯&to=五灯"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
    visit.context.close()
    assert visit.complaints == []


def test_a_citation_is_copied(browser: playwright.Browser, site: str) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    page.goto("/search?q=算盘码平台&as=search")
    citation = page.locator(".cite").first
    citation.locator("summary").click()
    texts, buttons = citation.locator(".cite-text").all(), citation.locator("button").all()
    assert len(texts) == 3  # as official papers write it, plainly, for BibTeX
    for text, button in zip(texts, buttons, strict=True):
        button.click()
        button.filter(has_text="已复制").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text.inner_text()
    assert visit.complaints == []
    visit.context.close()


def test_a_place_question_from_the_front_page(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    page.get_by_role("combobox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/places?*")
    row = page.locator("[id^='place-漳州市']")
    assert "工会驿站" in row.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "gongzhi-places.csv"
    row.locator("footer a").first.click()
    page.locator("#at").first.wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_map_and_the_figures_to_a_place(browser: playwright.Browser, site: str, script: bool) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto(f"/places?q={QUESTION}")
    page.locator(".tilemap svg a").filter(has_text="四川").click()
    playwright.expect(page.locator("[id='province-四川省']")).to_be_in_viewport()
    page.locator(".bars a").filter(has_text="漳州市").click()
    playwright.expect(page.locator("[id^='place-漳州市']")).to_be_in_viewport()
    page.locator("#figures").get_by_role("link", name=re.compile("^数量|^个")).click()
    page.wait_for_url("**sort=figures*")
    assert page.locator("#figures tbody tr").first.inner_text().startswith("衢州市")
    page.get_by_text("为什么没有某地？").click()
    page.get_by_label("地名").fill("福州")
    page.get_by_role("button", name="看原因").click()
    page.wait_for_url("**#why")
    playwright.expect(page.get_by_role("heading", name="福州市：不在答案里")).to_be_in_viewport()
    visit.context.close()
    assert visit.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_matrix_to_its_sentences(browser: playwright.Browser, site: str, script: bool) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto("/matrix")
    page.get_by_text("换成自己要比的做法").click()
    page.get_by_label("一行一项").fill("工会驿站\n技能竞赛\n劳模创新工作室\n集体协商\n灯下三问")
    page.get_by_role("button", name="看").click()
    page.wait_for_url("**topic=*")
    box = page.get_by_role("region", name="做法矩阵")
    name = box.get_by_role("rowheader", name="漳州市")
    before = name.bounding_box()
    box.evaluate("box => box.scrollTo(200, 40)")
    after = name.bounding_box()
    # What says whose row it is stays where it is; what says whose column it is, too.
    assert box.evaluate("box => box.scrollLeft") > 0
    assert before and after and after["x"] == before["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    box.get_by_role("link", name="漳州市，集体协商").click()
    page.wait_for_url("**/matrix/cell?*")
    page.locator("blockquote footer a").first.click()
    page.locator("#at").first.wait_for()
    visit.context.close()
    assert visit.complaints == []


def test_from_the_record_of_repairs_to_the_place_in_the_text(visit: Visit, document_ids: dict[str, str]) -> None:
    page = visit.page
    page.goto(f"/documents/{document_ids['宜宾市']}")
    tab = page.get_by_role("navigation", name="这份文献").get_by_role("link", name="整理记录")
    tab.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/repairs")
    assert tab.get_attribute("aria-current") == "page"
    row = page.get_by_role("row").filter(has=page.locator("del"))
    assert row.locator("del").inner_text() == "↵↵"
    row.get_by_role("link").click()
    target = page.locator("#at").first
    target.wait_for()
    assert "1.2万人次" in "".join(page.locator("mark.target").all_inner_texts()).replace("‸", "")
    playwright.expect(target).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载原件").click()
    assert download.value.suggested_filename == "yibin.txt"


def test_the_skip_link_comes_first(visit: Visit) -> None:
    page = visit.page
    page.goto("/terms")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_nothing_is_wider_than_a_phone(
    browser: playwright.Browser, site: str, document_ids: dict[str, str], script: bool
) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    reader = f"/documents/{document_ids['宜宾市']}"
    for path in (
        *("/", "/about", "/terms", "/terms/灯下三问", "/documents", "/precedents?text=建设职工驿站", "/没有这页"),
        *("/graph", "/graph?term=灯下三问", "/graph?term=灯下三问&to=橘灯行动", "/terms/灯下三问?all=1"),
        *("/search?q=工会驿站", f"/places?q={QUESTION}", f"/places?q={QUESTION}&sort=figures&why=漳州"),
        *("/places?q=哪些城市", f"/places?q={LONG}", "/matrix", "/matrix/cell?place=漳州市&topic=工会驿站"),
        *(reader, f"{reader}?repairs=1&at=30-80#at", f"{reader}/repairs"),
    ):
        visit.page.goto(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
    visit.context.close()
    assert [text for text in visit.complaints if "404" not in text] == []


def test_everything_works_without_scripts(browser: playwright.Browser, site: str) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, java_script_enabled=False)
    page = visit.page
    page.goto("/")
    page.get_by_role("searchbox").fill("灯下三问")
    page.get_by_role("button", name="查").click()
    page.locator(".card").get_by_role("link", name="灯下三问").click()
    page.locator(".sense footer a").first.click()
    page.locator("mark#at").first.wait_for()
    page.goto("/precedents")
    page.get_by_role("textbox", name="草稿").fill("沿江建设职工驿站，配齐微波炉和急救箱。" * 5)
    page.get_by_role("button", name="找先例").click()
    page.locator(".hit").first.wait_for()
    page.locator(".cite summary").first.click()
    page.locator(".cite-text").first.wait_for()
    visit.context.close()
    assert visit.complaints == []


@pytest.mark.parametrize("host", ["127.0.0.1", "office.test"])
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_document_is_corrected_and_put_back(
    browser: playwright.Browser, managed_site: str, document_ids: dict[str, str], token: str, host: str, script: bool
) -> None:
    site = managed_site.replace("127.0.0.1", host)
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto(f"/documents/{document_ids['漳州市']}")
    page.get_by_role("link", name="更正", exact=True).click()
    page.get_by_label("口令").fill("猜的")
    page.get_by_role("button", name="登录").click()
    page.get_by_text("口令不对").wait_for()
    page.get_by_label("口令").fill(token)
    page.get_by_role("button", name="登录").click()
    place = page.get_by_label("地方", exact=True)
    place.fill("鼓楼区")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("叫“鼓楼区”的不止一处").wait_for()
    assert place.input_value() == "鼓楼区"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    place.fill("福州市鼓楼区")
    page.keyboard.press("Enter")
    page.get_by_text("已更正：地方").wait_for()
    assert place.input_value() == "福建省福州市鼓楼区"
    page.get_by_role("link", name="看全文").click()
    assert "鼓楼区 经更正" in page.locator(".reader-head").inner_text()
    page.get_by_role("link", name="更正", exact=True).click()
    page.get_by_role("button", name="撤销更正").click()
    page.get_by_text("已撤销更正：地方").wait_for()
    assert place.input_value() == "漳州市"
    page.get_by_role("link", name="管理").first.click()
    page.wait_for_url("**/manage")
    page.get_by_role("heading", level=1, name="管理").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="退出").click()
    page.goto("/manage")
    page.get_by_label("口令").wait_for()
    visit.context.close()
    # The console names answers that refuse, and headers that count only over https.
    assert [text for text in visit.complaints if "status of 4" not in text and "Opener-Policy" not in text] == []
