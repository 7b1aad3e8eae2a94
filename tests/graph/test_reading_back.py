import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Definition
from corpus.store import Store
from graph.errors import ImportUnreadable
from graph.export import FORMS
from graph.reading_back import read_csv, read_skos, unprefer
from graph.reimport import Comparison, Entry, Sheet, compare, former_names, library_sheet
from graph.table import COLUMNS

MakeStore = Callable[..., Store]
Row = dict[str, str]

TEXT = """海岛工会工作报告
健全蓝鲸驿站、职工书屋、流动课堂“三大阵地”。
打造“移动蓝鲸驿站”品牌，擦亮“蓝鲸驿站”品牌，办好职工书屋。
办好职工书屋，推广“1+3”模式、“+乐享”服务品牌。
名词注释
1.“三个本领”：会讲、会写、会办。
2.“三种本事”：会讲、会写、会办。"""


@pytest.fixture
def library(store: MakeStore) -> Store:
    return store(("海岛", TEXT, "岱山县", "330921"))


def sentences(store: Store) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for definition in store.select(Definition):
        found.setdefault(definition.term_id, set()).add(definition.text)
    return {term: frozenset(texts) for term, texts in found.items()}


def from_csv(store: Store, text: str) -> Comparison:
    before = library_sheet(store)
    return compare(before, read_csv(text, before, sentences(store), "表.csv"), former_names(store), "表.csv")


def rows_of(store: Store) -> list[Row]:
    return list(csv.DictReader(io.StringIO(FORMS["csv"](store), newline="")))


def written(rows: list[Row], **settings: object) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, **settings)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def told(found: Comparison) -> list[tuple[str, str, str]]:
    return [(change.kind, change.term, change.value) for change in found.changes]


@pytest.mark.parametrize(
    "as_saved",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\r\n", "\n"),
        lambda text: written(list(csv.DictReader(io.StringIO(text, newline=""))), quoting=csv.QUOTE_ALL),
        lambda text: written(list(csv.DictReader(io.StringIO(text, newline=""))), delimiter=";"),
        lambda text: written(list(csv.DictReader(io.StringIO(text, newline=""))), delimiter="\t"),
        lambda text: text + "," * (len(COLUMNS) - 1) + "\r\n\r\n",
        lambda text: text.replace("'+乐享", "+乐享"),
    ],
    ids=["plain", "bom", "newlines", "quoted", "semicolons", "tabs", "empty rows", "no apostrophe"],
)
def test_an_unedited_table_changes_nothing(library: Store, as_saved: Callable[[str], str]) -> None:
    text = FORMS["csv"](library)
    assert "'+乐享" in text
    found = from_csv(library, as_saved(text))
    assert (found.changes, found.notes) == ((), ())


def test_what_was_edited_in_the_table(library: Store) -> None:
    rows = rows_of(library)
    by_label = {row["术语"]: row for row in rows}
    by_label["职工书屋"]["又写作"] = "职工书吧；书吧"
    by_label["三个本领"] |= {"术语": "三项本领", "首选": "是"}
    by_label["移动蓝鲸驿站"]["上位术语"] = "职工书吧"
    by_label["三种本事"]["相关术语"] = ""
    by_label["1+3"]["类别"] = "机构"
    assert told(from_csv(library, written(rows))) == [
        ("rename", "三个本领", "三项本领"),
        ("alias", "职工书屋", "书吧"),
        ("alias", "职工书屋", "职工书吧"),
        ("kind", "1+3", "organisation"),
        ("prefer", "三项本领", by_label["三个本领"]["原句"]),
        ("unrelate", "移动蓝鲸驿站", "broader:蓝鲸驿站"),
        ("unrelate", "三种本事", "related:三项本领"),
        ("relate", "移动蓝鲸驿站", "broader:职工书屋"),
    ]


def test_one_row_of_several_is_enough(store: MakeStore) -> None:
    made = store(("海岛", TEXT, "岱山县", "330921"), ("湖区", "名词注释\n1.“三个本领”：能讲、能写、能算。"))
    rows = rows_of(made)
    several = [row for row in rows if row["术语"] == "三个本领"]
    assert len(several) == 2
    several[1]["术语"] = "三项本领"
    assert told(from_csv(made, written(rows))) == [("rename", "三个本领", "三项本领")]
    several[0]["术语"] = "三样本领"
    with pytest.raises(ImportUnreadable, match="是同一个术语，“术语”却改得不一样"):
        from_csv(made, written(rows))


def test_rows_that_went_and_came(library: Store) -> None:
    rows = [row for row in rows_of(library) if row["术语"] != "三种本事"]
    rows.append(dict.fromkeys(COLUMNS, "") | {"术语": "流动课堂", "相关术语": "职工书屋"})
    assert told(from_csv(library, written(rows))) == [
        ("reject", "三种本事", ""),
        ("add", "流动课堂", ""),
        ("relate", "职工书屋", "related:流动课堂"),
    ]


def test_sentences_are_those_of_documents(library: Store) -> None:
    rows = rows_of(library)
    next(row for row in rows if row["术语"] == "三个本领")["原句"] = "三个本领是另外三样。"
    found = from_csv(library, written(rows))
    assert found.changes == () and "原句照文献" in found.notes[0]


