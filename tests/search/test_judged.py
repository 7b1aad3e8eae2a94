"""Reading judged queries, and which of the answers a passage holds."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import GoldBroken, GoldEmpty, GoldUnreadable, SearchError, StyleUnknown
from search.judged import Answer, Judged, covers, held, nowhere, read_judged, with_texts

COOLING, WARMING = "为露天岗位开展送清凉三百余场", "岁末年初组织走访慰问"
JUDGED = Judged("1", "送清凉", "keyword", (Answer(2, COOLING), Answer(1, passage="p7"), Answer(0, WARMING)))
GOOD = {"query": "露天岗位送水", "relevant": [{"quote": COOLING, "grade": 2}]}


def written(folder: Path, *rows: object, name: str = "我的问题.jsonl") -> Path:
    path = folder / name
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (GOOD, Judged("1", "露天岗位送水", "", (Answer(2, COOLING),))),
        (
            GOOD
            | {
                "id": "甲",
                "style": "keyword",
                "relevant": [COOLING, {"passage_id": "p7"}, {"quote": "无用", "grade": 0}],
            },
            Judged("甲", "露天岗位送水", "keyword", (Answer(1, COOLING), Answer(1, passage="p7"), Answer(0, "无用"))),
        ),
        (GOOD | {"id": 12, "note": "别的项不管"}, Judged("12", "露天岗位送水", "", (Answer(2, COOLING),))),
    ],
)
def test_a_row(tmp_path: Path, row: object, expected: Judged) -> None:
    assert read_judged(written(tmp_path, "", row)) == [
        expected if expected.id != "1" else Judged("2", *_rest(expected))
    ]


def _rest(judged: Judged) -> tuple[str, str, tuple[Answer, ...]]:
    return judged.query, judged.style, judged.answers


def test_a_folder_holds_passages_jsonl(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, name="passages.jsonl")
    assert read_judged(tmp_path) == read_judged(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8-sig")
    assert len(read_judged(path)) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "不是 JSON"),
        ("[]", "不是 JSON 对象"),
        ({"relevant": [COOLING]}, "缺 query"),
        ({"query": "  ", "relevant": [COOLING]}, "缺 query"),
        ({"query": ["问"], "relevant": [COOLING]}, "缺 query"),
        ({"query": "问"}, "缺 relevant"),
        ({"query": "问", "relevant": []}, "没有一条有用"),
        ({"query": "问", "relevant": [{"quote": COOLING, "grade": 0}]}, "没有一条有用"),
        ({"query": "问", "relevant": [{"grade": 2}]}, "既没有 quote"),
        ({"query": "问", "relevant": [" “” "]}, "既没有 quote"),
        ({"query": "问", "relevant": [7]}, "每一条应是原句"),
        ({"query": "问", "relevant": [{"quote": COOLING, "grade": "高"}]}, "grade 是“高”"),
        ({"query": "问", "relevant": [{"quote": COOLING, "grade": 9}]}, "grade 是“9”"),
        ({"query": "问", "relevant": [{"quote": COOLING, "grade": True}]}, "grade 是“True”"),
        ({"query": "问", "style": 3, "relevant": [COOLING]}, "style"),
        (GOOD | {"id": "甲"}, "前面已经有了"),
    ],
)
def test_a_broken_row_is_named_with_its_line(tmp_path: Path, row: object, reason: str) -> None:
    path = written(tmp_path, GOOD | {"id": "甲"}, "", row)
    with pytest.raises(GoldBroken, match=rf"我的问题\.jsonl”第 3 行有误：.*{reason}"):
        read_judged(path)


KEYS = st.sampled_from(["query", "style", "id", "relevant", "quote", "grade", "passage_id"])
PLAIN = st.none() | st.booleans() | st.integers() | st.text()
ANYTHING = st.recursive(PLAIN, lambda some: st.lists(some, max_size=3) | st.dictionaries(KEYS, some, max_size=5))


@given(ANYTHING)
def test_whatever_a_line_holds_it_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(json.dumps(value), "utf-8")
    try:
        assert read_judged(path)[0].answers
    except SearchError as error:
        assert "any.jsonl" in str(error)


def test_files_that_give_nothing(tmp_path: Path) -> None:
    with pytest.raises(GoldUnreadable, match=r"没有.*jsonl|No such file"):
        read_judged(tmp_path)
    with pytest.raises(GoldEmpty, match="一个问题也没有"):
        read_judged(written(tmp_path, "", "  "))
    (tmp_path / "gbk.jsonl").write_bytes("问题".encode("gb18030"))
    with pytest.raises(GoldUnreadable, match="不是 UTF-8 文本"):
        read_judged(tmp_path / "gbk.jsonl")


def test_styles_are_chosen(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD | {"style": "keyword"}, GOOD | {"style": "我的"}, GOOD)
    assert [judged.id for judged in read_judged(path, ["我的"])] == ["2"]
    assert len(read_judged(path)) == 3
    with pytest.raises(StyleUnknown, match="没有“提问”这一类问题，有的是：keyword、我的"):
        read_judged(path, ["提问"])
    with pytest.raises(StyleUnknown, match="都没有写类型"):
        read_judged(written(tmp_path, GOOD), ["提问"])


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        (f"前文。{COOLING}。后文。", True),
        ("为露天岗位开展“送清凉” 三百余场", True),  # marks and spaces don't count
        (COOLING[:9], True),  # more than half of it
        (COOLING[:7], False),
        ("完全不同的一段文字", False),
        ("字" * 600 + COOLING, False),  # a passage is judged by its beginning
    ],
)
def test_covers(text: str, covered: bool) -> None:
    assert covers(text, COOLING) is covered


def test_what_a_passage_holds() -> None:
    assert held(JUDGED, "p1", f"今年{COOLING}，{WARMING}。") == (0, 2)
    assert held(JUDGED, "p7", "别的文字") == (1,)
    assert held(JUDGED, "", "别的文字") == ()


def test_an_id_stands_for_the_text_of_its_passage() -> None:
    (judged,) = with_texts([JUDGED], {"p7": "新建暖心驿站四十座并配齐桌椅"})
    assert held(judged, "p8", "当年新建暖心驿站四十座，并配齐桌椅。") == (1,)
    assert judged.answers[0] == JUDGED.answers[0]


@pytest.mark.parametrize(
    ("texts", "lost"),
    [
        ([COOLING], {Answer(1, passage="p7")}),
        ([WARMING, "字" * 600 + COOLING], {Answer(2, COOLING), Answer(1, passage="p7")}),
        ([], {Answer(2, COOLING), Answer(1, passage="p7")}),
    ],
)
def test_answers_that_are_nowhere(texts: list[str], lost: set[Answer]) -> None:
    assert nowhere([JUDGED], texts) == lost  # what was judged useless is not missed


def test_short_answers_are_looked_for_too() -> None:
    short = Judged("1", "驿站", "", (Answer(1, "驿站"), Answer(1, "书屋")))
    assert nowhere([short], ["新建驿站四十座"]) == {Answer(1, "书屋")}


SENTENCES = st.lists(st.text("甲乙丙丁戊己", max_size=12), max_size=6)


@given(SENTENCES, SENTENCES)
def test_an_answer_is_nowhere_where_no_text_covers_it(quotes: list[str], texts: list[str]) -> None:
    judged = Judged("1", "问", "", tuple(Answer(1, quote) for quote in quotes if quote))
    expected = {a for a in judged.answers if not any(covers(text, a.quote) for text in texts)}
    assert nowhere([judged], texts) == expected
