"""DOCX files as they read in Word."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FileDamaged, FileEmpty
from ingest.parse import parse_source
from ingest.readers import decode

NAME = Path("报告.docx")
BOX = "<w:txbxContent><w:p><w:r><w:t>云溪县总工会文件</w:t></w:r></w:p></w:txbxContent>"
NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"""


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def item(words: str, level: int = 0) -> str:
    return p(r(words) if words else "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def field(code: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{char('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{char('separate')}{result}{char('end')}"


def table(*rows: list[str], properties: str = "") -> str:
    inner = "".join(f"<w:tr>{properties}{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblPr/>{inner}</w:tbl>"


def cell(*words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(r(each)) for each in words)}</w:tc>"


DELETED_MARK = "<w:rPr><w:del/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("办起“夜校”，") + r("受到欢迎。")), "办起“夜校”，受到欢迎。"),
        (p(r("上行") + "<w:r><w:br/></w:r>" + r("下行")), "上行\n下行"),
        (p(r("左") + "<w:r><w:tab/></w:r>" + r("右")), "左\t右"),
        (p("<w:r><w:t>2020</w:t><w:noBreakHyphen/><w:t>2021</w:t><w:softHyphen/></w:r>"), "2020-2021"),
        (p(r("新增") + f"<w:ins>{r('三')}</w:ins><w:del>{r('两')}</w:del>" + r("处")), "新增三处"),
        (p(r("甲。") + f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"), "甲。新处"),
        (p(r("前半"), DELETED_MARK) + p(r("后半。")), "前半后半。"),
        (p(f'<w:hyperlink r:id="x">{r("工会网")}</w:hyperlink>' + r("上报名")), "工会网上报名"),
        (p(f'<w:fldSimple w:instr="DATE">{r("5月1日")}</w:fldSimple>' + r("开班")), "5月1日开班"),
        (p(r("见") + field("REF 甲", r("第二节")) + r("。")), "见第二节。"),
        (p(r("共") + field("= 1 + " + "</w:instrText></w:r>" + field("X", r("9")) + "<w:r><w:instrText>", r("10"))
           + r("人")), "共10人"),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>' + r("丢"))
         + p(r("下一段还在")), "\n下一段还在"),
        (p(r("看得见") + r("看不见", "<w:vanish/>") + r("。", '<w:vanish w:val="0"/>')), "看得见。"),
        (p(f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>" + r("正文")),
         "正文\n云溪县总工会文件"),
        (p(f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
           "</mc:AlternateContent></w:r>" + r("正文")), "正文\n云溪县总工会文件"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('控件里的话'))}</w:sdtContent></w:sdt>", "控件里的话"),
        (p(f"<w:smartTag>{r('云溪')}</w:smartTag><w:sdt><w:sdtContent>{r('县')}</w:sdtContent></w:sdt>"), "云溪县"),
        (p(f"<w:r><w:ruby><w:rt>{r('xī')}</w:rt><w:rubyBase>{r('溪')}</w:rubyBase></w:ruby></w:r>"), "溪"),
        (p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "a+b"),
        (p("<!-- 注 -->" + r("无注")), "无注"),
        (item("回顾") + item("抓培训", 1) + item("2021年办班", 1) + item("细目", 2) + item("打算"),
         "一、回顾\n1.抓培训\n2. 2021年办班\n2.1 细目\n二、打算"),
        (item("回顾") + item("") + item("打算"), "一、回顾\n三、打算"),
        (item("删了一半的").replace("<w:numPr>", DELETED_MARK + "<w:numPr>") + item("一条"), "一、删了一半的一条"),
    ],
)  # fmt: skip
def test_paragraphs(body, text, package) -> None:
    assert decode(NAME, package(body + p(r("尾")), numbering=NUMBERING)).text == text + "\n尾"


def test_words_before_a_deleted_end_are_kept_where_nothing_follows(package) -> None:
    assert decode(NAME, package(p(r("没有下文"), DELETED_MARK))).text == "没有下文"


def test_what_is_not_in_the_numbering_part_has_no_number(package) -> None:
    assert decode(NAME, package(item("回顾"))).text == "回顾"


MERGED, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
LONG = "会同有关部门把服务送到一线。" * 15


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (table([cell("县市"), cell("人数")], [cell("云溪"), cell("12")]), "县市\t人数\n云溪\t12"),
        (table([cell("合并标题", properties='<w:gridSpan w:val="2"/>')], [cell("甲"), cell("乙")]), "合并标题\n甲\t乙"),
        (table([cell("云溪", properties=MERGED), cell("甲厂")], [cell("", properties=GOES_ON), cell("乙厂")]),
         "云溪\t甲厂\n\t乙厂"),
        (table([cell("两段", "一格"), cell("乙")]), "两段 一格\t乙"),
        (table([cell("甲"), cell("乙"), cell("")], [cell(""), cell(""), cell("")]), "甲\t乙"),
        (table([cell("只有一格", "就是版式。")]), "只有一格\n就是版式。"),
        (table([cell("左栏"), cell(LONG, LONG)]), f"左栏\n{LONG}\n{LONG}"),
        (table([cell("甲"), "<w:tc>" + table([cell("内"), cell("外")]) + p("") + "</w:tc>"]), "甲\t内 外"),
        (table([cell("删掉的行")], properties="<w:trPr><w:del/></w:trPr>") + table([cell("留下的行")]), "留下的行"),
        (table(["<w:tc>" + item("") + "</w:tc>", cell("甲厂")], ["<w:tc>" + item("") + "</w:tc>", cell("乙厂")]),
         "一、\t甲厂\n二、\t乙厂"),
    ],
)  # fmt: skip
def test_tables(body, text, package) -> None:
    assert decode(NAME, package(p(r("前")) + body + p(r("后")), numbering=NUMBERING)).text == (f"前\n{text}\n后")


