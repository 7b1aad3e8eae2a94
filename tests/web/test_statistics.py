"""What is in a library, counted: on a page, for programs, for spreadsheets."""

import csv
import io
import re
from collections import Counter

import pytest
from starlette.testclient import TestClient

from web.statistics import COLUMNS


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    visitor.post("/manage/login", data={"token": token})
    return visitor


def tables(client: TestClient) -> dict[str, dict[str, list[int]]]:
    found = client.get("/api/statistics").json()
    return {table["name"]: {row["label"]: row["numbers"] for row in table["rows"]} for table in found["tables"]}


def test_numbers_are_those_of_the_lists(client: TestClient) -> None:
    counted = tables(client)
    documents = client.get("/api/documents").json()["documents"]
    assert counted["library"]["文献"] == [len(documents)]
    assert {label: [n] for label, n in Counter(d["type"] or "没有写明" for d in documents).items()} == counted["types"]
    assert (
        sum(n for (n,) in counted["levels"].values()) == sum(n for (n,) in counted["years"].values()) == len(documents)
    )
    explained = sum(row[0] for row in counted["terms"].values())
    assert [explained] == counted["library"]["有解释的术语"]
    assert counted["library"]["术语"] == [sum(map(sum, counted["terms"].values()))]
    assert counted["library"]["事项"] == [sum(n for (n,) in counted["claims"].values())]
    assert counted["library"]["存疑"] == [sum(row[1] for row in counted["repairs"].values())]


def test_links_lead_to_lists_as_long_as_the_number(manager: TestClient) -> None:
    page = manager.get("/manage/statistics").text
    links = re.findall(r'<td class="figure"><a href="([^"]+)">([\d,]+)</a>', page)
    followed = 0
    for address, number in links:
        path = address.replace("&amp;", "&")
        if path.startswith("/documents?"):
            followed += 1
            found = re.search(r'role="status">.*?<b>([\d,]+)</b> 份', manager.get(path).text)
            assert found and found[1] == number, path
        if path.startswith("/terms?kind"):
            followed += 1
            assert len(re.findall(r'class="dot', manager.get(path).text)) >= int(number), path
    assert followed > 5


def test_the_spreadsheet_has_every_number(client: TestClient) -> None:
    answer = client.get("/api/statistics", params={"format": "csv"})
    assert (
        answer.headers["content-type"].startswith("text/csv") and "attachment" in answer.headers["content-disposition"]
    )
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) - 1 == sum(len(numbers) for table in tables(client).values() for numbers in table.values())
    assert client.get("/api/statistics", params={"format": "xml"}).status_code == 422


def test_numbers_follow_the_library(manager: TestClient, bearer: dict[str, bytes]) -> None:
    before = tables(manager)["library"]["术语"]
    manager.post("/api/terms/edits", json={"edits": [{"kind": "reject", "term": "灯下三问"}]}, headers=bearer)
    assert tables(manager)["library"]["术语"] == [before[0] - 1]


def test_the_first_page_says_what_waits(manager: TestClient, document_ids: dict[str, str]) -> None:
    page = manager.get("/manage").text
    tasks = dict(re.findall(r'<li><a href="([^"]+)"[^>]*><b>([\d,]+)</b>', page))
    queue = manager.get("/manage/terms/candidates").text
    assert f"还有 <b>{tasks['/manage/terms/candidates']}</b> 个没看" in queue
    for path in ("/manage/documents?show=missing", "/manage/documents?show=guessed", "/manage/documents?show=doubtful"):
        assert path in tasks and manager.get(path).status_code == 200
    form = f"/manage/documents/{document_ids['宜宾市']}"
    manager.post(form, data={"speaker": "张三", "was.speaker": ""})
    manager.post("/manage/terms", data={"term": "夜班职工", "who": "李四"})
    page = manager.get("/manage").text
    assert "讲话人：空 → 张三" in page and "新增“夜班职工”" in page and "李四" in page
    undone = manager.post("/manage/terms/undo", data={"ordinal": "1", "label": "manage"})
    assert undone.url.path == "/manage" and "已撤销：新增“夜班职工”" in undone.text
