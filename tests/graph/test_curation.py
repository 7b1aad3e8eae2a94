"""Editing the glossary of a library: what is linked, what is undone, what waits."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.curation import EDITS, RELATIONS, Change
from corpus.errors import EditIncomplete, GongzhiError, LabelInvalid
from corpus.model import ConceptMention, Definition, Document, Edit, Mention, Relation, Source, Term
from corpus.store import Store
from graph import errors
from graph.curation import edit, history, told, undo
from graph.derive import derive
from graph.table import KINDS
from ingest.parse import parse_source
from search.glossary import GlossaryIndex

A = """荆州市总工会2022年工作总结

一、过去的工作

打造“海棠驿家”服务品牌，为户外职工提供歇脚的地方。
推进“海棠驿家”建设，新建站点二十个。
开办“灯塔课堂”二十期，“灯塔课堂”进车间。
开展“灯塔课堂”关爱行动，把“灯塔课堂”办到工地。
工间歇脚亭建到路边，职工爱去工间歇脚亭。
【名词注释】

“四季同行”：春耕行、夏凉行、秋学行、冬暖行。"""
B = """宜昌市总工会2022年工作总结

一、过去的工作

开展“四季常伴”活动，“四季常伴”办到工地，职工说“四季常伴”好。
学习“海棠驿家”做法，建成“海棠驿家”十个。
【名词注释】

