"""Chosen passages: the page, the files, the routes for programs."""

import re
from html import unescape
from io import BytesIO

import docx
import pytest
from starlette.testclient import TestClient

from search.citation import Citations, Quotation
from web.basket import FORMATS, Basket, Item, to_bibtex, to_docx, to_markdown, to_text

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
        "——《宜昌市总工会工作报告》（宜昌市，2033），一、回顾　[原文](http://127.0.0.1:8000/documents/d1?at=40-60#at)"
        in got
    )
    assert got.count("批注：可用于第二部分") == 1 and got.count("今后的打算") == 2
    assert got.endswith("另有 1 段已不在资料库里，没有列出。\n")


def test_plain_text_and_bibtex() -> None:
    assert to_text(BASKET).startswith("书亭<素材>\n\n1. 建成*江畔*书亭12座。")
    assert to_bibtex(BASKET).count("@techreport{gongzhi-p1,") == 2


def test_word_holds_the_words_the_sources_and_the_links() -> None:
    paper = docx.Document(BytesIO(to_docx(BASKET, link)))
    lines = [paragraph.text for paragraph in paper.paragraphs]
    assert lines[:4] == ["书亭<素材>", "1. 宜昌市总工会工作报告", "建成*江畔*书亭12座。", "接待三万人。"]
    assert "批注：可用于第二部分" in lines and lines[-1].startswith("另有 1 段")
    targets = [relation.target_ref for relation in paper.part.rels.values() if relation.is_external]
    assert link("d1", 40, 60) in targets
    assert paper.core_properties.title == "书亭<素材>" and paper.core_properties.author == "工知"


def found(client: TestClient, k: int = 3) -> list[str]:
    return [hit["passage_id"] for hit in client.get("/api/search", params={"q": "工会驿站", "k": k}).json()["hits"]]


def test_results_can_be_chosen_without_javascript(client: TestClient) -> None:
    html = client.get("/search", params={"q": "工会驿站", "as": "search"}).text
    boxes = re.findall(r'<input type="checkbox" form="chosen" name="p" value="([^"]+)">', html)
    assert boxes and '<form id="chosen" class="choosing" action="/basket" method="get">' in html
    page = client.get("/basket", params={"p": boxes[:2]}).text
    assert page.count('<li class="hit">') == 2 and "公文写法" in page and "@" in page


def test_the_page_moves_and_drops_passages_by_links(client: TestClient) -> None:
    first, second = found(client)[:2]
    html = client.get("/basket", params={"p": [first, second], "title": "驿站<材料>"}).text
    assert "<h1>驿站&lt;材料&gt;</h1>" in html
    moves = [unescape(address) for address in re.findall(r'href="(/basket\?[^"]+)" aria-label', html)]
    up = next(address for address in moves if address.startswith(f"/basket?p={second}&p={first}"))
    assert client.get(up).text.index(second) < client.get(up).text.index(first)
    assert any(address.startswith(f"/basket?p={second}&title") for address in moves)


def test_an_empty_choice_says_how_to_choose(client: TestClient) -> None:
    assert "还没有选" in client.get("/basket").text
    answer = client.get("/basket.docx", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/basket"
    assert "另有 1 段已不在资料库里" in client.get("/basket", params={"p": "没有"}).text


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
    assert lines[0] == "材料" and [line for line in lines if line.startswith("批注")] == [
        f"批注：第{i}条" for i in range(len(ids))
    ]


def test_a_missing_passage_stops_an_export(client: TestClient) -> None:
    answer = client.post("/api/basket.md", json={"items": [{"passage_id": "没有"}]})
    assert answer.status_code == 404 and "没有这些段落：没有。" in answer.json()["detail"]
    assert client.post("/api/basket.md", json={"items": []}).status_code == 422
