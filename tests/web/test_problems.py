from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import LibraryNotFound
from web.app import create_app
from web.security import HEADERS


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/search", 422, "q必须填写"),
        ("/api/search?q=", 422, "q不能为空"),
        ("/api/search?q=驿站&k=0", 422, "k不能小于 1"),
        ("/api/search?q=驿站&k=101", 422, "k不能大于 100"),
        ("/api/search?q=驿站&k=几个", 422, "k应为整数"),
        ("/api/search?q=驿站&mode=magic", 422, "mode应为 hybrid、lexical、semantic 之一"),
        ("/api/search?q=驿站&year=31", 422, "year格式不对"),
        (f"/api/search?q={'长' * 2001}", 422, "q不能超过 2000 字"),
        ("/api/documents?limit=5001", 422, "limit不能大于 5000"),
        ("/api/places?q=驿站&level=村", 422, "level应为"),
        ("/api/graph/灯下三问?depth=9", 422, "depth不能大于 3"),
        ("/api/documents/没有", 404, "没有编号为“没有”的文献"),
        ("/api/graph/无中生有之术", 404, "没有术语“无中生有之术”"),
        ("/api/nothing", 404, "没有这个地址"),
    ],
)
def test_programs_get_problem_details_in_chinese(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["instance"].startswith("/api/")


def test_a_missing_term_comes_with_suggestions(client: TestClient) -> None:
    problem = client.get("/api/terms/灯下三句").json()
    assert "灯下三问" in problem["suggestions"]
    page = client.get("/terms/灯下三句")
    assert page.status_code == 404
    assert 'href="/terms/%E7%81%AF%E4%B8%8B%E4%B8%89%E9%97%AE"' in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/没有这页", 404), ("/documents/没有", 404), ("/search?q=驿站&page=0", 422), ("/places.csv", 422)],
)
def test_readers_get_a_page(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "回到首页" in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text": ""}', b'{"text": 1}', b'{"text": "\\ud800"}'])
def test_a_bad_precedent_request_is_told_why(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/precedents", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_long_precedent_is_refused(client: TestClient) -> None:
    assert "20000" in client.post("/api/precedents", json={"text": "字" * 20_001}).json()["detail"]
    page = client.post("/precedents", data={"text": "字" * 20_001})
    assert page.status_code == 422
    assert "20000" in page.text


def test_there_is_no_application_without_a_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound, match="gongzhi ingest"):
        create_app(tmp_path / "none")


def test_an_unexpected_error_is_a_problem_with_the_headers(library: Path) -> None:
    app = create_app(library)

    @app.get("/api/broken")
    def broken() -> None:
        raise ZeroDivisionError

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/api/broken")
    assert answer.status_code == 500
    assert answer.json()["title"] == "服务器出错"
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_broken_json_is_no_parameter(client: TestClient) -> None:
    answer = client.post("/api/precedents", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["detail"]) == (422, "内容不是有效的 JSON。请改正后再试。")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/search?q=驿站&year=31", "年份格式不对"),
        ("/search?q=驿站&page=0", "页码不能小于 1"),
        ("/search?q=驿站&status=x", "进展应为 done、plan 之一"),
        (f"/basket?p={'长' * 101}&p={'长' * 102}", ">选用的段落不能超过 100 字。"),
    ],
)
def test_pages_call_parameters_as_readers_know_them(client: TestClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert words in answer.text
