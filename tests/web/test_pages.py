"""Every page, as HTML, without JavaScript."""

import csv
import io
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gongzhi.build import ingest, ingest_bundled
from web.app import create_app
from web.words import quoted

QUESTION = "哪些城市建了工会驿站？"
PAGES = [
    "/",
    "/about",
    "/search",
    "/search?q=工会驿站",
    "/search?q=灯下三问",
    "/search?q=工会驿站&province=福建省&mode=lexical&page=2",
    "/search?q=月亮&as=search",
    "/precedents",
    "/precedents?text=建设职工驿站，方便夜班职工歇脚",
    "/terms",
    "/terms?find=灯&status=explained",
    "/terms?find=没有这个",
    "/terms/灯下三问",
    "/terms/灯下三问?all=1",
    "/graph",
    "/graph?term=灯下三问",
    "/graph?term=灯下三问&to=橘灯行动",
    "/places",
    f"/places?q={QUESTION}",
    "/places?q=哪些城市建了月球疗养院？",
    "/documents",
    "/documents?province=福建省&level=city",
    "/documents?find=没有这份",
]
STATIC = Path(__file__).parents[2] / "web" / "static"


def html(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_keeps_to_this_host(client: TestClient, path: str) -> None:
    text = html(client, path)
    assert text.startswith("<!DOCTYPE html>")
    assert '<html lang="zh-CN">' in text
    assert text.count("<h1") == 1
    assert 'href="#main"' in text
    assert "://" not in text
    assert not re.search(r'(?:href|src|action)="//', text)
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("place", ["宜宾市", "衢州市", "漳州市", "福建省"])
@pytest.mark.parametrize(
    "query", ["", "?repairs=1", "?at=30-60", "?at=30-60&repairs=1", "?at=9-3", "?at=999999-9999999"]
)
def test_every_document_reads(client: TestClient, document_ids: dict[str, str], place: str, query: str) -> None:
    text = html(client, f"/documents/{document_ids[place]}{query}")
    assert "://" not in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_style_and_scripts_keep_to_this_host() -> None:
    for path in STATIC.iterdir():
        text = path.read_text("utf-8")
        assert "url(" not in text
        assert "@import" not in text
        addresses = set(re.findall(r"https?://[^\s\"]+", text))
        # A namespace and a link in a comment are names, nothing is fetched from them.
        allowed = {"http://www.w3.org/2000/svg", "https://www.w3.org/WAI/ARIA/apg/patterns/combobox/."}
        assert addresses <= allowed


def test_home_offers_what_the_library_holds(client: TestClient) -> None:
    text = html(client, "/")
    assert ">灯下三问</a>" in text
    assert "<b>4</b><span>份文献" in text
    assert "福建省" in text
    assert "附带的摘编" not in text
    for example in re.findall(r"<dd>(.*?)</dd>", text, re.S):
        for href in re.findall(r'href="([^"]+)"', example):
            assert client.get(href).status_code == 200


def test_home_says_when_only_digests_are_there(tmp_path: Path) -> None:
    ingest_bundled(tmp_path)
    with TestClient(create_app(tmp_path)) as client:
        text = html(client, "/")
        assert "附带的摘编" in text
        assert "gongzhi ingest 文件或目录" in text
        assert "附带摘编" in html(client, "/documents")
        row = client.get("/api/documents").json()["documents"][0]
        digest = html(client, f"/documents/{row['id']}")
        assert "不是原件" in digest
        assert "逐字相同" not in html(client, f"/documents/{row['id']}/repairs")


def test_a_term_as_query_shows_its_card_first(client: TestClient) -> None:
    text = html(client, "/search?q=灯下三问")
    assert text.index('class="card"') < text.index('class="hits"')
    assert 'href="/terms/%E7%81%AF%E4%B8%8B%E4%B8%89%E9%97%AE"' in text
    assert "问冷暖、问技能、问心愿" in text


def test_a_place_question_is_sent_to_the_table(client: TestClient) -> None:
    answer = client.get("/search", params={"q": QUESTION}, follow_redirects=False)
    assert answer.status_code == 303
    table = client.get(answer.headers["location"])
    assert "按地方提问理解" in table.text
    back = re.search(r'href="([^"]+)">改为全文检索', table.text)
    assert back
    results = client.get(back[1].replace("&amp;", "&"), follow_redirects=False)
    assert results.status_code == 200
    assert "按全文检索" in results.text


def test_a_long_query_is_taken_for_a_draft(client: TestClient) -> None:
    draft = (
        "一年来，我们沿江建设职工驿站，配齐微波炉、充电桩和急救箱，方便夜班职工歇脚；举办技能竞赛，让手艺有人接。" * 4
    )
    text = html(client, f"/search?q={draft}")
    assert "按长文理解" in text
    assert 'class="hits"' in text


def test_a_posted_draft_gives_the_same_as_a_short_one_in_the_address(client: TestClient) -> None:
    draft = "建设职工驿站，方便夜班职工歇脚"
    posted = client.post("/precedents", data={"text": draft})
    assert posted.status_code == 200
    assert 'class="hits"' in posted.text
    assert posted.text == html(client, f"/precedents?text={draft}")


@pytest.mark.parametrize("content", [b"", b"text=", b"other=1", b"text=%ff%fe"])
def test_an_empty_or_broken_form_is_no_error(client: TestClient, content: bytes) -> None:
    assert client.post("/precedents", content=content).status_code == 200


def test_a_form_that_is_not_text_is_refused(client: TestClient) -> None:
    assert client.post("/precedents", content=b"text=\xff").status_code == 422


def test_documents_can_take_turns(client: TestClient) -> None:
    usual = html(client, "/search?q=工会驿站&mode=lexical")
    link = next(link for link in re.findall(r'href="(/search[^"]+)"', usual) if "diverse=1" in link).replace(
        "&amp;", "&"
    )
    assert "mode=lexical" in link
    turns = html(client, link)
    assert re.search(r'aria-current="true">各篇轮流', turns) and not re.search(r'aria-current="true">各篇轮流', usual)
    facets = re.findall(r'href="(/search[^"]+)"', turns[turns.index('class="facets') :])
    assert facets and all("diverse=1" in link for link in facets)


def test_facets_keep_the_state_in_the_address(client: TestClient) -> None:
    text = html(client, "/search?q=工会驿站&mode=lexical&status=done")
    facets = text[text.index('class="facets') :]
    links = re.findall(r'href="(/search[^"]+)"(?! class="chosen")', facets)
    assert links
    for link in links:
        assert "mode=lexical" in link
        assert "status=done" in link or "status=plan" in link  # the other value takes its place
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    lifted = re.search(r'href="([^"]+)" aria-label="去掉条件', text)
    assert lifted
    assert "status=" not in lifted[1]


def test_hits_that_only_come_near_are_said_to(client: TestClient) -> None:
    assert "只是意思略近" in html(client, "/search?q=月亮&as=search")
    assert "只是意思略近" not in html(client, "/search?q=工会驿站&as=search")


def test_hits_from_plans_say_so(client: TestClient) -> None:
    assert "今后的打算，不是已做的工作" in html(client, "/search?q=工会驿站&as=search&status=plan")
    assert "今后的打算，不是已做的工作" not in html(client, "/search?q=工会驿站&as=search&status=done")


def test_a_missing_document_or_term_leads_on(client: TestClient) -> None:
    assert "文献列表" in client.get("/documents/没有").text
    assert "/search?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E8%AF%8D&amp;as=search" in client.get("/terms/没有这词").text


def test_a_citation_has_one_pair_of_quotation_marks() -> None:
    assert quoted("建成驿站。") == "“建成驿站。”"
    assert quoted("“灯下三问”开展了。") == "“灯下三问”开展了。"


def test_no_hits_help_on(client: TestClient) -> None:
    text = html(client, "/search?q=工会驿站&place=没有这个市")
    assert "没有找到" in text
    assert "去掉全部条件" in text


def test_glossary_is_filed_by_pinyin(client: TestClient) -> None:
    text = html(client, "/terms")
    section = text[text.index('id="letter-D"') :]
    assert "灯下三问" in section[: section.index("</section>")]


def test_a_term_page_leads_to_the_sentence(client: TestClient) -> None:
    text = html(client, "/terms/灯下三问")
    link = re.search(r'href="(/documents/[^"]+\?at=\d+-\d+)#at"', text)
    assert link
    reader = html(client, link[1])
    marked = re.search(r'<mark id="at"[^>]*>(.*?)</mark>', reader, re.S)
    assert marked
    definition = client.get("/api/terms/灯下三问").json()["definitions"][0]["text"]
    assert re.sub(r"<[^>]+>", "", reader[marked.start() :]).startswith(definition)


def test_a_term_without_an_explanation_says_so(client: TestClient) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/api/export/csv").content.decode("utf-8-sig")))
    label = next(row["术语"] for row in rows if row["解释情况"] == "语料中未见解释")
    text = html(client, f"/terms/{label}")
    assert "语料中未见解释" in text
    assert "典型用例" in text


def test_the_table_of_places_separates_done_from_planned(client: TestClient) -> None:
    text = html(client, f"/places?q={QUESTION}")
    done = text[text.index('id="done"') :]
    done = done[: done.index("</section>")]
    for place in ("宜宾市", "衢州市", "漳州市"):
        assert place in done
    assert "四川省" in done
    assert re.search(r"<mark>[^<]*工会驿站", done)
    assert client.get("/api/places", params={"q": QUESTION}).json()["coverage"]["line"] in text


def test_the_table_of_places_as_a_file(client: TestClient) -> None:
    answer = client.get("/places.csv", params={"q": QUESTION})
    assert answer.headers["content-disposition"] == 'attachment; filename="gongzhi-places.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {"宜宾市", "衢州市", "漳州市"} <= {row["地方"] for row in rows if row["状态"] == "已开展"}
    assert all(row["原句"] for row in rows)


def test_no_place_does_not_mean_nobody_did(client: TestClient) -> None:
    assert "未提及不等于未开展" in html(client, "/places?q=哪些城市建了月球疗养院？")


def test_the_reader_marks_terms_headings_and_passages(client: TestClient, document_ids: dict[str, str]) -> None:
    text = html(client, f"/documents/{document_ids['宜宾市']}")
    assert re.search(r'<h[2-6] id="s-[^"]+" data-start="\d+">一、过去一年的主要工作</h', text)
    assert 'class="term" href="/terms/%E7%81%AF%E4%B8%8B%E4%B8%89%E9%97%AE" title="' in text
    hit = client.get("/api/search?q=灯下三问&k=1").json()["hits"][0]
    assert f'id="p-{hit["passage_id"]}"' in html(client, f"/documents/{hit['document_id']}")


@pytest.mark.parametrize("at", ["9-3", "5-5", "0-99999999", "30", "一-二", "<script>"])
def test_a_link_to_nowhere_is_told_not_refused(client: TestClient, document_ids: dict[str, str], at: str) -> None:
    address = f"/documents/{document_ids['宜宾市']}"
    text = client.get(address, params={"at": at}).text
    assert "这份文献里没有" in text and "<mark" not in text and "<script>" not in text
    assert "这份文献里没有" not in html(client, f"{address}?at=0-5") + html(client, address)


def test_words_are_looked_for_in_one_document(client: TestClient, document_ids: dict[str, str]) -> None:
    address = f"/documents/{document_ids['宜宾市']}"
    text = client.get(address, params={"find": "灯下三问"}).text
    marks = re.findall(r'id="f-(\d+)"', text)
    assert marks == re.findall(r'href="#f-(\d+)"', text) and len(marks) > 1
    nothing = client.get(address, params={"find": "月球"}).text
    assert "本文没有“月球”" in nothing and "/search?q=" in nothing


def test_the_reader_ends_with_what_stands_beside_it(client: TestClient, document_ids: dict[str, str]) -> None:
    text = html(client, f"/documents/{document_ids['宜宾市']}")
    assert '<a href="/documents?year=2031">2031 年的文献，除这份外 1 份</a>' in text
    assert "/documents?year=" not in html(client, f"/documents/{document_ids['衢州市']}")  # none else of its year
    assert 'rel="next"' not in text  # its file holds no other
    assert text.count('class="print-foot"') == 1


def test_the_list_keeps_its_conditions_in_its_links(client: TestClient) -> None:
    text = html(client, "/documents?province=福建省&sort=title")
    assert '<option value="title" selected>' in text and '<option value="福建省" selected>' in text
    assert 'href="/documents?sort=title">去掉条件' in text
    assert "没有第 9 页" in html(client, "/documents?page=9")
    assert client.get("/documents?sort=size").status_code == 422


def test_repairs_show_on_demand(tmp_path: Path) -> None:
    report = tmp_path / "断行.txt"
    report.write_text(
        "漳州市总工会2031年工作总结\n\n一、歇脚处\n\n"
        "全市新建工会驿站 8 个，职工从码头下来就能坐下歇一歇。\n\n- 3 -\n\n风雨天也不例外。\n",
        "utf-8",
    )
    ingest(tmp_path / "library", [report])
    with TestClient(create_app(tmp_path / "library")) as client:
        [row] = client.get("/api/documents").json()["documents"]
        repairs = client.get(f"/api/documents/{row['id']}").json()["repairs"]
        assert repairs
        plain = html(client, f"/documents/{row['id']}")
        shown = html(client, f"/documents/{row['id']}?repairs=1")
    assert f'整理记录<span class="count">{len(repairs)}</span>' in plain
    assert 'class="repair"' not in plain
    assert 'class="repair"' in shown


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={}",
        "/search?q={}&as=search",
        "/search?q=工会驿站&place={}",
        "/places?q={}",
        "/precedents?text={}",
        "/terms?find={}",
        "/terms/{}",
        "/graph?term={}",
        "/graph?term=灯下三问&to={}",
        "/documents?find={}",
        "/documents/{}",
    ],
)
def test_what_is_typed_is_never_markup(client: TestClient, path: str) -> None:
    text = client.get(path.format("\"'><script>alert(1)</script>")).text
    assert "<script>alert" not in text


