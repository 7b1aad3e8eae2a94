"""Teaching plain words in the browser and through the API, from the page that found nothing on."""

import html
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from corpus.model import Taught
from corpus.store import Store
from web.pages.curation import WHO

WORDS, MEANT = "晌午头塞冰棍", "灯下三问"


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    """A browser that has logged in."""
    assert visitor.post("/manage/login", data={"token": token}).url.path == "/manage"
    return visitor


def folder(client: TestClient) -> Path:
    library: Path = client.app.state.library.folder  # type: ignore[attr-defined]
    return library


def held(client: TestClient) -> list[Taught]:
    with Store.open(folder(client)) as store:
        return store.select(Taught)


@pytest.mark.parametrize("path", ["/manage/taught", "/manage/queries"])
def test_pages_are_for_who_has_the_token(client: TestClient, visitor: TestClient, token: str, path: str) -> None:
    assert client.get(path).status_code == 403
    asked = visitor.get(path)
    assert asked.url.path == "/manage/login"
    assert visitor.post(asked.url, data={"token": token}).url.path == path


def test_what_was_begun_before_the_login_is_filled_in_after_it(visitor: TestClient, token: str) -> None:
    asked = visitor.get("/manage/taught", params={"label": "冰棍 & “汽水”?", "concept": MEANT})
    back = visitor.post(asked.url, data={"token": token})
    page = html.unescape(back.text)
    assert 'value="冰棍 & “汽水”?"' in page and f'value="{MEANT}"' in page


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/manage/taught", {"label": WORDS, "concept": MEANT}),
        ("/manage/taught/undo", {"ordinal": "1"}),
        ("/manage/queries/clear", {}),
    ],
)
def test_nothing_is_taught_without_login_or_from_another_site(
    visitor: TestClient, token: str, path: str, said: dict[str, str]
) -> None:
    assert visitor.post(path, data=said).url.path == "/manage/login"
    visitor.post("/manage/login", data={"token": token})
    assert visitor.post(path, data=said, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not held(visitor)


def test_from_a_page_without_a_sure_answer_to_one_with_it(manager: TestClient) -> None:
    page = manager.get("/search", params={"q": WORDS}).text
    assert "没找到？教它一个说法" in page and 'action="/manage/taught"' in page
    field = re.search(r'name="label" value="([^"]+)"', page)
    assert field and html.unescape(field[1]) == WORDS
    form = manager.get("/manage/taught", params={"label": WORDS, "concept": MEANT}).text
    assert f'value="{WORDS}"' in form and f'value="{MEANT}"' in form
    said = {"label": WORDS, "concept": MEANT, "who": "张三", "note": "常<b>有人问"}
    done = manager.post("/manage/taught", data=said)
    assert done.url.path == "/manage/taught" and "已教会：“晌午头塞冰棍”按“灯下三问”查" in done.text
    assert "常&lt;b&gt;有人问" in done.text and unquote(manager.cookies[WHO]) == "张三"
    found = manager.get("/search", params={"q": WORDS}).text
    assert "教它一个说法" not in found and f"主题　{MEANT}" in found
    (lesson,) = held(manager)
    undone = manager.post("/manage/taught/undo", data={"ordinal": str(lesson.ordinal)})
    assert "已撤销：“晌午头塞冰棍”不再按“灯下三问”查" in undone.text and 'class="undone"' in undone.text
    assert "教它一个说法" in manager.get("/search", params={"q": WORDS}).text


@pytest.mark.parametrize(
    ("said", "status", "says"),
    [
        ({"label": WORDS, "concept": "没有这回事"}, 422, "都没有“没有这回事”这个说法"),
        ({"label": WORDS, "concept": ""}, 422, "没有写出官方说法"),
        ({"label": "", "concept": MEANT}, 422, "没有写出大白话"),
        ({}, 422, "没有写出大白话"),
        ({"label": "长" * 41, "concept": MEANT}, 422, "缩短"),
        ({"label": WORDS, "concept": MEANT, "who": "a\x07"}, 422, "看不见的字符"),
    ],
)
def test_what_is_refused_stays_filled_in(manager: TestClient, said: dict[str, str], status: int, says: str) -> None:
    answer = manager.post("/manage/taught", data=said)
    assert answer.status_code == status and says in answer.text
    assert f'value="{html.escape(said.get("label", ""))}"' in answer.text
    assert not held(manager)


@pytest.mark.parametrize("ordinal", ["", "7", "x", "9" * 30])
def test_undoing_what_is_not_there(manager: TestClient, ordinal: str) -> None:
    assert manager.post("/manage/taught/undo", data={"ordinal": ordinal}).status_code == 404


def test_many_lessons_are_listed_page_by_page(manager: TestClient) -> None:
    with Store.open(folder(manager)) as store:
        for n in range(1, 61):
            store.put_lesson(Taught(n, f"说法{n}", MEANT, "", "", "2024-01-01T00:00:00+00:00"))
    first = manager.get("/manage/taught").text
    assert "说法60" in first and "说法10<" not in first and "第 1 / 2 页" in first
    assert "说法10<" in manager.get("/manage/taught?page=2").text


def test_a_library_without_a_token_names_the_command(client: TestClient) -> None:
    page = client.get("/search", params={"q": WORDS}).text
    assert "gongzhi teach" in page and "/manage/taught" not in page


def test_the_api(visitor: TestClient, bearer: dict[str, bytes]) -> None:
    said = {"label": WORDS, "concept": f"“{MEANT}”", "who": "程序"}
    assert visitor.post("/api/taught", json=said).status_code == 401
    assert visitor.get("/api/taught").status_code == 401
    assert not visitor.get("/api/search", params={"q": WORDS}).json()["sure"]
    made = visitor.post("/api/taught", json=said, headers=bearer)  # type: ignore[arg-type]
    assert made.status_code == 200
    assert made.json() | {"made": ""} == {
        "ordinal": 1, "label": WORDS, "concept": MEANT, "note": "", "who": "程序", "made": "", "undone": ""
    }  # fmt: skip
    answer = visitor.get("/api/search", params={"q": WORDS}).json()
    assert answer["sure"] and answer["concepts"] == [MEANT]
    again = visitor.post("/api/taught", json=said, headers=bearer)  # type: ignore[arg-type]
    assert again.status_code == 422 and "不必再教" in again.json()["detail"]
    unknown = visitor.post("/api/taught", json=said | {"concept": "灯下三问题"}, headers=bearer)  # type: ignore[arg-type]
    assert unknown.status_code == 422 and MEANT in unknown.json()["suggestions"]
    assert visitor.delete("/api/taught/1", headers=bearer).json()["undone"]  # type: ignore[arg-type]
    assert visitor.delete("/api/taught/1", headers=bearer).status_code == 422  # type: ignore[arg-type]
    assert visitor.delete("/api/taught/2", headers=bearer).status_code == 404  # type: ignore[arg-type]
    listed = visitor.get("/api/taught", headers=bearer).json()  # type: ignore[arg-type]
    assert listed["total"] == 1 and listed["taught"][0]["undone"]


def test_a_lesson_changes_no_listing(manager: TestClient) -> None:
    before = manager.get("/readyz").json()
    shelves = manager.app.state.shelves  # type: ignore[attr-defined]
    manager.get("/documents")
    shelf = shelves._shelf
    manager.post("/manage/taught", data={"label": WORDS, "concept": MEANT})
    manager.get("/documents")
    assert manager.get("/readyz").json() == before and shelves._shelf is shelf
