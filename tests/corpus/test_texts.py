"""The bundled library: the shape of each digest, and its figures against the report it digests."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted((ROOT / "corpus" / "texts").glob("*.md"))
REFERENCE = ROOT.parent / "shared" / "corpus"

HEADER = re.compile(
    r"（工知摘编：本文摘编自《([^》]+)》(?:（(\d{4}年\d{1,2}月\d{1,2}日)）)?，"
    r"事实与数字取自原文，文字为工知所写，引用请以原文为准。）"
)
HEADING = re.compile(r"[一二三四五六七八九十]+、[^。]+")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
GLOSS = re.compile(r"(?:“[^”]+”[^：。“”]*|[^：。“”]+)：[^：]*。")
GLOSSARY_TITLE = "【名词注释】"
# A figure is a number with its unit and every word that bounds it: 近, 约, 超过, 余, 多, 以上, 左右.
FIGURE = re.compile(
    r"(?:近|约|超过?|不少于)?(?<![\d.])\d+(?:\.\d+)?"
    r"(?:%|[余多]?[万亿]?[余多]?"
    r"(?:人次|项次|场次|分钟|千瓦|周年|[人名位户家个项件份张场次期届条年月元起篇])?)"
    r"(?:以上|左右)?"
)
CONTENTS_LINE = re.compile(r"^(\S.*?)[…　 \t]+\d+$", re.MULTILINE)

each = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)


def paragraphs(path: Path) -> list[str]:
    return path.read_text("utf-8").removesuffix("\n").split("\n\n")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sources(title: str) -> list[str]:
    """The reference reports called ``title``, white space removed; an article of a compilation stands alone."""
    found = []
    for file in sorted(REFERENCE.glob("*.txt")):
        raw = file.read_text("utf-8")
        text, wanted = squeezed(raw), squeezed(title)
        if wanted not in text:
            continue
        listed = {squeezed(match[1]) for match in CONTENTS_LINE.finditer(raw)}
        starts = sorted(text.rindex(other) for other in listed | {wanted} if other in text)
        if wanted not in listed:
            found.append(text)
            continue
        start = text.rindex(wanted)
        end = next((other for other in starts if other > start), len(text))
        found.append(text[start:end])
    return found


def stands(figure: str, text: str) -> bool:
    """Whether ``text`` gives this very figure: no digit, qualifier or longer unit around it is left out."""
    unqualified = r"(?<![近约超])(?<!超过)(?<!不少于)" if figure[0].isdigit() else ""
    unfinished = r"(?!\d|\.\d)" if figure[-1].isdigit() else ""
    pattern = rf"(?<![\d.]){unqualified}{re.escape(figure)}{unfinished}(?!以上|左右|[次余多])"
    return re.search(pattern, text) is not None


def test_the_library_is_large_enough() -> None:
    assert len(TEXTS) >= 6
    assert len({paragraphs(path)[0] for path in TEXTS}) == len(TEXTS)
    assert sum(GLOSSARY_TITLE in path.read_text("utf-8") for path in TEXTS) >= 2


@each
def test_a_digest_opens_with_its_title_and_names_its_source(path: Path) -> None:
    title, header, third, *_ = paragraphs(path)
    assert 6 <= len(title) <= 40 and not re.search(r"[。，：]", title)
    match = HEADER.fullmatch(header)
    assert match is not None
    if match[2] is not None:
        assert third == match[2], "原文有日期时，日期独占一段"
    else:
        assert not DATE.fullmatch(third), "原文没有日期时，不写日期"


@each
def test_a_digest_has_the_outline_of_an_official_document(path: Path) -> None:
    headings = [block for block in paragraphs(path) if HEADING.fullmatch(block)]
    numbers = [heading.split("、")[0] for heading in headings]
    assert len(headings) >= 2
    assert numbers == list("一二三四五六七八九十")[: len(numbers)]


@each
def test_a_digest_is_plain_text_of_readable_length(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text and text.endswith("\n") and not text.endswith("\n\n")
    assert all(block == block.strip() and block and "\n" not in block for block in paragraphs(path))
    assert not re.search(r"^[#>*-]|\*\*|`|\]\(", text, re.MULTILINE)
    assert 1200 <= len(re.findall("[一-鿿]", text)) <= 2500


@each
def test_a_glossary_is_the_last_part_and_one_term_a_paragraph(path: Path) -> None:
    blocks = paragraphs(path)
    if GLOSSARY_TITLE not in blocks:
        assert GLOSSARY_TITLE not in "".join(blocks)
        return
    lines = blocks[blocks.index(GLOSSARY_TITLE) + 1 :]
    assert len(lines) >= 2
    assert [line for line in lines if not GLOSS.fullmatch(line)] == []
    body = squeezed("".join(blocks[: blocks.index(GLOSSARY_TITLE)]))
    terms = [re.sub("[“”]", "", line.split("：")[0]) for line in lines]
    assert [term for term in terms if term not in re.sub("[“”]", "", body)] == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("筹资1800多万元", ["1800多万元"]),
        ("近2000万元、1.5万余人次", ["近2000万元", "1.5万余人次"]),
        ("达92%以上，共3场次", ["92%以上", "3场次"]),
        ("覆盖2.36万个单位", ["2.36万个"]),
        ("超过50%，配备360人左右", ["超过50%", "360人左右"]),
    ],
)
def test_a_figure_carries_its_unit_and_qualifier(text: str, figures: list[str]) -> None:
    assert FIGURE.findall(text) == figures


@pytest.mark.parametrize(
    ("figure", "text", "there"),
    [
        ("1800多万元", "累计筹资1800多万元", True),
        ("1800万元", "累计筹资1800多万元", False),
        ("800多万元", "累计筹资1800多万元", False),
        ("200个", "驿站近200个", False),
        ("近200个", "驿站近200个", True),
        ("92%", "建制率达92%以上", False),
        ("300人", "培训300人次", False),
        ("3", "共35项", False),
    ],
)
def test_a_figure_stands_only_with_all_that_bounds_it(figure: str, text: str, there: bool) -> None:
    assert stands(figure, text) is there


@each
def test_every_figure_stands_in_the_report_it_digests(path: Path) -> None:
    if not REFERENCE.is_dir():
        pytest.skip("没有参考语料 ../shared/corpus，无法核对数字")
    header = HEADER.fullmatch(paragraphs(path)[1])
    assert header is not None
    found = sources(header[1])
    assert len(found) == 1, "原文题名应在参考语料中出现且只指一篇"
    if header[2] is not None:
        assert header[2] in found[0]
    body = squeezed("".join(paragraphs(path)[2:]))
    figures = set(FIGURE.findall(body))
    assert len(figures) >= 15
    assert sorted(figure for figure in figures if not stands(figure, found[0])) == []
