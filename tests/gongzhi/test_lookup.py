from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Document, ParsedDocument, ParsedSource, Source
from corpus.store import Store
from gongzhi.errors import DocumentUnclear
from gongzhi.lookup import find_document

TITLES = {"3f2a": "春江市工会工作总结", "3f9b": "春江市工会工作总结（续）", "77aa": "秋水县工会讲话"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        for name, title in TITLES.items():
            document = Document(f"{name}-01", name, 1, title, "", "", "", "unknown", "", "", "", "", title)
            source = Source(name, f"{name}.txt", f"/{name}", "utf-8", 1)
            opened.put_source(ParsedSource(source, b"", (ParsedDocument(document, (), (), ()),), ()))
        yield opened


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3f2a-01", "3f2a-01"),
        ("77", "77aa-01"),
        ("讲话", "77aa-01"),
        ("春江市工会工作总结", "3f2a-01"),
        ("续", "3f9b-01"),
    ],
)
def test_a_document_is_found_by_id_or_title(store: Store, words: str, found: str) -> None:
    assert find_document(store, words).id == found


@pytest.mark.parametrize(
    ("words", "says"),
    [("3f", "3f9b-01"), ("春江", "3f2a-01"), ("冬湖", "gongzhi documents"), (" ", "gongzhi documents")],
)
def test_none_or_several_are_told(store: Store, words: str, says: str) -> None:
    with pytest.raises(DocumentUnclear, match=says):
        find_document(store, words)
