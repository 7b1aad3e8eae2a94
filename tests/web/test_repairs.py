"""The record of repairs as its readers see it, and the warnings on whatever can be cited."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.model import Repair
from gongzhi.build import ingest
from web.app import create_app
from web.pages.repairs import disposition
from web.repairs import doubt_rows, kinds, rows

TEXT = "全市工会总结\n全市建成食堂36个，筹集资金亿元。\n风雨不误。"
NAME = "宜宾 2031年“总结”.txt"
REPORT = """工会材料汇编
目录
宜宾市总工会2031年工作总结……1
漳州市总工会2031年工作综述……3
宜宾市总工会2031年工作总结

一、把关心送到灯下

全市工会推行“灯下三问”工作法，即问冷暖、问技能、问**。深夜走访夜班职工 4200 户。

- 3 -

二、把清凉送到江边

全市工会建成浮桥食堂36个，筹集资金亿元，送清凉2万人次<b>&</b>。浮桥食堂从不打烊，夜班职

工都爱来。

漳州市总工会2031年工作综述

全市新建工会驿站8个，职工从码头下来就能歇一歇。
"""
QUESTION = "哪些城市建了浮桥食堂？"
LOST = "“资金亿元”处，“亿元”前应有数字，原文缺失，未作补充"


def repair(kind: str, span: tuple[int, int], before: str, after: str, *, doubtful: bool = False) -> Repair:
    return Repair("s", "d", 0, kind, *span, *span, before, after, doubtful, f"{kind}的原因")


NOTES = [
    repair("advert", (26, 26), "<b>加群</b>", ""),
    repair("line_join", (13, 13), "食堂\r\n\n36个", "食堂36个"),
    repair("lost_number", (19, 23), "资金亿元", "资金亿元", doubtful=True),
    repair("mask", (13, 15), "36", "36", doubtful=True),
]


def test_rows_stand_in_the_order_of_the_text() -> None:
    join, advert = rows("d", TEXT, NOTES)
    assert join.before == "全市建成食堂<del>↵↵</del>36个，筹集资金"
    assert (join.after, join.removed) == ("全市建成食堂36个，筹集资金", False)
    assert join.address == "/documents/d?at=7-24&repairs=1#at"
    assert advert.before == "<del>&lt;b&gt;加群&lt;/b&gt;</del>"
    assert (advert.after, advert.removed) == ("", True)


def test_a_doubtful_place_is_shown_in_its_sentence_with_the_figures_it_costs() -> None:
    [row] = doubt_rows("d", TEXT, NOTES)
    assert row.sentence.startswith('全市建成食堂<span class="doubt" title="存疑：mask的原因">36</span>个')
    assert '<span class="doubt" title="存疑：lost_number的原因">资金亿元</span>' in row.sentence
    assert row.reasons == (("lost_number", "lost_number的原因"), ("mask", "mask的原因"))
    assert row.figures == ("36个",)
    assert len(doubt_rows("d", TEXT, [*NOTES, repair("mask", (25, 26), "风", "风", doubtful=True)])) == 2


def test_kinds_are_counted_with_the_reason_of_a_change() -> None:
    assert [(item.kind, item.count, item.reason, item.doubtful) for item in kinds([*NOTES, NOTES[1]])] == [
        ("line_join", 2, "line_join的原因", False),
        ("advert", 1, "advert的原因", False),
        ("lost_number", 1, "", True),
        ("mask", 1, "", True),
    ]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("总结.txt", "attachment; filename=\"source.txt\"; filename*=UTF-8''%E6%80%BB%E7%BB%93.txt"),
        ("汇编.zip/各地/a b.docx", "attachment; filename=\"source.docx\"; filename*=UTF-8''a%20b.docx"),
        (
            'x\r\nSet-Cookie: y".sh;ell',
            "attachment; filename=\"source\"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20y%22.sh%3Bell",
        ),
        ("", "attachment; filename=\"source\"; filename*=UTF-8''source"),
        ("..\\..\\坏.pdf", "attachment; filename=\"source.pdf\"; filename*=UTF-8''%E5%9D%8F.pdf"),
    ],
)
def test_a_file_is_saved_under_its_own_name(name: str, header: str) -> None:
    assert disposition(name) == header


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repairs")
    (folder / NAME).write_text(REPORT, "utf-8")
    ingest(folder / "library", [folder / NAME])
    return folder / "library"


@pytest.fixture(scope="module")
def client(library: Path) -> Iterator[TestClient]:
    with TestClient(create_app(library), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def document_id(client: TestClient) -> str:
    [row] = [row for row in client.get("/api/documents").json()["documents"] if row["place"] == "宜宾市"]
    return str(row["id"])


def page(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = answer.text
    assert text.count("<h1") == 1 and "://" not in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    return text


def test_the_tab_lists_every_repair_doubtful_ones_first(client: TestClient, document_id: str) -> None:
    notes = client.get(f"/api/documents/{document_id}").json()["repairs"]
    text = page(client, f"/documents/{document_id}/repairs")
    assert re.search(rf'aria-current="page">整理记录<span class="count">{len(notes)}<', text)
    assert text.index("存疑，未改动") < text.index(">改动<")
    assert text.count('class="doubt"') == 2
    assert text.count("<tr>") - 1 == sum(not note["doubtful"] for note in notes)
    assert "夜班职<del>↵↵</del>工都爱来" in text and "<del>·</del>4200户" in text
    assert "已删去" in text and "- 3 -" in text.replace("·", " ")
    assert "工会材料汇编" in text and "不属于任何一篇" in text
    assert "&lt;b&gt;" in text


def test_every_row_leads_to_its_place(client: TestClient, document_id: str) -> None:
    text = page(client, f"/documents/{document_id}/repairs")
    links = [unescape(link) for link in re.findall(r'href="([^"]+#at)"', text)]
    assert links
    for link in links:
        shown = page(client, link)
        assert 'id="at"' in shown and 'class="repair"' in shown


def test_one_kind_by_its_address(client: TestClient, document_id: str) -> None:
    text = page(client, f"/documents/{document_id}/repairs")
    for kind, count in re.findall(r'repairs\?kind=([a-z_]+)"[^>]*>[^<]+<span class="count">(\d+)<', text):
        one = page(client, f"/documents/{document_id}/repairs?kind={kind}")
        shown = len(re.findall(r'href="[^"]+#at"', one))
        assert shown == int(count), kind
        assert 'aria-current="true"' in one
    assert "没有这一种" in page(client, f"/documents/{document_id}/repairs?kind=nothing")


def test_an_untouched_document_says_so(client: TestClient, document_id: str) -> None:
    other = document_id[:-2] + "02"
    assert "这篇没有改动" in page(client, f"/documents/{other}/repairs")
    assert "标出整理处" not in page(client, f"/documents/{other}")


def test_what_readers_leave_out_is_told_of_other_formats(tmp_path: Path, client: TestClient, document_id: str) -> None:
    (tmp_path / "网页.html").write_text("<nav>菜单</nav><p>宜宾市总工会工作总结</p><p>全市建成食堂36个。</p>", "utf-8")
    ingest(tmp_path / "library", [tmp_path / "网页.html"])
    with TestClient(create_app(tmp_path / "library")) as other:
        [row] = other.get("/api/documents").json()["documents"]
        assert "读出时就不收" in page(other, f"/documents/{row['id']}/repairs")
    assert "读出时就不收" not in page(client, f"/documents/{document_id}/repairs")


def test_the_original_is_a_download(client: TestClient, document_id: str) -> None:
    answer = client.get(f"/documents/{document_id}/source")
    assert answer.content == REPORT.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == disposition(NAME)
    assert client.get("/documents/none/source").status_code == 404
    assert client.get("/documents/none/repairs").status_code == 404


def test_the_reader_marks_doubtful_words_always_and_repairs_on_demand(client: TestClient, document_id: str) -> None:
    plain, marked = (page(client, f"/documents/{document_id}{query}") for query in ("", "?repairs=1"))
    assert plain.count('<span class="doubt" title') == marked.count('<span class="doubt" title') == 2
    assert 'class="repair" title' in marked and 'class="repair" title' not in plain


def warned(text: str) -> bool:
    """True where the words are marked, the line stands below them, and the text to copy has the warning."""
    cited = re.findall(r'class="cite-text">(.*?)</p>', unescape(text), re.S)
    return (
        re.search(r'<span class="doubt" title="[^"]+">(?:<mark>)?资金', text) is not None
        and f"此处存疑</strong>：{LOST}。引用前请核对原件" in text
        and any(one.endswith(f"〔存疑：{LOST}〕") for one in cited)
    )


def test_whatever_can_be_cited_warns(client: TestClient, document_id: str) -> None:
    assert warned(page(client, "/search?q=从不打烊&as=search"))
    assert warned(page(client, f"/places?q={QUESTION}"))
    assert warned(client.post("/precedents", data={"text": "建成浮桥食堂，筹集资金，送清凉。"}).text)
    text = client.get(f"/api/documents/{document_id}").json()["text"]
    start = text.index("全市工会建成")
    assert warned(page(client, f"/documents/{document_id}?at={start}-{text.index('。', start) + 1}"))
    # Half of the sentence is cited whole, with its doubt; another sentence without.
    assert warned(page(client, f"/documents/{document_id}?at={start}-{start + 11}"))
    other = text.index("\n") + 1
    assert not warned(page(client, f"/documents/{document_id}?at=0-{other - 1}"))


def test_definitions_warn_on_their_page_their_card_and_in_the_reader(client: TestClient, document_id: str) -> None:
    reason = "“**”遮去了原来的字词，未作还原"
    for path in ("/terms/灯下三问", "/search?q=灯下三问"):
        text = page(client, path)
        assert 'class="doubt"' in text and f"此处存疑</strong>：{reason}" in text
    assert f"〔存疑：{reason}〕</p>" in page(client, "/terms/灯下三问")
    assert f'〔存疑：{reason}〕" data-term="灯下三问"' in page(client, f"/documents/{document_id}")


def test_the_interface_and_the_tables_warn(client: TestClient) -> None:
    hit = client.get("/api/search?q=从不打烊").json()["hits"][0]
    [answer] = client.get("/api/places", params={"q": QUESTION}).json()["answers"]
    [evidence] = [evidence for evidence in answer["evidence"] if "亿元" in evidence["sentence"]]
    facts = client.get("/api/facts?term=浮桥食堂").json()["facts"]
    for quoted, words in ((hit, "text"), (evidence, "sentence"), *((fact, "sentence") for fact in facts)):
        [doubt] = quoted["doubtful"]
        assert quoted[words][doubt["start"] : doubt["end"]] == "资金亿元"
        assert doubt["kind"] == "lost_number" and doubt["reason"] in LOST
    [definition] = client.get("/api/terms/灯下三问").json()["definitions"]
    assert [definition["text"][d["start"] : d["end"]] for d in definition["doubtful"]] == ["**"]
    for path, column in ((f"/places.csv?q={QUESTION}", LOST), ("/api/export/csv", "“**”遮去了原来的字词，未作还原")):
        table = csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig")))
        assert column in [row["存疑"] for row in table]
