"""Chosen passages: the page, the files, the routes for programs."""

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import docx
import pytest
from starlette.testclient import TestClient

from search.citation import Citations, Quotation
from web.basket import FORMATS, MOST_ITEMS, MOST_NOTE, Basket, Item, Way, noted, to_bibtex, to_markdown, to_text
from web.pages.basket import LONGEST

QUOTATION = Quotation(
    "p1", "d1", "宜昌市总工会工作报告", "宜昌市", "2033", ("一、回顾",), "建成*江畔*书亭12座。\n接待三万人。", 40, 60,
    Citations("公文写法", "《宜昌市总工会工作报告》（宜昌市，2033），一、回顾", "@techreport{gongzhi-p1,\n}"), planned=True,
)  # fmt: skip
BASKET = Basket((Item(QUOTATION, "可用于第二部分"), Item(QUOTATION)), "书亭<素材>", ("p9",))


def link(document_id: str, start: int, end: int) -> str:
    return f"http://127.0.0.1:8000/documents/{document_id}?at={start}-{end}#at"


def test_markdown_quotes_each_passage_with_its_source() -> None:
    got = to_markdown(BASKET, link)
    assert got.startswith(
        "# 书亭\\<素材\\>\n\n## 1. 宜昌市总工会工作报告\n\n> 建成\\*江畔\\*书亭12座。\n> 接待三万人。\n"
    )
    assert (
        "——《宜昌市总工会工作报告》（宜昌市，2033），一、回顾　[原文](<http://127.0.0.1:8000/documents/d1?at=40-60#at>)"
        in got
    )
    assert got.count("**笔记**：可用于第二部分") == 1 and got.count("今后的打算") == 2
    assert got.endswith("另有 1 段已不在资料库里，没有列出。\n")


def test_plain_text_and_bibtex() -> None:
    assert to_text(BASKET).startswith("书亭<素材>\n\n1. 建成*江畔*书亭12座。")
    assert to_bibtex(BASKET).count("@techreport{gongzhi-p1,") == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- 一项", "\\- 一项"),
        ("1. 一项", "1\\. 一项"),
        ("2033) 年", "2033\\) 年"),
        ("2033年", "2033年"),
        ("&lt;b&gt;", "\\&lt;b\\&gt;"),
        ("# 一\u202e二\x07", "\\# 一二"),
        ("===", "\\==="),
    ],
)
def test_what_markdown_would_read_as_its_own_is_escaped(line: str, expected: str) -> None:
    got = to_markdown(Basket((Item(replace(QUOTATION, text=line), line),)))
    assert f"> {expected}\n" in got and f"**笔记**：{expected}\n" in got


def test_a_note_of_several_lines_keeps_them() -> None:
    assert noted("一\r\n二\x07\u202e\n") == "一\n二" and len(noted("长" * 900)) == 500
    assert "**笔记**：一\\\n二\n" in to_markdown(Basket((Item(QUOTATION, "一\n二"),)))


@pytest.mark.parametrize(
    ("way", "at", "expected"),
    [
        ("up", 2, "acb"),
        ("up", 0, "abc"),
        ("down", 0, "bac"),
        ("down", 2, "abc"),
        ("top", 2, "cab"),
        ("drop", 1, "ac"),
        ("drop", 9, "abc"),
        ("group", 0, "acb"),
    ],
)
def test_items_are_arranged(way: Way, at: int, expected: str) -> None:
    items = (Item(replace(QUOTATION, key=key, document_id=home)) for key, home in ("a1", "b2", "c1"))
    assert "".join(i.quotation.key for i in Basket(tuple(items)).arranged(way, at).items) == expected


def found(client: TestClient, k: int = 3) -> list[str]:
    return [hit["passage_id"] for hit in client.get("/api/search", params={"q": "工会驿站", "k": k}).json()["hits"]]


def sentence(client: TestClient) -> tuple[str, str]:
    """The key of a sentence that answers a place question, and its words."""
    answers = client.get("/api/places", params={"q": "哪些城市建了工会驿站？"}).json()["answers"]
    one = answers[0]["evidence"][0]
    return f"{one['passage_id']}~{one['start']}-{one['end']}", one["sentence"]


