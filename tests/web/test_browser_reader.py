"""Reading a document in a real browser: cards, selected words, similar passages, the outline, paper."""

import re
from collections.abc import Iterator

import pytest

from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, visit

__all__ = ["browser", "visit"]  # fixtures
TERM = "a.term[data-term='灯下三问']"
CARD = "“灯下三问”的解释"


@pytest.fixture
def touch(browser: "playwright.Browser", site: str) -> Iterator[Visit]:
    visit = Visit(browser, site, viewport=PHONE, has_touch=True, is_mobile=True)
    yield visit
    visit.context.close()
    assert visit.complaints == []


@pytest.fixture
def yibin(document_ids: dict[str, str]) -> str:
    return f"/documents/{document_ids['宜宾市']}"


@pytest.fixture
def zhangzhou(document_ids: dict[str, str]) -> str:
    return f"/documents/{document_ids['漳州市']}"


def read(page: "playwright.Page", address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


def select(page: "playwright.Page", words: str, final: str = "") -> None:
    """Select from the first of ``words`` to the end of ``final`` in the text, as a pointer would."""
    page.evaluate(
        """([words, final]) => {
          const walker = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          let begun = false;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (!begun && at >= 0) { range.setStart(node, at); begun = true; }
            const end = node.data.indexOf(final);
            if (begun && end >= 0) { range.setEnd(node, end + final.length); break; }
          }
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [words, final or words],
    )


def test_a_card_opens_by_keyboard_and_its_links_are_next(visit: Visit, yibin: str) -> None:
    page = visit.page
    read(page, yibin)
    term = page.locator(TERM).first
    term.focus()
    card = page.get_by_role("dialog", name=CARD)
    card.wait_for()
    assert term.get_attribute("aria-describedby") == "definition"
    word, box = term.bounding_box(), card.bounding_box()
    assert word and box
    assert box["y"] >= word["y"] + word["height"] or box["y"] + box["height"] <= word["y"]
    page.keyboard.press("Tab")
    assert card.evaluate("card => card.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert term.evaluate("term => term === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/terms/*")


def test_a_card_closes_when_the_pointer_or_the_focus_goes_elsewhere(visit: Visit, yibin: str) -> None:
    page = visit.page
    read(page, yibin)
    term, card = page.locator(TERM).first, page.get_by_role("dialog", name=CARD)
    term.hover()
    card.wait_for()
    card.hover()  # the way to its links
    page.wait_for_timeout(400)
    assert card.is_visible()
    page.mouse.move(2, 2)
    playwright.expect(card).to_have_count(0)
    term.hover()
    card.wait_for()
    page.locator("h1").click()
    playwright.expect(card).to_have_count(0)


def test_on_a_phone_the_first_tap_opens_the_card_the_second_goes(touch: Visit, yibin: str) -> None:
    page = touch.page
    read(page, yibin)
    term, card = page.locator(TERM).first, page.get_by_role("dialog", name=CARD)
    term.tap()
    card.wait_for()
    assert page.url.endswith(yibin)
    box, word = card.bounding_box(), term.bounding_box()
    assert box and word
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] >= word["y"] + word["height"] or box["y"] + box["height"] <= word["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("h1").tap()
    playwright.expect(card).to_have_count(0)
    term.tap()
    card.wait_for()
    term.tap()
    page.wait_for_url("**/terms/*")


def test_without_scripts_a_term_is_a_link_with_its_meaning(
    browser: "playwright.Browser", site: str, yibin: str
) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=False)
    term = visit.page
    term.goto(yibin)
    first = term.locator(TERM).first
    assert "问心愿" in (first.get_attribute("title") or "")
    first.click()
    term.wait_for_url("**/terms/*")
    visit.context.close()


def test_selected_words_are_copied_as_whole_sentences_with_their_origin(
    browser: "playwright.Browser", site: str, zhangzhou: str
) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    read(page, zhangzhou)
    bar = page.get_by_role("toolbar", name="选中的文字")
    select(page, "微波炉")
    bar.wait_for()
    page.keyboard.press("Alt+ArrowDown")
    assert bar.evaluate("bar => bar.contains(document.activeElement)")
    bar.get_by_role("button", name="复制带出处").click()
    page.get_by_text("已复制整句和出处").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.match("^“漳州市总工会沿码头建成.*21万人次。”——《漳州市工会2030年以来工作综述》", copied)
    page.keyboard.press("Escape")
    playwright.expect(bar).to_be_hidden()
    visit.context.close()
    assert visit.complaints == []


def test_selected_sentences_are_kept_in_the_basket(visit: Visit, zhangzhou: str) -> None:
    page = visit.page
    read(page, zhangzhou)
    select(page, "组织花木嫁接", "发放慰问金")
    page.get_by_role("button", name="加入素材篮").last.click()
    page.get_by_text("整句已加入素材篮（2 段）").wait_for()
    kept = page.evaluate("JSON.parse(localStorage.getItem('gongzhi.basket')).items")
    text = page.request.get(f"/api{zhangzhou}").json()["text"]
    spans = [text[slice(*map(int, item["at"].split("-")))] for item in kept]
    assert spans[0].startswith("组织花木嫁接") and spans[1].startswith("发放慰问金") and spans[1].endswith("。")


def test_selected_words_are_looked_up(visit: Visit, yibin: str) -> None:
    page = visit.page
    read(page, yibin)
    bar = page.get_by_role("toolbar", name="选中的文字")
    select(page, "灯下三问")
    bar.get_by_role("button", name="查术语").click()
    card = page.get_by_role("dialog", name=CARD)
    card.wait_for()
    assert "即问冷暖" in card.inner_text()
    page.keyboard.press("Escape")
    select(page, "夜班职工")
    bar.get_by_role("button", name="查术语").click()
    page.get_by_text("资料库里没有这个术语").wait_for()
    bar.get_by_role("link", name="找相近").click()
    page.wait_for_url("**/search?q=*")


def test_offsets_count_the_document_not_what_scripts_put_beside_it(visit: Visit, yibin: str) -> None:
    page = visit.page
    read(page, yibin)
    page.locator(TERM).first.hover()
    page.get_by_role("dialog", name=CARD).wait_for()
    with page.expect_request("**/excerpt?*") as request:
        select(page, "一年走访")
        page.get_by_role("button", name="加入素材篮").last.click()
    found = dict(re.findall(r"(start|end)=(\d+)", request.value.url))
    text = page.request.get(f"/api{yibin}").json()["text"]
    assert text[int(found["start"]) : int(found["end"])] == "一年走访"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_similar_passages_stand_below_or_on_a_page_of_their_own(
    browser: "playwright.Browser", site: str, zhangzhou: str, script: bool
) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto(zhangzhou)
    if script:
        page.wait_for_load_state("networkidle")
    sign = page.locator("p").filter(has_text="沿码头建成工会驿站").locator("a.pilcrow")
    sign.focus()
    page.keyboard.press("Enter")
    part = page.locator("[data-part]")
    part.wait_for()
    assert page.url.endswith(zhangzhou) == script
    alike = part.locator(".alike-list > li").first
    assert "工会驿站" in alike.inner_text()
    if script:
        assert part.evaluate("part => part === document.activeElement")
        alike.locator("button[data-keep]").click()
        page.get_by_text("已加入素材篮").wait_for()
        part.locator(".cite summary").first.click()
        part.get_by_role("button", name="复制公文写法").first.wait_for()
        page.keyboard.press("Escape")
        assert part.count() == 0
        assert sign.evaluate("sign => sign === document.activeElement")
    else:
        alike.get_by_role("checkbox").check()
        page.get_by_role("button", name="把勾选的段落汇成一页").click()
        page.wait_for_url("**/basket?p=*")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    visit.context.close()
    assert visit.complaints == []


def test_the_outline_follows_and_keeps_to_its_own_scroll(visit: Visit, zhangzhou: str) -> None:
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 420})
    read(page, zhangzhou)
    outline = page.get_by_role("complementary", name="提纲")
    for name in ("二、花木工人学了新本领", "四、平台企业坐下来谈"):
        link = outline.get_by_role("link", name=name)
        link.click()
        playwright.expect(page.get_by_role("heading", name=name)).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    playwright.expect(outline.locator("[aria-current]")).to_have_count(0)
    page.get_by_role("heading", name="二、花木工人学了新本领").evaluate("heading => heading.scrollIntoView()")
    playwright.expect(outline.locator("[aria-current]")).to_have_text("二、花木工人学了新本领")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_outline_on_a_phone(browser: "playwright.Browser", site: str, zhangzhou: str, script: bool) -> None:
    visit = Visit(browser, site, viewport=PHONE, java_script_enabled=script)
    page = visit.page
    page.goto(zhangzhou)
    if script:
        page.wait_for_load_state("networkidle")
    link = page.get_by_role("complementary", name="提纲").get_by_role("link", name="三、困难职工有人管")
    assert link.is_visible() != script
    page.evaluate("scrollTo(0, 900)")
    page.locator(".to-outline").click()
    playwright.expect(link).to_be_in_viewport()
    if script:
        page.keyboard.press("Escape")
        playwright.expect(link).not_to_be_in_viewport()
        page.locator(".to-outline").click()
    link.click()
    playwright.expect(page.get_by_role("heading", name="三、困难职工有人管")).to_be_in_viewport()
    visit.context.close()
    assert visit.complaints == []


def test_a_quoted_sentence_flashes_unless_motion_is_unwanted(
    browser: "playwright.Browser", site: str, yibin: str
) -> None:
    for motion, flashes in (("no-preference", True), ("reduce", False)):
        visit = Visit(browser, site, viewport=DESKTOP, reduced_motion=motion)
        visit.page.goto(f"{yibin}?at=120-140#at")
        name = visit.page.locator("mark#at").evaluate("mark => getComputedStyle(mark).animationName")
        assert (name == "flash") == flashes
        visit.context.close()


def test_the_link_to_a_passage_is_copied(browser: "playwright.Browser", site: str, yibin: str) -> None:
    visit = Visit(browser, site, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    read(page, yibin)
    page.locator("a.pilcrow").nth(1).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="复制链接").click()
    page.get_by_role("button", name="已复制链接").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.startswith(f"{site}{yibin}?at=")
    page.goto(address)
    playwright.expect(page.locator("mark#at")).to_be_in_viewport()
    visit.context.close()
    assert visit.complaints == []


def test_on_paper_there_are_words_and_nothing_to_click(visit: Visit, yibin: str) -> None:
    page = visit.page
    read(page, f"{yibin}?at=120-140")
    page.emulate_media(media="print")
    for gone in (".masthead", ".outline", ".tabs", ".tools", ".quoting", ".footer", "a.pilcrow", ".to-outline"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("h1").is_visible() and page.locator(".body > p").first.is_visible()
    foot = page.locator(".print-foot")
    assert foot.is_visible() and yibin in foot.inner_text() and "打印" in foot.inner_text()
    assert page.locator(TERM).first.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"


def test_a_long_list_of_documents_is_narrowed_and_sorted(visit: Visit) -> None:
    page = visit.page
    page.goto("/documents")
    page.get_by_label("排列").select_option("title")
    page.get_by_label("题名、地方或文件名含有").fill("工会")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**sort=title*")
    titles = page.locator(".documents h2").all_inner_texts()
    assert len(titles) > 1 and all("工会" in title for title in titles)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
