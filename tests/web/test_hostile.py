"""Hostile words in sources, names, labels and questions: whoever reads, draws or downloads them gets text and nothing else."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree, html
from openpyxl import load_workbook
from starlette.testclient import TestClient

from corpus.curation import Change
from corpus.store import Store
from gongzhi.build import ingest
from graph.curation import edit
from tests.web.browsing import PHONE, Visit, browser, playwright
from tests.web.conftest import serving
from web.app import create_app
from web.templating import _TURNING

__all__ = ["browser"]  # a fixture
SCRIPT = "<script>document.title='turned'</script>"
PICTURE = "<img src=x onerror=document.title='turned'>"
FORMULA = "=HYPERLINK(1,2)"
TURNED = "\u202e倒着读\u202c"
LONG = "长" * 10_000
REPORT = f"""漳州市总工会{PICTURE}工作报告
（2022年3月1日）
一、主要工作{SCRIPT}
全市各级工会实施“灯塔{SCRIPT}行动”，建成工会驿站120个，&lt;b&gt;覆盖&lt;/b&gt;全部街道{TURNED}。
“灯塔{SCRIPT}行动”是指：一亮灯、二添茶、三问候。
{FORMULA}，全市建立劳模创新工作室35个，工会驿站“{LONG}”。
二、“{{{{7*7}}}}{{% raw %}}”和javascript:alert(1)
泉边职工]](javascript:alert(1))开展技能竞赛20场，覆盖职工3.2万人次；工会驿站&amp;amp;“茶亭”同步开放。
"""
NAME = f"报告{TURNED}<b>x.txt"
TERM = f"灯塔{SCRIPT}行动"
QUERIES = [
    SCRIPT,
    PICTURE,
    '"><svg onload=1>',
    TURNED,
    f"哪些城市建了{SCRIPT}工会驿站？",
    "{{7*7}}",
    FORMULA,
    LONG[:1900],
]
#: Addresses that a question is put into.
ASKED = [
    "/search?q=",
    "/search?as=search&q=",
    "/places?q=",
    "/precedents?text=",
    "/graph?term=",
    "/terms?find=",
    "/documents?find=",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / NAME).write_text(REPORT, "utf-8")
    ingest(folder / "library", [folder / "in"])
    with Store.open(folder / "library") as store:
        edit(
            store,
            [Change("alias", "工会驿站", PICTURE), Change("add", TERM), Change("add", FORMULA)],
            who="<b>某人</b>",
        )
    return folder / "library"


@pytest.fixture(scope="module")
def hostile(library: Path) -> Iterator[TestClient]:
    with TestClient(create_app(library, keep_queries=False), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def site(library: Path) -> Iterator[str]:
    with serving(create_app(library, keep_queries=False)) as address:
        yield address


def _pages(client: TestClient) -> list[str]:
    (row,) = client.get("/api/documents").json()["documents"]
    reader = f"/documents/{row['id']}"
    pages = [
        "/",
        "/terms",
        "/documents",
        reader,
        f"{reader}?repairs=1&at=0-60",
        f"{reader}/repairs",
        "/graph",
        "/matrix",
    ]
    pages += [f"/terms/{quote(label, safe='')}" for label in (TERM, FORMULA, "工会驿站")]
    pages += [
        "/terms/工会驿站?all=1",
        f"/graph?term={quote(TERM)}",
        "/place/漳州市",
        "/places?q=哪些城市建了工会驿站？",
    ]
    return pages + [address + quote(query) for address in ASKED for query in QUERIES]


def test_pages_hold_text_and_nothing_else(hostile: TestClient) -> None:
    for address in _pages(hostile):
        answer = hostile.get(address)
        assert answer.status_code in (200, 404, 422), address
        tree = html.document_fromstring(answer.text)
        assert not _TURNING.search(answer.text), address
        for script in tree.iter("script"):
            assert script.get("src", "").startswith("/static/") and not script.text, address
        for element in tree.iter(etree.Element):
            assert not [name for name in element.attrib if name.startswith("on")], address
            for name in ("href", "src", "action", "formaction"):
                value = element.get(name, "/")
                assert re.match(r"[/#?]", value) and not value.startswith("//"), (address, value)


def test_a_browser_runs_none_of_it(browser: playwright.Browser, site: str, hostile: TestClient) -> None:
    visit = Visit(browser, site, viewport=PHONE)
    visit.page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
    for address in _pages(hostile)[:-14]:
        visit.page.goto(address)
        assert visit.page.title() != "turned", address
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    visit.context.close()
    assert [text for text in visit.complaints if "status of 4" not in text] == []
    assert all(address.startswith(f"{site}/") for address in visit.addresses)


def test_suggestions_are_text(browser: playwright.Browser, site: str) -> None:
    visit = Visit(browser, site)
    visit.page.goto("/")
    visit.page.locator("#q").press_sequentially("灯塔")
    option = visit.page.get_by_role("option").first
    option.wait_for()
    assert SCRIPT in option.inner_text() and visit.page.title() != "turned"
    visit.context.close()
    assert visit.complaints == []


def _harmless(cell: object) -> bool:
    """A spreadsheet takes it for text: none begins as a formula does (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return (
        not str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) or str(cell).lstrip("+-").replace(".", "").isdigit()
    )


@pytest.mark.parametrize("address", ["/api/export/csv", "/places.csv?q=哪些城市建了工会驿站？", "/matrix.csv"])
def test_tables_hold_no_formulas(hostile: TestClient, address: str) -> None:
    rows = list(csv.reader(io.StringIO(hostile.get(address).text.removeprefix("\ufeff"))))
    assert len(rows) > 1
    assert [cell for row in rows for cell in row if not _harmless(cell)] == []


def test_workbooks_hold_no_formulas(hostile: TestClient) -> None:
    book = load_workbook(io.BytesIO(hostile.get("/places.xlsx?q=哪些城市建了工会驿站？").content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds and "f" not in kinds


def test_graphs_and_vocabularies_are_well_formed(hostile: TestClient) -> None:
    etree.fromstring(hostile.get("/api/export/graphml").content)
    assert TERM in json.dumps(json.loads(hostile.get("/api/export/json").text), ensure_ascii=False)
    found = hostile.get("/api/export/jsonld").json()
    assert TERM in json.dumps(found, ensure_ascii=False)


def test_what_was_chosen_is_written_as_text(hostile: TestClient) -> None:
    chosen = "&".join(f"p={hit['passage_id']}" for hit in hostile.get("/api/search?q=工会驿站").json()["hits"])
    with zipfile.ZipFile(io.BytesIO(hostile.get(f"/basket.docx?{chosen}&title={quote(SCRIPT)}").content)) as package:
        written = etree.fromstring(package.read("word/document.xml"))
    assert SCRIPT in "".join(written.itertext())
    markdown = hostile.get(f"/basket.md?{chosen}").text.replace("](<http://testserver/documents/", "](")
    assert r"\<script\>" in markdown
    assert not re.search(r"(?<!\\)<|(?<!\\)\]\(javascript:", markdown)
