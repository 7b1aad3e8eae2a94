"""What people and programs send by mistake: an answer, or a problem told in Chinese; never a fault of the server."""

import pytest
from starlette.testclient import TestClient

QUERIES = {
    "one character": "站",
    "punctuation": "，。！？……",
    "emoji": "👷‍♀️🔥",
    "control characters": "驿\x00站\x07\x1b[31m",
    "regular expression": ".*+?[](){}^$|\\d",
    "SQL": "'; DROP TABLE passage; -- \" OR 1=1",
    "query syntax": 'text:驿站 AND (title:"a OR b) ~2 ^3 [a TO b}',
    "HTML": "<script>alert(1)</script>",
    "lone quotation mark": "“驿站",
    "quotation marks": '”“”"「『」',
    "only a minus": "-",
    "only signs": "地方: -",
    "unknown place": "地方:火星 驿站",
    "unknown values": "年份:99999 级别:abc 类型:诗歌 状态:也许",
    "unknown field": "author:张三 驿站",
    "many signs": "-甲 地方:宜宾 “乙” " * 20,
    "2000 characters": "驿" * 2000,
    "template": "{{ 7*7 }} {% raw %} ${7*7}",
    "percent": "%00%ff%",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
@pytest.mark.parametrize("path", ["/api/search", "/search", "/api/terms", "/api/places", "/places", "/precedents"])
def test_whatever_is_asked_there_is_an_answer(client: TestClient, path: str, query: str) -> None:
    name = "text" if path == "/precedents" else "q"
    answer = client.get(path, params={name: query})
    assert answer.status_code == 200
    assert path.startswith("/api") or "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/api/search?q=", "/search?q=", "/api/terms?q=", "/api/places?q="])
@pytest.mark.parametrize("escaped", ["%FF%FE", "%ED%A0%80", "%00", "%", "%E9%A9"])
def test_bytes_that_are_no_text(client: TestClient, path: str, escaped: str) -> None:
    assert client.get(path + escaped).status_code == 200


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/search?q=驿站&level=abc", "level应为"),
        ("/api/search?q=驿站&year=99999", "year格式不对，应为四位年份"),
        ("/api/search?q=驿站&status=maybe", "status应为"),
        ("/api/search?q=驿站&mode=sql", "mode应为"),
        (f"/api/search?q={'驿' * 2001}", "整段文字请用“找先例”"),
        ("/search?q=驿站&year=99999", "年份格式不对，应为四位年份"),
        ("/search?q=驿站&status=maybe", "进展应为"),
        (f"/search?q={'驿' * 2001}", '<a href="/precedents">贴一段文字找先例</a>'),
    ],
)
def test_what_cannot_be_a_value_is_told(client: TestClient, path: str, told: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422 and told in answer.text


@pytest.mark.parametrize("condition", ["place=火星", "province=火星", "type=诗歌", "year=1931", "year=1931-1935、1940"])
def test_values_that_no_document_has_are_told_with_those_there_are(client: TestClient, condition: str) -> None:
    found = client.get(f"/api/search?q=驿站&{condition}").json()
    assert found["total"] == 0 and "的文献，现有" in found["notes"][0]
    assert "的文献，现有" in client.get(f"/search?q=驿站&{condition}").text


@pytest.mark.parametrize("body", [b'{"text": "\\ud800"}', b'{"text": ""}', b"{", b"[]", b'{"text": 1}', b"\xff"])
def test_bodies_that_are_no_draft(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/precedents", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == (400 if body == b"\xff" else 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_draft_of_20000_characters(client: TestClient) -> None:
    draft = ("建设职工驿站，方便夜班职工歇脚。" * 1300)[:20_000]
    assert client.post("/precedents", data={"text": draft}).status_code == 200
    assert client.post("/api/precedents", json={"text": draft}).json()["hits"]
    assert client.post("/precedents", data={"text": draft + "长"}).status_code == 422
    assert client.post("/api/precedents", json={"text": draft + "长"}).status_code == 422
