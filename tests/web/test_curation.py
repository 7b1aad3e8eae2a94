"""Editing terms in the browser and through the API."""

import html
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.model import Edit, Term
from corpus.store import Store
from web.pages.curation import WHO

LAMP, ORANGE = "灯下三问", "橘灯行动"
FORM = f"/manage/terms/edit?label={LAMP}"


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    """A browser that has logged in."""
    assert visitor.post("/manage/login", data={"token": token}).url.path == "/manage"
    return visitor


def folder(client: TestClient) -> Path:
    library: Path = client.app.state.library.folder  # type: ignore[attr-defined]
    return library


def filled_in(client: TestClient, path: str, **changes: str) -> dict[str, Any]:
    """What a browser posts from the form at ``path`` with some inputs changed."""
    page = client.get(path).text
    form = page[page.index('class="sheet"') : page.index("</form>", page.index('class="sheet"'))]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checked" in tag or not re.search(r'type="(?:checkbox|radio)"', tag)):
            fields[name[1]] = html.unescape(value[1]) if value else ""
    fields["kind"] = re.findall(r'<option value="(\w+)" selected>', form)[0]
    fields["relation"] = "broader"
    return fields | changes


@pytest.mark.parametrize("path", ["/manage/terms", FORM, "/manage/terms/history"])
def test_pages_are_for_who_has_the_token(client: TestClient, visitor: TestClient, token: str, path: str) -> None:
    assert client.get(path).status_code == 403
    asked = visitor.get(path)
    assert asked.url.path == "/manage/login"
    back = visitor.post(asked.url, data={"token": token})
    assert back.url.path == path.partition("?")[0]
    assert ("?" in path) == (f"<h1>{LAMP}</h1>" in back.text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (FORM, {"label": "灯下四问", "was.label": LAMP}),
        ("/manage/terms", {"term": "工会驿站点"}),
        ("/manage/terms/undo", {"ordinal": "1"}),
    ],
)
def test_nothing_is_edited_without_login_or_from_another_site(
    visitor: TestClient, token: str, path: str, said: dict[str, str]
) -> None:
    assert visitor.post(path, data=said).url.path == "/manage/login"
    visitor.post("/manage/login", data={"token": token})
    answer = visitor.post(path, data=said, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    with Store.open(folder(visitor)) as store:
        assert not store.select(Edit)


def test_renaming_and_undoing(manager: TestClient) -> None:
    before = manager.get(f"/api/terms/{LAMP}").json()
    answer = manager.post(
        FORM, data=filled_in(manager, FORM, label="灯下四问", kind="slogan", who="张三", note="改<b>")
    )
    assert answer.url.path == "/manage/terms/edit" and answer.status_code == 200
    assert "已改：“灯下三问”的类别改为提法；“灯下三问”改名为“灯下四问”" in answer.text
    assert "改&lt;b&gt;" in answer.text and "<b>" not in answer.text
    public = manager.get("/terms/灯下四问").text
    assert "变动记录" in public and "张三" in public
    assert manager.get(f"/api/terms/{LAMP}").json()["term"] == "灯下四问"
    assert 'value="张三"' in manager.get("/manage/terms").text  # remembered for the next form
    (ordinal,) = re.findall(r'name="ordinal" value="(\d+)">\s*<button class="quiet" name="batch"', answer.text)
    undone = manager.post("/manage/terms/undo", data={"ordinal": ordinal, "batch": "1"})
    assert "已撤销：" in undone.text and f"<h1>{LAMP}</h1>" in undone.text
    assert manager.get(f"/api/terms/{LAMP}").json() == before
    assert "编辑记录" not in manager.get(f"/terms/{LAMP}").text


def test_merging_leads_to_the_other_term(manager: TestClient) -> None:
    answer = manager.post(FORM, data=filled_in(manager, FORM, merge=f"“{ORANGE}”"))
    assert f"<h1>{ORANGE}</h1>" in answer.text
    assert f"“{LAMP}”即“{ORANGE}”" in manager.get(f"/terms/{LAMP}").text or ORANGE in manager.get(f"/terms/{LAMP}").text


def test_rejecting_and_adding(manager: TestClient) -> None:
    answer = manager.post(FORM, data=filled_in(manager, FORM, reject="1"))
    assert answer.url.path == "/manage/terms" and "已改：不收“灯下三问”" in answer.text
    assert manager.get(f"/terms/{LAMP}").status_code == 404
    gone = manager.get(FORM)
    assert gone.status_code == 404 and f'value="{LAMP}"' in gone.text
    added = manager.post("/manage/terms", data={"term": "夜班职工", "who": "李四"})
    assert added.status_code == 200 and "<h1>夜班职工</h1>" in added.text and "已改：新增“夜班职工”" in added.text
    undone = manager.post("/manage/terms/undo", data={"ordinal": "2", "label": "history"})
    assert undone.url.path == "/manage/terms/history" and "已撤销：新增“夜班职工”" in undone.text
    away = manager.post("/manage/terms", data={"term": "夜班职工"})
    undone = manager.post("/manage/terms/undo", data={"ordinal": "3"})
    assert away.status_code == 200 and undone.url.path == "/manage/terms"


def test_aliases_relations_and_the_preferred_sentence(manager: TestClient) -> None:
    page = manager.get(FORM).text
    radios = re.findall(r'type="radio" name="(prefer\.\d+)" value="(\w+)"', page)
    said = filled_in(manager, FORM, alias="三问", other=ORANGE, **{radios[-1][0]: radios[-1][1]})
    answer = manager.post(FORM, data=said)
    for words in ("加别名“三问”", f"加上位术语“{ORANGE}”", "选定解释："):
        assert words in answer.text
    assert re.search(rf'value="{radios[-1][1]}" checked', answer.text)
    assert "编辑选定" in manager.get(f"/terms/{LAMP}").text
    away = manager.post(FORM, data=filled_in(manager, FORM) | {"unrelate": f"broader:{ORANGE}"})
    assert f"去掉上位术语“{ORANGE}”" in away.text
    # The same form again says nothing new.
    again = manager.post(FORM, data=filled_in(manager, FORM))
    assert again.status_code == 422 and "什么也没有改" in again.text
    nothing = manager.post(FORM, data=filled_in(manager, FORM) | {"split": "三问"})
    assert nothing.status_code == 422 and "没有单独用到“三问”" in nothing.text
    manager.post(FORM, data=filled_in(manager, FORM, alias="问冷暖"))
    split = manager.post(FORM, data=filled_in(manager, FORM) | {"split": "问冷暖", "unalias": "问冷暖"})
    assert "拆出“问冷暖”" in split.text
    with Store.open(folder(manager)) as store:
        assert "问冷暖" in {term.label for term in store.select(Term)}
        assert [edit.kind for edit in store.select(Edit)] == ["alias", "prefer", "relate", "unrelate", "alias", "split"]


def test_what_is_refused_is_said_and_nothing_is_lost(manager: TestClient) -> None:
    said = filled_in(manager, FORM, label="某某<i>", merge="没有的词", note="为什么", alias=ORANGE)
    answer = manager.post(FORM, data=said)
    assert answer.status_code == 422 and "没有保存" in answer.text and f"已有术语“{ORANGE}”" in answer.text
    assert 'value="没有的词"' in answer.text and 'value="为什么"' in answer.text and "<i>" not in answer.text
    for term, says in (("没有的词", "文献里没有"), ("", "没有写出"), (LAMP, "合并")):
        answer = manager.post("/manage/terms", data={"term": term})
        assert answer.status_code == 422 and says in answer.text
    for ordinal, status in (("99", 404), ("x", 404), ("", 404)):
        assert manager.post("/manage/terms/undo", data={"ordinal": ordinal}).status_code == status
    with Store.open(folder(manager)) as store:
        assert not store.select(Edit)
    with Store.open(folder(manager)) as store, store.write():
        answer = manager.post(FORM, data=filled_in(manager, FORM, alias="三问"))
        assert answer.status_code == 409 and 'value="三问"' in answer.text


def test_finding_and_the_queue(manager: TestClient) -> None:
    page = manager.get("/manage/terms?find=灯").text
    assert LAMP in page and ORANGE in page and "含有“灯”的术语" in page
    assert "没有。文献里有而没有收的" in manager.get("/manage/terms?find=没有的词").text
    queue = manager.get("/manage/terms").text
    for heading in ("/manage/terms/candidates", "/manage/lint", "用得多而没有解释", "有几个意思"):
        assert heading in queue


def test_edits_that_wait_are_in_the_queue(manager: TestClient) -> None:
    manager.post(FORM, data=filled_in(manager, FORM, kind="slogan"))
    with Store.open(folder(manager)) as store, store.write():
        store._db.execute("UPDATE edit SET idle = '术语表里没有这个词。'")
    assert "编辑未用上" in manager.get("/manage/lint").text
    assert "未用上</span> 术语表里没有这个词。" in manager.get("/manage/terms").text


def test_pages_say_where_their_forms_come_from_and_are_sound(manager: TestClient) -> None:
    manager.post(FORM, data=filled_in(manager, FORM, alias="三问"))
    for path in ("/manage/terms?find=灯", FORM, f"{FORM}&did=1", "/manage/terms/history", f"/terms/{LAMP}"):
        answer = manager.get(path)
        assert answer.status_code == 200
        if path.startswith("/manage"):
            assert answer.headers["referrer-policy"] == "same-origin" and answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", answer.text)
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', answer.text)) <= set(ids)


def test_the_name_is_kept_from_scripts_and_other_sites(manager: TestClient) -> None:
    answer = manager.post(FORM, data=filled_in(manager, FORM, alias="三问", who="张三；"), follow_redirects=False)
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith(WHO))
    assert {"HttpOnly", "SameSite=strict", "Path=/manage"} <= set(cookie.split("; ")) and "张三" not in cookie


