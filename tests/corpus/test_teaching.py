"""Plain words as people write them, and what they make of the lexicon."""

from pathlib import Path

import pytest

from corpus.errors import CharacterInvalid, InvalidValue, SayingInvalid, ValueTooLong
from corpus.lexicon import Concept
from corpus.model import Taught
from corpus.store import Store
from corpus.teaching import MOST_SAYING, OWN, meaning, overlaid, passages_with, saying, signed
from ingest.parse import parse_source

CONCEPTS = (
    Concept("送清凉", ("防暑降温",), ("大热天",), negative_labels=("送清凉油",)),
    Concept("送温暖", ("走访慰问",), ("过年看望",)),
)


def lesson(label: str, concept: str, ordinal: int = 1, undone: str = "") -> Taught:
    return Taught(ordinal, label, concept, "", "", "2024-01-01T00:00:00+00:00", undone)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" 大热天  发冰棍 ", "大热天 发冰棍"),
        ("“冰棍”", "“冰棍”"),
        ("a1", "a1"),
        ("冰" * MOST_SAYING, "冰" * MOST_SAYING),
    ],
)
def test_plain_words_are_tidied(written: str, kept: str) -> None:
    assert saying(written) == kept == saying(kept)


@pytest.mark.parametrize(
    ("written", "error", "says"),
    [
        ("", SayingInvalid, "没有写出大白话"),
        ("  ", SayingInvalid, "没有写出大白话"),
        ("冰", SayingInvalid, "至少要有两个字"),
        ("？！。。", SayingInvalid, "至少要有两个字"),
        ("大热天\n发冰棍", SayingInvalid, "不能有换行"),
        ("冰\x1b[31m棍", SayingInvalid, r"“冰\[31m棍”不能作大白话"),
        ("冰" * (MOST_SAYING + 1), ValueTooLong, "缩短"),
    ],
)
def test_what_cannot_be_taught_is_said(written: str, error: type[InvalidValue], says: str) -> None:
    with pytest.raises(error, match=says):
        saying(written)


def test_an_official_wording_comes_without_its_quotation_marks() -> None:
    assert meaning("“暖蜂行动”") == "暖蜂行动"
    with pytest.raises(SayingInvalid, match="没有写出官方说法"):
        meaning("")


@pytest.mark.parametrize(
    ("who", "note", "error"),
    [("长" * 41, "", ValueTooLong), ("", "长" * 201, ValueTooLong), ("甲\x07", "", CharacterInvalid)],
)
def test_who_teaches_is_checked(who: str, note: str, error: type[InvalidValue]) -> None:
    assert signed(" 张三 ", "一 \n 二") == ("张三", "一 二")
    with pytest.raises(error):
        signed(who, note)


def test_a_lesson_is_a_further_label_of_its_concept() -> None:
    made = overlaid(CONCEPTS, [lesson("发冰棍", "送清凉")], {})
    assert [c.label for c in made] == ["送清凉", "送温暖"]
    assert made[0].hidden_labels == ("大热天", "发冰棍") and made[0].taught == ("发冰棍",)
    assert made[0].negative_labels == ("送清凉油",) and made[1] == CONCEPTS[1]


def test_what_the_lexicon_lacks_becomes_a_concept_after_its_own() -> None:
    lessons = [lesson("外卖小哥歇脚", "暖蜂驿站"), lesson("骑手喝口水", "暖蜂驿站", 2)]
    made = overlaid(CONCEPTS, lessons, {"暖蜂驿站": ("暖蜂驿站", "暖蜂小站")})
    assert made[:2] == CONCEPTS
    own = Concept(
        "暖蜂驿站", ("暖蜂小站",), ("外卖小哥歇脚", "骑手喝口水"), group=OWN, taught=("外卖小哥歇脚", "骑手喝口水")
    )
    assert made[2:] == (own,)


def test_a_wording_that_a_later_lexicon_knows_is_that_concept() -> None:
    (cool, _) = overlaid(CONCEPTS, [lesson("发冰棍", "防暑降温")], {})
    assert cool.label == "送清凉" and cool.taught == ("发冰棍",)


def test_a_label_that_the_lexicon_has_is_not_doubled() -> None:
    (cool, _) = overlaid(CONCEPTS, [lesson("大热天", "送清凉")], {})
    assert cool.hidden_labels == ("大热天",) and cool.taught == ("大热天",)


def test_where_a_wording_can_stand(tmp_path: Path) -> None:
    text = "荆州市总工会2022年工作总结\n\n一、过去的工作\n\n建成“暖·蜂”驿站十个。\n\n二、打算\n\n把驿站办到路边。"
    with Store.open(tmp_path / "library", create=True) as store:
        store.put_source(parse_source(Path("甲.txt"), text.encode(), origin="甲.txt"))
        assert ["驿站十个" in passage.text for passage in passages_with(store, "暖蜂驿站")] == [True]
        assert len(passages_with(store, "驿站")) == 2
        assert not passages_with(store, "驿站暖蜂")
        assert not passages_with(store, "100%")


def test_lessons_are_counted_by_themselves(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True) as store:
        store.put_source(
            parse_source(Path("甲.txt"), "荆州市总工会2022年工作总结\n\n正文一段。".encode(), origin="甲.txt")
        )
        before = store.generation, store.mark
        store.put_lesson(lesson("发冰棍", "送清凉"))
        store.undo_lesson(1, "2024-01-02T00:00:00+00:00")
        assert (store.generation, store.mark) == before
        assert store.lessons == 2
        assert store.select(Taught, undone="") == []
        assert [held.label for held in store.select(Taught)] == ["发冰棍"]
