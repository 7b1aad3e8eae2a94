"""The reference corpus in other forms: how many passages come out the same. Writes ``benchmarks/formats.md``.

Each report of the corpus is repaired, written as Markdown, HTML and DOCX and printed to PDF by LibreOffice and
Chromium with the press of the round-trip tests, and read again. Needs ``../shared/corpus``; a form whose program is
not here is left out.
"""

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ingest")]

from corpus.model import ParsedDocument, ParsedSource  # noqa: E402
from ingest.parse import parse_source  # noqa: E402
from press import plain, printing, web, word  # noqa: E402
from press.report import Block, Report  # noqa: E402

Forms = dict[str, tuple[str, Callable[[list[Report]], list[bytes]]]]


def report(parsed: ParsedDocument) -> Report:
    """A document of the corpus as the press takes it."""
    headings = {section.start: section for section in parsed.sections}
    blocks: list[Block] = []
    at, title = 0, "".join(parsed.document.title.split())
    for line in parsed.document.text.split("\n"):
        section = headings.get(at)
        words = "".join(line.split())
        if words and title.startswith(words) and all(block.kind == "title" for block in blocks):
            blocks.append(Block("title", line))
            title = title[len(words) :]
        elif section and len(line) <= len(section.number + section.title) + 2:
            blocks.append(Block("heading", line, min(section.depth, 3)))
        elif "\t" in line:
            blocks.append(Block("table", rows=(tuple(line.split("\t")),)))
        else:
            blocks.append(Block("prose", line))
        at += len(line) + 1
    return Report(tuple(blocks))


def by_libreoffice(setting: word.Setting) -> Callable[[list[Report]], list[bytes]]:
    """Reports printed by LibreOffice in a setting."""

    def run(reports: list[Report]) -> list[bytes]:
        files = {f"{n:03d}": word.document(made, setting=setting) for n, made in enumerate(reports)}
        with tempfile.TemporaryDirectory() as folder:
            return list(printing.by_libreoffice(files, Path(folder)).values())

    return run


def by_chromium(setting: web.Setting) -> Callable[[list[Report]], list[bytes]]:
    """Reports printed by Chromium in a setting."""
    return lambda reports: printing.by_chromium([(web.page(made, setting=setting), setting) for made in reports])


def forms() -> Forms:
    """(suffix, press) of each form whose program is here."""
    found: Forms = {
        "TXT, GB18030": (".txt", lambda reports: [plain.encoded(plain.text(made))["GB18030"] for made in reports]),
        "Markdown": (".md", lambda reports: [plain.markdown(made) for made in reports]),
        "HTML": (".html", lambda reports: [web.page(made).encode() for made in reports]),
        "DOCX": (".docx", lambda reports: [word.document(made) for made in reports]),
    }
    if printing.SOFFICE:
        found["PDF by LibreOffice"] = (".pdf", by_libreoffice(word.OFFICE))
        found["PDF by LibreOffice, two columns"] = (".pdf", by_libreoffice(word.SETTINGS[3]))
    if printing.CHROMIUM:
        found["PDF by Chromium"] = (".pdf", by_chromium(web.SETTINGS[0]))
        found["PDF by Chromium, gaps for indents"] = (".pdf", by_chromium(web.SETTINGS[1]))
    return found


def outline(parsed: ParsedSource) -> list[tuple[str, str, int, str]]:
    """Number, title, depth and status of every section."""
    return [(s.number, s.title, s.depth, s.status) for each in parsed.documents for s in each.sections]


def passages(parsed: ParsedSource) -> Counter[str]:
    """The passages of a file."""
    return Counter(passage.text for each in parsed.documents for passage in each.passages)


def main() -> None:
    """Measure and write the table."""
    reports = [
        report(each) for path in sorted(CORPUS.glob("*.txt")) for each in parse_source(path).documents
    ]  # fmt: skip
    meant = [parse_source(Path("报告.txt"), plain.text(made).encode()) for made in reports]
    total = sum(passages(each).total() for each in meant)
    rows = []
    for name, (suffix, press) in forms().items():
        same, outlines, times = 0, 0, []
        for content, reference in zip(press(reports), meant, strict=True):
            begun = time.perf_counter()
            read = parse_source(Path(f"报告{suffix}"), content)
            times.append(1e3 * (time.perf_counter() - begun))
            same += (passages(read) & passages(reference)).total()
            outlines += outline(read) == outline(reference)
        shares = f"{same} / {total} | {same / total:.1%} | {outlines} / {len(reports)}"
        rows.append(f"| {name} | {shares} | {statistics.median(times):.0f} |")
    table = "\n".join(rows)
    (ROOT / "benchmarks" / "formats.md").write_text(
        f"""# The same reports in other forms

`python benchmarks/formats.py`: the {len(reports)} reports of the reference corpus, repaired, written or printed in each
form and read again. Passages and outlines (number, title, depth and status of every section) are compared with those of
the same report as TXT; time is the median to read a report.

| form | passages the same | | outlines the same | ms a report |
|---|---|---|---|---|
{table}
""",
        "utf-8",
    )
    print(table)


if __name__ == "__main__":
    if not CORPUS.is_dir():
        sys.exit("语料不在 ../shared/corpus，无法测量。")
    main()
