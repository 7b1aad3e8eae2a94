"""Results: what a query was taken for, conditions on offer, pages, order."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

QUESTION = "哪些城市建了工会驿站？"
DRAFT = "一年来，我们沿江建设职工驿站，配齐微波炉、充电桩和急救箱，方便夜班职工歇脚；举办技能竞赛，让手艺有人接。" * 2
SENTENCE = "沿江建设职工驿站，方便夜班职工歇脚"


def _taken(text: str) -> tuple[str, dict[str, str]]:
    """The line on what a query was taken for, and name → address of the other readings."""
    found = re.search(r'<p class="taken" role="status">(.*?)</p>', text, re.S)
    assert found
    others = {name: unescape(href) for href, name in re.findall(r'<a href="([^"]+)">(.*?)</a>', found[1])}
    return found[1].split("<")[0], others


def _options(text: str) -> dict[str, dict[str, tuple[str, int]]]:
    """Name of a condition → label → (address, count)."""
    blocks = re.split(r"<summary>(?!更多)", text[text.index('id="narrow"') : text.index("</aside>")])[1:]
    found = {}
    for block in blocks:
        links = re.findall(
            r'<a href="([^"]+)"[^>]*>(?:<span class="tick"[^>]*></span>)?<span class="name">(.*?)</span>'
            r'<span class="count">(\d+)</span>',
            block,
        )
        found[re.split("<", block)[0]] = {label: (unescape(href), int(count)) for href, label, count in links}
    return found


def _total(text: str) -> int:
    found = re.search(r"共 <b>([\d,]+)</b> 段", text)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.parametrize(
    ("query", "line", "others"),
    [
        ("灯下三问", "按术语理解", {"看术语页", "改为全文检索", "改为按地方查"}),
        ("灯下三问是什么？", "按术语理解", {"看术语页", "改为全文检索", "改为按地方查"}),
        (QUESTION, "按地方提问理解", {"改为全文检索"}),
        (DRAFT, "按长文理解", {"改为全文检索"}),
        (SENTENCE, "按全文检索", {"改为找先例"}),
        ("月亮", "按全文检索", set()),
        ("地方:宜宾", "按条件列出原文", set()),
    ],
)
def test_it_is_told_what_a_query_was_taken_for(client: TestClient, query: str, line: str, others: set[str]) -> None:
    told, links = _taken(client.get("/search", params={"q": query}).text)
    assert told.startswith(line)
    assert others <= links.keys()
    assert all(client.get(href).status_code == 200 for href in links.values())


@pytest.mark.parametrize("query", ["灯下三问", QUESTION, SENTENCE])
@pytest.mark.parametrize(
    ("way", "path", "line"),
    [
        ("search", "/search", "按您选的，按全文检索"),
        ("places", "/places", "按地方提问理解"),
        ("precedents", "/search", "按长文理解"),
    ],
)
def test_a_query_can_be_read_in_another_way(client: TestClient, query: str, way: str, path: str, line: str) -> None:
    page = client.get("/search", params={"q": query, "as": way})
    assert page.url.path == path
    assert _taken(page.text)[0].startswith(line)


def test_a_query_that_names_no_term_is_searched_where_a_term_is_asked_for(client: TestClient) -> None:
    text = client.get("/search", params={"q": "月亮", "as": "term"}).text
    assert _taken(text)[0].startswith("没有叫这个名字的术语，按全文检索") and 'class="card"' not in text
    assert 'class="card"' in client.get("/search", params={"q": "灯下三问", "as": "term"}).text
    assert 'class="card"' not in client.get("/search", params={"q": "灯下三问", "as": "search"}).text


def test_only_the_text_is_narrowed_by_conditions(client: TestClient) -> None:
    page = client.get("/search", params={"q": QUESTION, "province": "福建省"})
    assert page.url.path == "/search"
    line, others = _taken(page.text)
    assert line.startswith("限定了条件，按全文检索") and "改为按地方查" in others


def test_an_unknown_reading_is_refused(client: TestClient) -> None:
    assert client.get("/search?q=工会&as=else").status_code == 422


@pytest.mark.parametrize(
    "conditions",
    [
        "",
        "&province=福建省",
        "&place=漳州市",
        "&level=city",
        "&level=city、enterprise&status=done",
        "&year=2031&type=总结",
    ],
)
@pytest.mark.parametrize("query", ["工会驿站", "职工", "灯下三问"])
def test_every_count_is_what_its_link_leads_to(client: TestClient, query: str, conditions: str) -> None:
    text = client.get(f"/search?q={query}&as=search{conditions}").text
    total = _total(text)
    for group, options in _options(text).items():
        for label, (href, count) in options.items():
            chosen = parse_qs(urlsplit(href).query)
            left = client.get(href).text
            held = parse_qs(f"x=1{conditions}")
            name = {"地方": "place", "级别": "level", "文种": "type", "年份": "year", "进展": "status"}[group]
            before = {v for n in ("place", "province") if name == "place" for v in held.get(n, [])} or {
                v for value in held.get(name, []) for v in value.split("、")
            }
            after = {v for n in ("place", "province") if name == "place" for v in chosen.get(n, [])} or {
                v for value in chosen.get(name, []) for v in value.split("、")
            }
            if len(after) == 1 and not before & after:
                assert _total(left) == count, (group, label)
            elif after > before:
                assert _total(left) >= max(total, count), (group, label)
            else:
                assert _total(left) >= total or after, (group, label)


def test_places_are_a_tree_whose_way_to_the_chosen_one_is_open(client: TestClient) -> None:
    whole = client.get("/search?q=工会驿站&as=search").text
    places = _options(whole)["地方"]
    assert "福建省" in places and "漳州市" not in places
    inside = _options(client.get(places["福建省"][0]).text)["地方"]
    assert "province=" in places["福建省"][0]
    assert "漳州市" in inside and inside["漳州市"][1] <= inside["福建省"][1]
    city = client.get(inside["漳州市"][0]).text
    assert re.search(r'class="chosen"[^>]*aria-label="已选漳州市', city)
    options = _options(city)["地方"]
    # The chosen one leads back, the one around it to itself, the others to them.
    assert "place=" not in options["漳州市"][0] and "province=" not in options["漳州市"][0]
    assert "province=" in options["福建省"][0] and "place=" not in options["福建省"][0]
    assert options["四川省"] == (options["四川省"][0], places["四川省"][1])


def test_several_values_of_a_condition_are_alternatives(client: TestClient) -> None:
    levels = _options(client.get("/search?q=职工&as=search").text)["级别"]
    assert len(levels) > 1
    (first, (href, one)), (second, (_, two)) = list(levels.items())[:2]
    both = client.get(_options(client.get(href).text)["级别"][second][0]).text
    assert _total(both) == one + two
    assert f"去掉条件 级别：{first}" in both and f"去掉条件 级别：{second}" in both and "去掉全部条件" in both
    lifted = re.search(rf'href="([^"]+)" aria-label="去掉条件 级别：{first}"', both)
    assert lifted and _total(client.get(unescape(lifted[1])).text) == two


def test_another_query_goes_on_with_the_conditions(client: TestClient) -> None:
    text = client.get("/search?q=工会驿站&province=福建省&mode=lexical&sort=date&as=search&page=1").text
    form = text[text.index('<form class="searchbox"') :]
    form = form[: form.index("</form>")]
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', form))
    assert kept == {"province": "福建省", "mode": "lexical", "sort": "date"}
    assert 'value="工会驿站"' in form


def test_the_latest_can_come_first(client: TestClient) -> None:
    text = client.get("/search?q=职工&as=search").text
    href = re.search(r'<a href="([^"]+)">最新</a>', text)
    assert href and "sort=date" in href[1]
    newest = client.get(unescape(href[1])).text
    dates = re.findall(r'class="hit-origin">[^<]*?(\d{4}(?:-\d\d){0,2})', newest)
    assert dates and dates == sorted(dates, reverse=True)


def test_pages_go_on_as_long_as_there_is_something(client: TestClient) -> None:
    href, seen, pages = "/search?q=工会职工&mode=lexical&as=search&level=city", list[str](), 0
    while href:
        text = client.get(href).text
        assert 'class="hit"' in text and "没有第" not in text
        assert 'class="card"' not in text
        seen += re.findall(r'name="p" value="([^"]+)"', text)
        pages += 1
        following = re.search(r'rel="next" href="([^"]+)"', text)
        before = re.search(r'rel="prev" href="([^"]+)"', text)
        assert (before is None) == (pages == 1)
        if before:
            assert "level=city" in before[1]
        href = unescape(following[1]) if following else ""
    assert pages > 1 and len(seen) == len(set(seen)) and len(seen) > 10 * (pages - 1)


def test_conditions_alone_list_what_meets_them(client: TestClient) -> None:
    text = client.get("/search?q=地方:宜宾").text
    assert "段符合条件的原文" in text and "意思略近" not in text


@pytest.mark.parametrize(
    "query",
    [
        "？？？",
        "a",
        "-食堂",
        "“”",
        "”“",
        "地方:",
        "年份:9999",
        "\u202e反向",
        "<script>",
        "工" * 200,
        "%00",
        "1",
        "　",
        "㊣",
        "🙂",
    ],
)
def test_odd_queries_are_answered_with_help(client: TestClient, query: str) -> None:
    page = client.get("/search", params={"q": query})
    assert page.status_code == 200
    assert any(mark in page.text for mark in ('class="empty"', 'class="hits"', "检索语法", "找先例"))
    assert "<script>alert" not in page.text


def test_suggestions_name_the_pages_they_have(client: TestClient) -> None:
    by_kind = {}
    for typed in ("灯下三问", "宜宾", "漳州"):
        for item in client.get("/api/terms", params={"q": typed}).json()["suggestions"]:
            by_kind[item["kind"]] = item["page"]
            if item["page"]:
                assert client.get(item["page"]).status_code == 200
    assert by_kind["term"] == "/terms/%E7%81%AF%E4%B8%8B%E4%B8%89%E9%97%AE"
    assert by_kind["place"].startswith("/place/") and by_kind["document"].startswith("/documents/")
