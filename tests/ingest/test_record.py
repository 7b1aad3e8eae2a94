"""The record of repairs is true and whole: with it, the source explains every character of every document."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import ParsedSource, Repair
from corpus.repairs import KINDS
from ingest import readers
from ingest.adverts import REASONS as ADVERT_REASONS
from ingest.errors import IngestError
from ingest.lines import ENDS
from ingest.script import REASONS

LINE = re.compile(rf"[{ENDS}]+")
# Runs of pieces that reports are made of and damaged by; joined at random they make every kind of repair.
PIECES = (
    "云溪县总工会2021年工作总结|在云溪县总工会全会上的讲话|目录|云溪县工会综述……3|白河市工作总结 ……… 12|第一部分 综述|"
    "一、过去一年的主要工作|二、下一步打算|（一）抓培训|(二)抓维权|1.建家|一是抓学习。办班10期。二是抓宣传。|一要学理论。|"
    "全县举办技能培训班 36 期，培训职工 2400|人次。受到|职工欢迎。|结案率达到|96%。|筹集资金亿元。|建成驿站个，覆盖城区。|"
    "某某企业|*县率先试点，|加强培训 and 宣传|会员增加三成。二、精心服务有温度|健全机制强保障|健全机制强保障。市总出台办法。|"
    "劳模宣讲进车间|职工运动会开幕|更多范文请关注公众号：每日一稿|联系微信：abcde12345|- 3 -|第 3 页 共 9 页|12|各位代表、同志们：|"
    "2021年12月30日|云溪县总工会|名词解释|“四送”：送温暖、送清凉。|姓名\t职务\t单位|甲\t主席\t县总工会|（此件公开发布）|Happy|Birthday|"
    "——过去五年工作回顾|凝心聚力 再开新局|围绕建设，联系AAA12345678，开发程序。|\u3000\u3000\u3000|职工\ufffd参加。|"
    "互\u200b助\u200d保障，\ufeff"
).split("|")
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\n\u3000\u3000", " ", "", "\f", "\u2028", "\n\n\n\n", " \n\t"])
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), BREAKS), min_size=1, max_size=40).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


def _lines(text: str) -> list[str]:
    """What a text holds but for how its lines are set: their outer white space, and empty ones."""
    return [line.strip() for line in LINE.split(text) if line.strip()]


def _changes(repairs: tuple[Repair, ...]) -> list[Repair]:
    return [repair for repair in repairs if not repair.doubtful and repair.before != repair.after]


def check_record(parsed: ParsedSource, source: str) -> None:
    """Putting every recorded change into the source gives the documents, one after another, and nothing else."""
    made: list[tuple[int, int, str]] = []
    for document in parsed.documents:
        text = document.document.text
        for repair in _changes(document.repairs):
            if not repair.after and repair.source_start == repair.source_end:
                continue  # a reader's note on what the decoded text doesn't hold
            replaced, by = source[repair.source_start : repair.source_end], text[repair.start : repair.end]
            assert replaced in repair.before and by in repair.after
            if not repair.after:
                assert (replaced, by) == (repair.before, "")
            made.append((repair.source_start, repair.source_end, by))
    for repair in parsed.repairs:
        assert source[repair.source_start : repair.source_end] == repair.before
        if not repair.doubtful and repair.before != repair.after:
            made.append((repair.source_start, repair.source_end, ""))
    out, at = [], 0
    # Of one change inside another (a page number between the halves of a sentence) the outer one is put in.
    for start, end, by in sorted(made, key=lambda change: (change[0], -change[1])):
        if end <= at and start < at:
            assert not by.strip()
            continue
        assert start >= at, (start, at)
        out += [source[at:start], by]
        at = end
    out.append(source[at:])
    assert _lines("".join(out)) == _lines("\n".join(item.document.text for item in parsed.documents))
    _check_nothing_is_swallowed(parsed, source)


def _check_nothing_is_swallowed(parsed: ParsedSource, source: str) -> None:
    """Closing a gap takes white space only: words in it have a record of their own."""
    repairs = [*parsed.repairs, *(repair for item in parsed.documents for repair in item.repairs)]
    gone = {i for r in repairs if not r.doubtful and not r.after for i in range(r.source_start, r.source_end)}
    for repair in repairs:
        if repair.after and not repair.doubtful and repair.before != repair.after:
            span = range(repair.source_start, repair.source_end)
            assert not "".join(source[i] for i in span if i not in gone).strip(), repair


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_every_change_is_recorded(parse, text):
    try:
        parsed = parse(text)
    except IngestError:
        return
    check_record(parsed, readers.decode(Path("材料.txt"), text.encode()).text)


HEAD = "云溪县总工会2021年工作总结\n\n一、过去一年的主要工作\n\n"
TAIL = "\n二、主要做法\n\n广泛开展走访活动。\n"
COMPILATION = (
    "工会材料汇编\n目录\n云溪县工会工作综述……1\n白河市工会工作总结……4\n青禾县工会要点……9\n"
    "云溪县工会工作综述\n\n会员增加三 成。\n- 1 -\n\n白河市工会工作总结\n\n先后建成驿站、书屋、\n\n食堂等阵地。\n"
    "更多范文请关注公众号：每日一稿\n"
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (HEAD + "举办培训班36期，培训职工 2400\n\n人次。\n" + TAIL, {"space", "line_join"}),
        (HEAD + "开展培训。组织职工参加竞\n- 4 -\n赛活动。\n" + TAIL, {"line_join", "page_number"}),
        (HEAD + "会员增加三成。 二、精心服务有温度\n\n走访职工家庭。\n", {"heading_split"}),
        (
            "职工之家建设巡礼\n\n健全机制强保障\n\n健全机制强保障。市总工会出台办法。\n\n建好阵地聚人气\n\n"
            "各地建成驿站。\n",
            {"duplicate_heading"},
        ),
        (
            "白河工会这五年\n\n\n劳模宣讲进车间\n\n\n职工运动会 开幕\n\n\n夏日送清凉现场\n\n建功立业显身手\n\n"
            "全市职工踊跃参加竞赛。\n",
            {"caption"},
        ),
        (COMPILATION, {"toc", "front_matter", "toc_missing", "space", "line_join", "page_number", "advert"}),
    ],
)
def test_every_kind_of_change_is_recorded(parse, text, kinds):
    parsed = parse(text)
    repairs = [*parsed.repairs, *(repair for item in parsed.documents for repair in item.repairs)]
    assert {repair.kind for repair in repairs} == kinds
    check_record(parsed, text)


def test_every_kind_has_a_name():
    assert {*REASONS, *ADVERT_REASONS, "toc", "front_matter", "toc_missing"} <= KINDS.keys()


# ---------------------------------------------------------------- the reference corpus
def test_the_corpus_is_explained_by_its_record(corpus, parse):
    for path in corpus:
        parsed, source = parse(path.read_bytes(), path.name), path.read_bytes().decode("utf-8")
        check_record(parsed, source)
        kinds = {repair.kind for item in parsed.documents for repair in item.repairs}
        assert kinds <= KINDS.keys()
