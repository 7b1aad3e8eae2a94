"""What is laid out where a file is read is what was read, and what the library then holds."""

from pathlib import Path

from corpus.laid import claimed, lay, parsed, records, source_of, titles
from corpus.model import (
    Claim,
    Document,
    Evidence,
    Fact,
    Paging,
    ParsedDocument,
    ParsedSource,
    Passage,
    Reading,
    Repair,
    Section,
    Sighted,
    Source,
    digest,
)
from corpus.store import Store


def document(ordinal: int, minhash: bytes = b"") -> ParsedDocument:
    name = f"s-{ordinal}"
    text = f"一、做法\n建站{ordinal}个。"
    return ParsedDocument(
        Document(name, "s", ordinal, f"报告{ordinal}", "荆州市", "421000", "湖北省", "city", "", "", "2023", "", text),
        (Section(digest(name), name, 0, "", 1, "一、", "做法", 0, len(text), "done", "body"),),
        (Passage(digest(name, text), name, digest(name), 0, text[5:], 5, len(text), 5, len(text), ("一、做法",)),),
        (Repair("s", name, 0, "space", 0, 0, 0, 1, " ", "", False, ""),
         Repair("s", name, 1, "masked", 5, 6, 5, 6, "□", "□", True, "字迹不清")),
        (Evidence(name, "place", "荆州市", 0.9, "title", 0, 3),),
        minhash,
        (Reading(name, "title", "旧题", 0.9, "title", 0, 2),),
        b"\0" * 8 * ordinal,
    )  # fmt: skip


SOURCE = ParsedSource(
    Source("s", "甲.txt", "/甲.txt", "utf-8", 3, False, "r"),
    b"abc",
    (document(1, b"m" * 512), document(2), document(0)),
    (Repair("s", "", 0, "toc", 0, 0, 0, 3, "目录", "", False, ""),),
    b"\1" * 8,
)
CLAIM = Claim(
    "c", "s-2", "p", "", "建站2个。", 5, 10, "荆州市", "421000", "city", "", "document", "done", "", "", "affirmed", ""
)
FACT = Fact("f", "c", "s-2", "p", "站", 2.0, None, "个", "", "done", "荆州市", "421000", 7, 9)
CLAIMS: list[tuple[list[Claim], list[Fact]]] = [([], []), ([CLAIM], [FACT]), ([], [])]


def test_what_is_laid_out_can_be_taken_up_again() -> None:
    laid = lay(SOURCE, CLAIMS, [Sighted("s-1", "r", "[]")])
    assert parsed(laid) == SOURCE
    assert claimed(laid) == CLAIMS
    assert source_of(laid) == SOURCE.source and titles(laid) == ["报告1", "报告2", "报告0"]
    assert records(laid, Sighted) == [Sighted("s-1", "r", "[]")]
    assert parsed(lay(ParsedSource(SOURCE.source, b"", (), ()))) == ParsedSource(SOURCE.source, b"", (), ())


def test_what_is_laid_out_is_what_the_library_holds(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        for _ in range(2):  # the second time in place of the first
            store.put_laid(lay(SOURCE, CLAIMS, [Sighted("s-1", "r", "[]")]))
            for each in SOURCE.documents:
                assert store.parsed(each.document.id) == each
            assert store.select(Source) == [SOURCE.source] and store.content("s") == b"abc"
            assert store.select(Repair, document_id="") == [*SOURCE.repairs]
            assert (store.select(Claim), store.select(Fact)) == ([CLAIM], [FACT])
            assert store.select(Paging) == [Paging("s", SOURCE.pages)]
            assert store.count(Sighted) == 1
