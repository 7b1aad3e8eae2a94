"""Editing terms from the command line: options to edits, and what is listed."""

from pathlib import Path

import pytest

from corpus.curation import EDITS, Change
from corpus.model import Edit
from corpus.store import Store
from gongzhi.build import ingest
from gongzhi.curation import _OPTIONS, changes, edit, history, listed, undo
from gongzhi.errors import KindUnknown, SentenceAlone
from search.engine import Engine

REPORT = """荆州市总工会2022年工作总结

一、过去一年的主要工作

打造“海棠驿家”服务品牌，为户外职工提供歇脚的地方。推进“海棠驿家”建设，新建站点二十个。

开办“灯塔课堂”二十期，“灯塔课堂”进车间。

【名词注释】

“四季同行”：春耕行、夏凉行、秋学行、冬暖行。
"""
NOTHING: dict[str, tuple[str, ...]] = dict.fromkeys(_OPTIONS, ())


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "总结.txt").write_text(REPORT, "utf-8")
    ingest(tmp_path / "library", [tmp_path / "总结.txt"])
    return tmp_path / "library"


def test_every_edit_has_an_option() -> None:
    assert {kind for kind, _ in _OPTIONS.values()} == set(EDITS)


def test_options_to_changes() -> None:
    said = NOTHING | {"reject": ("甲乙",), "merge": (("丙丁", "戊己"),), "broader": (("戊己", "庚辛"),)}  # type: ignore[dict-item]
    assert changes(said) == [
        Change("merge", "丙丁", "戊己"), Change("relate", "戊己", "broader:庚辛"), Change("reject", "甲乙")
    ]  # fmt: skip
    assert changes(NOTHING) == []
    split = NOTHING | {"split": (("甲乙", "丙丁"),)}  # type: ignore[dict-item]
    assert changes(split, "一句") == [Change("split", "甲乙", "丙丁\n一句")]
    with pytest.raises(SentenceAlone):
        changes(said, "一句")


def test_an_edit_is_published_and_survives_reading_again(library: Path, tmp_path: Path) -> None:
    edit(library, [Change("merge", "四季同行", "灯塔课堂")], "张三", "")
    assert (library / "cache").is_dir()
    report = tmp_path / "总结.txt"
    report.write_text(REPORT.replace("二十个", "三十个"), "utf-8")
    ingest(library, [report])
    engine = Engine.open(library)
    answer = engine.term("四季同行")
    assert answer is not None and answer.term == "灯塔课堂"
    engine.close()
    assert [line.term.label for line in listed(library, "四季", "", "")] == ["灯塔课堂"]
    undo(library, 1, batch=False)
    assert [line.term.label for line in listed(library, "四季", "", "")] == ["四季同行"]


def test_listing(library: Path) -> None:
    labels = {line.term.label for line in listed(library, "", "", "")}
    assert {"四季同行", "海棠驿家", "灯塔课堂"} <= labels
    (line,) = listed(library, "“海棠”", "", "")
    assert (line.term.label, line.documents, line.mentions) == ("海棠驿家", 1, 2)
    assert {line.term.label for line in listed(library, "", "", "explained")} == {"四季同行"}
    brands = {line.term.label for line in listed(library, "", "品牌", "")}
    assert brands and brands == {line.term.label for line in listed(library, "", "brand", "")} < labels
    with pytest.raises(KindUnknown, match="机制"):
        listed(library, "", "什么", "")


def test_history_of_a_term_and_of_one_that_is_gone(library: Path) -> None:
    edit(library, [Change("reject", "灯塔课堂")], "", "")
    edit(library, [Change("kind", "海棠驿家", "机制")], "李四", "")
    assert [e.ordinal for e in history(library, "")] == [2, 1]
    assert [e.ordinal for e in history(library, "海棠驿家")] == [2]
    assert [e.ordinal for e in history(library, "灯塔课堂")] == [1]
    with Store.open(library) as store:
        assert [e.who for e in store.select(Edit)][1] == "李四"
