"""Whatever the engine quotes carries what is doubtful in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.doubts import Doubt
from gongzhi.build import ingest
from search.engine import Engine
from search.fact_query import FactQuery

REPORT = """宜宾市总工会2031年工作总结

一、把关心送到灯下

全市工会推行“灯下三问”工作法，即问冷暖、问技能、问**。深夜走访夜班职工4200户。

二、把清凉送到江边

全市工会建成浮桥食堂36个，筹集资金亿元，送清凉2万人次。浮桥食堂从不打烊。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("doubtful")
    (folder / "总结.txt").write_text(REPORT, "utf-8")
    ingest(folder / "library", [folder / "总结.txt"])
    opened = Engine.open(folder / "library")
    yield opened
    opened.close()


def marked(text: str, doubtful: tuple[Doubt, ...]) -> list[str]:
    return [text[doubt.start : doubt.end] for doubt in doubtful]


def test_hits_and_precedents(engine: Engine) -> None:
    for answer in (engine.search("浮桥食堂"), engine.precedents("建成浮桥食堂，筹集资金，送清凉。" * 5).search):
        hit = answer.hits[0]
        assert marked(hit.text, hit.doubtful) == ["资金亿元"]
        assert hit.citation.endswith("〔存疑：“资金亿元”处，“亿元”前应有数字，原文缺失，未作补充〕")


def test_a_sound_passage_has_no_warning(tmp_path: Path) -> None:
    (tmp_path / "总结.txt").write_text(REPORT.replace("资金亿元", "资金3亿元").replace("问**", "问心愿"), "utf-8")
    ingest(tmp_path / "library", [tmp_path / "总结.txt"])
    sound = Engine.open(tmp_path / "library")
    hits = sound.search("浮桥食堂").hits
    assert hits and all(not hit.doubtful and "存疑" not in hit.citation for hit in hits)
    answer = sound.facts()
    assert any((row.fact.value, row.fact.unit) == (3, "亿元") for row in answer.facts)
    assert answer.doubtful == ()
    sound.close()


def test_definitions_and_uses(engine: Engine) -> None:
    answer = engine.term("灯下三问")
    assert answer is not None
    (sense,) = answer.definitions
    assert marked(sense.text, sense.doubtful) == ["**"]
    assert [marked(use.sentence, use.doubtful) for use in answer.uses] == [["**"]]


def test_places(engine: Engine) -> None:
    (place,) = engine.places("哪些城市建了浮桥食堂？").answers
    assert ["资金亿元"] in [marked(e.sentence, e.doubtful) for e in place.evidence]
    assert all("亿元" not in figure for e in place.evidence for figure in e.figures)


def test_facts(engine: Engine) -> None:
    answer = engine.facts(FactQuery(term="浮桥食堂"))
    assert {row.fact.unit for row in answer.facts} == {"个", "万人次"}
    assert all(marked(row.sentence, row.doubtful) == ["资金亿元"] for row in answer.facts)
    (lost,) = answer.doubtful
    assert (lost.written, lost.fact) == ("资金亿元", None) and "数字" in lost.reason
    assert engine.store.document(lost.document_id).text[lost.start : lost.end] == lost.written