def spoilt(column: str, value: str) -> Callable[[list[Row]], str]:
    def spoil(rows: list[Row]) -> str:
        next(row for row in rows if row["术语"] == "职工书屋")[column] = value
        return written(rows)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoilt("编号", "term:0000"), r"第 \d+ 行的编号“term:0000”不是这个资料库里的"),
        (spoilt("类别", "东西"), r"第 \d+ 行的类别“东西”不是术语的类别"),
        (spoilt("上位术语", "没有的词"), r"第 \d+ 行的上位术语“没有的词”不在术语表里"),
        (spoilt("首选", "对"), r"第 \d+ 行的首选只能写“是”"),
        (spoilt("术语", ""), r"第 \d+ 行没有写术语"),
        (spoilt("术语", "很" * 61), r"第 \d+ 行的术语超过 60 字"),
        (lambda rows: written(rows) + "多一格,\r\n", r"第 \d+ 行有 2 格，表头有 \d+ 格"),
        (lambda rows: written(rows).replace("编号", "号码"), "第 1 行应是表头，少了“编号”"),
        (lambda rows: written(rows) + '"没有合上的引号', r"第 \d+ 行不合 CSV 的写法"),
        (lambda rows: "", "里面没有表格"),
        (lambda rows: "随便写的一段话", "第 1 行应是表头"),
    ],
)
def test_a_broken_table_names_the_row(library: Store, spoil: Callable[[list[Row]], str], message: str) -> None:
    with pytest.raises(ImportUnreadable, match=message):
        from_csv(library, spoil(rows_of(library)))


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    before = Sheet({"1": Entry("1", "甲乙", "brand", frozenset())}, frozenset(), frozenset())
    for head in ("", ",".join(COLUMNS) + "\n"):
        try:
            read_csv(head + text, before, {}, "表.csv")
        except ImportUnreadable as error:
            assert "表.csv" in str(error)


# ------------------------------------------------------------------ SKOS
def from_skos(store: Store, text: str, form: str = "turtle") -> Comparison:
    pytest.importorskip("rdflib", reason="the extra rdf is not installed")
    before = library_sheet(store)
    after = unprefer(read_skos(text, before, sentences(store), form, "表.ttl"), before)
    return compare(before, after, former_names(store), "表.ttl")


def test_unedited_skos_changes_nothing(library: Store) -> None:
    assert from_skos(library, FORMS["skos.ttl"](library)) == Comparison((), ())
    assert from_skos(library, FORMS["jsonld"](library), "json-ld") == Comparison((), ())


def test_what_was_edited_in_skos(library: Store) -> None:
    text = FORMS["skos.ttl"](library)
    text = text.replace('skos:prefLabel "三个本领"@zh', 'skos:altLabel "本领"@zh ; skos:prefLabel "三项本领"@zh')
    text += '\n<urn:x:1> a skos:Concept ; skos:prefLabel "流动课堂"@zh .\n'
    assert told(from_skos(library, text)) == [
        ("rename", "三个本领", "三项本领"),
        ("add", "流动课堂", ""),
        ("alias", "三项本领", "本领"),
    ]


def test_one_concept_is_part_of_the_scheme(library: Store) -> None:
    from graph.skos import Vocabulary, to_turtle

    vocabulary = Vocabulary.of(library)
    one = next(term for term in vocabulary.terms if term.label == "三个本领")
    text = to_turtle(vocabulary, one.id).replace('skos:prefLabel "三个本领"@zh', 'skos:prefLabel "三项本领"@zh')
    assert told(from_skos(library, text)) == [("rename", "三个本领", "三项本领")]


@pytest.mark.parametrize(
    ("text", "form", "message"),
    [
        ("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n<a> skos:prefLabel 三 ;;", "turtle", "第 3 行附近"),
        ("{", "json-ld", "不合 json-ld 的写法"),
        ("null", "json-ld", "里面没有 skos:Concept"),
        ("", "turtle", "里面没有 skos:Concept"),
        (
            "<urn:x:1> a <http://www.w3.org/2004/02/skos/core#Concept> .",
            "turtle",
            "应有一个中文 prefLabel，现在有 0 个",
        ),
        (
            "<urn:x:1> a <http://www.w3.org/2004/02/skos/core#Concept> ;"
            " <http://www.w3.org/2004/02/skos/core#prefLabel> <urn:x:2> .",
            "turtle",
            "应有一个中文 prefLabel，现在有 0 个",
        ),
        ("<urn:gongzhi:term:0> a <http://www.w3.org/2004/02/skos/core#Concept> .", "turtle", "不是这个资料库里的"),
    ],
)
def test_broken_skos_names_the_place(library: Store, text: str, form: str, message: str) -> None:
    with pytest.raises(ImportUnreadable, match=message):
        from_skos(library, text, form)


@pytest.mark.parametrize(
    "data",
    [
        '{"@context": "%s", "@id": "urn:x:1"}',
        '{"@context": [{"a": "urn:x:a"}, "%s"], "@id": "urn:x:1"}',
        '{"@context": {"@import": "%s", "@version": 1.1}, "@id": "urn:x:1"}',
        '{"@graph": [{"@context": {"a": {"@id": "urn:x:a", "@context": "%s"}}, "@id": "urn:x:1"}]}',
    ],
)
def test_nothing_outside_the_file_is_read(library: Store, tmp_path: Path, data: str) -> None:
    context = tmp_path / "context.jsonld"
    context.write_text('{"@context": {"Concept": "http://www.w3.org/2004/02/skos/core#Concept"}}', encoding="utf-8")
    with pytest.raises(ImportUnreadable, match="@context 指向别的文件或网址"):
        from_skos(library, data % context.as_uri(), "json-ld")
