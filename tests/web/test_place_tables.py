"""Place answers as files: what was written is read back."""

import csv
import io
import re
from dataclasses import replace

import openpyxl
import pytest
from starlette.testclient import TestClient

from corpus.doubts import Doubt
from search.answers import Cell, ClaimEvidence, Column, Coverage, PlaceAnswer, PlacesAnswer
from web.place_tables import places_csv, places_markdown, places_xlsx, table

QUESTION = "哪些城市建了工会驿站？"
SENTENCE = "兴山县建成*江畔*书亭12座，投入资金860万元。"
EVIDENCE = ClaimEvidence(
    SENTENCE, ("12座", "860万元"), "d1", "宜昌市总工会工作报告", "p1", 40, 40 + len(SENTENCE), ((5, 11),),
    (Doubt(5, 11, "mask", "星号遮去了字词"),), "done", 0.93, "2031", (0, 3), ("原文写有“江畔书亭”", "句中点名“兴山县”"),
)  # fmt: skip
PLAN = ClaimEvidence("新建书亭\n20座。", ("20座",), "d1", "宜昌市总工会工作报告", "p2", 90, 99, status="planned")
ANSWER = PlacesAnswer(
    "哪些城市建了江畔书亭？", ("江畔书亭",), "city",
    (
        PlaceAnswer(
            "兴山县", "420526", "county", "湖北省", "done", 0.93, (EVIDENCE, PLAN), "宜昌市",
            ((Cell("12座", 12, "d1", 50, 53),), (Cell("860万元", 8_600_000, "d1", 58, 63),)), 2,
        ),
        PlaceAnswer("岳阳市", "430600", "city", "湖南省", "planned", 0.8, (PLAN,), cells=((), ()), sentences=1),
    ),
    Coverage(38, 24, "查了 38 份文献；未提及不等于未开展。", ("荆门市",), 2),
    (Column("数量", "个"), Column("金额", "元")), ("只看湖北省、湖南省",), unmentioned=("荆门市",),
)  # fmt: skip


def link(document_id: str, start: int, end: int) -> str:
    return f"http://127.0.0.1:8000/documents/{document_id}?at={start}-{end}#at"


def sheets(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_every_sentence_is_a_row_with_its_place_and_figures() -> None:
    rows = list(csv.DictReader(io.StringIO(places_csv(table(ANSWER, link)))))
    first, second = rows[:2]
    assert (first["地方"], first["状态"], first["本句"], first["做事者"]) == ("兴山县", "已开展", "已开展", "兴山县")
    assert (first["数量"], first["金额"], first["数字"]) == ("12", "8600000", "12座、860万元")
    assert (first["文献编号"], first["起"], first["写到它的地方"]) == ("d1", "40", "宜昌市")
    assert "星号遮去了字词" in first["存疑"] and first["原文链接"] == link("d1", 40, 40 + len(SENTENCE))
    assert (second["状态"], second["本句"], second["金额"]) == ("已开展", "计划开展", "")
    assert [row["地方"] for row in rows if row["状态"] == "未提及"] == ["荆门市"]


def test_the_question_and_the_coverage_go_with_the_table() -> None:
    rows = list(csv.DictReader(io.StringIO(places_csv(table(ANSWER)))))
    notes = {row["地方"]: row["原句"] for row in rows if row["状态"] == "说明"}
    assert notes["问题"] == ANSWER.query and notes["覆盖"] == ANSWER.coverage.line
    assert (notes["条件"], notes["没有提到的地方"]) == ("只看湖北省、湖南省", "荆门市")


def test_the_workbook_reads_back() -> None:
    book = sheets(places_xlsx(table(ANSWER, link)))
    sheet, notes = book["地方"], book["说明"]
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, sheet[2], strict=True))
    assert first["地方"].value == "兴山县" and first["金额"].value == 8_600_000
    assert first["原文链接"].hyperlink.target == link("d1", 40, 40 + len(SENTENCE)).partition("#")[0]
    assert first["原文链接"].hyperlink.location == "at"
    assert first["原句"].alignment.wrap_text and sheet.freeze_panes == "B2"
    assert sheet.max_row == 5 and sheet.auto_filter.ref is not None
    assert [row[0].value for row in notes.iter_rows()] == ["问题", "查的是", "条件", "覆盖", "没有提到的地方"]
    assert sheet.column_dimensions["F"].width > sheet.column_dimensions["A"].width


