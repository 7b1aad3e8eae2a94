"""What a document's page says of where its fields were read."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.model import Document, Evidence
from gongzhi.build import ingest
from ingest.metadata.findings import CONFIDENCE
from web.app import create_app
from web.readings import readings
from web.words import FIELDS, HOW


def _document(**fields: str) -> Document:
    values = {"place": "宜都市", "province": "湖北省", "level": "county", "text": "宜都市总工会\n办夜校"} | fields
    names = ("title", "place", "place_code", "province", "level", "type", "period", "date", "meeting", "text")
    return Document("d-01", "d", 1, *(values.get(name, "") for name in names))  # type: ignore[arg-type]


def test_a_field_with_its_words_and_the_way_to_them() -> None:
    (found,) = readings(_document(), [Evidence("d-01", "place", "宜都市", 0.97, "title", 0, 6)])
    assert (found.label, found.value, found.how, found.percent) == ("地方", "宜都市（湖北省）", "题名写明", 97)
    assert (found.quote, found.link, found.unsure) == ("宜都市总工会", "/documents/d-01?at=0-6#at", False)


def test_words_that_are_the_value_are_not_quoted_again() -> None:
    (found,) = readings(_document(), [Evidence("d-01", "issuer", "宜都市总工会", 0.95, "issuer", 0, 6)])
    assert (found.quote, found.link) == ("", "/documents/d-01?at=0-6#at")


def test_what_stands_outside_the_text_has_no_link_and_a_guess_is_marked() -> None:
    (found,) = readings(_document(), [Evidence("d-01", "date", "2023", 0.4, "front", 0, 0)])
    assert (found.quote, found.link, found.unsure) == ("", "", True)


def test_fields_come_in_one_order() -> None:
    evidence = [Evidence("d-01", field, "x", 0.9, "title", 0, 1) for field in sorted(FIELDS)]
    assert [found.field for found in readings(_document(), evidence)] == list(FIELDS)


def test_every_way_of_reading_has_words() -> None:
    assert set(CONFIDENCE) <= set(HOW)


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("speech")
    report = folder / "讲话.txt"
    report.write_text(
        "在宜都市总工会全会上的讲话\n（2033年1月5日）\n李　梅\n\n同志们：\n\n去年，我们办起夜校，建起驿站，职工人人说好。\n\n"
        "随着宜都市工会第六次代表大会的召开，新的五年就要到来，我们要把好事办好、实事办实。\n",
        "utf-8",
    )
    ingest(folder / "library", [report])
    return TestClient(create_app(folder / "library"))


def test_the_interface_gives_each_field_with_its_words(speech: TestClient) -> None:
    (row,) = speech.get("/api/documents").json()["documents"]
    assert (row["speaker"], row["issuer"]) == ("李梅", "")
    whole = speech.get(f"/api/documents/{row['id']}").json()
    found = {item["field"]: item for item in whole["metadata"]}
    assert found["speaker"] == {
        "field": "speaker",
        "value": "李梅",
        "confidence": CONFIDENCE["byline"],
        "how": "byline",
        "start": whole["text"].index("李"),
        "end": whole["text"].index("梅") + 1,
        "text": found["speaker"]["text"],
    }
    assert all(item["text"] == whole["text"][item["start"] : item["end"]] for item in found.values())
    assert "issuer" not in found


def test_the_page_links_each_field_to_its_words(speech: TestClient) -> None:
    (row,) = speech.get("/api/documents").json()["documents"]
    text = speech.get(f"/documents/{row['id']}").text
    assert "讲话人" in text and "署名" in text and "把握 90%" in text
    at = re.search(r'<dt>日期</dt>.*?href="([^"]+)"', text, re.S)
    assert at is not None
    assert '<mark id="at" class="target">2033年1月5日</mark>' in speech.get(at[1].replace("&amp;", "&")).text


def test_guesses_are_marked_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "2033年宜都市总工会.txt").write_text("夜校办起来了，驿站建起来了，职工人人都说好。\n", "utf-8")
    ingest(tmp_path / "library", [tmp_path])
    client = TestClient(create_app(tmp_path / "library"))
    (row,) = client.get("/api/documents").json()["documents"]
    text = client.get(f"/documents/{row['id']}").text
    assert "项是推断，请核对" in text
    assert text.count('<span class="unsure">推断，请核对</span>') >= 2
