"""The way back from the repaired text to the source, through the whole of reading."""

from pathlib import Path

import pytest

from corpus.origins import Places
from ingest.parse import parse_source
from ingest.readers import decode

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
REPORT = """　　海岛市总工会工作报告

　　一、主要工作
　　过去五年，全市工会开展“暖蜂”行 动 36 场，
覆盖骑手2万人次。办好职工书屋
　　12家，发放读书卡。
　　二、今后打算
　　继续开展“暖蜂”行动。
"""


def test_a_span_across_repairs_leads_to_the_words_as_they_stood() -> None:
    (parsed,) = parse_source(Path("报告.txt"), REPORT.encode()).documents
    places, text = Places(parsed.origin), parsed.document.text
    at = text.index("“暖蜂”行动")
    start, end = places.span(at, at + len("“暖蜂”行动36场，覆盖骑手"))
    assert REPORT[start:end] == "“暖蜂”行 动 36 场，\n覆盖骑手"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")) or [None], ids=lambda path: path and path.name[:3])
def test_every_line_of_the_corpus_leads_to_its_place(path: Path | None) -> None:
    if path is None:
        pytest.skip("the reference corpus (../shared/corpus) is not here")
    source = decode(path, path.read_bytes()).text
    for parsed in parse_source(path).documents:
        places, text = Places(parsed.origin), parsed.document.text
        for passage in parsed.passages:
            assert places.span(passage.start, passage.end) == (passage.source_start, passage.source_end)
        for at, char in enumerate(text):
            if not char.isspace():
                assert source[places.place(at)] == char