def test_the_api_edits_lists_and_undoes(visitor: TestClient, bearer: dict[str, bytes]) -> None:
    before = visitor.get(f"/api/terms/{LAMP}").json()
    said = {"edits": [{"kind": "alias", "term": LAMP, "value": "三问"}, {"kind": "merge", "term": ORANGE, "value": "三问"}],
            "who": "程序", "note": "试试"}  # fmt: skip
    made = visitor.post("/api/terms/edits", json=said, headers=bearer)
    assert made.status_code == 200
    assert [edit["told"] for edit in made.json()["edits"]] == [f"“{LAMP}”加别名“三问”", f"“{ORANGE}”并入“三问”"]
    assert visitor.get(f"/api/terms/{ORANGE}").json()["term"] == LAMP
    listed = visitor.get("/api/terms/edits", params={"term": ORANGE, "limit": 1}, headers=bearer).json()
    assert (listed["total"], len(listed["edits"]), listed["edits"][0]["who"]) == (2, 1, "程序")
    undone = visitor.delete("/api/terms/edits/1?batch=true", headers=bearer)
    assert undone.json()["total"] == 2
    assert visitor.get(f"/api/terms/{LAMP}").json() == before


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"edits": []}, "至少要有 1 项"),
        ({"edits": [{"kind": "什么", "term": LAMP}]}, "relate、unrelate 之一"),
        ({"edits": [{"kind": "merge", "term": LAMP, "value": LAMP}]}, "并入自己"),
        ({"edits": [{"kind": "merge", "term": "没有的词", "value": LAMP}]}, "没有的词"),
        ({"edits": [{"kind": "add", "term": "x"}]}, "至少要有两个字"),
        ({"edits": [{"kind": "reject", "term": LAMP}], "colour": "红"}, "colour"),
    ],
)
def test_what_the_api_refuses(visitor: TestClient, bearer: dict[str, bytes], said: dict[str, Any], says: str) -> None:
    answer = visitor.post("/api/terms/edits", json=said, headers=bearer)
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert visitor.get(f"/api/terms/{LAMP}").status_code == 200


def test_the_api_asks_for_the_token(visitor: TestClient, bearer: dict[str, bytes]) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", "/1")):
        assert visitor.request(method, f"/api/terms/edits{path}").status_code == 401
    assert visitor.delete("/api/terms/edits/1", headers=bearer).status_code == 404


def test_two_editors_at_once_wait_for_each_other(visitor: TestClient, bearer: dict[str, bytes]) -> None:
    answers: list[int] = []

    def post(name: str) -> None:
        said = {"edits": [{"kind": "alias", "term": LAMP, "value": name}]}
        answers.append(visitor.post("/api/terms/edits", json=said, headers=bearer).status_code)

    threads = [threading.Thread(target=post, args=(f"三问{i}",)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 3
    assert {"三问0", "三问1", "三问2"} <= set(visitor.get(f"/api/terms/{LAMP}").json()["aliases"])
