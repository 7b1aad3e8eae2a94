"""The page of a passage, and the card of a term."""

import re

import pytest
from starlette.testclient import TestClient


def html(client: TestClient, path: str, **parameters: str) -> str:
    answer = client.get(path, params=parameters or None)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def words(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


@pytest.fixture
def passage(client: TestClient, document_ids: dict[str, str]) -> dict[str, str]:
    """The passage about the stations of Zhangzhou."""
    hits = client.get("/api/search", params={"q": "工会驿站", "place": "漳州市"}).json()["hits"]
    found: dict[str, str] = next(hit for hit in hits if "沿码头建成工会驿站" in hit["text"])
    assert found["document_id"] == document_ids["漳州市"]
    return found


def test_every_passage_in_the_reader_leads_to_its_page(client: TestClient, passage: dict[str, str]) -> None:
    reader = html(client, f"/documents/{passage['document_id']}")
    signs = re.findall(r'<a class="pilcrow" href="([^"]+)"', reader)
    assert f"/documents/{passage['document_id']}/similar?p={passage['passage_id']}" in signs
    for address in signs:
        html(client, address)


def test_the_page_of_a_passage_cites_it_and_shows_what_others_say_like_it(
    client: TestClient, passage: dict[str, str]
) -> None:
    text = html(client, f"/documents/{passage['document_id']}/similar", p=passage["passage_id"])
    assert passage["text"] in words(text)
    assert "公文写法" in text and "原件第 " in text
    assert f'data-keep="{passage["passage_id"]}"' in text
    alike = text[text.index("相近段落</h2>") :]
    assert "工会驿站" in words(alike)
    assert f"/documents/{passage['document_id']}?at=" not in alike
    chosen = re.findall(r'name="p" value="([^"]+)"', alike)
    assert chosen and passage["passage_id"] not in chosen


@pytest.mark.parametrize("p", ["没有", "'; DROP TABLE passage"])
def test_a_passage_that_is_not_there(client: TestClient, document_ids: dict[str, str], p: str) -> None:
    assert client.get(f"/documents/{document_ids['漳州市']}/similar", params={"p": p}).status_code == 404


def test_a_passage_of_another_document(
    client: TestClient, document_ids: dict[str, str], passage: dict[str, str]
) -> None:
    answer = client.get(f"/documents/{document_ids['宜宾市']}/similar", params={"p": passage["passage_id"]})
    assert answer.status_code == 404


def test_a_card_tells_the_meaning_and_where_it_comes_from(client: TestClient, document_ids: dict[str, str]) -> None:
    text = html(client, "/card", term="灯下三问", document=document_ids["衢州市"])
    assert "即问冷暖、问技能、问心愿" in words(text)
    assert f"/documents/{document_ids['宜宾市']}?at=" in text and "宜宾市" in words(text)
    assert 'href="/terms/%E7%81%AF%E4%B8%8B%E4%B8%89%E9%97%AE">打开术语页' in text
    assert "<html" not in text


def test_a_card_in_the_document_that_explains_says_so(client: TestClient, document_ids: dict[str, str]) -> None:
    assert "出自本文这一句" in html(client, "/card", term="灯下三问", document=document_ids["宜宾市"])


def test_a_card_for_words_that_are_no_term(client: TestClient) -> None:
    text = html(client, "/card", term="<script>alert(1)</script>")
    assert "没有这个术语" in text and "<script>" not in text


def test_a_card_of_several_meanings_shows_the_one_of_the_place(lamps: TestClient) -> None:
    ids = {row["place"]: row["id"] for row in lamps.get("/api/documents").json()["documents"]}
    cards = {place: words(html(lamps, "/card", term="三岸行动", document=ids[place])) for place in ("宜宾市", "衢州市")}
    assert "南岸歇脚" in cards["宜宾市"] and "林场看病" in cards["衢州市"]
    assert all("有 2 个意思" in card and "这里是本文的" in card for card in cards.values())
    nowhere = words(html(lamps, "/card", term="三岸行动"))
    assert "上面不一定是本文的" in nowhere


def test_a_card_of_a_term_that_is_only_described(lamps: TestClient) -> None:
    described = words(html(lamps, "/card", term="六盏灯"))
    assert "未见解释" in described or "没有解释，只有描述" in described