def keys(html: str) -> list[str]:
    """The items of the page, in order."""
    return [unescape(key) for key in re.findall(r'<li class="basket-item" data-key="([^"]+)"', html)]


def test_results_can_be_chosen_without_javascript(client: TestClient) -> None:
    html = client.get("/search", params={"q": "工会驿站", "as": "search"}).text
    boxes = re.findall(r'<input type="checkbox" form="chosen" name="p" value="([^"]+)">', html)
    assert boxes and '<form id="chosen" class="choosing" action="/basket" method="get">' in html
    page = client.get("/basket", params={"p": boxes[:2]}).text
    assert keys(page) == boxes[:2] and "公文写法" in page and "@" in page


def test_every_quoted_sentence_can_be_kept(client: TestClient) -> None:
    html = client.get("/places", params={"q": "哪些城市建了工会驿站？"}).text
    buttons = re.findall(r'data-keep="([^"]+)" data-at="([^"]+)" data-name="[^"]+" aria-label="加入素材篮：', html)
    key, words = sentence(client)
    assert key in {f"{passage}~{at}" for passage, at in buttons}
    page = client.get("/basket", params={"p": key}).text
    assert keys(page) == [key]
    assert re.search(r'<p class="source-text">(.*?)</p>', page, re.S)[1] == words  # type: ignore[index]


@pytest.mark.parametrize("span", ["0-1", "9999990-9999999", "5-5", "9-3"])
def test_a_span_that_is_no_sentence_of_its_passage_gives_the_passage(client: TestClient, span: str) -> None:
    passage_id = found(client)[0]
    (whole,) = client.get("/api/citations", params={"p": passage_id}).json()["quotations"]
    assert whole["start"] > 1
    (got,) = client.get("/api/citations", params={"p": f"{passage_id}~{span}"}).json()["quotations"]
    assert got == whole


def test_a_form_moves_drops_and_notes(client: TestClient) -> None:
    first, second = found(client)[:2]
    sent = {"p": [first, second], "n": ["甲\r\n乙", ""], "title": "驿站<材料>"}

    def after(do: str) -> str:
        answer = client.post("/basket", data=sent | {"do": do}, follow_redirects=False)
        assert answer.status_code == 303
        return client.get(answer.headers["location"]).text

    for do in ("down-0", "up-1", "top-1"):
        html = after(do)
        assert keys(html) == [second, first]
        assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", html)[:2] == ["", "甲\n乙"]
    assert keys(after("drop-0")) == [second]
    assert 'value="驿站&lt;材料&gt;"' in after("save")
    assert client.post("/basket", data=sent | {"do": "up-x"}).status_code == 422


def test_a_choice_too_long_for_an_address_stays_in_its_form(client: TestClient) -> None:
    ids = found(client)
    sent = {"p": ids, "n": ["长" * 500] * len(ids), "do": "up-1"}
    answer = client.post("/basket", data=sent, follow_redirects=False)
    assert answer.status_code == 200 and len("长" * 500) * 9 > LONGEST
    assert keys(answer.text) == [ids[1], ids[0], *ids[2:]] and "长" * 500 in answer.text


def test_the_files_hold_what_the_form_holds(client: TestClient) -> None:
    key, words = sentence(client)
    ids = [*found(client, 2), key]
    notes = ["", "看<这里>", "第二部分\r\n核对"]
    # As a browser sends it: a form with parts; percent signs would make it thrice as long.
    parts = [("title", "材料"), *(("p", key) for key in ids), *(("n", note) for note in notes)]
    answer = client.post("/basket.docx", files=[(name, (None, value)) for name, value in parts])
    assert answer.headers["content-disposition"] == 'attachment; filename="gongzhi-excerpts.docx"'
    paragraphs = docx.Document(BytesIO(answer.content)).paragraphs
    named = {style: [p.text for p in paragraphs if p.style.name == style] for style in ("Heading 1", "笔记", "原文")}
    assert named["Heading 1"] == ["材料"]
    assert named["笔记"] == ["笔记：看<这里>", "笔记：第二部分", "核对"]
    assert named["原文"][-1] == words
    numbers = [p.text.partition(".")[0] for p in paragraphs if p.style.name == "Heading 2"]
    assert numbers == ["1", "2", "3"]


