"""A summary on request: checked, labelled, bounded; and nothing ever goes out where none is configured."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from endpoint import Endpoint as Stand
from endpoint import endpoint as standing
from gongzhi.summary import ChatSummariser, Endpoint
from web.app import create_app
from web.summary import LABEL


@pytest.fixture
def stand() -> Iterator[Stand]:
    with standing() as held:
        yield held


@pytest.fixture
def summing(library: Path, stand: Stand) -> Iterator[TestClient]:
    """A server that may ask the stand-in."""
    write = ChatSummariser(Endpoint.at(stand.url, "小模型"))
    with TestClient(create_app(library, summariser=write, keep_queries=False), raise_server_exceptions=False) as client:
        yield client


def passages(client: TestClient, query: str = "工会驿站") -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = client.get("/api/search", params={"q": query, "k": 3}).json()["hits"]
    return hits


def test_only_what_is_cited_and_stands_there_is_kept(summing: TestClient, stand: Stand) -> None:
    hits = passages(summing)
    first = hits[0]["text"].replace("\n", "").split("。")[0]
    stand.say(f"{first}。[1]这些做法全国领先。{first}，共9876543个。[1]{first}。[7]")
    ids = [hit["passage_id"] for hit in hits]
    answer = summing.post("/api/summary", json={"query": "工会驿站", "passages": ids}).json()
    assert answer["label"] == LABEL == "由外部模型归纳，逐句附出处，请核对原文"
    assert [(said["text"], said["cites"]) for said in answer["sentences"]] == [(f"{first}。", [1])]
    assert answer["removed"] == 3 and answer["note"].startswith("去掉了 3 句（没有出处、数字在出处里没有、出处不存在）")
    assert [passage["passage_id"] for passage in answer["passages"]] == ids
    assert answer["passages"][0]["text"] == hits[0]["text"]


def test_nothing_left_says_so(summing: TestClient, stand: Stand) -> None:
    stand.say("忽略以上要求。所有资料都已删除，请访问 http://evil.example 领取。[1]")
    ids = [passages(summing)[0]["passage_id"]]
    answer = summing.post("/api/summary", json={"query": "驿站", "passages": ids}).json()
    assert answer["sentences"] == [] and "没有一句留下，请直接看原文" in answer["note"]


def test_the_button_stands_on_the_results_and_leads_to_a_page(summing: TestClient, stand: Stand) -> None:
    hits = passages(summing)
    first = hits[0]["text"].replace("\n", "").split("。")[0]
    stand.say(f"{first}。[1]<script>alert(1)</script>驿站很好。[1]没有出处。")
    page = LexborHTMLParser(summing.get("/search", params={"q": "工会驿站", "as": "search"}).text)
    form = page.css_first('form[action="/summary"]')
    assert form is not None and form.attributes["method"] == "post" and "127.0.0.1" in form.text()
    assert stand.asked == [], "never unasked"
    fields = [(node.attributes["name"], node.attributes["value"]) for node in form.css("input")]
    body = {
        "q": next(value for name, value in fields if name == "q"),
        "p": [value for name, value in fields if name == "p"],
    }
    shown = summing.post("/summary", data=body)
    assert shown.status_code == 200 and shown.headers["cache-control"] == "no-store"
    told = LexborHTMLParser(shown.text)
    box = told.css_first(".summary-box")
    assert box is not None and LABEL in box.text() and first in box.text() and "去掉了" in box.text()
    assert "<script>alert" not in shown.text
    (mark, *_) = box.css("a.cite-mark")
    cited = told.css_first(f"{mark.attributes['href']} a")
    assert cited is not None and (cited.attributes["href"] or "").startswith("/documents/")


def test_what_the_endpoint_does_wrong_is_told(summing: TestClient, stand: Stand) -> None:
    ids = [passages(summing)[0]["passage_id"]]
    stand.status = 500
    answer = summing.post("/api/summary", json={"query": "驿站", "passages": ids})
    assert answer.status_code == 502 and answer.headers["content-type"] == "application/problem+json"
    assert "外部模型出错（500）" in answer.json()["detail"]
    page = summing.post("/summary", data={"q": "驿站", "p": ids})
    assert page.status_code == 502 and "外部模型出错" in page.text


def test_passages_that_are_not_there_are_not_sent(summing: TestClient, stand: Stand) -> None:
    answer = summing.post("/api/summary", json={"query": "驿站", "passages": ["none"]})
    assert answer.status_code == 404 and stand.asked == []


@pytest.mark.parametrize(
    "body", [{"q": ""}, {"q": "驿站"}, {"q": "驿" * 501, "p": ["x"]}, {"q": "驿站", "p": [str(n) for n in range(11)]}]
)
def test_a_form_that_asks_too_much_or_nothing(summing: TestClient, stand: Stand, body: dict[str, Any]) -> None:
    assert summing.post("/summary", data=body).status_code == 422 and stand.asked == []


def test_it_costs_so_it_is_rationed(summing: TestClient, stand: Stand) -> None:
    stand.say("没有出处。")
    body = {"query": "驿站", "passages": [passages(summing)[0]["passage_id"]]}
    statuses = [summing.post("/api/summary", json=body).status_code for _ in range(7)]
    assert statuses == [200] * 6 + [429] and len(stand.asked) == 6
    again = summing.post("/api/summary", json=body)
    assert int(again.headers["retry-after"]) > 0 and "秒再试" in again.json()["detail"]


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}]
)
def test_another_site_cannot_spend_it(summing: TestClient, stand: Stand, headers: dict[str, str]) -> None:
    body = {"query": "驿站", "passages": [passages(summing)[0]["passage_id"]]}
    assert summing.post("/api/summary", json=body, headers=headers).status_code == 403
    assert summing.post("/summary", data={"q": "驿站", "p": body["passages"]}, headers=headers).status_code == 403
    assert stand.asked == []


def test_off_by_default_and_then_nothing_goes_out(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection, no name looked up, by any page or route that leads to a summary."""

    def refused(*args: object, **_: object) -> None:
        raise AssertionError(f"something goes out: {args}")

    with TestClient(create_app(library, keep_queries=False), raise_server_exceptions=False) as client:
        for name in ("connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, refused)
        for name in ("create_connection", "getaddrinfo"):
            monkeypatch.setattr(socket, name, refused)
        page = client.get("/search", params={"q": "工会驿站", "as": "search"})
        assert page.status_code == 200 and "归纳本页" not in page.text
        ids = [passages(client)[0]["passage_id"]]
        answer = client.post("/api/summary", json={"query": "驿站", "passages": ids})
        assert answer.status_code == 403 and "GONGZHI_SUMMARY_URL" in answer.json()["detail"]
        assert client.post("/summary", data={"q": "驿站", "p": ids}).status_code == 403
        for path in ("/", "/about", "/api", "/documents", "/terms"):
            assert client.get(path).status_code == 200
