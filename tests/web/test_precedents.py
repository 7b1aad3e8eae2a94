"""The page and the routes for drafts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gongzhi.drafts import upload_text
from web.app import create_app
from web.security import MAX_UPLOAD

DRAFT = "我市沿江建设一批职工驿站，配微波炉和急救箱，方便夜班职工歇脚。\n同时举办技能竞赛，让手艺有人接。"


@pytest.fixture(scope="module")
def desk(library: Path) -> Iterator[TestClient]:
    with TestClient(create_app(library, drafts=upload_text), raise_server_exceptions=False) as client:
        yield client


def sent(name: str, content: bytes) -> dict[str, tuple[str, bytes]]:
    return {"file": (name, content)}


def test_the_answer_has_hits_and_clauses(client: TestClient) -> None:
    got = client.post("/api/precedents?k=3", json={"text": DRAFT}).json()
    assert 0 < len(got["hits"]) <= 3 and got["query"] == DRAFT
    assert [clause["text"] for clause in got["clauses"]] == DRAFT.split("\n")
    assert [clause["paragraph"] for clause in got["clauses"]] == [1, 2]
    first = got["clauses"][0]["precedents"][0]
    document = client.get(f"/api/documents/{first['document_id']}").json()
    assert document["text"][first["start"] : first["end"]] == first["sentence"]
    assert got["lacks"] == [] and got["notes"] == []


def test_a_copy_is_told(client: TestClient) -> None:
    hit = client.post("/api/precedents", json={"text": DRAFT}).json()["hits"][0]
    overlaps = client.post("/api/precedents", json={"text": hit["text"]}).json()["overlaps"]
    assert overlaps and overlaps[0]["level"] == "copied"
    for start, end in overlaps[0]["spans"]:
        assert hit["text"][start:end] in hit["text"]


@pytest.mark.parametrize(("name", "encoding"), [("草稿.txt", "utf-8"), ("草稿.txt", "gb18030"), ("草稿.md", "utf-8")])
def test_a_file_gives_the_same_as_its_text(desk: TestClient, name: str, encoding: str) -> None:
    pasted = desk.post("/api/precedents", json={"text": DRAFT}).json()
    sent_along = desk.post("/api/precedents/file", files=sent(name, DRAFT.encode(encoding))).json()
    assert {**pasted, "took_ms": 0} == {**sent_along, "took_ms": 0}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "没有文字"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "不是能读的草稿"),
        ("坏.docx", b"PK\x03\x04" + bytes(64), "坏.docx"),
        ("长.txt", ("字" * 20_001).encode(), "超过 20,000 字"),
        ("../../乱.txt", bytes(range(256)) * 4, "“乱.txt”"),
    ],
)
def test_a_file_that_can_t_be_read_is_told_why(desk: TestClient, name: str, content: bytes, says: str) -> None:
    for path in ("/api/precedents/file", "/precedents"):
        answer = desk.post(path, files=sent(name, content))
        assert answer.status_code == 422
        assert says in answer.text


def test_a_file_over_the_limit_is_refused(desk: TestClient) -> None:
    answer = desk.post("/api/precedents/file", files=sent("大.txt", b"a" * MAX_UPLOAD))
    assert answer.status_code == 413 and "5 MB" in answer.json()["detail"]


def test_no_file_at_all(desk: TestClient) -> None:
    answer = desk.post("/api/precedents/file", data={"text": "只有文字"})
    assert answer.status_code == 422 and "没有收到文件" in answer.json()["detail"]


@pytest.mark.parametrize("content", [b"--x\r\n", b"", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"])
def test_a_broken_form_is_refused(desk: TestClient, content: bytes) -> None:
    answer = desk.post(
        "/api/precedents/file", content=content, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_where_nothing_reads_files_none_is_asked_for(client: TestClient) -> None:
    assert 'type="file"' not in client.get("/precedents").text
    answer = client.post("/api/precedents/file", files=sent("草稿.txt", DRAFT.encode()))
    assert answer.status_code == 422 and "贴到框里" in answer.json()["detail"]


def test_the_page_shows_numbered_clauses_and_a_file_s_name(desk: TestClient) -> None:
    assert 'type="file"' in desk.get("/precedents").text
    page = desk.post("/precedents", files=sent("夏天.txt", DRAFT.encode())).text
    assert "“夏天.txt”" in page and 'id="c2"' in page
    assert re.search(r"<summary>先例 \d 句", page)
    assert page.count('class="draft-clauses"') == 2


def test_the_page_of_a_pasted_text_in_a_form_with_an_empty_file(desk: TestClient) -> None:
    page = desk.post("/precedents", data={"text": DRAFT}, files={"file": ("", b"")})
    assert page.status_code == 200 and 'id="c2"' in page.text


def test_a_copy_is_marked_on_the_page(desk: TestClient) -> None:
    hit = desk.post("/api/precedents", json={"text": DRAFT}).json()["hits"][0]
    page = desk.post("/precedents", data={"text": hit["text"]}).text
    assert '<mark class="overlap copied"' in page and "几乎照抄" in page


def test_nothing_alike_is_said(desk: TestClient) -> None:
    page = desk.post("/precedents", data={"text": "咖啡机萃取稳定。"}).text
    assert "没有足够相近的句子" in page


def test_a_file_that_cannot_be_read_leaves_what_was_pasted(desk: TestClient) -> None:
    answer = desk.post("/precedents", data={"text": DRAFT}, files=sent("坏.docx", b"PK\x03\x04" + bytes(64)))
    assert answer.status_code == 422
    assert "“坏.docx”" in answer.text and "再上传" in answer.text and "导入" not in answer.text
    assert DRAFT.splitlines()[0] in answer.text and "逐句</h2>" not in answer.text


def test_a_file_goes_before_what_was_pasted_and_says_so(desk: TestClient) -> None:
    answer = desk.post("/precedents", data={"text": "另一段文字"}, files=sent("草稿.txt", DRAFT.encode()))
    assert "这里看的是文件" in answer.text and "“草稿.txt”，共 2 句" in answer.text
    assert "这里看的是文件" not in desk.post("/precedents", files=sent("草稿.txt", DRAFT.encode())).text


def test_a_draft_that_is_too_long_leads_back(desk: TestClient) -> None:
    answer = desk.post("/precedents", data={"text": "字" * 20_001})
    assert answer.status_code == 422 and "回到“找先例”" in answer.text
