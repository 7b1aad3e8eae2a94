"""The page of a term, every sentence it stands in, and the list of terms; on a library with several meanings."""

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from web.pages import terms


def html(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup))


@pytest.mark.parametrize(
    "path", ["/terms/三岸行动", "/terms/四灯", "/terms/五小屋", "/terms/六盏灯", "/terms/四灯?all=1", "/terms?find=灯"]
)
def test_pages_are_whole_and_keep_to_this_host(lamps: TestClient, path: str) -> None:
    text = html(lamps, path)
    assert text.count("<h1") == 1
    assert "://" not in text
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for href in set(re.findall(r'href="([^"]+)"', text)):
        if not href.startswith("#"):
            assert lamps.get(href.replace("&amp;", "&")).status_code in (200, 503), href


def test_each_meaning_stands_by_itself(lamps: TestClient) -> None:
    parts = html(lamps, "/terms/三岸行动").split('class="meaning"')
    assert len(parts) == 3
    assert "义项一" in parts[1] and "义项二" in parts[2]
    for part in parts[1:]:
        place, here, there = ("宜宾市，2031", "南岸歇脚", "林场看病")
        if there in part:
            place, here, there = ("衢州市，2032", there, here)
        assert f"{place}，1 份文献" in plain(part)
        assert "包括 3 项" in part and here in part and there not in part


def test_one_meaning_has_no_number(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯")
    assert "义项" not in text
    assert "识别依据：后列各项" in text


def test_what_only_describes_comes_after_what_explains(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯")
    explained, described = text.index('class="sense explained"'), text.index('class="sense described"')
    assert explained < text.index("只是描述，不是解释") < described < text.index("慰问码头职工52人")


def test_who_uses_a_counting_name_without_saying_what_it_counts_stands_apart(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯")
    apart = text.index("不一定是同一回事")
    assert text.index("慰问码头职工52人") < apart < text.index("慰问林场职工310人")
    definitions = lamps.get("/api/terms/四灯").json()["definitions"]
    assert [d["place"] for d in definitions if d["elsewhere"]] == ["衢州市"]


def test_an_incomplete_list_is_said_to_be(lamps: TestClient) -> None:
    text = html(lamps, "/terms/五小屋")
    assert "语料中未见解释" in text
    assert "列出的项数与名称不符" in text
    assert text.index("学习、看病、取暖、议事等") < text.index("这句列出 4 项")
    assert "包括 4 项" not in text


def test_parts_lead_to_their_terms(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯")
    assert re.search(r'<li><a href="/terms/[^"]+">秋送学灯</a></li>', text)
    assert "<li><span>春送岗灯</span></li>" in text


def test_relations_are_grouped_with_reason_and_sentence(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯")
    related = text[text.index('id="related"') :]
    groups = re.findall(r"<h3>([^<]+)<span", related)
    assert groups == ["组成部分", "易混"]
    assert "把“秋送学灯”列为其中一项" in related
    row = related[related.index("易混") :]
    assert re.search(r'<summary>原句</summary>.*?<a href="/documents/[^"]+\?at=\d+-\d+#at">', row, re.S)
    assert "所属整体" in html(lamps, "/terms/秋送学灯")


def test_look_alikes_are_those_of_the_relations(lamps: TestClient) -> None:
    answer = lamps.get("/api/terms/四灯").json()
    assert answer["look_alikes"] == ["五灯"] == [r["term"] for r in answer["related"] if r["relation"] == "易混"]
    assert re.search(r'注意区分</b><a href="/terms/[^"]+">五灯</a>', html(lamps, "/terms/四灯"))


def test_who_uses_it_has_place_and_date(lamps: TestClient) -> None:
    text = html(lamps, "/terms/三岸行动")
    users = text[text.index('class="uses"') :]
    assert "宜宾市，2031？，1 处" in users and "衢州市，2032？，1 处" in users


def test_how_a_name_was_understood_is_said_once(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯行动")
    assert text.count("另一种写法") == 1
    assert "另一种写法" not in html(lamps, "/terms/四灯")


def test_names_that_differ_in_marks_only_are_not_listed(lamps: TestClient) -> None:
    aliases = lamps.get("/api/terms/五小屋").json()["aliases"]
    shown = re.search(r"又写作</b>(.*?)</p>", html(lamps, "/terms/五小屋"))
    assert [a for a in aliases if a.strip("“”") != "五小屋"] == re.findall(
        r"<span>(.*?)</span>", shown[1] if shown else ""
    )


def test_every_sentence_is_listed_by_document(lamps: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    total = lamps.get("/api/terms/秋送学灯/mentions").json()["total"]
    assert total == 3
    text = html(lamps, "/terms/秋送学灯?all=1")
    assert f"共 <b>{total}</b> 处" in text
    assert len(re.findall("<mark>秋送学灯</mark>|<mark>“秋送学灯”品牌</mark>", text)) == total
    monkeypatch.setattr(terms, "_SENTENCES", 2)
    first, second = html(lamps, "/terms/秋送学灯?all=1"), html(lamps, "/terms/秋送学灯?all=1&page=2")
    assert [page.count("<mark>") for page in (first, second)] == [2, 1]
    assert 'all=1&amp;page=2" ' not in second and "第 2 / 2 页" in second
    assert "从头看" in html(lamps, "/terms/秋送学灯?all=1&page=9")


def test_the_files_are_of_this_term(lamps: TestClient) -> None:
    text = html(lamps, "/terms/四灯")
    for form in ("csv", "jsonld", "skos.ttl"):
        assert f"/api/export/{form}?term=%E5%9B%9B%E7%81%AF" in text
    answer = lamps.get("/api/export/csv", params={"term": "四灯行动"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["术语"] for row in rows} == {"四灯"} and len(rows) == 3
    assert lamps.get("/api/export/csv", params={"term": "没有这词"}).status_code == 404


def test_the_list_of_terms_counts_meanings_and_what_is_explained(lamps: TestClient) -> None:
    text = html(lamps, "/terms")
    assert re.search(r'三岸行动<span class="hidden">（有解释）</span></a><span class="several">2 个意思</span>', text)
    assert text.count('class="several"') == 1
    assert re.search(r'<a href="/terms\?status=explained">原文有解释 2 个</a>', text)
    chosen = html(lamps, "/terms?find=灯&status=explained")
    assert "共 <b>1</b> 个" in chosen and ">原文有解释<" in chosen
    assert "四灯" in html(lamps, "/terms?find=“四灯”")


def test_a_long_list_shows_one_letter_at_a_time(lamps: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_WHOLE", 1)
    text = html(lamps, "/terms?letter=S")
    assert re.search(r'<a href="/terms\?letter=S" aria-current="true">S</a>', text)
    assert "四灯" in text and "六盏灯" not in text
    assert re.search(r'aria-current="true">L</a>', html(lamps, "/terms?letter=B"))  # no such letter: the first
