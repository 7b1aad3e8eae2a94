"""What comes into a large library is found at once; settled, the library is the one made at once of the same documents."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import ConceptMention, Definition, Document, Linked, Mention, Relation, Source, Term, Wording, digest
from corpus.revisions import Cause, Revision, Standing
from corpus.store import Store
from corpus.unsettled import unsettled
from graph.derive import derive, settle, take_in
from tests.graph.conftest import parsed

LINES = (
    "开展“暖蜂”行动，为骑手送水。",
    "“暖蜂”行动覆盖骑手2万人次，集体协商有成效。",
    "健全问题共商、场地共用、经费共管的“三共”机制。",
    "推进“三共”机制，建设蓝鲸小站、海燕书吧等服务阵地。",
    "打造“蓝鲸小站”品牌，供船员歇脚。",
    "打造“海燕书吧”品牌，供工友读书。",
    "实施拜师、结对、比武三大行动。",
    "实施清河、护林、治沙三大行动。",
    "海燕书吧是供工友读书的场所。",
    "打造职工服务阵地，加强帮扶。",
)
BASE = {f"旧{n}": "\n".join(LINES[(n + k) % len(LINES)] for k in (0, 3, 7)) for n in range(24)}
TABLES = (Term, Definition, Relation, Mention, ConceptMention, Wording, Linked, Document, Standing)
TEXT = st.lists(st.sampled_from(LINES), min_size=1, max_size=4, unique=True).map("\n".join)
#: A name with a text comes, or comes again otherwise; without one it leaves.
STEP = st.tuples(st.sampled_from(["新1", "新2", "旧3", "旧4"]), st.one_of(st.none(), TEXT))


def put(store: Store, name: str, text: str) -> None:
    store.put_source(parsed(name, text))


def content(store: Store) -> list[list[Any]]:
    rows = [store.select(cls) for cls in TABLES]
    return [*rows, [wording.means for wording in store.select(Wording)]]


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    return (tmp_path / str(n) for n in count())


@contextmanager
def library(folder: Path, texts: dict[str, str]) -> Iterator[Store]:
    with Store.open(folder, create=True) as store:
        with store.write():
            for name, text in texts.items():
                put(store, name, text)
            derive(store)
        yield store


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library that all examples begin with."""
    folder = tmp_path_factory.mktemp("base")
    with library(folder, BASE):
        return folder


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=4), st.booleans())
def test_a_settled_library_equals_one_made_at_once(
    base: Path, folders: Iterator[Path], steps: list[tuple[str, str | None]], between: bool
) -> None:
    texts = dict(BASE)
    with Store.open(shutil.copytree(base, next(folders))) as kept:
        for name, text in steps:
            with kept.write():
                texts.pop(name, None)
                kept.remove_source(digest(name))
                if text is not None:
                    texts[name] = text
                    put(kept, name, text)
                take_in(kept, Cause("ingest", (name,)), 0)
            assert not kept.query("PRAGMA foreign_key_check").fetchall()
            if between:
                settle(kept)
        settle(kept)
        assert unsettled(kept) is None and not settle(kept)
        with library(next(folders), texts) as fresh:
            assert content(kept) == content(fresh)


def test_what_is_new_is_found_before_the_library_is_settled(tmp_path: Path) -> None:
    with library(tmp_path / "one", BASE) as store:
        bee = next(term for term in store.select(Term) if term.label == "暖蜂")
        with store.write():
            put(store, "新", "“暖蜂”行动走进渔港。加强集体协商。打造“珊瑚讲堂”品牌，供船员听课。")
            assert not take_in(store, Cause("ingest", ("导入 新",)), 0)
        (document,) = store.select(Document, source_id=digest("新"))
        assert [m.start for m in store.select(Mention, document_id=document.id, term_id=bee.id)] == [0]
        assert "工资集体协商" in {m.concept for m in store.select(ConceptMention, document_id=document.id)}
        assert "珊瑚讲堂" not in {term.label for term in store.select(Term)}
        assert unsettled(store) == Cause("ingest", ("导入 新",))
        told = len(store.select(Revision))
        assert settle(store)
        assert "珊瑚讲堂" in {term.label for term in store.select(Term)}
        (revision,) = store.select(Revision)[: len(store.select(Revision)) - told]
        assert revision.details == ("导入 新",) and revision.new == 1


def test_what_left_is_forgotten_before_the_library_is_settled(tmp_path: Path) -> None:
    texts = BASE | {"独": "打造“珊瑚讲堂”品牌，供船员听课。建设珊瑚讲堂、海燕书吧等服务阵地。"}
    with library(tmp_path / "one", texts) as store:
        assert "珊瑚讲堂" in {term.label for term in store.select(Term)}
        with store.write():
            store.remove_source(digest("独"))
            assert not take_in(store, Cause("remove", ("移出 独",)), 0)
        assert "珊瑚讲堂" not in {term.label for term in store.select(Term)}
        here = {document.id for document in store.select(Document)} | {""}
        assert {relation.document_id for relation in store.select(Relation)} <= here
        assert len(store.select(Source)) == len(BASE)


@pytest.mark.parametrize(("small", "extra"), [(5_000, 1), (0, 12)])
def test_a_small_library_and_much_that_is_new_are_settled_at_once(tmp_path: Path, small: int, extra: int) -> None:
    with library(tmp_path / "one", BASE) as store:
        with store.write():
            for n in range(extra):
                put(store, f"新{n}", f"打造“珊瑚讲堂”品牌，供船员听课{n}次。")
            assert take_in(store, Cause(), small)
        assert unsettled(store) is None and "珊瑚讲堂" in {term.label for term in store.select(Term)}


def test_an_edit_settles_what_waits(tmp_path: Path) -> None:
    with library(tmp_path / "one", BASE) as store:
        with store.write():
            put(store, "新", "打造“珊瑚讲堂”品牌，供船员听课。")
            take_in(store, Cause("ingest", ("导入 新",)), 0)
        with store.write():
            derive(store, Cause("edit", ("改名",)))
        assert unsettled(store) is None
        assert store.select(Revision)[0].details == ("导入 新", "改名") and store.select(Revision)[0].cause == "edit"
