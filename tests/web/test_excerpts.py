"""Quoting a stretch of a document through the API."""

import pytest
from starlette.testclient import TestClient


def test_an_excerpt_is_whole_verbatim_and_ready_to_paste(client: TestClient, document_ids: dict[str, str]) -> None:
    document = client.get(f"/api/documents/{document_ids['漳州市']}").json()
    start = document["text"].index("微波炉")
    address = f"/api/documents/{document['id']}/excerpt"
    got = client.get(address, params={"start": start, "end": start + 3}).json()
    assert got["text"].startswith("漳州市总工会沿码头建成工会驿站58个") and got["text"].endswith("21万人次。")
    assert document["text"][got["start"] : got["end"]] == got["text"]
    assert got["ready"] == f"“{got['text']}”——{got['citations']['plain']}"
    assert got["headings"] == ["一、港口职工有了歇脚处"]
    assert got["whereabouts"].startswith("原件第 ") and got["whereabouts"].endswith(" 字起")
    [part] = got["parts"]
    passage = client.get("/api/citations", params={"p": part["passage_id"]}).json()["quotations"][0]
    assert passage["start"] <= part["start"] < part["end"] <= passage["end"]
    assert f'id="at" class="target">{got["text"][:4]}' in client.get(got["address"].removesuffix("#at")).text


@pytest.mark.parametrize(("start", "end"), [(9, 3), (5, 5), (0, 999_999)])
def test_a_span_that_is_not_there(client: TestClient, document_ids: dict[str, str], start: int, end: int) -> None:
    answer = client.get(f"/api/documents/{document_ids['漳州市']}/excerpt", params={"start": start, "end": end})
    assert answer.status_code == 422
    assert "没有第" in answer.json()["detail"]


def test_no_such_document(client: TestClient) -> None:
    assert client.get("/api/documents/没有/excerpt?start=0&end=1").status_code == 404