“四季常伴”：春耕行、夏凉行、秋学行、冬暖行。"""
RECORDS = (Term, Definition, Relation, Mention, ConceptMention)


SOURCES = [parse_source(Path(name), text.encode(), origin=name) for name, text in (("甲.txt", A), ("乙.txt", B))]


def fill(store: Store) -> None:
    with store.write():
        for source in SOURCES:
            store.put_source(source)
        derive(store)


def glossary(store: Store) -> list[list[Any]]:
    return [store.select(record) for record in RECORDS]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as store:
        fill(store)
        yield store


def written(store: Store, label: str) -> list[str]:
    """The words that are linked to a term, in order."""
    (term,) = [term for term in store.select(Term) if term.label == label]
    texts = {document.id: document.text for document in store.select(Document)}
    return sorted(texts[m.document_id][m.start : m.end] for m in store.select(Mention, term_id=term.id))


def labels(store: Store) -> set[str]:
    return {term.label for term in store.select(Term)}


def test_a_merged_term_is_linked_and_explained_under_the_other(library: Store) -> None:
    before = {term.label: term.id for term in library.select(Term)}
    (made,) = edit(library, [Change("merge", "“四季同行”", "四季常伴")], who=" 张三 ", note="同一\n回事")
    assert (made.term, made.value, made.who, made.note) == ("四季同行", "四季常伴", "张三", "同一 回事")
    assert "四季同行" not in labels(library)
    assert {"四季同行", "四季常伴"} <= {word.strip("“”") for word in written(library, "四季常伴")}
    (term,) = library.select(Term, label="四季常伴")
    assert term.id == before["四季常伴"] and "四季同行" in term.aliases
    places = {d.place for d in library.select(Definition, term_id=term.id) if d.strength == "explained"}
    assert places == {"荆州市", "宜昌市"}
    answer = GlossaryIndex(library).lookup("四季同行")
    assert answer is not None and answer.term == "四季常伴"


def test_a_renamed_term_keeps_its_id_and_its_old_name(library: Store) -> None:
    before = {term.label: term.id for term in library.select(Term)}
    mentions = written(library, "灯塔课堂")
    edit(library, [Change("rename", "灯塔课堂", "职工灯塔课堂")])
    (term,) = library.select(Term, label="职工灯塔课堂")
    assert term.id == before["灯塔课堂"] and "灯塔课堂" in term.aliases
    assert written(library, "职工灯塔课堂") == mentions


def test_a_rejected_term_is_nowhere(library: Store) -> None:
    edit(library, [Change("reject", "灯塔课堂")])
    assert not [t for t in library.select(Term) if any("灯塔课堂" in name for name in (t.label, *t.aliases))]
    texts = {document.id: document.text for document in library.select(Document)}
    assert not [m for m in library.select(Mention) if "灯塔" in texts[m.document_id][m.start : m.end]]
    index = GlossaryIndex(library)
    assert index.lookup("灯塔课堂") is None and index.lookup("“灯塔课堂”") is None


def test_a_term_that_was_rejected_can_be_added_again(library: Store) -> None:
    before = glossary(library)
    edit(library, [Change("reject", "海棠驿家"), Change("add", "海棠驿家"), Change("kind", "海棠驿家", "机制")])
    definitions = [d.text for d in before[1] if d.term_id == library.select(Term, label="海棠驿家")[0].id]
    assert definitions == [d.text for d in library.select(Definition) if "海棠驿家" in d.text]


def test_a_term_nobody_found_is_linked_and_described(library: Store) -> None:
    assert "工间歇脚亭" not in labels(library)
    edit(
        library,
        [Change("add", "“工间歇脚亭”"), Change("alias", "工间歇脚亭", "歇脚亭"), Change("kind", "工间歇脚亭", "机构")],
    )
    assert written(library, "工间歇脚亭") == ["工间歇脚亭"] * 2
    (term,) = library.select(Term, label="工间歇脚亭")
    assert (term.kind, term.aliases) == ("organisation", ("歇脚亭",))


def test_an_alias_is_linked_until_it_is_taken_away(library: Store) -> None:
    edit(library, [Change("alias", "海棠驿家", "歇脚的地方")])
    assert "歇脚的地方" in written(library, "海棠驿家")
    edit(library, [Change("unalias", "海棠驿家", "歇脚的地方")])
    assert "歇脚的地方" not in written(library, "海棠驿家")
    assert GlossaryIndex(library).lookup("歇脚的地方") is None


def test_an_alias_split_off_takes_what_is_said_of_it(library: Store) -> None:
    alias = "“灯塔课堂”关爱行动"
    assert alias in library.select(Term, label="灯塔课堂")[0].aliases
    edit(library, [Change("split", "灯塔课堂", alias)])
    (parent,) = library.select(Term, label="灯塔课堂")
    (part,) = library.select(Term, label=alias)
    assert alias not in parent.aliases and part.kind == "programme"
    assert written(library, alias) == [alias]
    sentences = {d.text for d in library.select(Definition, term_id=part.id)}
    assert sentences == {"开展“灯塔课堂”关爱行动，把“灯塔课堂”办到工地。"}


def test_the_preferred_sentence_comes_first(library: Store) -> None:
    answer = GlossaryIndex(library).lookup("海棠驿家")
    assert answer is not None and len(answer.definitions) > 1
    last = answer.definitions[-1].text
    (made,) = edit(library, [Change("prefer", "海棠驿家", last[:8])])
    assert made.value == last
    answer = GlossaryIndex(library).lookup("海棠驿家")
    assert answer is not None and answer.definitions[0].text == last and answer.definitions[0].preferred


def test_edits_wait_for_their_documents_and_hold_again(library: Store) -> None:
    first = library.select(Source, name="乙.txt")[0].id
    edit(library, [Change("merge", "四季同行", "四季常伴")])
    edit(library, [Change("prefer", "四季常伴", "“四季常伴”：")])
    edited = glossary(library)
    with library.write():
        library.remove_source(first)
        derive(library)
    assert "四季同行" in labels(library) and "四季常伴" not in labels(library)
    assert [bool(e.idle) for e in library.select(Edit)] == [True, True]
    with library.write():
        library.put_source(SOURCES[1])
        derive(library)
    assert glossary(library) == edited
    assert not any(e.idle for e in library.select(Edit))


def test_an_edit_holds_when_the_renaming_before_it_is_undone(library: Store) -> None:
    (renamed,) = edit(library, [Change("rename", "灯塔课堂", "职工灯塔课堂")])
    (again,) = edit(library, [Change("rename", "职工灯塔课堂", "新灯塔课堂")])
    (alias,) = edit(library, [Change("alias", "新灯塔课堂", "进车间")])
    assert alias.term == again.term == "灯塔课堂"
    undo(library, again.ordinal)
    undo(library, renamed.ordinal)
    assert "进车间" in library.select(Term, label="灯塔课堂")[0].aliases
    assert not any(e.idle for e in library.select(Edit, undone=""))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ([Change("add", "文中没有的词")], errors.EditIdle),
        ([Change("add", "课")], LabelInvalid),
        ([Change("reject", "“灯塔课堂”关爱行动")], errors.IsAlias),
        ([Change("prefer", "海棠驿家", "没有这样的开头")], errors.SentenceUnknown),
        ([Change("prefer", "海棠驿家", "海棠驿家")], errors.SentenceUnclear),
        ([Change("kind", "海棠驿家", "什么")], errors.TermKindUnknown),
        ([Change("unrelate", "海棠驿家", "broader:灯塔课堂")], errors.EditRefused),
        ([Change("split", "海棠驿家", "另一个海棠\n打造“海棠驿家”")], errors.EditIdle),
        ([Change("rename", "灯塔课堂", "明灯"), Change("merge", "没有的词", "明灯")], errors.TermUnknown),
    ],
)
def test_what_cannot_be_made_changes_nothing(library: Store, changes: list[Change], error: type[GongzhiError]) -> None:
    before = library.generation, glossary(library)
    with pytest.raises(error):
        edit(library, changes)
    assert (library.generation, glossary(library), library.select(Edit)) == (*before, [])


def test_undoing_twice_or_what_is_not_there(library: Store) -> None:
    one, two = edit(library, [Change("reject", "灯塔课堂"), Change("kind", "海棠驿家", "项目")])
    undo(library, one.ordinal)
    assert [e.ordinal for e in undo(library, one.ordinal, batch=True)] == [two.ordinal]
    for ordinal, batch in ((one.ordinal, False), (two.ordinal, True)):
        with pytest.raises(errors.EditUndone):
            undo(library, ordinal, batch=batch)
    with pytest.raises(errors.EditNotFound):
        undo(library, 99)


def test_a_change_is_one_generation(library: Store) -> None:
    before = library.generation
    edit(library, [Change("reject", "灯塔课堂"), Change("kind", "海棠驿家", "项目")])
    assert library.generation == before + 1
    assert edit(library, []) == () and library.generation == before + 1


def test_the_history_of_a_term(library: Store) -> None:
    edit(library, [Change("rename", "灯塔课堂", "明灯课堂"), Change("reject", "海棠驿家")])
    edit(library, [Change("alias", "明灯课堂", "进车间")])
    edit(library, [Change("merge", "四季同行", "四季常伴")])
    every = library.select(Edit)
    assert [e.ordinal for e in history(every)] == [4, 3, 2, 1]
    assert [e.ordinal for e in history(every, ["明灯课堂"])] == [3, 1]
    assert [e.ordinal for e in history(every, ["四季常伴", "四季同行"])] == [4]
    assert [told(e) for e in every] == ["“灯塔课堂”改名为“明灯课堂”", "不收“海棠驿家”", "“灯塔课堂”加别名“进车间”",
                                        "“四季同行”并入“四季常伴”"]  # fmt: skip


def test_looking_changes_nothing_and_is_kept(library: Store) -> None:
    before, generation, lessons = glossary(library), library.generation, library.lessons
    one, two = edit(library, [Change("confirm", "“灯塔课堂”"), Change("confirm", "海棠驿家")], who="张三")
    assert (one.term, one.idle, told(one)) == ("灯塔课堂", "", "看过“灯塔课堂”，照收")
    assert glossary(library) == before
    # No cache of the library is stale, and whoever counts the lessons sees that something was said.
    assert (library.generation, library.lessons) == (generation, lessons + 1)
    assert {e.ordinal for e in undo(library, two.ordinal, batch=True)} == {one.ordinal, two.ordinal}
    assert (library.generation, library.lessons) == (generation, lessons + 2)


def test_looking_beside_an_edit_is_made_and_undone_with_it(library: Store) -> None:
    before = glossary(library)
    edit(library, [Change("confirm", "灯塔课堂"), Change("reject", "海棠驿家")])
    assert "海棠驿家" not in labels(library)
    undo(library, 1, batch=True)
    assert glossary(library) == before


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Change("confirm", "没有的词"), errors.TermUnknown),
        (Change("confirm", "“灯塔课堂”关爱行动"), errors.IsAlias),
        (Change("confirm", "灯塔课堂", "随便写的"), EditIncomplete),
    ],
)
def test_what_cannot_be_looked_at(library: Store, change: Change, error: type[GongzhiError]) -> None:
    with pytest.raises(error):
        edit(library, [change])


# ------------------------------------------------------------------ any sequence of edits
@st.composite
def changes(draw: st.DrawFn) -> Change:
    names = st.sampled_from(
        ["灯塔课堂", "海棠驿家", "四季同行", "四季常伴", "工间歇脚亭", "“灯塔课堂”关爱行动", "歇脚", "明灯", "名词注释"]
    )
    kind = draw(st.sampled_from(sorted(EDITS)))
    value = draw(names)
    if kind == "confirm":
        value = draw(st.sampled_from(["", "alias_shared:0123456789abcdef"]))
    elif kind == "kind":
        value = draw(st.sampled_from(sorted(KINDS)))
    elif kind in ("relate", "unrelate"):
        value = f"{draw(st.sampled_from(sorted(RELATIONS)))}:{value}"
    elif kind == "prefer":
        value = draw(st.sampled_from(["打造", "推进", "“四季常伴”：", "开办", "培育"]))
    return Change(kind, draw(names), value)


@pytest.fixture(scope="module")
def steady() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
        fill(store)
        yield store


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.lists(changes(), min_size=1, max_size=8), data=st.data())
def test_any_edits_leave_no_trace_once_undone(steady: Store, said: list[Change], data: st.DataObject) -> None:
    plain = glossary(steady)
    made: list[int] = []
    for change in said:
        before = glossary(steady)
        try:
            made += [e.ordinal for e in edit(steady, [change], who="张三")]
        except GongzhiError:
            assert glossary(steady) == before
    texts = {document.id: document.text for document in steady.select(Document)}
    terms = {term.id for term in steady.select(Term)}
    for definition in steady.select(Definition):
        assert definition.term_id in terms
        assert texts[definition.document_id][definition.start : definition.end] == definition.text
    assert {m.term_id for m in steady.select(Mention)} <= terms
    edited = glossary(steady)
    # Reading again what is there changes nothing, nor does reading it after it was gone.
    for source in SOURCES if made else ():
        with steady.write():
            steady.remove_source(source.source.id)
            derive(steady)
    fill(steady)
    assert glossary(steady) == edited
    for ordinal in data.draw(st.permutations(made)):
        undo(steady, ordinal)
    assert glossary(steady) == plain
