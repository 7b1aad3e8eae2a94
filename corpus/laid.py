"""What was read of a file, laid out as rows of the tables: made by the process that read it, only bound by the one that
writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.model import (
    Claim,
    ConceptMention,
    Document,
    Evidence,
    Fact,
    Origin,
    Paging,
    ParsedDocument,
    ParsedSource,
    Passage,
    Reading,
    Repair,
    Section,
    Sighted,
    Signature,
    Source,
)
from corpus.tables import TABLES, Record, insertion, record_of, row_of, rows_of

Row = Sequence[Any]
#: Rows by the names of their tables. The only row of ``source`` ends in the bytes of the file.
Laid = Mapping[str, Sequence[Row]]
#: What is read of a file, those first that others refer to.
_READ = (
    *(Source, Paging, Document, Repair, Evidence, Signature, Origin, Reading, Section, Passage),
    *(Claim, Fact, Sighted, ConceptMention),
)
_DOCUMENT = TABLES[Document].columns.index("title")


def _statement(cls: type) -> str:
    table = TABLES[cls]
    return insertion(table.name, (*table.columns, "content") if cls is Source else table.columns)


#: Table → the statement that adds a row, in the order in which rows go in.
STATEMENTS = {TABLES[cls].name: _statement(cls) for cls in _READ}


def lay(
    parsed: ParsedSource,
    claims: Iterable[tuple[Iterable[Claim], Iterable[Fact]]] = (),
    sighted: Iterable[Sighted] = (),
    spoken: Iterable[Row] = (),
) -> Laid:
    """The rows of a source: ``claims`` and facts of each of its documents, what they give to the glossary, and the
    concepts that they speak of (rows of ConceptMention)."""
    told = [*claims]
    documents = parsed.documents
    found: dict[type, Iterable[Any]] = {
        Paging: [Paging(parsed.source.id, parsed.pages)] if parsed.pages else (),
        Document: [each.document for each in documents],
        Repair: [*parsed.repairs, *(repair for each in documents for repair in each.repairs)],
        Signature: [_signature(each) for each in documents if each.minhash],
        Origin: [Origin(each.document.id, each.origin) for each in documents if each.origin],
        Claim: [claim for made, _ in told for claim in made],
        Fact: [fact for _, made in told for fact in made],
        Sighted: sighted,
    }
    fields: dict[type, str] = {Evidence: "evidence", Reading: "readings", Section: "sections", Passage: "passages"}
    for cls, field in fields.items():
        found[cls] = [record for each in documents for record in getattr(each, field)]
    made: dict[str, Sequence[Row]] = {"source": [(*row_of(parsed.source, TABLES[Source]), parsed.content)]}
    for cls, every in found.items():
        if rows := [*rows_of(every, TABLES[cls])]:
            made[TABLES[cls].name] = rows
    if standing := [*spoken]:
        made["concept_mention"] = standing
    return made


def _signature(parsed: ParsedDocument) -> Signature:
    doubtful = sum(repair.doubtful for repair in parsed.repairs)
    return Signature(parsed.document.id, parsed.minhash, len(parsed.document.text), doubtful)


def source_of(laid: Laid) -> Source:
    """The source itself."""
    return record_of(Source, tuple(laid["source"][0][:-1]), TABLES[Source])


def with_content(laid: Laid, content: bytes) -> Laid:
    """The same with other bytes of the file."""
    return {**laid, "source": [(*laid["source"][0][:-1], content)]}


def titles(laid: Laid) -> list[str]:
    """The titles of its documents."""
    return [row[_DOCUMENT] for row in laid.get("document", ())]


def records(laid: Laid, cls: type[Record]) -> list[Record]:
    """The records of a class."""
    table = TABLES[cls]
    return [record_of(cls, tuple(row), table) for row in laid.get(table.name, ())]


def parsed(laid: Laid) -> ParsedSource:
    """What was laid out, without claims and what is for the glossary."""
    repairs = _by_document(laid, Repair)
    of = {cls: _by_document(laid, cls) for cls in (Section, Passage, Evidence, Signature, Reading, Origin)}
    return ParsedSource(
        source_of(laid),
        laid["source"][0][-1],
        tuple(
            ParsedDocument(
                document,
                tuple(of[Section][document.id]),
                tuple(of[Passage][document.id]),
                tuple(repairs[document.id]),
                tuple(of[Evidence][document.id]),
                next((signature.minhash for signature in of[Signature][document.id]), b""),
                tuple(of[Reading][document.id]),
                next((origin.runs for origin in of[Origin][document.id]), b""),
            )
            for document in records(laid, Document)
        ),
        tuple(repairs[""]),
        next((paging.pages for paging in records(laid, Paging)), b""),
    )


def claimed(laid: Laid) -> list[tuple[list[Claim], list[Fact]]]:
    """Claims and facts of each of its documents."""
    claims, facts = _by_document(laid, Claim), _by_document(laid, Fact)
    return [(claims[document.id], facts[document.id]) for document in records(laid, Document)]


def _by_document(laid: Laid, cls: type[Any]) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records(laid, cls):
        found[record.document_id].append(record)
    return found
