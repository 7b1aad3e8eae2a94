"""The page of a place question: what was understood, the whole set, figures, map, chart, and why a place is missing."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

QUESTION = "哪些城市建了工会驿站？"
CSV = {"csv": "gongzhi-places.csv", "xlsx": "gongzhi-places.xlsx", "md": "gongzhi-places.md"}


def html(client: TestClient, **parameters: str) -> str:
    answer = client.get("/places", params={"q": QUESTION} | parameters)
    assert answer.status_code == 200
    return answer.text


def block(text: str, status: str) -> str:
    """The section of a status."""
    section = text[text.index(f'<section id="{status}"') :]
    return section[: section.index("</section>")]


class Outline(HTMLParser):
    """Levels of headings, ids, the ids that labels and links point at, and the controls that have an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.labelled: set[str] = set()
        self.controls: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self.labelled.add(given["for"])
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.controls.append(given.get("id", ""))
        if given.get("href", "").startswith("#"):
            self.targets.add(given["href"][1:])
        self.targets.update(given.get("aria-labelledby", "").split())


@pytest.mark.parametrize(
    "path",
    [
        *("/places", f"/places?q={QUESTION}", f"/places?q={QUESTION}&sort=figures&why=漳州", "/places?q=哪些城市"),
        *(
            "/places?q=哪些城市建了月球疗养院？",
            "/matrix",
            "/matrix?topic=工会驿站&order=most",
            "/matrix?topic=月球疗养院",
        ),
        *("/matrix/cell?place=漳州市&topic=工会驿站", "/matrix/cell?place=漳州市&topic=月球疗养院"),
    ],
)
def test_headings_labels_and_targets_are_in_order(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = Outline(answer.text)
    assert page.levels[0] == 1 and page.levels.count(1) == 1
    assert all(below <= above + 1 for above, below in zip(page.levels, page.levels[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert page.targets <= set(page.ids)
    assert set(page.controls) <= page.labelled


def test_the_summary_jumps_to_each_status(client: TestClient) -> None:
    text = html(client, q="哪些地方建了工会驿站？")
    assert re.search(r'<a href="#done">已开展 <b>5</b> 个</a>', text)
    assert re.search(r'<a href="#planned">计划开展 <b>1</b> 个</a>', text)
    assert "福建省" in block(text, "planned") and "漳州市" not in block(text, "planned")


def test_what_a_place_plans_besides_bears_a_badge(client: TestClient) -> None:
    done = block(html(client), "done")
    assert done.count('<span class="badge planned">计划开展</span>') == 2
    assert 'class="badge done"' not in done


def test_a_place_inside_anothers_report_says_so(client: TestClient) -> None:
    done = block(html(client), "done")
    row = done[done.index('id="place-柯城区-') :]
    assert "见于衢州市的报告" in row[: row.index("</tr>")]
    assert "见于漳州市的报告" not in done
    assert '<b class="doer">柯城区</b>' in done


def test_confidence_is_a_word_with_its_number(client: TestClient) -> None:
    assert re.search(
        r'<span class="sureness [^"]+" title="相符程度 [01]\.\d\d（最高 1）">把握[大中小]</span>', html(client)
    )


def test_places_lead_to_their_pages(client: TestClient) -> None:
    assert f'href="/place/{quote("漳州市")}"' in block(html(client), "done")


def test_provinces_of_the_map_lead_to_their_rows(client: TestClient) -> None:
    text = html(client)
    drawing = text[text.index('<figure class="tilemap">') :]
    drawing = drawing[: drawing.index("</figure>")]
    assert drawing.count("<rect x=") == 34 + 7  # the key has seven
    assert 'role="group"' in drawing and "<desc" in drawing
    tile = re.search(r'<a href="#province-浙江省"[^>]*>\s*<title>([^<]+)</title>', drawing)
    assert tile and tile[1] == "浙江省：3 个地方做了"
    assert re.search(r'<a href="#province-浙江省">浙江省</a> 3', drawing)
    assert "<title>湖北省：没有收录文献</title>" in drawing


def test_the_chart_has_the_figures_as_written(client: TestClient) -> None:
    text = html(client)
    chart = text[text.index('<figure class="bars">') :]
    chart = chart[: chart.index("</figure>")]
    assert re.findall(r'class="written"[^>]*>([^<]+)<', chart) == ["112个", "58个", "41个", "36个", "15个"]
    assert 'width="100.0%"' in chart and 'width="51.8%"' in chart
    assert "按倍数画" not in chart


def test_figures_are_sorted_by_a_link(client: TestClient) -> None:
    plain = html(client)
    table = plain[plain.index('id="figures"') : plain.index("</table>")]
    address = re.search(r'<th scope="col"><a href="([^"]+)">[^<]*个[^<]*</a></th>', table)
    assert address and address[1].endswith("#figures")
    text = client.get(unescape(address[1])).text
    table = text[text.index('id="figures"') : text.index("</table>")]
    assert re.search('aria-sort="descending">[^<]*个', table)
    rows = re.findall(r'<th scope="row"><a href="#place-[^"]+">([^<]+)</a>', table)
    assert rows == ["衢州市", "漳州市", "柯城区", "宜宾市", "江山市"]


@pytest.mark.parametrize("kind", CSV)
def test_every_format_is_offered(client: TestClient, kind: str) -> None:
    address = re.search(rf'<a href="(/places\.{kind}\?[^"]+)" download>', html(client))
    assert address
    answer = client.get(unescape(address[1]))
    assert CSV[kind] in answer.headers["content-disposition"]


def test_why_a_place_is_there(client: TestClient) -> None:
    text = html(client, why="漳州")
    verdict = text[text.index('<section id="why"') :]
    verdict = verdict[: verdict.index("</section>")]
    assert "漳州市：在答案里" in verdict and "算数" in verdict
    assert re.search(r"<mark>[^<]*工会驿站", verdict)


@pytest.mark.parametrize(("asked", "said"), [("福州", "不在答案里"), ("月亮城", "不认识这个地名")])
def test_why_a_place_is_missing(client: TestClient, asked: str, said: str) -> None:
    assert said in html(client, why=asked)


def test_why_is_folded_beside_each_place(client: TestClient) -> None:
    done = block(html(client), "done")
    assert done.count("为什么列在这里") == 5
    assert f"why={quote('漳州市')}#why" in done


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("哪些城市建了月球疗养院？", "没有查到符合的地方"),
        ("哪些城市", "没有看出要查什么"),
        ("亚特兰蒂斯市哪些区建了工会驿站？", "没有查到符合的地方"),
    ],
)
def test_an_empty_answer_helps_and_draws_nothing(client: TestClient, question: str, heading: str) -> None:
    text = html(client, q=question)
    assert f"<h2>{heading}</h2>" in text
    assert client.get("/api/places", params={"q": question}).json()["coverage"]["line"] in text
    assert "改为全文检索" in text
    assert "<figure" not in text and '<table class="answers">' not in text


def test_near_names_are_offered(client: TestClient) -> None:
    assert re.search(
        r"相近的说法：<a href=\"/places\?q=[^\"]+\">灯下三问</a>", html(client, q="哪些城市推行了灯下三文")
    )


def test_a_level_can_be_lifted(client: TestClient) -> None:
    assert "不限级别" in html(client, level="enterprise")


def test_a_very_long_question_is_shortened_where_it_is_shown(client: TestClient) -> None:
    question = "哪些城市建了工会驿站" + "并且配齐了微波炉和充电桩" * 170
    text = html(client, q=question[:2000])
    assert text.count(question[:2000]) == 1  # in the box only
    assert client.get("/places", params={"q": question[:1999] + "？？"}).status_code == 422


def test_the_figures_of_a_few_places_are_open(client: TestClient) -> None:
    assert '<details class="figures-table" id="figures" open>' in html(client)


def test_a_table_for_a_report_hides_nothing(client: TestClient) -> None:
    text = html(client)
    address = re.search(r'href="(/places/table[^"]+)"', text)
    assert address
    text = client.get(unescape(address[1])).text
    table = text[text.index("<table") : text.index("</table>")]
    assert not re.search("<(details|button|summary|form)|hidden", table)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall("<tr>(.*?)</tr>", table, re.S)]
    assert len({len(row) for row in rows}) == 1
    answers = client.get("/api/places", params={"q": QUESTION}).json()["answers"]
    assert [row[0] for row in rows[1:]] == [answer["place"] for answer in answers]
    at = rows[0].index("原句")
    assert [unescape(row[at]).split("（")[0] for row in rows[1:]] == [
        answer["evidence"][0]["sentence"].split("（")[0] for answer in answers
    ]
    assert "没有可列的地方" in client.get("/places/table", params={"q": "哪些城市养了企鹅？"}).text


def test_every_sentence_can_be_kept(client: TestClient) -> None:
    text = html(client)
    kept = re.findall(r'data-keep="([^"]+)" data-at="(\d+)-(\d+)"', text)
    answers = client.get("/api/places", params={"q": QUESTION}).json()["answers"]
    shown = {(e["passage_id"], str(e["start"]), str(e["end"])) for answer in answers for e in answer["evidence"]}
    assert kept and set(kept) <= shown
