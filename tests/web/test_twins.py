"""A report that came from two files is listed once, with both."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from gongzhi.build import ingest
from tests.gongzhi.conftest import make_report
from web.app import create_app

TEXT = make_report(1, "荆州市", 2021, paragraphs=12)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("twins")
    (folder / "官网.txt").write_text(TEXT, "utf-8")
    (folder / "转载.txt").write_text(TEXT.replace("受到职工好评", "受到好评", 1), "utf-8")
    (folder / "别的.txt").write_text(make_report(2, "宜昌市", 2021), "utf-8")
    ingest(folder / "library", [folder])
    with TestClient(create_app(folder / "library")) as client:
        yield client


def test_the_listing_names_both_sources(twins: TestClient) -> None:
    listed = twins.get("/api/documents").json()
    assert listed["total"] == 2
    (shown,) = [row for row in listed["documents"] if row["twins"]]
    assert {shown["source"], shown["twins"][0]["source"]} == {"官网.txt", "转载.txt"}
    assert "另有 1 个来源" in twins.get("/documents").text
    page = twins.get(f"/documents/{shown['id']}").text
    assert "另有来源" in page and shown["twins"][0]["document_id"] in page


def test_the_copy_can_be_read_and_names_the_one_that_is_shown(twins: TestClient) -> None:
    (shown,) = [row for row in twins.get("/api/documents").json()["documents"] if row["twins"]]
    copy = twins.get(f"/api/documents/{shown['twins'][0]['document_id']}").json()
    assert copy["same_as"] == shown["id"] and copy["passages"] and copy["text"]
    assert shown["id"] in twins.get(f"/documents/{copy['id']}").text


def test_answers_come_from_one_of_them(twins: TestClient) -> None:
    hits = twins.get("/api/search", params={"q": "户外劳动者驿站"}).json()["hits"]
    (shown,) = [row for row in twins.get("/api/documents").json()["documents"] if row["twins"]]
    assert shown["id"] in {hit["document_id"] for hit in hits}
    assert shown["twins"][0]["document_id"] not in {hit["document_id"] for hit in hits}
    page = twins.get("/search", params={"q": "户外劳动者驿站"}).text
    assert f'这份报告另有来源：<a href="/documents/{shown["twins"][0]["document_id"]}">' in page
