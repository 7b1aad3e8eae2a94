"""Texts and files for the tests of ``ingest``; every text here is invented."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from corpus.model import ParsedSource
from ingest.parse import parse_source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

REPORT = """云溪县总工会2021年工作总结

2021年，县总工会紧扣中心任务，各项工作有了新气象。

一、过去一年的主要工作

（一）抓培训，队伍素质有提升

全县举办技能培训班 36 期，培训职工 2400

人次。会同教育部门办起“夜校课堂”，受到
职工欢迎。

（二）抓维权，职工权益有保障

调处劳动争议58件，结案率达到96%。

二、下一步工作打算

建好职工之家，力争三年内覆盖所有乡镇。
"""

Parse = Callable[..., ParsedSource]


@pytest.fixture(scope="session")
def parse(tmp_path_factory: pytest.TempPathFactory) -> Parse:
    """Parse a text or bytes as a file of the given name."""
    folder, numbers = tmp_path_factory.mktemp("sources"), count()

    def run(content: str | bytes, name: str = "材料.txt") -> ParsedSource:
        path = folder / str(next(numbers)) / name
        path.parent.mkdir()
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return parse_source(path, origin=name)

    return run


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """The files of the reference corpus, which lies beside the repository where it is at hand."""
    if not CORPUS.is_dir():
        pytest.skip("the reference corpus (../shared/corpus) is not here")
    return sorted(CORPUS.glob("*.txt"))


@pytest.fixture(scope="session")
def report() -> str:
    """A short report with headings, a page break in a sentence and stray spaces."""
    return REPORT