def test_the_same_answer_is_the_same_table_but_for_the_time() -> None:
    one, other = (sheets(places_xlsx(table(ANSWER))) for _ in range(2))
    rows = [[[cell.value for cell in row] for row in book["地方"].iter_rows()] for book in (one, other)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org/", "=cmd|' /C calc'!A0"])
def test_nothing_becomes_a_formula(text: str) -> None:
    found = table(replace(ANSWER, query=text, answers=(replace(ANSWER.answers[0], place=text),)))
    book = sheets(places_xlsx(found))
    for cell in (book["地方"]["A2"], book["说明"]["B1"]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    row = next(csv.DictReader(io.StringIO(places_csv(found))))
    assert row["地方"] == (f"'{text}" if text[0] in "=+-@\t" else text)


def test_an_empty_answer_is_a_file_too() -> None:
    empty = PlacesAnswer("哪些城市？", (), "", (), Coverage(0, 0, "资料库里还没有文献。"))
    assert "资料库里还没有文献" in places_csv(table(empty)) and "资料库里还没有文献" in places_markdown(empty)
    assert sheets(places_xlsx(table(empty)))["地方"].max_row == 1


def test_a_cell_holds_no_more_than_excel_takes() -> None:
    long = replace(EVIDENCE, sentence="长" * 40_000, doubtful=(), doer=None)
    answer = replace(ANSWER, answers=(replace(ANSWER.answers[0], evidence=(long,)),))
    assert len(sheets(places_xlsx(table(answer)))["地方"]["F2"].value) == 32_767


def test_markdown_quotes_every_sentence_and_marks_plans() -> None:
    text = places_markdown(ANSWER, link)
    assert text.startswith("# 哪些城市建了江畔书亭？\n")
    assert re.findall(r"^## (.*)$", text, re.M) == ["已开展（1）", "计划开展（1）", "未提及（1）"]
    assert "#### 兴山县（见于宜昌市的文献）" in text and "数量：12座；金额：860万元" in text
    assert r"- 兴山县建成\*江畔\*书亭12座" in text and "〔存疑：" in text
    assert (
        "- 【计划开展】新建书亭 20座。" in text and "[《宜昌市总工会工作报告》](<" + link("d1", 90, 99) + ">)" in text
    )


def test_markdown_of_strange_names_stays_text() -> None:
    strange = replace(ANSWER, query="# [x](y) <b>|`\n---", answers=())
    assert places_markdown(strange).splitlines()[0] == r"# \# \[x\](y) \<b\>\|\` ---"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/places.csv", "text/csv; charset=utf-8"),
        ("/places.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/places.md", "text/markdown; charset=utf-8"),
    ],
)
def test_files_are_served(client: TestClient, path: str, kind: str) -> None:
    answer = client.get(path, params={"q": QUESTION, "sort": "figures", "level": "city"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    name = "gongzhi-places." + path.rpartition(".")[2]
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert client.get(path).status_code == 422
    assert client.get(path, params={"q": "哪" * 2001}).status_code == 422
    assert client.get(path, params={"q": "哪" * 2000}).status_code == 200


def test_served_files_hold_every_sentence_and_point_at_it(client: TestClient) -> None:
    got = client.get("/api/places", params={"q": QUESTION}).json()
    sheet = sheets(client.get("/places.xlsx", params={"q": QUESTION}).content)["地方"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == sum(answer["sentences"] for answer in got["answers"]) > 3
    for row in rows:
        detail = client.get(f"/api/documents/{row['文献编号'].value}").json()
        assert detail["text"][row["起"].value : row["止"].value] == row["原句"].value
        assert row["原文链接"].hyperlink.target.startswith(f"http://testserver/documents/{detail['id']}?at=")
