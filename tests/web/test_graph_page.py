"""The pages of the network, without JavaScript."""

import re
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from starlette.testclient import TestClient

from gongzhi.build import ingest
from web.app import create_app
from web.drawing import MOST, NARROW, draw, label_x


def html(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graph", 200),
        ("/graph?term=四灯", 200),
        ("/graph?term=六盏灯", 200),
        ("/graph?term=四灯&depth=2", 200),
        ("/graph?term=四灯&kind=contrasts_with", 200),
        ("/graph?term=四灯&kind=variant_of", 200),
        ("/graph?term=四灯&kind=没有这种", 200),
        ("/graph?group=四灯", 200),
        ("/graph?group=六盏灯", 200),
        ("/graph?group=四盏灯火", 404),
        ("/graph?term=四灯&to=六盏灯", 200),
        ("/graph?term=四灯&to=六盏灯&way=2", 200),
        ("/graph?term=四灯&to=四灯行动", 200),
        ("/graph?to=四灯", 200),
        ("/graph?term=四盏灯火", 404),
        ("/graph?term=四灯&to=%3Cscript%3Ealert(1)", 404),
    ],
)
def test_pages_are_whole_and_keep_to_this_host(lamps: TestClient, path: str, status: int) -> None:
    text = html(lamps, path, status)
    assert text.count("<h1") == 1
    assert "://" not in text and "<script>alert" not in text
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text)
    assert 'aria-current="page">关系图' in text
    for href in set(re.findall(r'href="(/[^"]+)"', text)):
        assert lamps.get(href.replace("&amp;", "&")).status_code in (200, 503), href


def test_the_network_at_a_glance(lamps: TestClient) -> None:
    text = html(lamps, "/graph")
    assert re.search(r'<th scope="row">组成部分</th><td>[^<]+</td><td class="number">1</td>', text)
    assert re.search(r'<th scope="row">易混</th>', text)
    assert "四灯</a>" in text[text.index('id="central"') :]
    assert "与 1 个术语相连" in text
    assert "个还没有和别的术语连起来" in text


def test_a_community_is_drawn_named_and_listed(lamps: TestClient) -> None:
    text = html(lamps, "/graph")
    bubble = re.search(r'<a href="([^"]+)" class="bubble"><title>四灯等 2 个术语</title>', text)
    assert bubble and text.count('class="bubble"') == 2  # for a desk and for a phone
    listed = text[text.index('class="communities"') :]
    assert f'<a href="{bubble[1]}">四灯</a>' in listed and ">秋送学灯</a>" in listed and "多见于宜宾市" in listed
    inside = html(lamps, bubble[1])
    for svg in re.findall(r"<svg viewBox.*?</svg>", inside, re.S)[:2]:
        assert ">四灯</text>" in svg and ">秋送学灯</text>" in svg and 'class="edge has_component"' in svg
    assert "组成部分 秋送学灯" in inside and "所属整体 四灯" in inside


def test_a_community_is_found_by_any_of_its_terms(lamps: TestClient) -> None:
    text = html(lamps, "/graph?group=秋送学灯")
    assert re.search(r"<h1>四灯 ", text) and "“秋送学灯”在这一组里" in text
    assert "不在任何一组里" in html(lamps, "/graph?group=六盏灯")
    assert "没有术语“四盏灯火”" in html(lamps, "/graph?group=四盏灯火", 404)


def test_relations_are_chosen_by_kind_and_distance(lamps: TestClient) -> None:
    whole = html(lamps, "/graph?term=四灯")
    choices = whole[whole.index('class="choices"') : whole.index("</nav>", whole.index('class="choices"'))]
    href = re.search(r'href="([^"]+)">组成部分<span class="count">1', choices)
    assert href
    text = html(lamps, href[1].replace("&amp;", "&"))
    assert ">秋送学灯</text>" in text and ">五灯</text>" not in text
    assert "只列“组成部分”" in text and "看全部 2 个" in text
    assert "没有“异写”这一种联系" in html(lamps, "/graph?term=四灯&kind=variant_of")


def test_two_steps_lead_further_than_one(lamps: TestClient) -> None:
    assert ">五灯</text>" not in html(lamps, "/graph?term=秋送学灯")
    text = html(lamps, "/graph?term=秋送学灯&depth=2")
    assert ">五灯</text>" in text
    further = text[text.index('id="further"') :]
    assert ">五灯</a>" in further and "是“四灯”的易混" in further


def test_other_ways_are_offered(lamps: TestClient) -> None:
    text = html(lamps, "/graph?term=秋送学灯&to=五灯")
    first = re.findall(r'class="stop[^>]*>([^<]+)', text[text.index('class="chain"') : text.index('class="way"')])
    assert first == ["秋送学灯", "四灯", "五灯"]
    others = text[text.index('id="others"') :]
    second = html(lamps, re.findall(r'<a href="([^"]+)">看这条路的原句', others)[0].replace("&amp;", "&"))
    assert (
        "另一条路" in second
        and "四灯</span>" not in second[second.index('class="chain"') : second.index('class="way"')]
    )
    back = re.findall(r'href="([^"]+)">反过来走', text)
    assert back and "从“五灯”到“秋送学灯”" in html(lamps, back[0].replace("&amp;", "&"))