def test_the_address_for_others_has_no_notes(client: TestClient) -> None:
    key, _ = sentence(client)
    html = client.get("/basket", params={"p": key, "n": "私下的话", "title": "材料"}).text
    shared = re.search(r'<input id="address" readonly value="([^"]+)">', html)
    assert shared and unescape(shared[1]) == f"/basket?{urlencode([('p', key), ('title', '材料')])}"
    assert ">私下的话</textarea>" in html


def test_an_empty_choice_says_how_to_choose(client: TestClient) -> None:
    assert "还没有选" in client.get("/basket").text
    answer = client.get("/basket.docx", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/basket"
    assert "另有 1 段已不在资料库里" in client.get("/basket", params={"p": "没有"}).text


def test_hostile_notes_and_titles_are_shown_as_they_are(client: TestClient) -> None:
    bad = "</textarea><script>alert(1)</script>\u202e" + "长" * 10
    html = client.get("/basket", params={"p": found(client, 1), "n": bad, "title": '"><script>'}).text
    assert "<script>alert" not in html and "&lt;/textarea&gt;" in html and "\u202e" not in html
    assert client.get("/basket", params={"p": "x" * 101}).status_code == 422
    assert client.get("/basket", params={"p": "~" * 90}).status_code == 200


@pytest.mark.parametrize("kind", FORMATS)
def test_the_choice_is_downloaded(client: TestClient, kind: str) -> None:
    answer = client.get(f"/basket.{kind}", params={"p": found(client)})
    assert answer.status_code == 200 and f'filename="gongzhi-excerpts.{kind}"' in answer.headers["content-disposition"]
    if kind == "docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs)
    else:
        text = answer.text
    titles = [hit["title"] for hit in client.get("/api/search", params={"q": "工会驿站", "k": 3}).json()["hits"]]
    assert all(title in text for title in titles)


def test_too_much_or_an_unknown_format_is_refused(client: TestClient) -> None:
    assert client.get("/basket.pdf", params={"p": "x"}).status_code == 422
    assert client.get("/basket", params={"p": ["x"] * 201}).status_code == 422


def test_all_that_a_basket_may_hold_can_be_exported(client: TestClient) -> None:
    first, at = found(client)[0], range(MOST_ITEMS)
    note = "记" * MOST_NOTE
    form = [("p", (None, f"{first}~{n}-{n + 1}")) for n in at] + [("n", (None, note)) for _ in at]
    assert note in client.post("/basket.md", files=form).text
    assert client.post("/basket", files=form).status_code == 200
    items = [{"passage_id": first, "note": note}] * MOST_ITEMS
    assert note in client.post("/api/basket.md", json={"items": items}).text


def test_programs_get_citations(client: TestClient) -> None:
    first, *_ = found(client)
    got = client.get("/api/citations", params={"p": [first, "没有"]}).json()
    (quotation,) = got["quotations"]
    assert got["missing"] == ["没有"] and quotation["passage_id"] == first
    assert quotation["title"] in quotation["citations"]["official"]
    hit = client.get("/api/search", params={"q": "工会驿站", "k": 1}).json()["hits"][0]
    assert hit["citations"] == quotation["citations"] and hit["citation"] == quotation["citations"]["plain"]


def test_programs_export_with_notes_in_their_order(client: TestClient) -> None:
    ids = found(client)[::-1]
    items = [{"passage_id": passage_id, "note": f"第{i}条\x07"} for i, passage_id in enumerate(ids)]
    answer = client.post("/api/basket.docx", json={"title": "材料\x00", "items": items})
    lines = [paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs]
    assert lines[0] == "材料" and [line for line in lines if line.startswith("笔记")] == [
        f"笔记：第{i}条" for i in range(len(ids))
    ]


def test_a_missing_passage_stops_an_export(client: TestClient) -> None:
    answer = client.post("/api/basket.md", json={"items": [{"passage_id": "没有"}]})
    assert answer.status_code == 404 and "没有这些段落：没有。" in answer.json()["detail"]
    assert client.post("/api/basket.md", json={"items": []}).status_code == 422
