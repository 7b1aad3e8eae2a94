import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import (
    DocumentNotFound,
    LibraryBusy,
    LibraryNotFound,
    LibraryReadOnly,
    LibrarySchemaDiffers,
    LibraryUnreadable,
    LibraryUnwritable,
)
from corpus.model import (
    Claim,
    ConceptMention,
    Correction,
    Document,
    Fact,
    Glossary,
    Linked,
    ParsedDocument,
    ParsedSource,
    Passage,
    Repair,
    Sighted,
    Source,
    Term,
    digest,
)
from corpus.store import FILE_NAME, SCHEMA_VERSION, Store


def parsed(name: str, text: str = "某市建站十个。", origin: str = "") -> ParsedSource:
    source = Source(digest(name, text), name, origin or name, "utf-8", len(text.encode()))
    document = Document(
        f"{source.id}-01", source.id, 1, name, "荆州市", "421000", "湖北省", "city", "工作总结", "", "2023", "", text
    )
    passage = Passage(digest(document.id, text), document.id, "", 1, text, 0, len(text), 0, len(text), ("一、工作",))
    repair = Repair(source.id, document.id, 1, "space", 0, 0, 0, 1, " ", "", False, "")
    whole = Repair(source.id, "", 1, "toc", 0, 0, 0, 3, "目录", "", False, "")
    return ParsedSource(source, text.encode(), (ParsedDocument(document, (), (passage,), (repair,)),), (whole,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as opened:
        yield opened


def test_round_trip(store: Store) -> None:
    given_source = parsed("甲.txt")
    store.put_source(given_source)
    document = given_source.documents[0]
    assert store.select(Source) == [given_source.source]
    assert store.document(document.document.id) == document.document
    assert store.select(Passage, document_id=document.document.id) == list(document.passages)
    assert store.select(Repair, document_id="") == list(given_source.repairs)
    assert store.content(given_source.source.id) == given_source.content


def test_same_origin_replaces_same_bytes_stay_once(store: Store) -> None:
    store.put_source(parsed("甲.txt", "旧文。", origin="/a"))
    store.put_source(parsed("甲.txt", "新文。", origin="/a"))
    assert [d.text for d in store.select(Document)] == ["新文。"]
    store.put_source(parsed("甲.txt", "新文。", origin="/b"))
    assert [(s.origin, s.name) for s in store.select(Source)] == [("/b", "甲.txt")]


def correct(store: Store, document: Document, field: str, value: str) -> None:
    origin = store.select(Source, id=document.source_id)[0].origin
    said = Correction(document.source_id, origin, 1, "甲.txt", field, value, "", "2026-01-01")
    store.put_corrections(store.parsed(document.id), [said])


def test_corrections_outlive_their_source(store: Store) -> None:
    store.put_source(parsed("甲.txt", "旧文。", origin="/a"))
    correct(store, store.select(Document)[0], "date", "2024-05-01")
    corrected = store.parsed(store.select(Document)[0].id)
    assert corrected.document.date == "2024-05-01"
    assert [e.how for e in corrected.evidence] == ["correction"]
    store.remove_source(store.select(Source)[0].id)
    stored = store.put_source(parsed("甲.txt", "旧文。", origin="/b"))
    assert stored.documents[0] == store.parsed(stored.documents[0].document.id) == corrected
    store.put_source(parsed("甲.txt", "新文。", origin="/b"))
    assert [d.date for d in store.select(Document)] == ["2024-05-01"]
    (held,) = store.select(Correction)
    assert (held.source_id, held.origin) == (store.select(Source)[0].id, "/b")


def test_a_correction_that_was_taken_back_does_not_return(store: Store) -> None:
    store.put_source(parsed("甲.txt"))
    before = store.parsed(store.select(Document)[0].id)
    correct(store, before.document, "place", "福州市")
    store.put_corrections(store.parsed(before.document.id), [])
    assert store.parsed(before.document.id) == before
    assert store.put_source(parsed("甲.txt")) == parsed("甲.txt")


def test_removing_a_source_removes_all_it_gave(store: Store) -> None:
    source = parsed("甲.txt")
    document = source.documents[0].document
    store.put_source(source)
    claim = Claim("c", document.id, "p", "", "建站十个。", 0, 5, "荆州市", "421000", "city", "", "document", "done")
    fact = Fact("f", "c", document.id, "p", "站", 10, None, "个", "", "done", "荆州市", "421000", 3, 5)
    store.put_claims([claim], [fact])
    assert store.select(Fact) == [fact]
    store.remove_source(source.source.id)
    assert [store.count(cls) for cls in (Source, Document, Passage, Repair, Claim, Fact)] == [0] * 6


def test_the_spread_of_a_concept_counts_places_with_figures(store: Store) -> None:
    given_sources = [parsed(f"{name}.txt", origin=name) for name in "甲乙"]
    given_sources[1] = parsed("乙.txt", "某市建站二十个。")
    claims, facts, mentions = [], [], []
    for number, (source, place, level) in enumerate(
        zip(given_sources, ("荆州市", "某集团工会"), ("city", "enterprise"), strict=True)
    ):
        store.put_source(source)
        document = source.documents[0].document
        for part, (start, end) in enumerate(((0, 4), (4, 7))):
            key = f"{number}{part}"
            claims.append(Claim(key, document.id, "p", "", "", start, end, place, "", level, "", "document", "done"))  # type: ignore[arg-type]
            mentions.append(ConceptMention(f"概念{part}", document.id, "p", start, start + 1))
        facts.append(
            Fact(f"{number}", f"{number}0", document.id, "p", "站", 10, None, "个", "", "done", place, "", 3, 4)
        )
    store.put_claims(claims, facts)
    store.insert(mentions)
    assert store.claimed.spread() == {"概念0": 1}


def test_glossary_replaces_the_one_before(store: Store) -> None:
    store.put_glossary(Glossary((Term("1", "小三级", "mechanism", "explained", ("“小三级”",)),)))
    store.put_glossary(Glossary((Term("2", "四季歌", "brand", "unexplained", ()),)))
    assert [term.label for term in store.select(Term)] == ["四季歌"]


def test_generation_counts_committed_changes(store: Store) -> None:
    before = store.generation
    with store.write():
        store.put_source(parsed("甲.txt"))
        store.put_source(parsed("乙.txt", "乙。"))
    assert store.generation == before + 1


def test_every_change_leaves_a_mark_of_its_own(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other", create=True) as other:
        assert store.mark == other.mark == ""
        marks = []
        for library in (store, other):
            for name in ("甲.txt", "乙.txt"):
                library.put_source(parsed(name, name))
                marks.append(library.mark)
        assert store.generation == other.generation
        assert len(set(marks)) == 4 and all(len(mark) == 16 for mark in marks)
        with pytest.raises(ValueError), store.write():
            store.put_source(parsed("丙.txt", "丙。"))
            raise ValueError
        assert store.mark == marks[1]


def test_failure_leaves_the_library_as_it_was(store: Store) -> None:
    store.put_source(parsed("甲.txt"))
    before = store.generation
    with pytest.raises(KeyboardInterrupt), store.write():
        store.put_source(parsed("乙.txt", "乙。"))
        raise KeyboardInterrupt
    assert [s.name for s in store.select(Source)] == ["甲.txt"]
    assert store.generation == before


def test_inner_failure_is_undone_alone(store: Store) -> None:
    with store.write():
        store.put_source(parsed("甲.txt"))
        with pytest.raises(ValueError), store.write():
            store.put_source(parsed("乙.txt", "乙。"))
            raise ValueError
    assert [s.name for s in store.select(Source)] == ["甲.txt"]


def test_second_writer_is_told(store: Store) -> None:
    with store.write(), Store.open(store.folder) as other:
        other._db.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(LibraryBusy), other.write():
            pass


def test_a_full_disk_is_said_and_changes_nothing(store: Store) -> None:
    store.put_source(parsed("甲.txt"))
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 8}")  # SQLite then acts as on a full disk
    with pytest.raises(LibraryUnwritable, match="磁盘"), store.write():
        store.put_source(parsed("乙.txt", "某市办班九期。" * 10_000))
    assert [source.name for source in store.select(Source)] == ["甲.txt"]
    store.put_source(parsed("丙.txt", "丙。"))


def test_discarding_takes_away_only_what_nobody_wrote(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True) as begun, Store.open(tmp_path / "library") as other:
        with other.write():
            begun.discard()
            other.put_source(parsed("甲.txt"))
        begun.discard()
        assert other.count(Source) == 1
    with Store.open(tmp_path / "library") as reader:
        assert reader.count(Source) == 1
    with Store.open(tmp_path / "empty", create=True) as begun:
        begun.discard()
    assert not (tmp_path / "empty").exists()


def test_a_library_taken_away_is_not_written_in_vain(store: Store) -> None:
    with Store.open(store.folder) as waiting:
        store.discard()
        with pytest.raises(LibraryBusy):
            waiting.put_source(parsed("甲.txt"))


def test_readers_see_the_last_commit_while_one_writes(store: Store) -> None:
    store.put_source(parsed("甲.txt"))
    with store.write(), Store.open(store.folder) as reader:
        store.put_source(parsed("乙.txt", "乙。"))
        assert reader.count(Source) == 1


def test_unknown_field_and_document(store: Store) -> None:
    with pytest.raises(TypeError):
        store.select(Source, nothing=1)
    with pytest.raises(DocumentNotFound, match="x-99"):
        store.document("x-99")


def test_open_errors_name_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound, match="ingest"):
        Store.open(tmp_path / "nowhere")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryUnreadable):
        Store.open(broken)
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryUnreadable):
        Store.open(tmp_path / "file" / "library", create=True)