def test_markup_in_a_document_is_text(client: TestClient, document_ids: dict[str, str]) -> None:
    for path in (
        f"/documents/{document_ids['宜宾市']}",
        "/search?q=算盘码平台",
        f"/documents/{document_ids['宜宾市']}?repairs=1",
    ):
        text = html(client, path)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(&#39;算盘&#39;)&lt;/script&gt;" in re.sub(r"</?mark[^>]*>", "", text)


@pytest.mark.parametrize(("find", "found"), [("灯下・三問", True), ("「灯下三问」", True), ("，", False)])
def test_the_glossary_is_searched_in_whatever_way_a_name_is_written(client: TestClient, find: str, found: bool) -> None:
    assert (
        'href="/terms/%E7%81%AF%E4%B8%8B%E4%B8%89%E9%97%AE"' in client.get("/terms", params={"find": find}).text
    ) == found


def test_signs_of_a_query_are_chips_that_can_be_taken_off(client: TestClient) -> None:
    page = html(client, "/search?q=“工会驿站” 地方:宜宾 -食堂")
    assert "含“工会驿站” ✕" in page and "地方：宜宾市 ✕" in page and "不含“食堂” ✕" in page
    off = re.search(r'href="(/search\?[^"]*)" aria-label="去掉条件 地方：宜宾市"', page)
    assert off is not None
    assert "地方：宜宾市" not in html(client, off[1].replace("&amp;", "&"))


def test_a_condition_in_plain_words_can_be_made_binding(client: TestClient) -> None:
    page = html(client, "/search?q=宜宾 工会驿站&as=search")
    only = re.search(r'由问句读出　地方：宜宾市　<a href="([^"]*)"', page)
    assert only is not None
    assert "地方：宜宾市 ✕" in html(client, only[1].replace("&amp;", "&"))


def test_how_a_query_was_understood_is_told_with_what_else_may_be_meant(client: TestClient) -> None:
    page = html(client, "/search?q=dengxiasanwen&as=search")
    assert "“dengxiasanwen”按拼音理解为“灯下三问”。" in page
    page = html(client, "/search?q=“灯下三闻” 年份:2031&as=search")
    assert "没有一段写有“灯下三闻”" in page and "您是不是要找：" in page and ">“灯下三问” 年份:2031</a>" in page


def test_a_page_beyond_the_last_leads_back(client: TestClient) -> None:
    page = client.get("/search?q=工会驿站&as=search&page=300").text
    assert "没有第 300 页" in page and "没有找到" not in page


def test_a_phrase_that_stands_nowhere_is_told_once(client: TestClient) -> None:
    page = client.get("/search?q=“灯下八问” -竞赛").text
    assert page.count("资料库里没有一段写有“灯下八问”") == 1
    assert "没有一段直接写到" not in page and "““" not in page
    assert "“灯下八问” -竞赛在" not in page


def test_nothing_to_look_for_is_all_that_is_said(client: TestClient) -> None:
    page = client.get("/search?q=“”").text
    assert "没有可以查找的字" in page and "没有成对" not in page
