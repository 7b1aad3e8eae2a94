"""Places against topics: the page, its cells, the file, the JSON, all agreeing with the answers for each topic."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

TOPICS = ["工会驿站", "技能竞赛", "哪些城市推行了灯下三问？", "月球疗养院"]


def rows(client: TestClient, **parameters: object) -> dict[str, dict[str, Any]]:
    found = client.get("/api/matrix", params=parameters).json()["rows"]  # type: ignore[arg-type]
    return {row["place"]: row for row in found}


@pytest.mark.parametrize("number", range(len(TOPICS)))
def test_cells_are_what_the_places_answer_has(client: TestClient, number: int) -> None:
    answers = client.get("/api/places", params={"q": TOPICS[number]}).json()["answers"]
    expected = {
        answer["place"]: {
            status: sum(evidence["status"] == status for evidence in answer["evidence"])
            for status in ("done", "ongoing", "planned")
        }
        for answer in answers
    }
    got = {name: row["cells"][number] for name, row in rows(client, topic=TOPICS).items()}
    assert {name: cell for name, cell in got.items() if any(cell.values())} == expected
    assert expected or number == 3


def test_a_cell_opens_the_sentences_it_counts(client: TestClient) -> None:
    row = rows(client, topic=TOPICS)["衢州市"]
    assert row["cells"][0] == {"done": 1, "ongoing": 0, "planned": 1}
    text = client.get(row["sentences"][0]).text
    assert text.count('<blockquote class="quote claim">') == 2
    assert text.index('id="done"') < text.index('id="planned"')
    assert row["sentences"][3] == ""


def test_the_page_links_every_cell(client: TestClient) -> None:
    text = client.get("/matrix", params={"topic": TOPICS}).text
    table = text[text.index("<table") : text.index("</table>")]
    addresses = [unescape(address) for address in re.findall(r'<td><a href="(/matrix/cell[^"]+)"', table)]
    cells = [cell for row in rows(client, topic=TOPICS).values() for cell in row["cells"]]
    assert len(addresses) == sum(any(cell.values()) for cell in cells)
    assert table.count('class="nothing"') == sum(not any(cell.values()) for cell in cells)
    counted = [sum(cell.values()) for cell in cells if any(cell.values())]
    assert [client.get(address).text.count("<blockquote") for address in addresses] == counted
    assert 'aria-label="衢州市，工会驿站：已开展 1 句，计划开展 1 句"' in table
    assert "未提及（不等于未开展）" in text


def test_the_library_chooses_topics_by_itself(client: TestClient) -> None:
    found = client.get("/api/matrix").json()
    assert not found["chosen"]
    topics = [topic["topic"] for topic in found["topics"]]
    assert {"技能竞赛", "劳模创新工作室"} <= set(topics) and len(topics) <= 12
    assert all(topic["group"] for topic in found["topics"])
    assert "过去五年回顾" not in topics
    text = client.get("/matrix").text
    assert 'scope="colgroup"' in text
    assert 'scope="colgroup"' not in client.get("/matrix?topic=工会驿站").text


def test_rows_are_limited_and_sorted(client: TestClient) -> None:
    assert set(rows(client, topic=TOPICS, province="浙江省")) == {"衢州市", "柯城区", "江山市"}
    assert set(rows(client, topic=TOPICS, level="province")) == {"福建省"}
    assert next(iter(rows(client, topic=TOPICS))) == "衢州市"
    most = [
        sum(any(cell.values()) for cell in row["cells"]) for row in rows(client, topic=TOPICS, order="most").values()
    ]
    assert most == sorted(most, reverse=True)
    page = client.get("/matrix?topic=工会驿站&province=浙江省&level=county&order=most").text
    assert "<option selected>浙江省</option>" in page
    assert '<option value="county" selected>' in page and '<option value="most" selected>' in page


def test_topics_nobody_speaks_of_are_named(client: TestClient) -> None:
    assert "没有一处提到：<a" in client.get("/matrix", params={"topic": TOPICS}).text
    alone = client.get("/matrix?topic=月球疗养院").text
    assert "收录的文献没有提到" in alone and "<table>" not in alone
    assert "没有一句说漳州市做了" in client.get("/matrix/cell?place=漳州市&topic=月球疗养院").text


def test_the_form_takes_a_topic_per_line(client: TestClient) -> None:
    text = client.get("/matrix", params={"topic": "工会驿站\r\n技能竞赛\r\n"}).text
    assert re.search(r"<textarea[^>]*>\n工会驿站\n技能竞赛</textarea>", text)
    assert "2 项做法" in text


def test_too_many_topics_are_told(client: TestClient) -> None:
    text = client.get("/matrix", params={"topic": [f"事项{number}" for number in range(30)] + ["工会驿站"]}).text
    assert "最多并排 24 项" in text and "工会驿站" in text


def test_the_matrix_as_a_file(client: TestClient) -> None:
    page = client.get("/matrix", params={"topic": TOPICS, "province": "浙江省"}).text
    address = re.search(r'href="(/matrix\.csv[^"]*)" download', page)
    assert address
    answer = client.get(unescape(address[1]))
    assert 'filename="gongzhi-matrix.csv"' in answer.headers["content-disposition"]
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["地方"] for row in table} == {"衢州市", "柯城区", "江山市"}
    [quzhou] = [row for row in table if row["地方"] == "衢州市"]
    assert (quzhou["工会驿站（已开展）"], quzhou["工会驿站（计划开展）"]) == ("1", "1")


@pytest.mark.parametrize(
    "path", ["/matrix?topic={}", "/matrix?province={}", "/matrix/cell?place={0}&topic={0}", "/places?q=工会驿站&why={}"]
)
def test_what_is_typed_is_never_markup(client: TestClient, path: str) -> None:
    assert "<script>alert" not in client.get(path.format("\"'><script>alert(1)</script>")).text
