"""The page of a term, every sentence it stands in, and the list of terms; on a library with several meanings."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.curation import Change
from corpus.model import Term
from corpus.revisions import Cause
from corpus.store import Store
from corpus.unsettled import put_unsettled
from gongzhi.build import ingest
from graph.curation import edit
from tests.web.conftest import LAMPS
from web import words
from web.app import create_app
from web.pages import glossary, terms


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same two reports, one after the other, and two edits."""
    folder = tmp_path_factory.mktemp("grown")
    ingest(folder, [LAMPS / "yibin.txt"])
    ingest(folder, [LAMPS / "quzhou.txt"])
    with Store.open(folder) as store:
        edit(store, [Change("merge", "秋送学灯", "四灯")])
        edit(store, [Change("reject", "五小屋", "")])
    with TestClient(create_app(folder, keep_queries=False), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def waiting(lamps_library: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The two reports, the glossary of which waits to be made anew."""
    shutil.copytree(lamps_library, tmp_path / "library")
    with Store.open(tmp_path / "library") as store, store.write():
        put_unsettled(store, Cause("ingest", ("导入 新",)))
    with TestClient(create_app(tmp_path / "library", keep_queries=False), raise_server_exceptions=False) as client:
        yield client


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


def test_a_glossary_that_waits_says_so(waiting: TestClient, lamps: TestClient, lamps_library: Path) -> None:
    with Store.open(lamps_library) as store:
        unexplained = store.select(Term, status="unexplained")[0].label
    for path in ("/terms", "/terms?by=new", f"/terms/{unexplained}", "/terms/没有的词", "/api/terms/没有的词"):
        assert "还没有整理进术语表" in waiting.get(path).text, path
        assert "还没有整理进术语表" not in lamps.get(path).text, path


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
    # What is no term of its own is looked for in the texts, word for word.
    assert re.search(r'<li><a class="unnamed" href="/search\?q=%E2%80%9C[^"]+%E2%80%9D&amp;as=search">春送岗灯<', text)


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
    monkeypatch.setattr(glossary, "_WHOLE", 1)
    text = html(lamps, "/terms?group=S")
    assert re.search(r'<a href="/terms\?group=S" aria-current="true">S</a>', text)
    assert "第 1 / " in text and "六盏灯" not in text
    pages = [html(lamps, f"/terms?group=S&page={n}") for n in (1, 2, 3)]
    assert [page.count('<ul class="termlist">') for page in pages] == [1, 1, 1]
    assert any("四灯" in page for page in pages)
    assert re.search(r'aria-current="true">L</a>', html(lamps, "/terms?group=B"))  # no such letter: the first


def test_a_long_list_opens_with_what_is_explained(lamps: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glossary, "_WHOLE", 2)
    text = html(lamps, "/terms")
    assert groups(text) == ["原文有解释的术语"]
    assert text.count('class="hidden">（有解释）') == 2
    assert 'aria-current="true"' not in text[text.index('class="letters"') :]
    assert "原文有解释的术语" not in html(lamps, "/terms?status=unexplained")


def groups(text: str) -> list[str]:
    return re.findall(r'<section class="letter[^>]*>\n<h2>([^<]+)<', text)


def test_terms_are_listed_by_numeral_and_by_kind(lamps: TestClient) -> None:
    text = html(lamps, "/terms?by=number")
    assert groups(text) == ["三", "四", "五", "六"]
    fourth = text[text.index("<h2>四<") :]
    assert "四灯" in fourth[: fourth.index("</section>")]
    kinds = groups(html(lamps, "/terms?by=kind"))
    assert len(kinds) > 1 and set(kinds) <= set(words.KINDS.values())


def test_terms_are_listed_by_the_places_that_use_them(lamps: TestClient) -> None:
    text = html(lamps, "/terms?by=place")
    assert groups(text) == []
    assert re.search(r'<a href="/terms\?group=[^"]+&amp;by=place">四川省</a>', text) and "几地通用" in text
    place = html(lamps, "/terms?by=place&group=四川省")
    assert groups(place) == ["只见于宜宾市", "别处也用"]
    assert "三岸行动" in place[place.index("别处也用") :]


@pytest.mark.parametrize("by", ["pinyin", "number", "kind", "place", "new", "changed"])
def test_conditions_are_kept_from_view_to_view(lamps: TestClient, by: str) -> None:
    text = html(lamps, f"/terms?by={by}&find=灯&status=explained")
    for other in ("number", "kind", "place", "new", "changed"):
        assert f'/terms?find=%E7%81%AF&amp;status=explained&amp;by={other}"' in text
    assert text.count('aria-current="page"') == 2  # of the site, and of the views
    assert by == "pinyin" or f'<input type="hidden" name="by" value="{by}">' in text


def test_a_library_made_at_once_says_so_and_lists_what_the_last_documents_brought(lamps: TestClient) -> None:
    text = html(lamps, "/terms?by=new")
    assert "一次建成" in text and text.index("一次建成") < text.index("衢州市")
    assert "三岸行动" not in text[text.index("一次建成") :]  # both documents use it
    assert "还没有变化" in html(lamps, "/terms?by=changed")


def test_what_came_later_is_new_and_what_went_is_told(grown: TestClient) -> None:
    text = html(grown, "/terms?by=new")
    assert "一次建成" not in text and "导入 quzhou.txt" in text
    changed = html(grown, "/terms?by=changed")
    assert "只是用到它的文献有增减" in changed
    assert "并入“四灯”" in changed and re.search(r'<a href="/terms/[^"]+">秋送学灯</a>', changed)
    told = grown.get("/api/terms/changes").json()
    assert [change["cause"] for change in told["changes"]] == ["edit", "edit", "ingest", "ingest"]
    assert told["changes"][-1]["first"] and told["changes"][-1]["terms"] == []
    assert {"term": "秋送学灯", "kind": "gone", "what": ["并入“四灯”"], "successor": "四灯"} in told["changes"][1][
        "terms"
    ]
    assert grown.get("/api/terms/changes?since=2999-01-01").json() == {"total": 0, "changes": []}
    assert grown.get("/api/terms/changes?since=昨天").status_code == 422
    assert 'id="newest"' in html(grown, "/") and "导入 quzhou.txt" in html(grown, "/")


def test_a_name_that_was_merged_leads_on_with_a_note(grown: TestClient) -> None:
    text = html(grown, "/terms/秋送学灯")
    assert "“秋送学灯”并入“四灯”</strong>，下面是“四灯”" in text
    assert '<link rel="canonical" href="/terms/%E5%9B%9B%E7%81%AF">' in text
    assert "</strong>，下面是" not in html(grown, "/terms/四灯")


def test_a_name_that_left_is_remembered(grown: TestClient) -> None:
    answer = grown.get("/terms/五小屋", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and "后来不再收录（不收“五小屋”）" in answer.text


def test_the_history_of_a_term_tells_documents_and_edits(grown: TestClient) -> None:
    text = plain(html(grown, "/terms/四灯").split('id="history"')[1])
    assert "“秋送学灯”并入“四灯”" in text and "导入 quzhou.txt" in text


def test_where_nothing_explains_a_term_there_is_something_to_do(lamps: TestClient) -> None:
    text = html(lamps, "/terms/五小屋")
    after = text[text.index('id="next"') :]
    assert re.search(r'<a href="/terms/[^"]+\?all=1">逐句看它的 \d+ 处用例', after)
    assert 'id="next"' not in html(lamps, "/terms/四灯")


def test_what_explains_can_be_put_into_the_basket(lamps: TestClient) -> None:
    definition = lamps.get("/api/terms/四灯").json()["definitions"][0]
    assert f'data-keep="{definition["passage_id"]}"' in html(lamps, "/terms/四灯")


@pytest.mark.parametrize(
    ("form", "kind", "name"),
    [
        ("csv", "text/csv; charset=utf-8", "csv"),
        ("jsonld", "application/ld+json", "jsonld"),
        ("skos.ttl", "text/turtle; charset=utf-8", "ttl"),
    ],
)
def test_files_bear_the_name_of_the_term(lamps: TestClient, form: str, kind: str, name: str) -> None:
    answer = lamps.get(f"/api/export/{form}", params={"term": "四灯行动"})
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].endswith(f"filename*=UTF-8''%E5%9B%9B%E7%81%AF.{name}")
    assert "filename*" not in lamps.get(f"/api/export/{form}").headers["content-disposition"]
