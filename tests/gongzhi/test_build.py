import sys
import zipfile
from pathlib import Path
from types import FrameType

import docx
import pytest

from corpus.model import Claim, Document, Source
from corpus.store import Store
from gongzhi.build import TEXTS, _store, ingest, ingest_bundled
from gongzhi.errors import NothingToIngest
from gongzhi.ledger import Ledger
from gongzhi.reading import Task, read
from graph.claims import extract_claims

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_bundled_library(tmp_path: Path) -> None:
    stages: list[tuple[str, int, int]] = []
    report = ingest_bundled(tmp_path, progress=lambda *step: stages.append(step))
    assert report.documents == len([*TEXTS.glob("*.md")]) and not report.failures
    assert report.terms and report.claims and report.passages
    done = [done for _, done, _ in stages]
    assert list(dict.fromkeys(done)) == [*range(stages[-1][2] + 1)] and done == sorted(done)
    with Store.open(tmp_path) as store:
        assert all(source.bundled for source in store.select(Source))
        assert {d.level for d in store.select(Document)} >= {"city", "province"}


def test_a_run_with_no_readable_file_changes_nothing(tmp_path: Path) -> None:
    ingest_bundled(tmp_path / "library")
    with Store.open(tmp_path / "library") as store:
        before = store.generation, store.select(Source)
        (tmp_path / "空.txt").touch()
        with pytest.raises(NothingToIngest):
            ingest(tmp_path / "library", [tmp_path / "空.txt"])
        assert (store.generation, store.select(Source)) == before


REPORT = (
    "云溪县总工会2021年工作总结",
    "一、过去一年的主要工作",
    "办起“夜校课堂”，受到职工欢迎。",
    "二、下一步打算",
    "办好。",
)


def test_an_archive_is_many_sources(tmp_path: Path) -> None:
    document = docx.Document()
    for line in REPORT:
        document.add_paragraph(line)
    document.save(tmp_path / "报告.docx")
    page = "".join(f"<p>{line.replace('云溪', '石桥')}</p>" for line in REPORT)
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as container:
        container.write(tmp_path / "报告.docx", "里面/报告.docx")
        container.writestr("网页.html", f"<html><body>{page}</body></html>")
        container.writestr("坏.docx", b"PK\x03\x04")
    report = ingest(tmp_path / "library", [tmp_path / "包.zip"])
    assert report.counts["added"] == report.documents == 2
    (failure,) = report.failures
    assert failure.file == "包.zip/坏.docx" and "包.zip/坏.docx" in failure.reason
    with Store.open(tmp_path / "library") as store:
        sources = {source.name: source.origin for source in store.select(Source)}
        titles = {document.title for document in store.select(Document)}
    archive = (tmp_path / "包.zip").resolve()
    assert sources == {f"包.zip/{name}": f"{archive}/{name}" for name in ("里面/报告.docx", "网页.html")}
    assert titles == {REPORT[0], REPORT[0].replace("云溪", "石桥")}


def test_the_same_bytes_are_kept_once_and_said(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("春江市工会工作总结\n\n一、工作\n\n建成驿站三十个。", "utf-8")
    report = ingest(tmp_path / "library", [tmp_path])
    assert (report.counts["added"], report.documents) == (1, 1)
    assert [change.file for change in report.changes if change.action == "copy"] == ["甲.txt"]


def test_storing_extracts_no_claims_again(tmp_path: Path) -> None:
    path = tmp_path / "甲市.txt"
    path.write_text("甲市总工会2023年工作总结\n\n一年来，全市开展劳动竞赛12场，参加职工3400人次。\n", "utf-8")
    reading = read(Task(path, path.name, str(path), False, ""))
    assert reading.parsed is not None
    called: list[str] = []

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is extract_claims.__code__:
            called.append(frame.f_code.co_name)

    with Store.open(tmp_path / "library", create=True) as store, store.write():
        sys.setprofile(look)
        try:
            _store(store, Ledger([], ""), reading, reading.parsed.source.id)
        finally:
            sys.setprofile(None)
        assert store.count(Claim) > 0
    assert not called


def test_reference_corpus(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the reference corpus is not part of the project")
    report = ingest(tmp_path, [CORPUS])
    assert (report.counts["added"], report.documents) == (5, 38)