def test_newer_schema_is_refused_with_its_version(store: Store) -> None:
    newer = SCHEMA_VERSION + 3
    db = sqlite3.connect(store.folder / FILE_NAME)
    db.execute(f"PRAGMA user_version = {newer}")
    db.close()
    with pytest.raises(LibrarySchemaDiffers, match=str(newer)):
        Store.open(store.folder)


def test_wal_and_version(store: Store) -> None:
    db = sqlite3.connect(store.folder / FILE_NAME)
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    db.close()


def test_kill_in_the_middle_of_a_change(store: Store) -> None:
    store.put_source(parsed("甲.txt"))
    script = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from corpus.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "with store.write():\n"
        "    store._db.execute('DELETE FROM source')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", script, str(store.folder)], cwd=root, env={**os.environ}, check=False)
    assert done.returncode == -signal.SIGKILL
    with Store.open(store.folder) as again:
        assert [s.name for s in again.select(Source)] == ["甲.txt"]


@settings(max_examples=30, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), st.lists(st.text("甲'\"[,"))
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, headings: list[str]) -> None:
    with Store.open(tmp_path_factory.mktemp("l"), create=True) as store:
        source = parsed("甲.txt", text)
        passage = Passage("p", source.documents[0].document.id, "", 2, text, 0, 1, 0, 1, tuple(headings))
        store.put_source(source)
        store.insert([passage])
        assert store.select(Passage, id="p") == [passage]
        assert store.document(passage.document_id).text == text


