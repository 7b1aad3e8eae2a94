"""What is wrong with a library is told by table, and rows that refer to nothing can be taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Claim, Document, ParsedDocument, ParsedSource, Passage, Source, digest
from corpus.soundness import faults, mend
from corpus.store import FILE_NAME, Store

TEXT = "荆州市建成驿站三十二个。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A report and its near copy, each with a passage and a claim."""
    with Store.open(tmp_path / "library", create=True) as opened:
        for name in ("甲.txt", "乙.txt"):
            content = f"{name}{TEXT}".encode()
            source = Source(digest(content.hex()), name, name, "utf-8", len(content))
            document = Document(
                f"{source.id}-01", source.id, 1, name, "荆州市", "421000", "湖北省", "city", "总结", "", "", "", TEXT
            )
            span = (0, len(TEXT))
            passage = Passage(digest(document.id), document.id, "", 1, TEXT, *span, *span, ("一、工作",))
            claim = Claim(
                digest(passage.id), document.id, passage.id, "", TEXT, *span, "荆州市", "421000", "city", "",
                "document", "done",
            )  # fmt: skip
            opened.put_source(ParsedSource(source, content, (ParsedDocument(document, (), (passage,), ()),), ()))
            opened.put_claims((claim,), ())
        first, second = opened.select(Document)
        opened.put_copies({second.id: first.id})
        with opened.write():  # sources are named after their bytes
            for source in opened.select(Source):
                opened.query("UPDATE source SET content = x'' WHERE id = ?", (source.id,))
        yield opened


DAMAGE = {
    "passage": ("DELETE FROM passage WHERE rowid = 1", {("claim", "所属的段落已经不在", True)}),
    "document": (
        "DELETE FROM document WHERE same_as = ''",
        {
            ("claim", "所属的文献或来源已经不在", True),
            ("document", "所重复的文献已经不在", True),
            ("edition", "所属的文献或来源已经不在", True),
            ("passage", "所属的文献或来源已经不在", True),
        },
    ),
    "words": ("UPDATE claim SET text = '别的' WHERE rowid = 1", {("claim", "不符", False)}),
    "bytes": ("UPDATE source SET content = x'00' WHERE rowid = 1", {("source", "编号不符", False)}),
}


def test_a_sound_library(store: Store) -> None:
    assert faults(store) == []


@pytest.mark.parametrize(("damage", "told"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_told_and_what_refers_to_nothing_taken_out(
    store: Store, damage: str, told: set[tuple[str, str, bool]]
) -> None:
    store.query("PRAGMA foreign_keys = OFF")
    store.query(damage)
    found = faults(store)
    assert len(found) == len(told)
    for table, wrong, mendable in told:
        assert any(one.table == table and wrong in one.wrong and one.mendable == mendable for one in found), found
    mend(store)
    assert [one for one in faults(store) if one.mendable] == []
    lasting = [one for one in found if not one.mendable]
    assert faults(store) == lasting


def test_pages_that_are_damaged_are_told_and_nothing_else(store: Store) -> None:
    folder = store.folder
    store.close()
    whole = bytearray((folder / FILE_NAME).read_bytes())
    whole[20 * 4096 : 24 * 4096] = b"\xff" * (4 * 4096)
    (folder / FILE_NAME).write_bytes(whole)
    with Store.open(folder) as damaged:
        (fault,) = faults(damaged)
    assert "请从备份恢复" in fault.wrong and not fault.mendable
