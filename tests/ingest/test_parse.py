"""What holds for every text: verbatim spans, recorded changes, the same result each time; and the reference corpus."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import ParsedDocument, ParsedSource
from corpus.sentences import sentences
from ingest import readers
from ingest.errors import IngestError
from ingest.parse import parse_source

FRAGMENTS = st.sampled_from(
    "一、 二、 （一） (2) 1. ① 一是 二要 第三， 。 ， 、 ； ： ！ ？ “ ” （ ） 《 》 \n \n\n \r\n \r \u2028 \u3000\u3000 \t   - 12\xa0"
    " 目录 ……3 　　7 工会 职工 总工会 代表大会 工作综述 名词注释 今后五年 过去五年 亿元 站点个 * AAA and 各位代表 同志们"
    " 12 3.5 2021年 % 更多范文请关注 第3页 ——".split(" ")
)
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=60).map("".join)


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def check(parsed: ParsedSource, source: str) -> None:
    for document in parsed.documents:
        _check_spans(document, source)
        _check_everything_is_accounted_for(document, source)


def _removed(document: ParsedDocument) -> set[int]:
    gone: set[int] = set()
    for repair in document.repairs:
        if repair.doubtful:
            words = document.document.text[repair.start : repair.end]
            assert words == repair.before == repair.after
        elif repair.start == repair.end:
            gone.update(range(repair.source_start, repair.source_end))
    return gone


def _check_spans(document: ParsedDocument, source: str) -> None:
    text = document.document.text
    gone = _removed(document)
    sections = {section.id: section for section in document.sections}
    for passage in document.passages:
        assert passage.text == text[passage.start : passage.end] != ""
        assert 0 <= passage.source_start < passage.source_end <= len(source)
        span = range(passage.source_start, passage.source_end)
        assert _tight("".join(source[i] for i in span if i not in gone)) == _tight(passage.text)
        if passage.section_id:
            section = sections[passage.section_id]
            assert section.start <= passage.start and passage.end <= section.end
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    for before, after in zip(document.passages, document.passages[1:], strict=False):
        assert before.end <= after.start
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(text)


def _check_everything_is_accounted_for(document: ParsedDocument, source: str) -> None:
    """The text is made of the source's characters; what is missing between its ends is in the record."""
    text = document.document.text
    assert "\n\n" not in text and text == text.strip("\n")
    for repair in document.repairs:
        assert 0 <= repair.start <= repair.end <= len(text)
        assert 0 <= repair.source_start <= repair.source_end <= len(source)
        assert repair.reason
    if not document.passages:
        return
    gone = _removed(document)
    start, end = document.passages[0].start, document.passages[-1].end
    span = range(document.passages[0].source_start, document.passages[-1].source_end)
    assert _tight("".join(source[i] for i in span if i not in gone)) == _tight(text[start:end])


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_any_text_is_parsed_or_refused(parse, text):
    content = text.encode("utf-8", "replace")
    try:
        parsed = parse(content)
    except IngestError:
        return
    check(parsed, readers.decode(Path("材料.txt"), content).text)
    assert parse(content) == parsed


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused(parse, content):
    try:
        parsed = parse(content)
    except IngestError as error:
        assert str(error).endswith("。")
        return
    assert parsed.content == content


def test_a_report_from_end_to_end(parse, report):
    parsed = parse(report)
    (document,) = parsed.documents
    assert parsed.source.id == document.document.source_id and len(parsed.source.id) == 16
    assert document.document.id == f"{parsed.source.id}-01"
    assert [passage.text for passage in document.passages] == [
        "2021年，县总工会紧扣中心任务，各项工作有了新气象。",
        "全县举办技能培训班36期，培训职工2400人次。会同教育部门办起“夜校课堂”，受到职工欢迎。",
        "调处劳动争议58件，结案率达到96%。",
        "建好职工之家，力争三年内覆盖所有乡镇。",
    ]
    assert Counter(repair.kind for repair in document.repairs) == {"space": 3, "line_join": 2}
    assert [section.status for section in document.sections] == ["done", "done", "done", "plan"]
    check(parsed, report)


def test_unchanged_text_keeps_its_passage_ids(parse, report):
    passages = parse(report).documents[0].passages
    assert parse(report).documents[0].passages == passages
    assert len({passage.id for passage in passages}) == len(passages)


def test_a_repeated_paragraph_gets_an_id_of_its_own(parse):
    text = "白河市总工会总结\n\n一、甲处\n\n要抓好落实。\n\n二、乙处\n\n要抓好落实。\n"
    first, second = parse(text).documents[0].passages
    assert first.text == second.text and first.id != second.id


def test_points_without_a_stop_are_passages(parse):
    report = "白河市总工会工作总结\n\n一、办好夜校\n\n1. 开设课程三十门\n\n2. 聘请讲师九名\n\n二、管好驿站\n\n驿站常年开门。\n"
    (document,) = parse(report).documents
    assert [passage.text for passage in document.passages] == ["1.开设课程三十门", "2.聘请讲师九名", "驿站常年开门。"]


def test_origin_and_bundled_are_kept(parse, report, tmp_path):
    path = tmp_path / "摘编.md"
    path.write_text(report, "utf-8")
    source = parse_source(path, bundled=True).source
    assert (source.origin, source.bundled, source.name) == (str(path), True, "摘编.md")


# ---------------------------------------------------------------- the reference corpus
@pytest.fixture(scope="module")
def sources(corpus, parse):
    return [(parse(path.read_bytes(), path.name), path.read_text("utf-8")) for path in corpus]


def test_corpus_holds_38_reports(sources):
    assert sum(len(parsed.documents) for parsed, _ in sources) == 38
    assert max(len(parsed.documents) for parsed, _ in sources) == 34
    assert not [repair for parsed, _ in sources for repair in parsed.repairs if repair.kind == "toc_missing"]


def test_corpus_is_accounted_for(sources):
    for parsed, source in sources:
        check(parsed, source)


def test_corpus_passages_are_whole_sentences(sources):
    """A passage starts and ends where a sentence does; the few that stop short stand where the source does, marked."""
    for parsed, _ in sources:
        for document in parsed.documents:
            text = document.document.text
            marked = {repair.end for repair in document.repairs if repair.kind == "cut_sentence"}
            spans = sentences(text)
            starts, ends = {start for start, _ in spans}, {end for _, end in spans}
            for passage in document.passages:
                assert passage.start in starts and passage.end in ends
                whole = re.search(r"(?:[。！？!?…][”’）)》】]*|[：:])$", passage.text)
                assert whole or passage.end in marked, passage.text[-30:]


def test_corpus_reads_the_same_each_time(sources, corpus, parse):
    for (parsed, _), path in zip(sources, corpus, strict=True):
        assert parse(path.read_bytes(), path.name) == parsed


def test_corpus_places_are_found(sources):
    levels = Counter(document.document.level for parsed, _ in sources for document in parsed.documents)
    assert levels["unknown"] <= 1 and levels["province"] == 10
    assert sum(not document.document.place for parsed, _ in sources for document in parsed.documents) == 2
