"""The same report in every form that a cadre may have it in: the same outline, the same passages.

The reports are invented by ``press.report`` and printed by the other modules of ``press``.
"""

import dataclasses
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from corpus.model import ParsedSource
from ingest.parse import parse_source
from ingest.readers import ocr
from press import plain, printing, web, word
from press.report import Report, brief, report

Seen = list[tuple[str, list[tuple[str, str, int, str, str]], list[tuple[str, tuple[str, ...]]]]]
FIXED = 12  # reports for the forms that programs print
SCANNED = (1, 3)
WORST = 0.03  # of the characters that a scan may get wrong

needs_libreoffice = pytest.mark.skipif(printing.SOFFICE is None, reason="本机没有 LibreOffice（soffice）")
needs_chromium = pytest.mark.skipif(printing.CHROMIUM is None, reason="本机没有 chromium")
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="没有安装文字识别（gongzhi[ocr]）")
# A report is told by its seed: to shrink one that fails would take minutes and show no more than its number does.
cheap = settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
seeds = st.integers(0, 2**32)


def parse(content: bytes, name: str) -> ParsedSource:
    return parse_source(Path(name), content)


def seen(parsed: ParsedSource) -> Seen:
    """Titles, outlines and passages of the reports in a file."""
    return [
        (
            each.document.title,
            [(s.number, s.title, s.depth, s.status, s.kind) for s in each.sections],
            [(passage.text, passage.headings) for passage in each.passages],
        )
        for each in parsed.documents
    ]


def typed(*reports: Report) -> Seen:
    return seen(parse(plain.text(*reports).encode(), "报告.txt"))


@cheap
@given(seeds)
def test_a_typed_report_is_what_it_was_meant_to_be(seed: int) -> None:
    made = report(Random(seed))
    (parsed,) = parse(plain.text(made).encode(), "报告.txt").documents
    assert parsed.document.title == made.title
    outline = [(s.number, s.title, s.depth) for s in parsed.sections]
    assert [each for each in outline if each in made.headings] == made.headings
    lines = parsed.document.text.split("\n")
    meant = [line for block in made.blocks for line in (["\t".join(row) for row in block.rows] or [block.line])]
    assert lines == meant


@cheap
@given(seeds, st.sampled_from(sorted(plain.encoded("甲"))))
def test_encodings_and_line_ends(seed: int, name: str) -> None:
    made = report(Random(seed))
    assert seen(parse(plain.encoded(plain.text(made))[name], "报告.txt")) == typed(made)


@cheap
@given(seeds)
def test_markdown(seed: int) -> None:
    made = report(Random(seed))
    assert seen(parse(plain.markdown(made), "报告.md")) == typed(made)


@cheap
@given(seeds, st.sampled_from(web.SETTINGS))
def test_html(seed: int, setting: web.Setting) -> None:
    made = report(Random(seed))
    assert seen(parse(web.page(made, setting=setting).encode(), "报告.html")) == typed(made)


@cheap
@given(seeds, st.sampled_from(word.SETTINGS), st.booleans())
def test_docx_with_typed_and_automatic_numbers(seed: int, setting: word.Setting, automatic: bool) -> None:
    made = report(Random(seed))
    content = word.document(made, setting=dataclasses.replace(setting, automatic=automatic))
    assert seen(parse(content, "报告.docx")) == typed(made)


@pytest.mark.parametrize("seed", range(FIXED))
def test_two_reports_in_one_file(seed: int) -> None:
    both = report(Random(seed)), report(Random(seed + 1000), place="石桥市")
    meant = typed(*both)
    assert [title for title, _, _ in meant] == [made.title for made in both]
    assert seen(parse(plain.markdown(*both), "报告.md")) == meant
    assert seen(parse(web.page(*both).encode(), "报告.html")) == meant
    assert seen(parse(word.document(*both, setting=word.SETTINGS[5]), "报告.docx")) == meant


@pytest.fixture(scope="module")
def fixed() -> list[Report]:
    """The same reports on every run."""
    return [report(Random(seed)) for seed in range(FIXED)]


@pytest.fixture(scope="module")
def printed(fixed: list[Report], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The reports as LibreOffice prints them, each in another setting, and brief ones in large type, by name."""
    files = {str(n): word.document(made, setting=word.SETTINGS[n % len(word.SETTINGS)]) for n, made in enumerate(fixed)}
    files |= {f"brief{seed}": word.document(brief(Random(seed)), setting=word.LARGE) for seed in SCANNED}
    return printing.by_libreoffice(files, tmp_path_factory.mktemp("libreoffice"))


@needs_libreoffice
@pytest.mark.parametrize("n", range(FIXED))
def test_pdf_by_libreoffice(n: int, fixed: list[Report], printed: dict[str, bytes]) -> None:
    assert seen(parse(printed[str(n)], "报告.pdf")) == typed(fixed[n])


@pytest.fixture(scope="module")
def browsed(fixed: list[Report]) -> list[bytes]:
    """The reports as Chromium prints them, each in another setting."""
    pytest.importorskip("playwright", reason="没有安装 playwright")
    settings = [web.SETTINGS[n % len(web.SETTINGS)] for n in range(FIXED)]
    return printing.by_chromium([(web.page(made, setting=s), s) for made, s in zip(fixed, settings, strict=True)])


@needs_chromium
@pytest.mark.parametrize("n", range(FIXED))
def test_pdf_by_chromium(n: int, fixed: list[Report], browsed: list[bytes]) -> None:
    assert seen(parse(browsed[n], "报告.pdf")) == typed(fixed[n])


@needs_libreoffice
@needs_ocr
@pytest.mark.parametrize("seed", SCANNED)
def test_scanned_pdf(seed: int, printed: dict[str, bytes]) -> None:
    ((title, outline, passages),) = typed(brief(Random(seed)))
    ((read_title, read_outline, read_passages),) = seen(parse(printing.scanned(printed[f"brief{seed}"]), "扫描.pdf"))
    assert (read_title, read_outline) == (title, outline)
    meant, read = ("\n".join(words for words, _ in each) for each in (passages, read_passages))
    assert [path for _, path in read_passages] == [path for _, path in passages]
    assert Levenshtein.distance(meant, read) <= WORST * len(meant)
