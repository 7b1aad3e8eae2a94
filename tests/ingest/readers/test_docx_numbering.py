"""Automatic numbers, by what Word shows."""

import pytest
from docx.oxml import parse_xml

from ingest.readers.docx_numbering import Numbering, Styles, written

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("form", "values", "shown"),
    [
        ("chineseCounting", (1, 10, 11, 20, 21), "一 十 十一 二十 二十一"),
        ("chineseCountingThousand", (3, 12, 99, 100), "三 十二 九十九 一百"),
        ("japaneseCounting", (4, 14), "四 十四"),
        ("ideographDigital", (9, 10, 21), "九 一〇 二一"),
        ("chineseLegalSimplified", (1, 2), "壹 贰"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 甲"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("decimal", (1, 12), "1 12"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("decimalEnclosedCircle", (1, 20, 21, 36, 51), "① ⑳ ㉑ ㊱ 51"),
        ("decimalEnclosedCircleChinese", (2,), "②"),
        ("decimalEnclosedParen", (1, 20), "⑴ ⒇"),
        ("decimalEnclosedFullstop", (1, 20), "⒈ ⒛"),
        ("ideographEnclosedCircle", (1, 10), "㊀ ㊉"),
        ("lowerLetter", (1, 26, 27, 53), "a z aa aaa"),
        ("upperLetter", (1, 28), "A BB"),
        ("lowerRoman", (1, 4, 9, 14, 40, 1999), "i iv ix xiv xl mcmxcix"),
        ("upperRoman", (3, 90), "III XC"),
        ("cardinalText", (7,), "7"),
        ("upperRoman", (0, 4000), "0 4000"),
        ("ideographTraditional", (0,), "0"),
    ],
)
def test_formats(form: str, values: tuple[int, ...], shown: str) -> None:
    assert " ".join(written(value, form) for value in values) == shown


def test_formats_without_a_number() -> None:
    assert written(3, "none") == written(3, "bullet") == ""


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


OFFICIAL = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
DOTTED = level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")


def labels(numbering: str, paragraphs: str, styles: str = "") -> list[str]:
    """The labels of paragraphs given as "list:level list:level", or as the name of a style."""
    part = parse_xml(f"<w:numbering {NS}>{numbering}</w:numbering>".encode())
    counter = Numbering(part, Styles(parse_xml(f"<w:styles {NS}>{styles}</w:styles>".encode())))
    found = []
    for paragraph in paragraphs.split():
        num, _, at = paragraph.partition(":")
        own = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'
        inner = own if at else f'<w:pStyle w:val="{num}"/>'
        found.append(counter.label(parse_xml(f"<w:pPr {NS}>{inner}</w:pPr>".encode())))
    return found


def abstract(name: int, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'


def num(name: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def override(at: int, inner: str) -> str:
    return f'<w:lvlOverride w:ilvl="{at}">{inner}</w:lvlOverride>'


START_1 = override(0, '<w:startOverride w:val="1"/>')


@pytest.mark.parametrize(
    ("numbering", "paragraphs", "shown"),
    [
        (abstract(0, OFFICIAL) + num(1, 0), "1:0 1:1 1:1 1:2 1:2 1:1 1:0 1:1", "一、 （一） （二） 1. 2. （三） 二、 （一）"),
        (abstract(0, DOTTED) + num(1, 0), "1:0 1:1 1:0 1:1 1:1 1:2", "I I.1 II II.1 II.2 2.2.1"),
        # Two lists made of one abstract list go on counting; one that gives its start anew begins again.
        (abstract(0, OFFICIAL) + num(1, 0) + num(2, 0), "1:0 1:0 2:0", "一、 二、 三、"),
        (abstract(0, OFFICIAL) + num(1, 0) + num(2, 0, START_1), "1:0 1:0 2:0 2:0 1:0", "一、 二、 一、 二、 三、"),
        (abstract(0, level(0, "decimal", "%1.", start=5)) + num(1, 0), "1:0 1:0", "5. 6."),
        (abstract(0, OFFICIAL) + num(1, 0, override(0, level(0, "decimal", "第%1条"))), "1:0 1:0 1:1", "第1条 第2条 （一）"),
        # A level that never restarts, and one that restarts with the first level only.
        (abstract(0, level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')) + num(1, 0),
         "1:0 1:1 1:0 1:1", "1. (1) 2. (2)"),
        (abstract(0, OFFICIAL + level(3, "decimal", "(%4)", '<w:lvlRestart w:val="1"/>'))
         + num(1, 0), "1:0 1:1 1:3 1:1 1:3 1:0 1:3", "一、 （一） (1) （二） (2) 二、 (1)"),
        # A level whose upper levels have not been used shows where they would begin.
        (abstract(0, DOTTED) + num(1, 0), "1:1 1:1 1:0", "I.1 I.2 I"),
        (abstract(0, OFFICIAL) + num(1, 0), "0:0 9:0 1:8", "  "),
        (num(1, 7), "1:0", ""),
    ],
)  # fmt: skip
def test_counting(numbering: str, paragraphs: str, shown: str) -> None:
    assert labels(numbering, paragraphs) == shown.split(" ")


def style(name: str, inner: str = "", more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{name}" {more}>{inner}</w:style>'


NUMBERED = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'


def test_a_style_is_numbered_at_the_level_that_names_it() -> None:
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>') + level(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'
    )
    styles = style("H1", NUMBERED) + style("H2", NUMBERED) + style("My", '<w:basedOn w:val="H2"/>')
    shown = labels(abstract(0, levels) + num(1, 0), "H1 H2 My H1 H2", styles)
    assert shown == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_a_style_may_give_its_level_and_the_default_style_counts_for_those_without_one() -> None:
    at = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("N", at, 'w:default="1"') + style("Off", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    part = parse_xml(f"<w:numbering {NS}>{abstract(0, OFFICIAL)}{num(1, 0)}</w:numbering>".encode())
    counter = Numbering(part, Styles(parse_xml(f"<w:styles {NS}>{styles}</w:styles>".encode())))
    off = parse_xml(f'<w:pPr {NS}><w:pStyle w:val="Off"/></w:pPr>'.encode())
    assert [counter.label(None), counter.label(off), counter.label(None)] == ["（一）", "", "（二）"]


def test_a_list_may_take_its_levels_from_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Plan"/></w:abstractNum>'
        + abstract(1, '<w:styleLink w:val="Plan"/>' + OFFICIAL)
        + num(1, 0)
        + num(2, 1)
    )
    styles = style("Plan", NUMBERED.replace('"1"', '"2"'))
    assert labels(numbering, "1:0 1:0", styles) == ["一、", "二、"]
    assert labels(numbering, "1:0", style("Plan", NUMBERED)) == [""]  # a ring of links ends


def test_styles_based_on_each_other_end() -> None:
    ring = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/>')
    styles = Styles(parse_xml(f"<w:styles {NS}>{ring}</w:styles>".encode()))
    assert [name for name, _ in styles.chain("A")] == ["A", "B"]


def test_a_bullet_is_a_bullet_whatever_its_font_shows() -> None:
    assert labels(abstract(0, level(0, "bullet", "\uf0b7")) + num(1, 0), "1:0") == ["● "]