def test_digest_is_stable_and_separates_its_parts() -> None:
    assert digest("甲", "乙") == digest("甲", "乙") != digest("甲乙")
    assert len(digest("甲")) == 16


def test_two_processes_make_one_library(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom corpus.store import Store\n"
        "for n in range(20):\n    Store.open(Path(sys.argv[1]) / str(n), create=True).close()\n"
    )
    root = Path(__file__).parent.parent.parent
    started = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=root) for _ in range(4)]
    assert [process.wait() for process in started] == [0] * 4


def test_a_library_that_cannot_be_written_can_be_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put_source(parsed("甲.txt"))
    store.close()
    # Root may write anywhere: only the answer of the system can be had, not the refusal itself.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(store.folder) as reader:
        assert reader.count(Source) == 1
        with pytest.raises(LibraryReadOnly):
            reader.remove_source("x")
        assert not (store.folder / f"{FILE_NAME}-wal").exists()


def test_a_library_broken_while_open_is_reported(store: Store) -> None:
    with Store.open(store.folder) as other:
        other._db.execute("DROP TABLE meta")
    with pytest.raises(LibraryUnreadable):
        _ = store.generation


def test_an_edition_tells_of_what_indexes_hold(store: Store) -> None:
    def changed(change: Callable[[], object]) -> set[str]:
        before = store.editions()
        change()
        after = store.editions()
        return {document for document in {*before, *after} if before.get(document) != after.get(document)}

    def move() -> None:
        with store.write():
            store.move_source(second.source.id, "丙.txt", "/c")

    first, second = parsed("甲.txt"), parsed("乙.txt", "另一份报告。")
    one, other = (source.documents[0].document.id for source in (first, second))
    assert changed(lambda: store.put_source(first)) == {one}
    assert changed(lambda: store.put_source(second)) == {other}
    assert changed(lambda: store.put_linked([Linked(one, "规则", b"")])) == set()
    assert changed(lambda: store.put_read(Sighted(one, "规则", "[]"), [("概念", one, "p", 0, 2)])) == {one}
    fact = Fact("f", "c", one, "p", "站", 10, None, "个", "", "done", "荆州市", "421000", 3, 5)
    claim = Claim("c", one, "p", "", "建站十个。", 0, 5, "荆州市", "421000", "city", "", "document", "done")
    assert changed(lambda: store.put_claims([claim], [fact])) == {one}
    assert changed(move) == {other}
    assert changed(lambda: store.put_copies({other: one})) == {other}
    assert changed(lambda: store.put_copies({other: one})) == set()
    assert list(store.editions()) == [one]
    assert changed(lambda: store.remove_source(first.source.id)) == {one}
    assert store.passages_of([other, "gone"]) == {other: 1, "gone": 0}
