"""Correcting documents in the browser and through the API."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.model import Correction
from corpus.store import Store
from web.app import create_app
from web.gate import ATTEMPTS
from web.pages.manage import COOKIE


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    """A browser that has logged in."""
    assert visitor.post("/manage/login", data={"token": token}).url.path == "/manage"
    return visitor


@pytest.fixture
def form(document_ids: dict[str, str]) -> str:
    return f"/manage/documents/{document_ids['宜宾市']}"


def filled_in(client: TestClient, path: str, **changes: str) -> dict[str, Any]:
    """What a browser posts from the form at ``path`` with some inputs changed."""
    page = client.get(path).text
    fields = {
        name: html.unescape(value)
        for tag in re.findall(r"<input[^>]*>", page)
        if 'type="checkbox"' not in tag
        for name, value in re.findall(r'name="([^"]+)".*?value="([^"]*)"', tag)
    }
    fields["level"] = re.findall(r'<option value="(\w+)" selected>', page)[0]
    del fields["q"]
    return fields | changes


def test_pages_are_shut_without_a_token(client: TestClient, form: str) -> None:
    for path in ("/manage", "/manage/login", form):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "管理页未启用" in answer.text and "GONGZHI_TOKEN" in answer.text
    assert client.post(form, data={}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 403
    assert "/manage" not in client.get("/documents").text


def test_logging_in_leads_back(visitor: TestClient, token: str, form: str) -> None:
    asked = visitor.get(form)
    assert asked.url.path == "/manage/login"
    back = visitor.post(asked.url, data={"token": token})
    assert back.url.path == form
    visitor.post("/manage/logout")
    assert visitor.get(form).url.path == "/manage/login"


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: TestClient, token: str) -> None:
    answer = visitor.post("/manage/login", data={"token": token}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/manage"} <= set(cookie.split("; "))
    assert "Secure" not in cookie and token not in cookie
    visitor.base_url = "https://testserver"
    assert (
        "Secure" in visitor.post("/manage/login", data={"token": token}, follow_redirects=False).headers["set-cookie"]
    )


def test_a_session_that_was_ended_is_over_wherever_it_was_kept(manager: TestClient) -> None:
    kept = manager.cookies[COOKIE]
    manager.post("/manage/logout")
    manager.cookies.set(COOKIE, kept)
    assert manager.get("/manage").url.path == "/manage/login"


@pytest.mark.parametrize("to", ["//example.org", "https://example.org", "/manage/documents/..", "/terms"])
def test_login_leads_nowhere_else(visitor: TestClient, token: str, to: str) -> None:
    assert visitor.post("/manage/login", params={"to": to}, data={"token": token}).status_code == 422


def test_guessing_ends_soon(visitor: TestClient, token: str) -> None:
    for _ in range(ATTEMPTS):
        answer = visitor.post("/manage/login", data={"token": "猜"})
        assert answer.status_code == 403 and "口令不对" in answer.text
    for offered in ("猜", token):
        answer = visitor.post("/manage/login", data={"token": offered})
        assert answer.status_code == 429 and "秒再试" in answer.text
    refused = visitor.patch("/api/documents/x", json={"date": ""}, headers={"Authorization": "Bearer x"})
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "http://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
@pytest.mark.parametrize("path", ["", "/undo"])
def test_forms_of_other_sites_do_nothing(
    manager: TestClient, form: str, path: str, headers: dict[str, str], status: int, bearer: dict[str, bytes]
) -> None:
    del manager.headers["Sec-Fetch-Site"]
    manager.patch(
        form.replace("/manage", "/api"),
        json={"date": "2001"},
        headers={"Authorization": "Bearer 试用的口令1234".encode()},
    )
    said = {"field": "date"} if path else {"date": "2002", "was.date": "2001"}
    answer = manager.post(form + path, data=said, headers=headers, follow_redirects=False)
    assert answer.status_code == status
    date = manager.get(form.replace("/manage", "/api")).json()["date"]
    assert (date == "2001") == (status == 403)


def test_nobody_changes_anything_without_logging_in(visitor: TestClient, form: str) -> None:
    before = visitor.get(form.replace("/manage", "/api")).json()
    for path, said in ((form, {"date": "2002", "was.date": ""}), (f"{form}/undo", {"field": "date"})):
        assert visitor.post(path, data=said).url.path == "/manage/login"
    assert visitor.get(form.replace("/manage", "/api")).json() == before


def test_correcting_and_undoing(manager: TestClient, form: str) -> None:
    reader, api = form.removeprefix("/manage"), form.replace("/manage", "/api")
    before = manager.get(api).json()
    answer = manager.post(form, data=filled_in(manager, form, place="南京市鼓楼区", date="2024年5月"))
    assert answer.url.path == form
    assert "已更正：地方、日期。" in answer.text
    assert 'value="江苏省南京市鼓楼区"' in answer.text and f"读出的是“{before['place']}”" in answer.text
    after = manager.get(api).json()
    assert (after["place"], after["province"], after["level"], after["date"]) == (
        "鼓楼区",
        "江苏省",
        "county",
        "2024-05",
    )
    assert {**after, **{k: before[k] for k in ("place", "province", "level", "date", "metadata")}} == before
    assert [item["how"] for item in after["metadata"] if item["confidence"] == 1] == ["correction"] * 3
    page = manager.get(reader).text
    assert page.count("经更正") == 2 and f'href="{form}"' in page
    assert "更正 2 项" in manager.get("/manage/documents").text
    for field in ("place", "date"):
        answer = manager.post(f"{form}/undo", data={"field": field})
        assert "已撤销更正" in answer.text
    assert manager.get(api).json() == before
    assert "经更正" not in manager.get(reader).text


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(manager: TestClient, form: str) -> None:
    said = filled_in(manager, form, place="鼓楼区", date="<去年>", meeting="第一次会议")
    answer = manager.post(form, data=said)
    assert answer.status_code == 422
    assert 'id="place-mistake"' in answer.text and "福建省福州市鼓楼区" in answer.text
    assert 'id="date-mistake"' in answer.text and "<去年>" not in answer.text
    for value in ("鼓楼区", "&lt;去年&gt;", "第一次会议"):
        assert f'value="{value}"' in answer.text
    assert manager.get(form.replace("/manage", "/api")).json()["meeting"] != "第一次会议"


def test_only_what_was_changed_is_a_correction(manager: TestClient, form: str) -> None:
    assert "没有改动" in manager.post(form, data=filled_in(manager, form)).text
    stale = filled_in(manager, form, type="简报")
    manager.post(form, data=filled_in(manager, form, date="2019"))
    manager.post(form, data=stale)
    answer = manager.get(form.replace("/manage", "/api")).json()
    assert (answer["type"], answer["date"]) == ("简报", "2019")


def test_what_was_read_can_be_confirmed(manager: TestClient, form: str) -> None:
    answer = manager.post(form, data=filled_in(manager, form) | {"confirm": "type"})
    assert "已更正：文种" in answer.text and answer.text.count("撤销更正</button>") == 1


def test_what_needs_looking_at_comes_first(manager: TestClient, form: str) -> None:
    listed = re.findall(r'href="(/manage/documents/[^"]+)"', manager.get("/manage/documents").text)
    assert listed.index(form) > 0
    with Store.open(manager.app.state.library.folder) as store, store.write():  # type: ignore[attr-defined]
        store._db.execute("UPDATE document SET place = '', date = '' WHERE id = ?", (form.rsplit("/", 1)[1],))
    page = manager.get("/manage/documents").text
    assert re.findall(r'href="(/manage/documents/[^"]+)"', page)[0] == form
    assert "没有读出：地方、日期" in page
    assert re.findall(r'href="(/manage/documents/[^"]+)"', manager.get("/manage/documents?find=衢州").text) != listed
    none = manager.get("/manage/documents?find=没有这份").text
    assert "没有符合条件的文献" in none and "待核对" not in none


def test_corrections_that_wait_are_listed(manager: TestClient, form: str) -> None:
    manager.post(form, data=filled_in(manager, form, date="2019"))
    with Store.open(manager.app.state.library.folder) as store:  # type: ignore[attr-defined]
        store.remove_source(form.rsplit("/", 1)[1].partition("-")[0])
        assert store.count(Correction) == 1
    page = manager.get("/manage/documents").text
    assert "未用上的更正" in page and "→ 2019" in page
    assert manager.get(form).status_code == 404


@pytest.mark.parametrize("path", ["/manage", "form", "/manage/login"])
def test_pages_say_where_their_forms_come_from_and_are_not_kept(manager: TestClient, form: str, path: str) -> None:
    if path == "/manage/login":
        manager.post("/manage/logout")
    answer = manager.get(form if path == "form" else path)
    assert answer.status_code == 200
    # With no-referrer a browser would send "Origin: null".
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", answer.text)
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_a_busy_or_read_only_library_is_said(
    manager: TestClient, form: str, monkeypatch: pytest.MonkeyPatch, bearer: dict[str, bytes]
) -> None:
    said = filled_in(manager, form, date="2019")
    api = form.replace("/manage", "/api")
    folder: Path = manager.app.state.library.folder  # type: ignore[attr-defined]
    monkeypatch.setattr("corpus.database._PATIENCE", 0.1)
    with Store.open(folder) as store, store.write():
        answer = manager.post(form, data=said)
        assert answer.status_code == 409 and "正被另一个进程写入" in answer.text and 'value="2019"' in answer.text
        assert manager.patch(api, json={"date": "2019"}, headers=bearer).status_code == 409
    # Root may write anywhere: only the answer of the system can be had, not the refusal itself.
    monkeypatch.setattr("os.access", lambda *_: False)
    answer = manager.post(form, data=said)
    assert answer.status_code == 409 and "不能写" in answer.text
    assert manager.patch(api, json={"date": "2019"}, headers=bearer).status_code == 503


def test_the_api_corrects_and_undoes(
    visitor: TestClient, document_ids: dict[str, str], bearer: dict[str, bytes]
) -> None:
    path = f"/api/documents/{document_ids['宜宾市']}"
    before = visitor.get(path).json()
    answer = visitor.patch(path, json={"place": "荆州", "speaker": "张三", "date": ""}, headers=bearer)
    assert answer.status_code == 200
    after = answer.json()
    assert (after["place"], after["province"], after["level"], after["date"]) == ("荆州市", "湖北省", "city", "")
    assert visitor.get(path).json() == after
    undone = visitor.patch(path, json={"place": None, "speaker": None, "date": None}, headers=bearer)
    assert undone.json() == before


@pytest.mark.parametrize(
    ("said", "parameter", "says"),
    [
        ({"place": "鼓楼区"}, "place", "江苏省南京市鼓楼区"),
        ({"colour": "红"}, "colour", "不是可以更正的项目"),
        ({}, "内容", "至少一个"),
        ({"date": 2023}, "date", "应为文字"),
        ({"title": ""}, "title", "不能为空"),
        ({"type": None}, "", "没有更正过"),
    ],
)
def test_what_the_api_refuses(
    visitor: TestClient,
    document_ids: dict[str, str],
    bearer: dict[str, bytes],
    said: dict[str, Any],
    parameter: str,
    says: str,
) -> None:
    path = f"/api/documents/{document_ids['宜宾市']}"
    answer = visitor.patch(path, json=said, headers=bearer)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert says in problem["detail"]
    assert [mistake["parameter"] for mistake in problem["errors"]] == ([parameter] if parameter else [])


def test_the_api_asks_for_the_token(
    visitor: TestClient, client: TestClient, token: str, bearer: dict[str, bytes]
) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {token}".encode()}):
        answer = visitor.patch("/api/documents/x", json={"date": ""}, headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert visitor.patch("/api/documents/x", json={"date": ""}, headers=bearer).status_code == 404
    off = client.patch("/api/documents/x", json={"date": ""}, headers=bearer)
    assert off.status_code == 403 and "GONGZHI_TOKEN" in off.json()["detail"]


def test_the_token_is_never_shown(library: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = "never-to-be-seen"
    app = create_app(library, token=secret)
    with TestClient(app, raise_server_exceptions=False, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        answer = client.post("/manage/login", data={"token": secret})
        seen = [answer.text, *(str(part.headers) for part in (answer, *answer.history))]
        seen += [client.get(path).text for path in ("/manage", "/documents", "/metrics", "/openapi.json")]
        client.patch("/api/documents/x", json={}, headers={"Authorization": f"Bearer {secret}"})
    assert not any(secret in text for text in (*seen, caplog.text, repr(app.state.gate)))
