"""What a library was taught holds from the next query on, for passages and for places, and costs no cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from gongzhi.build import ingest
from graph.teaching import teach, unteach
from search.engine import Engine
from search.library import Library
from search.taught import wordings_of

JINGZHOU = """荆州市总工会2022年工作总结

一、过去一年的主要工作

打造“海棠驿家”服务品牌，为户外职工提供歇脚的地方，新建站点二十个。

开展送清凉活动一百场，把绿豆汤和毛巾送到露天岗位。

开办“灯塔课堂”二十期，帮助年轻人学手艺。
"""
YICHANG = """宜昌市总工会2022年工作总结

一、过去一年的主要工作

开展劳动竞赛三十场，送书到车间。

根治欠薪，帮助工友追回劳动报酬九百万元。
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, text in (("荆州.txt", JINGZHOU), ("宜昌.txt", YICHANG)):
        (tmp_path / name).write_text(text, "utf-8")
    ingest(tmp_path / "library", [tmp_path / "荆州.txt", tmp_path / "宜昌.txt"])
    opened = Library(tmp_path / "library")
    yield opened
    opened.close()


def learn(library: Library, label: str, concept: str) -> None:
    with Store.open(library.folder) as store:
        teach(store, label, concept)


def stamps(folder: Path) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in (folder / "cache").rglob("*")}


def test_a_lesson_holds_at_once_and_no_longer_than_until_it_is_undone(library: Library) -> None:
    before = library.engine()
    assert "送清凉" not in before.search("后晌递瓦罐").concepts
    caches = stamps(library.folder)
    learn(library, "后晌递瓦罐", "送清凉")
    after = library.engine()
    answer = after.search("后晌递瓦罐")
    assert answer.concepts == ("送清凉",) and "送清凉" in answer.hits[0].text
    assert answer.hits[0].why[0] == "主题：送清凉（您说的“后晌递瓦罐”）"
    # Requests that hold the engine of before go on with it; both read the same library.
    assert after is not before and after.same_library(before) and library.engine() is after
    assert "送清凉" not in before.search("后晌递瓦罐").concepts
    assert stamps(library.folder) == caches
    with Store.open(library.folder) as store:
        unteach(store, 1)
    undone = library.engine().search("后晌递瓦罐")
    assert (undone.concepts, undone.hits) == (
        before.search("后晌递瓦罐").concepts,
        before.search("后晌递瓦罐").hits,
    )
    assert stamps(library.folder) == caches


def test_an_engine_outlives_the_one_it_was_taught_from(library: Library) -> None:
    learn(library, "后晌递瓦罐", "送清凉")
    library.engine()
    learn(library, "厂里比谁能耐大", "劳动竞赛")
    assert library.engine().search("厂里比谁能耐大").concepts == ("劳动竞赛",)
    opened = Engine.open(library.folder)
    assert opened.lessons == 2
    assert opened.search("厂里比谁能耐大").hits == library.engine().search("厂里比谁能耐大").hits
    opened.close()


def test_a_term_that_the_lexicon_lacks_is_found(library: Library) -> None:
    assert "海棠驿家" not in library.engine().search("骑手喝口热乎水").concepts
    learn(library, "骑手喝口热乎水", "海棠驿家")
    answer = library.engine().search("骑手喝口热乎水")
    assert answer.concepts == ("海棠驿家",) and "海棠驿家" in answer.hits[0].text
    assert any(reason.startswith("主题：海棠驿家") for reason in answer.hits[0].why)


def test_place_questions_are_read_in_official_words(library: Library) -> None:
    assert not library.engine().places("哪些城市后晌递瓦罐").answers
    learn(library, "后晌递瓦罐", "送清凉")
    learn(library, "骑手喝口热乎水", "海棠驿家")
    answer = library.engine().places("哪些城市后晌递瓦罐？")
    assert [place.place for place in answer.answers] == ["荆州市"] and answer.query == "哪些城市后晌递瓦罐？"
    (place,) = library.engine().places("哪里让骑手喝口热乎水").answers
    assert place.place == "荆州市" and "海棠驿家" in place.evidence[0].sentence
    assert library.engine().why("哪些城市后晌递瓦罐", "荆州").answered


def test_the_same_words_may_mean_two_things(library: Library) -> None:
    learn(library, "塞点东西", "送清凉")
    learn(library, "塞点东西", "劳动竞赛")
    assert set(library.engine().search("塞点东西").concepts) == {"送清凉", "劳动竞赛"}
    assert {a.place for a in library.engine().places("哪些城市塞点东西").answers} == {"荆州市", "宜昌市"}


def test_lessons_are_kept_when_documents_are_read_again(library: Library, tmp_path: Path) -> None:
    learn(library, "骑手喝口热乎水", "海棠驿家")
    (tmp_path / "荆州.txt").write_text(JINGZHOU.replace("二十个", "三十个"), "utf-8")
    ingest(library.folder, [tmp_path / "荆州.txt"])
    answer = library.engine().search("骑手喝口热乎水")
    assert answer.concepts == ("海棠驿家",) and "三十个" in answer.hits[0].text


def test_a_longer_wording_counts_once(library: Library) -> None:
    from corpus.lexicon import Concept

    rows = {passage: row for row, passage in enumerate(library.engine()._finder.catalogue.ids)}
    own = [(7, Concept("海棠驿家", ("海棠",)))]
    (found,) = wordings_of(library.engine().store, own, rows).values()
    assert found == [("海棠驿家", 7)]