def test_around_a_term_the_drawing_and_the_list_say_the_same(lamps: TestClient) -> None:
    text = html(lamps, "/graph?term=四灯行动")
    drawing, listed = text[text.index("<svg") : text.index("</svg>")], text[text.index('id="list"') :]
    for other in ("秋送学灯", "五灯"):
        assert f">{other}</text>" in drawing and f">{other}</a>" in listed
    assert 'class="edge has_component"' in drawing and 'class="edge contrasts_with"' in drawing
    assert "宜宾市" in listed[listed.index("使用地区") :]


def test_a_term_that_stands_alone_leads_to_its_sentences(lamps: TestClient) -> None:
    text = html(lamps, "/graph?term=六盏灯")
    assert "还没有和别的术语连起来" in text and "<svg" not in text
    assert "all=1" in text


def test_the_way_between_two_terms_shows_its_sentences(lamps: TestClient) -> None:
    text = html(lamps, "/graph?term=秋送学灯&to=五灯")
    way = text[text.index('class="way"') :]
    assert [re.sub(r"<[^>]+>|\s", "", step) for step in re.findall(r'class="step">(.*?)</p>', way)] == [
        "秋送学灯→所属整体→四灯",
        "四灯→易混→五灯",
    ]
    assert way.count('class="quote"') == 2
    assert "春送岗灯、夏送凉灯、秋送学灯、冬送暖灯" in way


def test_a_way_through_documents_names_them_once(lamps: TestClient) -> None:
    text = html(lamps, "/graph?term=秋送学灯&to=六盏灯")
    steps = re.findall(r'class="step">(.*?)</p>', text)
    assert len(steps) > 1
    assert len(re.findall("衢州市总工会2032年工作报告</a>", "".join(steps))) <= 1


def test_what_is_not_there_is_helped_on(lamps: TestClient) -> None:
    text = html(lamps, "/graph?term=四灯火&to=五灯", 404)
    assert "没有术语“四灯火”" in text
    near = re.search(r'href="(/graph\?term=[^"]+)">四灯</a>', text)
    assert near and "to=" in near[1]
    assert "这是同一个术语" in html(lamps, "/graph?term=四灯&to=四灯行动")


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    report = tmp_path / "空.txt"
    report.write_text("衢州市总工会2033年简讯\n\n天气很好，大家照常上班。\n", "utf-8")
    ingest(tmp_path / "library", [report])
    with TestClient(create_app(tmp_path / "library")) as client:
        assert "还没有术语" in html(client, "/graph")


# ------------------------------------------------------------------ the drawing
def star(neighbours: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for n in range(neighbours + 1):
        graph.add_node(f"term:{n}", type="term", label=f"名称{n}" + "长" * (n % 20), status="explained")
    for n in range(1, neighbours + 1):
        graph.add_edge("term:0", f"term:{n}", key="related", kind="related", label="相关", weight=1 / n)
    return graph


@pytest.mark.parametrize("neighbours", [1, 2, 7, 38, 39, 60])
def test_labels_never_cover_each_other(neighbours: int) -> None:
    drawing = draw(star(neighbours), "term:0")
    assert len(drawing.dots) == min(neighbours, MOST - 1)
    assert drawing.left_out == neighbours - len(drawing.dots)
    below = [dot.y for dot in drawing.narrow.dots]
    assert all(b - a >= 24 for a, b in pairwise(below)) and all(0 < y < drawing.narrow.height for y in below)
    assert drawing.narrow.left_out == neighbours - len(below)
    assert all(dot.box[0] + dot.box[2] <= NARROW for dot in drawing.narrow.dots)
    for side in ("start", "end"):
        rows = sorted(dot.y for dot in drawing.dots if dot.side == side)
        assert all(b - a >= 25 for a, b in pairwise(rows))
        assert all(0 < y < drawing.height for y in rows)
    for dot in drawing.dots:
        end = label_x(dot) + (15 if dot.side == "start" else -15) * len(dot.short)
        assert 0 <= end <= 840
        assert (dot.x > drawing.middle.x) == (dot.side == "start")


def test_the_strongest_have_room_and_neighbours_are_connected() -> None:
    graph = star(60)
    graph.add_edge("term:1", "term:2", key="broader", kind="broader", label="上位术语", weight=1.0)
    drawing = draw(graph, "term:0")
    assert {dot.label for dot in drawing.dots} == {graph.nodes[f"term:{n}"]["label"] for n in range(1, MOST)}
    assert [stroke.kind for stroke in drawing.strokes if not stroke.near] == ["broader"]
    assert drawing.kinds == ("broader", "related")