def test_notes_stand_at_the_end_under_their_marks(package) -> None:
    def note(name: int, words: str) -> str:
        return f'<w:footnote w:id="{name}">{p("<w:r><w:footnoteRef/></w:r>" + r(words))}</w:footnote>'

    notes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>' + note(2, "指五项行动。") + note(3, "另注。")
    ends = notes.replace("footnote", "endnote").replace("另注", "尾注")
    body = p(
        r("深入开展行动")
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
        + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
        + r("。")
        + '<w:r><w:endnoteReference w:id="3"/></w:r>'
    )
    shown = decode(NAME, package(body, footnotes=notes, endnotes=ends)).text
    assert shown == "深入开展行动*。\n\n[1] 指五项行动。\n[*] 另注。\n\n[i] 尾注。"


def test_strict_documents_read_the_same(package) -> None:
    body, numbering = item("回顾") + p(r("正文。")), NUMBERING
    assert decode(NAME, package(body, strict=True, numbering=numbering)).text == "一、回顾\n正文。"


def test_headings_by_style_stand_apart() -> None:
    document = docx.Document()
    document.add_heading("培训", 2)
    document.add_paragraph("办班三期。")
    document.add_heading("维权", 2)
    document.sections[0].header.paragraphs[0].text = "页眉不要"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    file = io.BytesIO()
    document.save(file)
    assert decode(NAME, file.getvalue()).text == "培训\n\n办班三期。\n\n维权"


def test_an_empty_document_says_so(package) -> None:
    with pytest.raises(FileEmpty, match=r"报告\.docx"):
        decode(NAME, package(p("")))


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_document_is_damaged(kept, package) -> None:
    content = package(p(r("办班。" * 500)))
    with pytest.raises(FileDamaged, match="不完整"):
        decode(NAME, content[: int(len(content) * kept)])


def test_a_document_whose_xml_is_broken_is_damaged(package) -> None:
    with pytest.raises(FileDamaged):
        decode(NAME, package("<w:p>"))


def test_table_rows_stay_rows_and_are_searchable() -> None:
    document = docx.Document()
    document.add_paragraph("云溪县总工会2021年工作总结")
    document.add_paragraph("一、过去一年的工作")
    document.add_paragraph("各县市培训情况如下：")
    made = document.add_table(3, 2)
    for row, words in zip(made.rows, (("县市", "培训人次"), ("云溪", "1200"), ("石桥", "860")), strict=True):
        for each, word in zip(row.cells, words, strict=True):
            each.text = word
    document.add_paragraph("二、下一步打算")
    document.add_paragraph("继续办好培训。")
    file = io.BytesIO()
    document.save(file)
    parsed = parse_source(NAME, file.getvalue()).documents[0]
    assert "县市\t培训人次\n云溪\t1200\n石桥\t860" in parsed.document.text
    assert any("石桥\t860" in passage.text for passage in parsed.passages)
    assert [section.title for section in parsed.sections] == ["过去一年的工作", "下一步打算"]


LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
NUMERALS = "一二三四五六七八九"
WORDS = ["抓培训强素质", "抓维权保稳定", "送清凉送温暖", "建阵地聚人心", "强引领铸同心", "优服务促和谐"]
SENTENCES = ["全县办班三十六期，培训职工两千四百人次。", "会同教育部门办起“夜校课堂”，受到职工欢迎。",
             "调处劳动争议58件，结案率达到96%。", "建成户外劳动者驿站12个，服务职工1.2万人次。"]  # fmt: skip

Item = tuple[int, str, list[str]]


@st.composite
def reports(draw: st.DrawFn) -> list[Item]:
    """An outline of headings (level, words) with paragraphs below; a level is entered from the one above it."""
    found: list[Item] = []
    level = 0
    for n in range(draw(st.integers(2, 9))):
        level = draw(st.integers(0, min(level + 1, 2))) if n else 0
        words = draw(st.sampled_from(WORDS)) + "上台阶" * draw(st.integers(0, 1))
        found.append((level, words, draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3))))
    return found


def as_text(report: list[Item]) -> str:
    lines, counts = ["云溪县总工会2021年工作总结"], [0, 0, 0]
    for level, words, paragraphs in report:
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        n = counts[level]
        label = (f"{NUMERALS[n - 1]}、", f"（{NUMERALS[n - 1]}）", f"{n}.")[level]
        lines += [label + words, *paragraphs]
    return "\n".join(lines)


def as_docx(report: list[Item]) -> bytes:
    document = docx.Document()
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {ns} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {ns} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    document.add_paragraph("云溪县总工会2021年工作总结")
    for level, words, paragraphs in report:
        properties = document.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, 77
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@given(reports())
def test_a_report_with_automatic_numbers_reads_like_its_text(report: list[Item]) -> None:
    typed = parse_source(Path("报告.txt"), as_text(report).encode()).documents[0]
    automatic = parse_source(NAME, as_docx(report)).documents[0]
    assert automatic.document.text == typed.document.text
    outline = [[(s.number, s.title, s.depth, s.status) for s in parsed.sections] for parsed in (automatic, typed)]
    assert outline[0] == outline[1] and len(outline[0]) >= len(report)
    passages = [[(q.text, q.headings, q.source_start) for q in parsed.passages] for parsed in (automatic, typed)]
    assert passages[0] == passages[1]
