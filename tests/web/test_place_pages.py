"""The pages and routes about one place and about two, from the invented reports of tests/search/towns."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from gongzhi.build import ingest
from web.app import create_app

TOWNS = Path(__file__).parents[1] / "search" / "towns"
PAGES = [
    "/place",
    "/place/衢州市",
    "/place/衢州市?period=2032",
    "/place/衢州市橘乡果业公司",
    "/place/四川省",
    "/place/衢州市/years",
    "/place/宜宾市/years",
    "/compare",
    "/compare?a=衢州市",
    "/compare?a=衢州市&b=宜宾市",
    "/compare?a=衢州市&b=衢州",
    "/compare?a=柯城区&b=丽水市",
]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("towns")
    ingest(folder, [TOWNS])
    with TestClient(create_app(folder), raise_server_exceptions=False) as client:
        yield client


def html(towns: TestClient, path: str) -> str:
    answer = towns.get(path)
    assert answer.status_code == 200, path
    return answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_keeps_to_this_host(towns: TestClient, path: str) -> None:
    text = html(towns, path)
    assert text.count("<h1") == 1
    assert "://" not in text
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for anchor in re.findall(r'href="#([^"]+)"', text):
        assert anchor in ids


@pytest.mark.parametrize(
    ("asked", "place"), [("衢州", "衢州市"), ("衢州市总工会", "衢州市"), ("宜宾", "宜宾市"), ("浙江", "浙江省")]
)
def test_other_names_lead_to_the_page(towns: TestClient, asked: str, place: str) -> None:
    answer = towns.get(f"/place/{asked}", follow_redirects=False)
    assert (answer.status_code, unquote(answer.headers["location"])) == (303, f"/place/{place}")
    answer = towns.get("/place", params={"name": asked}, follow_redirects=False)
    assert answer.status_code == 303
    answer = towns.get(f"/place/{asked}/years", follow_redirects=False)
    assert unquote(answer.headers["location"]) == f"/place/{place}/years"


def test_an_unknown_place_is_helped_on(towns: TestClient) -> None:
    answer = towns.get("/place/衢洲市")
    assert answer.status_code == 404
    assert f'href="/place/{quote("衢州市")}"' in answer.text
    assert "没有写到，不等于没有开展" in answer.text
    assert towns.get("/place/月球背面/years").status_code == 404


def test_part_of_a_name_offers_a_choice(towns: TestClient) -> None:
    text = html(towns, "/place/橘乡")
    assert "是哪一处" in text and f'href="/place/{quote("衢州市橘乡果业公司")}"' in text


def test_a_place_tells_topics_figures_terms_and_documents(towns: TestClient) -> None:
    text = html(towns, "/place/衢州市")
    for words in ("母婴室", "计划开展 1", "1.2亿元", "只有这里用", "橘灯行动", "写到它的别处文献", "柯城区", "浙江省"):
        assert words in text
    assert f'href="/places?q={quote("母婴室")}"' in text


def test_a_period_can_be_chosen(towns: TestClient) -> None:
    text = html(towns, "/place/衢州市?period=2032")
    assert "<b>疗休养</b>" in text
    assert "<b>外卖骑手</b>" not in text


def test_what_is_not_mentioned_is_said_so(towns: TestClient) -> None:
    text = html(towns, "/place/四川省")
    assert text.count("未提及。") >= 4
    assert f'href="/place/{quote("宜宾市")}"' in text


def test_the_document_leads_to_its_place(towns: TestClient) -> None:
    document = next(d for d in towns.get("/api/documents").json()["documents"] if d["place"] == "宜宾市")
    assert f'href="/place/{quote("宜宾市")}"' in html(towns, f"/documents/{document['id']}")


def test_two_places_side_by_side(towns: TestClient) -> None:
    text = html(towns, "/compare?a=衢州&b=宜宾")
    assert "都提到 <b>2</b> 项" in text
    assert "未提及不等于未开展" in text
    assert f'href="/compare?a={quote("宜宾市")}&amp;b={quote("衢州市")}"' in text
    assert "140个" in text and "85个" in text


def test_comparing_with_the_unknown_offers_what_is_alike(towns: TestClient) -> None:
    answer = towns.get("/compare?a=衢州市&b=宜兵市")
    assert answer.status_code == 404
    assert f'href="/compare?a={quote("衢州市")}&amp;b={quote("宜宾市")}"' in answer.text
    assert towns.get("/compare?a=衢州市&b=橘乡").status_code == 200
    assert towns.get("/compare.csv?a=衢州市&b=月球背面").status_code == 404


def test_the_comparison_as_a_table(towns: TestClient) -> None:
    answer = towns.get("/compare.csv?a=衢州市&b=宜宾市")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert all(len(row) == len(head) for row in rows)
    kinds = {row[0] for row in rows}
    assert kinds == {"都提到", "只有衢州市提到", "只有宜宾市提到", "同类数字"}
    assert ["技能竞赛", "未提及"] in [[row[2], row[4]] for row in rows]


def test_the_years_of_a_place(towns: TestClient) -> None:
    text = html(towns, "/place/衢州市/years")
    for words in ("新提到 <b>2</b> 项", "不再提到 <b>2</b> 项", "不再提到不等于停办", "未见后续", "换了说法的"):
        assert words in text
    assert "要有两份才能看前后的变化" in html(towns, "/place/宜宾市/years")


def test_programs_get_the_same(towns: TestClient) -> None:
    place = towns.get("/api/place/衢州").json()
    assert place["place"]["address"] == "衢州市"
    topics = {topic["topic"]: topic for topic in place["topics"]}
    assert (topics["母婴室"]["done"], topics["母婴室"]["planned"]) == (2, 1)
    assert {"text": "1.2亿元", "comparable_value": 120_000_000} in [
        {name: figure[name] for name in ("text", "comparable_value")} for figure in place["figures"]
    ]
    assert {topic["topic"] for topic in towns.get("/api/place/衢州?period=2032").json()["topics"]} == {
        "母婴室",
        "疗休养",
    }
    compared = towns.get("/api/compare?a=衢州&b=宜宾").json()
    assert {topic["topic"] for topic in compared["both"]} == {"困难职工帮扶", "户外劳动者服务站点"}
    (step,) = towns.get("/api/place/衢州/years").json()["steps"]
    assert {topic["topic"] for topic in step["gone"]} == {"疗休养", "橘灯行动"}
    assert [plan["done"] is None for plan in step["plans"]] == [False, True]


def test_every_sentence_that_programs_get_is_verbatim(towns: TestClient) -> None:
    texts = {
        row["id"]: towns.get(f"/api/documents/{row['id']}").json()["text"]
        for row in towns.get("/api/documents").json()["documents"]
    }
    found = 0
    for place in ("衢州市", "浙江省", "宜宾市", "柯城区"):
        told = towns.get(f"/api/place/{place}").json()
        sentences = [s for topic in told["topics"] for s in topic["sentences"]]
        for said in [*sentences, *(figure["evidence"] for figure in told["figures"])]:
            assert texts[said["document_id"]][said["start"] : said["end"]] == said["sentence"]
            found += 1
    assert found > 20


@pytest.mark.parametrize(
    ("path", "words", "suggestion"),
    [
        ("/api/place/衢洲市", "没有写到“衢洲市”", "衢州市"),
        ("/api/place/橘乡", "可能是衢州市橘乡果业公司", "衢州市橘乡果业公司"),
        ("/api/place/衢洲市/years", "没有写到“衢洲市”", "衢州市"),
        ("/api/compare?a=衢州市&b=宜兵市", "没有写到“宜兵市”", "宜宾市"),
    ],
)
def test_an_unknown_place_is_a_problem_with_suggestions(
    towns: TestClient, path: str, words: str, suggestion: str
) -> None:
    answer = towns.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert suggestion in answer.json()["suggestions"]


def test_a_topic_of_a_place_has_a_page_with_all_its_sentences(towns: TestClient) -> None:
    text = html(towns, "/place/衢州市")
    addresses = [unquote(found) for found in re.findall(r'href="(/place/[^"]+topic=[^"]+)"', text)]
    profile = towns.get("/api/place/衢州市").json()
    deeds = profile["topics"]
    assert len(addresses) == len(deeds) > 0
    for deed in deeds:
        page = html(towns, f"/place/衢州市?topic={quote(deed['topic'])}")
        assert page.count("<blockquote") == deed["done"] + deed["ongoing"] + deed["planned"]
        assert page.count("<h1") == 1 and "://" not in page and "data-keep=" in page
    missing = towns.get("/place/衢州市?topic=<script>养企鹅")
    assert missing.status_code == 404
    assert "没有提到，不等于没有开展" in missing.text and "<script>养" not in missing.text
