"""The record of what became of a glossary: new, changed, gone, used otherwise; with its cause."""

from pathlib import Path

import pytest

from corpus.curation import Change
from corpus.model import Term
from corpus.revisions import Cause, Novelty, Revision, Standing, standings
from corpus.store import Store
from graph.curation import edit, undo
from graph.derive import derive
from graph.export import FORMS
from graph.revisions import novelties
from ingest.parse import parse_source

FIRST = """荆州市总工会2022年工作总结

一、过去的工作

打造“海棠驿家”服务品牌，为户外职工提供歇脚的地方。
推进“海棠驿家”建设，新建站点二十个。
开展“四季同行”活动，“四季同行”办到工地，职工说“四季同行”好。"""
SECOND = """宜昌市总工会2023年工作总结

一、过去的工作

学习“海棠驿家”做法，建成“海棠驿家”十个。
开办“灯塔课堂”二十期，“灯塔课堂”进车间。
【名词注释】

“四季同行”：春耕行、夏凉行、秋学行、冬暖行。"""


def read(store: Store, name: str, text: str, cause: Cause | None = None) -> None:
    with store.write():
        store.put_source(parse_source(Path(name), text.encode(), origin=name))
        derive(store, cause or Cause("ingest", (f"导入 {name}",)))


def remove(store: Store, name: str) -> None:
    with store.write():
        (source,) = [document.source_id for document in store.sizes() if document.title.startswith(name)][:1]
        store.remove_source(source)
        derive(store, Cause("remove", (f"移出 {name}",)))


@pytest.fixture
def library(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "library", create=True)
    read(store, "甲.txt", FIRST)
    return store


def told(store: Store, revision: int) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {n.label: (n.kind, n.what) for n in store.select(Novelty, revision=revision)}


def test_the_first_revision_counts_and_tells_no_single_term(library: Store) -> None:
    (first,) = library.select(Revision)
    assert (first.first, first.new, first.cause, first.details) == (
        True, library.count(Term), "ingest", ("导入 甲.txt",),
    )  # fmt: skip
    assert library.select(Novelty) == []


def test_a_document_brings_terms_explanations_and_uses(library: Store) -> None:
    read(library, "乙.txt", SECOND)
    revision = library.select(Revision)[0]
    assert (revision.ordinal, revision.first, revision.details) == (2, False, ("导入 乙.txt",))
    found = told(library, 2)
    assert found["灯塔课堂"] == ("new", ())
    assert found["四季同行"] == ("changed", ("原文有了解释", "多见于 1 份文献"))
    assert "多见于 1 份文献" in found["海棠驿家"][1]
    kinds = [kind for kind, _ in found.values()]
    assert (revision.new, revision.changed, revision.used, revision.gone) == (
        *(kinds.count(kind) for kind in ("new", "changed", "used")), 0,
    )  # fmt: skip


def test_what_a_document_brought_goes_with_it(library: Store) -> None:
    read(library, "乙.txt", SECOND)
    remove(library, "宜昌市")
    found = told(library, 3)
    assert library.select(Revision)[0].cause == "remove"
    assert found["灯塔课堂"] == ("gone", ())
    assert found["四季同行"] == ("changed", ("不再有解释", "少见于 1 份文献"))


def test_reading_the_same_again_is_no_news(library: Store) -> None:
    read(library, "甲.txt", FIRST)
    assert len(library.select(Revision)) == 1


def test_the_record_is_no_part_of_the_exports(library: Store, tmp_path: Path) -> None:
    read(library, "乙.txt", SECOND)
    remove(library, "宜昌市")
    with Store.open(tmp_path / "fresh", create=True) as fresh:
        read(fresh, "甲.txt", FIRST)
        assert len(fresh.select(Revision)) == 1 < len(library.select(Revision))
        for make in FORMS.values():
            assert make(library) == make(fresh)


def test_documents_that_take_the_place_of_all_others_are_a_beginning(library: Store) -> None:
    read(library, "乙.txt", SECOND, Cause("ingest", (), whole=True))
    last = library.select(Revision)[0]
    assert last.first and last.new == library.count(Term)


def test_edits_are_told_in_words(library: Store) -> None:
    read(library, "乙.txt", SECOND)
    (made,) = edit(library, [Change("rename", "灯塔课堂", "灯塔讲堂")])
    assert library.select(Revision)[0].details == ("“灯塔课堂”改名为“灯塔讲堂”",)
    assert told(library, 3)["灯塔讲堂"] == ("changed", ("原名“灯塔课堂”",))
    edit(library, [Change("merge", "海棠驿家", "四季同行")])
    (gone,) = [n for n in library.select(Novelty, revision=4) if n.kind == "gone"]
    assert (gone.label, gone.successor, gone.what) == ("海棠驿家", "四季同行", ("并入“四季同行”",))
    assert "并入了“海棠驿家”" in told(library, 4)["四季同行"][1]
    undo(library, made.ordinal)
    last = library.select(Revision)[0]
    assert (last.cause, last.details) == ("undo", ("撤销：“灯塔课堂”改名为“灯塔讲堂”",))


def test_an_interrupted_change_leaves_no_record(library: Store) -> None:
    before = standings(library)
    with pytest.raises(RuntimeError), library.write():
        library.put_source(parse_source(Path("乙.txt"), SECOND.encode(), origin="乙.txt"))
        derive(library)
        raise RuntimeError
    assert len(library.select(Revision)) == 1 and standings(library) == before


def stand(label: str = "三送", **other: object) -> Standing:
    values: dict[str, object] = {
        "kind": "brand", "status": "explained", "aliases": (), "explaining": ("a", "b"), "documents": 2, **other,
    }  # fmt: skip
    return Standing("1", label, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("was", "now", "kind", "what"),
    [
        (stand(), stand(explaining=("a", "b", "c")), "changed", ("又有 1 句解释",)),
        (stand(), stand(explaining=("a",)), "changed", ("少了 1 句解释",)),
        (stand(), stand(explaining=("a", "c")), "changed", ("解释有变",)),
        (stand(), stand(explaining=("b", "a")), "changed", ("另选了排在最前的解释",)),
        (stand(), stand(kind="honour"), "changed", ("类别改为荣誉",)),
        (stand(), stand(aliases=("三送到家",)), "changed", ("又写作“三送到家”",)),
        (stand(aliases=("三送到家",)), stand(), "changed", ("不再写作“三送到家”",)),
        (stand(), stand(documents=1), "used", ("少见于 1 份文献",)),
        (stand(), stand("三送上门"), "changed", ("原名“三送”",)),
    ],
)
def test_what_is_otherwise_is_said(was: Standing, now: Standing, kind: str, what: tuple[str, ...]) -> None:
    (found,) = novelties({"1": was}, {"1": now})
    assert (found.kind, found.what) == (kind, what)


@pytest.mark.parametrize("now", [stand(), stand("“三送”"), stand(aliases=("“三送”",))])
def test_other_marks_are_no_news(now: Standing) -> None:
    assert novelties({"1": stand()}, {"1": now}) == []
