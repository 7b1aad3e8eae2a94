import ast
from pathlib import Path

import pytest

from corpus.model import Repair
from corpus.repairs import KINDS, Change, change_of, kind_name, kind_named, visible

TEXT = "全市办班。\n建成驿站12个，方便职工。"


def repair(start: int, end: int, before: str, after: str) -> Repair:
    return Repair("s", "d", 0, "space", start, end, start, start + len(before), before, after, False, "空格")


@pytest.mark.parametrize(
    ("made", "change"),
    [
        (repair(12, 12, "成驿站12 个，\n方便", "成驿站12个，\n方便"), Change("建成驿站12", " ", "", "个，方便职工。")),
        (repair(10, 10, "建成驿站\n\n12", "建成驿站12"), Change("建成驿站", "\n\n", "", "12个，方便职工")),
        (repair(5, 6, "班。建成", "班。\n建成"), Change("全市办班。", "", "\n", "建成驿站12个，")),
        (repair(5, 6, "班。 建成", "班。\n建成"), Change("全市办班。", " ", "\n", "建成驿站12个，")),
        (repair(6, 6, "- 3 -", ""), Change("", "- 3 -", "", "")),
        (repair(6, 10, "建成驿站", "建成驿站"), Change("建成驿站", "", "", "")),
        (repair(20, 20, "职工。 ", "职工。"), Change("个，方便职工。", " ", "", "")),
    ],
)
def test_the_changed_part_among_the_words_of_the_text(made: Repair, change: Change) -> None:
    assert change_of(made, TEXT) == change


def test_white_space_is_seen() -> None:
    assert visible("甲 乙\u3000\r\n\r\n丙\t丁\u2028") == "甲·乙·↵↵丙⇥丁↵"


def test_kinds_by_their_names() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
    assert all(kind_named(kind_name(kind)) == kind == kind_named(kind) for kind in KINDS)
    assert kind_name("later") == "later" == kind_named("later")


def test_every_kind_that_reading_records_has_a_name():
    makers = {"Note", "Edit", "_edit", "_removed", "_removals", "_leave_out"}
    made = set()
    for path in (Path(__file__).parents[2] / "ingest").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in makers:
                made |= {arg.value for arg in call.args[:2] if isinstance(arg, ast.Constant) and arg.value}
    made = {kind for kind in made if isinstance(kind, str) and kind.isascii()}
    assert {"ocr", "tracked_change", "line_join", "mask", "toc"} <= made <= KINDS.keys()
