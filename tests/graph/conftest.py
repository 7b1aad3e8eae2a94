"""Small libraries for the tests of ``graph``: real place names, every sentence invented."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from corpus.model import Document, ParsedDocument, ParsedSource, Passage, Section, Source, digest
from corpus.sentences import sentences
from corpus.store import Store
from graph.glossary import build_glossary

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
MakeStore = Callable[..., Store]


def parsed(name: str, text: str, place: str = "", code: str = "") -> ParsedSource:
    """A source of one document; each paragraph is a passage, what follows a line 名词注释 is its glossary.
    Lines that open with 一、 or 二、 are headings and no passages."""
    source = Source(digest(name), name, name, "utf-8", len(text))
    document = Document(f"{source.id}-0", source.id, 0, name, place, code, "", "city", "", "", "2023", "", text)
    passages, at = [], 0
    for ordinal, paragraph in enumerate(text.split("\n")):
        start, end = at, at + len(paragraph)
        at = end + 1
        if sentences(paragraph) and not paragraph.startswith(("一、", "二、")):
            identity = digest(document.id, paragraph)
            passages.append(Passage(identity, document.id, "", ordinal, paragraph, start, end, start, end, ()))
    sections = []
    if (start := text.find("名词注释\n")) >= 0:
        title = Section(digest(document.id), document.id, 0, "", 1, "", "名词注释", start, len(text), "", "glossary")
        sections.append(title)
    return ParsedSource(source, text.encode(), (ParsedDocument(document, tuple(sections), tuple(passages), ()),), ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[MakeStore]:
    """A library of (name, text, place, place code) documents, with its glossary built."""
    numbers = count()
    with ExitStack() as stack:

        def make(*documents: tuple[str, ...]) -> Store:
            made = stack.enter_context(Store.open(tmp_path / str(next(numbers)), create=True))
            with made.write():
                for document in documents:
                    made.put_source(parsed(*document))
                found = build_glossary(made)
                made.put_glossary(found)
            return made

        yield make


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The reference corpus, read by the real pipeline, with its glossary."""
    if not CORPUS.is_dir():
        pytest.skip("the reference corpus (../shared/corpus) is not here")
    from ingest.parse import parse_source

    with Store.open(tmp_path_factory.mktemp("corpus"), create=True) as made, made.write():
        for path in sorted(CORPUS.glob("*.txt")):
            made.put_source(parse_source(path, origin=path.name))
        found = build_glossary(made)
        made.put_glossary(found)
        yield made
