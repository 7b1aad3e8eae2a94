"""Queries without a sure answer: kept by pages and the API, listed for the editor, left out once they are answered."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.queries import FILE_NAME, Asked, QueryLog
from web.app import create_app

WORDS, MEANT = "晌午头塞冰棍", "灯下三问"


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    visitor.post("/manage/login", data={"token": token})
    return visitor


@pytest.fixture
def silent(library: Path, tmp_path: Path, token: str) -> Iterator[TestClient]:
    """A server that keeps no query."""
    app = create_app(shutil.copytree(library, tmp_path / "silent"), token=token, keep_queries=False)
    with TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        yield client


def log(client: TestClient) -> QueryLog:
    found: QueryLog = client.app.state.queries  # type: ignore[attr-defined]
    return found


def kept(client: TestClient) -> list[Asked]:
    log(client).close()
    return log(client).listed(lambda asked: False, 100)


@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_a_query_without_a_sure_answer_is_kept(visitor: TestClient, path: str) -> None:
    for _ in range(2):
        assert visitor.get(path, params={"q": f" {WORDS} 13812345678"}).status_code == 200
    (asked,) = kept(visitor)
    assert (asked.query, asked.way, asked.times) == (f"{WORDS} ＊", "search", 2)


@pytest.mark.parametrize("path", ["/places", "/api/places"])
def test_a_question_that_no_place_answers_is_kept(visitor: TestClient, path: str) -> None:
    visitor.get(path, params={"q": f"哪些城市{WORDS}"})
    (asked,) = kept(visitor)
    assert (asked.query, asked.way, asked.found) == (f"哪些城市{WORDS}", "places", False)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search", {"q": MEANT}),
        ("/search", {"q": ""}),
        ("/search", {"q": WORDS, "page": "2"}),
        ("/search", {"q": WORDS, "place": "荆州市"}),
        ("/search", {"q": WORDS, "mode": "lexical"}),
        ("/api/search", {"q": WORDS, "year": "2022"}),
        ("/api/search", {"q": WORDS, "offset": "10"}),
        ("/search", {"q": WORDS * 10}),
        ("/places", {"q": "哪些城市"}),
        ("/places", {"q": f"哪些城市{WORDS}", "level": "county"}),
        ("/terms", {"q": WORDS}),
    ],
)
def test_what_is_not_kept(visitor: TestClient, path: str, said: dict[str, str]) -> None:
    visitor.get(path, params=said)
    visitor.post("/api/precedents", json={"text": WORDS})
    assert not kept(visitor)


def test_nothing_is_kept_where_it_is_switched_off(silent: TestClient, token: str) -> None:
    silent.get("/search", params={"q": WORDS})
    assert not kept(silent) and not (log(silent)._path.parent / FILE_NAME).exists()
    silent.post("/manage/login", data={"token": token})
    assert "已关闭" in silent.get("/manage/queries").text


def test_the_list_leads_to_a_lesson_and_a_lesson_empties_the_list(manager: TestClient) -> None:
    manager.get("/search", params={"q": WORDS})
    manager.get("/places", params={"q": f"哪些城市{WORDS}"})
    log(manager).close()
    page = manager.get("/manage/queries").text
    assert "问过 1 次" in page and f'name="label" value="{WORDS}"' in page and f"哪些城市{WORDS}" in page
    manager.post("/manage/taught", data={"label": WORDS, "concept": MEANT})
    assert "没有查不到的问题" in manager.get("/manage/queries").text
    assert log(manager).count() == 0


def test_the_list_is_cleared(manager: TestClient) -> None:
    manager.get("/search", params={"q": WORDS})
    log(manager).close()
    assert "已清空" in manager.post("/manage/queries/clear").text
    assert log(manager).count() == 0


def test_a_list_that_cannot_be_written_is_said(manager: TestClient) -> None:
    log(manager)._path.write_bytes(b"not a database" * 100)
    answer = manager.post("/manage/queries/clear")
    assert answer.status_code == 409 and "没有清空" in answer.text
    assert manager.get("/manage/queries").status_code == 200
    assert manager.get("/search", params={"q": WORDS}).status_code == 200
