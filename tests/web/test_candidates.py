"""Going through the candidates of the glossary: the queue, what is chosen on it, progress, undoing."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.model import Edit, Term
from corpus.store import Store
from gongzhi.build import ingest
from web.app import create_app
from web.forms import MOST_FIELDS
from web.pages.candidates import PAGE_SIZE
from web.security import HEADERS

QUEUE = "/manage/terms/candidates"


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    visitor.post("/manage/login", data={"token": token})
    return visitor


def waiting(client: TestClient, path: str = QUEUE) -> dict[str, str]:
    """Label → id of the term, in the order of the page."""
    page = client.get(path).text
    return dict(
        re.findall(r'<h2><a href="/manage/terms/edit\?label=[^"]*">([^<]+)</a>.*?name="to\.(\w+)"', page, re.DOTALL)
    )


def left(client: TestClient) -> tuple[int, int]:
    """How many were looked at, and how many weren't, as the page says."""
    found = re.search(r"看过 ([\d,]+) 个，还有 <b>([\d,]+)</b> 个没看", client.get(QUEUE).text)
    assert found
    return int(found[1]), int(found[2])


def fields(ids: dict[str, str], **deeds: tuple[str, str]) -> dict[str, str]:
    """What a browser posts: the field for another name is always sent."""
    said = {f"to.{term}": "" for term in ids.values()} | {f"do.{term}": "" for term in ids.values()}
    for label, (deed, other) in deeds.items():
        said |= {f"do.{ids[label]}": deed, f"to.{ids[label]}": other}
    return said


def edits(client: TestClient) -> list[Edit]:
    with Store.open(client.app.state.library.folder) as store:  # type: ignore[attr-defined]
        return store.select(Edit)


def test_the_queue_says_why_and_where(manager: TestClient) -> None:
    ids = waiting(manager)
    seen, unseen = left(manager)
    assert ids and seen == 0 and unseen >= len(ids)
    page = manager.get(QUEUE).text
    assert "只出现一处" in page and "<mark>" in page and "/documents/" in page
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", page)
    for why in re.findall(r'href="(/manage/terms/candidates\?why=\w+)"', page):
        narrowed = waiting(manager, why)
        assert narrowed and len(narrowed) <= unseen


def test_looking_takes_a_term_off_the_queue_and_undoing_puts_it_back(manager: TestClient) -> None:
    ids = waiting(manager)
    first, *_ = ids
    seen, unseen = left(manager)
    answer = manager.post(QUEUE, data=fields(ids, **{first: ("confirm", "")}) | {"who": "张三"})
    assert answer.url.path == QUEUE and f"看过“{first}”，照收" in answer.text
    assert first not in waiting(manager) and left(manager) == (seen + 1, unseen - 1)
    assert [(edit.kind, edit.term, edit.who) for edit in edits(manager)] == [("confirm", first, "张三")]
    # What readers see stays as it is: nobody edited the term.
    assert "编辑记录" not in manager.get(f"/terms/{first}").text
    undone = manager.post("/manage/terms/undo", data={"ordinal": "1", "batch": "1", "label": "candidates"})
    assert undone.url.path == QUEUE and "已撤销" in undone.text
    assert list(waiting(manager)) == list(ids) and left(manager) == (seen, unseen)


def test_a_page_is_settled_at_once_and_undone_at_once(manager: TestClient) -> None:
    ids = waiting(manager)
    first, second, third, *rest = ids
    before = manager.get("/api/export/csv").text
    said = fields(ids, **{first: ("reject", ""), second: ("rename", "改过的名字"), third: ("merge", first)})
    # A term that is rejected can't take another: all or nothing.
    refused = manager.post(QUEUE, data=said)
    assert refused.status_code == 422 and "没有保存" in refused.text and not edits(manager)
    assert 'value="改过的名字"' in refused.text and re.search(rf'id="reject-{ids[first]}"[^>]*checked', refused.text)
    said[f"to.{ids[third]}"] = rest[0]
    answer = manager.post(QUEUE, data=said | {"rest": "1"})
    assert answer.status_code == 200 and f"已改 {len(ids)} 处" in answer.text
    kinds = {edit.term: edit.kind for edit in edits(manager)}
    assert kinds == {first: "reject", second: "rename", third: "merge"} | dict.fromkeys(rest, "confirm")
    assert not set(waiting(manager)) & set(ids)
    manager.post("/manage/terms/undo", data={"ordinal": "1", "batch": "1", "label": "candidates"})
    assert manager.get("/api/export/csv").text == before
    assert list(waiting(manager)) == list(ids)


def test_choosing_nothing_is_said(manager: TestClient) -> None:
    answer = manager.post(QUEUE, data=fields(waiting(manager)))
    assert answer.status_code == 422 and "什么也没有选" in answer.text
    strange = manager.post(QUEUE, data={"to.0123": "", "do.0123": "reject", "do.": "reject", "to": "x"})
    assert strange.status_code == 422 and not edits(manager)


def test_the_form_holds_what_a_form_may(manager: TestClient) -> None:
    assert 2 * PAGE_SIZE + 3 <= MOST_FIELDS  # a choice and a name for each, who, why, and the button


@pytest.mark.parametrize("said", [{"why": "no-such"}, {"page": "0"}, {"did": "x"}])
def test_strange_addresses(manager: TestClient, said: dict[str, str]) -> None:
    assert manager.get(QUEUE, params=said).status_code == 422
    assert manager.get(QUEUE, params={"page": "9999", "did": "9999", "undid": "9999"}).status_code == 200


@pytest.mark.parametrize("path", [QUEUE, "/manage/lint", "/manage", "/manage/statistics", "/manage/queries/export"])
def test_pages_are_for_whoever_has_the_token(visitor: TestClient, client: TestClient, path: str) -> None:
    assert visitor.get(path).url.path == "/manage/login"
    assert client.get(path).status_code == 403
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {}):
        if path in (QUEUE, "/manage/lint"):
            visitor.headers.pop("Sec-Fetch-Site", None)
            assert visitor.post(path, data={"rest": "1"}, headers=headers).status_code == 403


def test_hostile_names_are_inert(tmp_path: Path, token: str) -> None:
    name = "<img src=x onerror=alert(1)>驿站"
    text = f"荆州市总工会2022年工作总结\n\n一、过去的工作\n\n打造“{name}”服务品牌，“{name}”进车间，“{name}”进工地。\n"
    (tmp_path / f"{'长' * 60}<b>.txt").write_text(text, "utf-8")
    ingest(tmp_path / "library", [tmp_path])
    app = create_app(tmp_path / "library", token=token)
    with TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.post("/manage/login", data={"token": token})
        with Store.open(tmp_path / "library") as store:
            labels = [term.label for term in store.select(Term)]
        for path in (QUEUE, "/manage", "/manage/lint", "/manage/terms", "/manage/documents", "/manage/statistics"):
            answer = client.get(path)
            assert answer.status_code == 200 and "<img src=x" not in answer.text and "<b>.txt" not in answer.text
            assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
        client.get("/search", params={"q": "=HYPERLINK(1)<script>"})
        client.app.state.queries.close()  # type: ignore[attr-defined]
        assert "\n'=HYPERLINK" in client.get("/manage/queries/export").text
        assert "<script>" not in client.get("/manage/queries").text.replace('<script type="module"', "")
    assert labels
