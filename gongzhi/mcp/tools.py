"""The tools: questions of an assistant answered from the library as it is at that moment."""

from collections.abc import Iterable, Sequence
from itertools import islice

from corpus.model import Claim, FactKind, Passage, Section
from corpus.said import by_id
from gongzhi.mcp.answers import (
    ClauseFound,
    Explanation,
    FactsResult,
    FigureFound,
    Found,
    PlaceFound,
    PlacesResult,
    PrecedentResult,
    Related,
    SearchResult,
    TermResult,
    TooClose,
)
from gongzhi.mcp.errors import DocumentMissing, OffsetBeyond, PassageMissing, SectionMissing, TermMissing
from gongzhi.mcp.quotes import Quotes
from gongzhi.mcp.readings import DocumentResult, DocumentRow, DocumentsResult, OutlineRow
from search.answers import Evidence, Filters, Hit
from search.engine import Engine
from search.fact_query import FactQuery
from search.fact_query import Order as FactOrder
from search.library import Library
from web.shelf import DocumentEntry, Shelf
from web.shelves import Shelves

_EXPLANATIONS, _USES, _RELATED = 8, 5, 12
_PER_PLACE, _CELLS = 2, 3
_CLAUSES, _PER_CLAUSE, _LACKS, _CLOSE = 30, 2, 8, 10
_NEIGHBOURS = 2  # passages before and after the one that is asked for
_PART = 6000  # characters of a document that are read at a time
_OUTLINE = 80


class Tools:
    """Answers what an assistant asks of a library; safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._shelves = Shelves()

    def _open(self) -> tuple[Engine, Shelf, Quotes]:
        engine = self._library.engine()
        shelf = self._shelves.of(engine)
        return engine, shelf, Quotes(engine, shelf)

    def term(self, label: str) -> TermResult:
        """Every sense of a term. Raises TermMissing."""
        engine, _, quotes = self._open()
        found = engine.asked_term(label)
        if found is None:
            raise TermMissing(label, engine.similar_terms(label))
        explanations = [
            Explanation(
                sense=sense.sense,
                strength=sense.strength,
                components=list(sense.components),
                place=sense.place,
                quote=quotes.of(sense),
            )
            for sense in found.definitions[:_EXPLANATIONS]
            if quotes.room(sense.text)
        ]
        uses = [quotes.of(use) for use in found.uses[:_USES] if quotes.room(use.sentence)]
        return TermResult(
            term=found.term,
            note=found.note,
            explained=found.status == "explained",
            aliases=list(found.aliases),
            explanations=explanations,
            uses=uses,
            related=[Related(term=r.term, relation=r.relation, reason=r.reason) for r in found.related[:_RELATED]],
            look_alikes=list(found.look_alikes),
            documents=len(found.documents),
            mentions=found.mentions,
            left_out=len(found.definitions) - len(explanations) + len(found.uses) - len(uses),
        )

    def search(self, query: str, filters: Filters, limit: int, offset: int) -> SearchResult:
        """Passages for a query."""
        engine, _, quotes = self._open()
        found = engine.search(query, k=limit, filters=filters, offset=offset)
        return SearchResult(
            query=found.query,
            total=found.total,
            offset=offset,
            sure=found.sure,
            notes=list(found.notes),
            offers=list(found.offers),
            found=[_hit(hit, quotes) for hit in found.hits if quotes.room(hit.text)],
        )

    def places(self, query: str, level: str, limit: int, offset: int) -> PlacesResult:
        """The places that did it."""
        engine, _, quotes = self._open()
        found = engine.places(query, level)
        shown = []
        for answer in found.answers[offset : offset + limit]:
            if not quotes.room(answer.evidence[0].sentence):
                break
            more = islice((e for e in answer.evidence[1:] if quotes.room(e.sentence)), _PER_PLACE - 1)
            cells = [cell.text for column in answer.cells for cell in column[:1]]
            shown.append(
                PlaceFound(
                    place=answer.place,
                    province=answer.province,
                    status=answer.status,
                    confidence=answer.confidence,
                    figures=cells[:_CELLS],
                    sentences=answer.sentences,
                    quotes=[quotes.of(e, planned=e.status == "planned") for e in (answer.evidence[0], *more)],
                )
            )
        return PlacesResult(
            query=found.query,
            topic=list(found.topic),
            conditions=list(found.conditions),
            total=len(found.answers),
            offset=offset,
            places=shown,
            coverage=found.coverage.line,
            unmentioned=list(found.unmentioned),
        )

    def precedent(self, text: str) -> PrecedentResult:
        """Precedents for a draft, clause by clause."""
        engine, _, quotes = self._open()
        found = engine.precedents(text, k=1)
        clauses = [
            ClauseFound(
                number=one.clause.number,
                text=one.clause.text,
                note=one.note,
                precedents=[
                    Found(quote=quotes.of(p.evidence), why=list(p.why))
                    for p in one.precedents[:_PER_CLAUSE]
                    if quotes.room(p.evidence.sentence)
                ],
            )
            for one in found.clauses[:_CLAUSES]
        ]
        left = len(found.clauses) - len(clauses)
        return PrecedentResult(
            clauses=clauses,
            lacks=[lack.told for lack in found.lacks[:_LACKS]],
            too_close=[
                TooClose(clause=one.clause, told=one.told, quote=quotes.of(one.evidence))
                for one in found.overlaps[:_CLOSE]
                if quotes.room(one.evidence.sentence)
            ],
            notes=[*found.notes, *([f"另有 {left} 句没有看，请把草稿分段再查。"] if left else [])],
        )

    def facts(
        self, place: str, term: str, kind: FactKind | str, least: str, most: str, order: FactOrder, limit: int
    ) -> FactsResult:
        """Figures. Raises AmountUnreadable, UnitsDiffer."""
        engine, _, quotes = self._open()
        found = engine.facts(FactQuery(place, term, kind, least, most, order), limit)  # type: ignore[arg-type]
        rows = [row for row in found.facts if quotes.room(row.sentence)]
        claims = by_id(engine.store, Claim, (row.fact.claim_id for row in rows))
        # Another version of the library may have come in between.
        rows = [row for row in rows if row.fact.claim_id in claims]
        return FactsResult(
            total=found.total,
            figures=[
                FigureFound(
                    subject=row.fact.subject,
                    written=row.written,
                    place=row.fact.place,
                    tense=row.fact.tense,
                    quote=quotes.of(
                        Evidence(
                            row.sentence, (), row.fact.document_id, row.title, row.fact.passage_id,
                            claims[row.fact.claim_id].start, claims[row.fact.claim_id].end, doubtful=row.doubtful,
                        ),
                        planned=row.status == "planned",
                    ),
                )
                for row in rows
            ],
            doubtful=len(found.doubtful),
        )  # fmt: skip

    def documents(self, find: str, place: str, province: str, limit: int, offset: int) -> DocumentsResult:
        """The list of documents."""
        _, shelf, _ = self._open()
        fits = [
            entry
            for entry in shelf.documents.values()
            if find.strip() in entry.document.title + entry.document.place
            and place.strip() in entry.document.place
            and province.strip() in entry.document.province
        ]
        shown = [_row(entry) for entry in fits[offset : offset + limit]]
        return DocumentsResult(total=len(fits), offset=offset, documents=shown)

    def document(self, words: str, passage_id: str, section: str, offset: int) -> DocumentResult:
        """Part of a document: around a passage, a section, or from an offset on. Raises DocumentMissing, PassageMissing,
        SectionMissing, OffsetBeyond."""
        engine, shelf, quotes = self._open()
        if passage_id:
            asked = engine.store.select(Passage, id=passage_id)
            if not asked:
                raise PassageMissing(passage_id)
            words = asked[0].document_id
        entry = _document(shelf, words)
        key, length = entry.document.id, len(engine.store.document(entry.document.id).text)
        passages = engine.store.select(Passage, document_id=key)
        sections = engine.store.select(Section, document_id=key)
        start, end = offset, length
        if passage_id:
            at = next(n for n, passage in enumerate(passages) if passage.id == passage_id)
            chosen = passages[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
            start, end = chosen[0].start, chosen[-1].end
        elif section:
            start, end = _section(sections, section, entry.document.title)
        elif offset > length:
            raise OffsetBeyond(offset, length)
        shown = _part([passage for passage in passages if start <= passage.start < end])
        stop = shown[-1].end if shown else end
        rest = [passage for passage in passages if stop <= passage.start < end]
        return DocumentResult(
            document=_row(entry),
            outline=[] if passage_id or section or offset else _outline(sections),
            quotes=[quotes.passage(passage) for passage in shown],
            asked=passage_id,
            start=start,
            end=stop if rest else end,
            length=length,
            next_offset=rest[0].start if rest else None,
        )

    def listed(self, most: int) -> list[DocumentRow]:
        """The first documents of the library."""
        _, shelf, _ = self._open()
        return [_row(entry) for entry in islice(shelf.documents.values(), most)]

    def whole(self, document_id: str, most: int) -> str:
        """A document as text, its first ``most`` characters. Raises DocumentMissing."""
        engine, shelf, _ = self._open()
        entry = _document(shelf, document_id)
        text = engine.store.document(entry.document.id).text
        doubts = len(engine.doubts.within(entry.document.id, 0, len(text)))
        head = [
            _row(entry).told(),
            *([f"有 {doubts} 处存疑，引用前用 document 工具看是哪些。"] if doubts else []),
            *([f"全文 {len(text)} 字，这里是前 {most} 字；其余用 document 工具读。"] if len(text) > most else []),
        ]
        return "\n".join([*head, "", text[:most]])


def _hit(hit: Hit, quotes: Quotes) -> Found:
    evidence = Evidence(
        hit.text, (), hit.document_id, hit.title, hit.passage_id, hit.start, hit.end, doubtful=hit.doubtful
    )
    return Found(quote=quotes.of(evidence), why=list(hit.why))


def _row(entry: DocumentEntry) -> DocumentRow:
    return DocumentRow(
        document_id=entry.document.id,
        title=entry.document.title,
        place=entry.told("place"),
        date=entry.told("date"),
        type=entry.told("type"),
        source=entry.source,
        passages=entry.passages,
        digest=entry.bundled,
    )


def _document(shelf: Shelf, words: str) -> DocumentEntry:
    """The document of an id, or the one whose title has these words. Raises DocumentMissing."""
    words = words.strip()
    if words in shelf.documents:
        return shelf.documents[words]
    fits = [entry for entry in shelf.documents.values() if words and words in entry.document.title]
    if len(fits) != 1:
        raise DocumentMissing(words, [f"《{e.document.title}》（{e.document.id}）" for e in fits[:5]])
    return fits[0]


def _section(sections: Sequence[Section], words: str, title: str) -> tuple[int, int]:
    """The span of the section of that heading, with or without its number. Raises SectionMissing."""
    words = words.strip()
    exact = [s for s in sections if words in (s.number + s.title, s.title)]
    found = exact or [s for s in sections if words and words in s.title]
    if not found:
        raise SectionMissing(words, title)
    return found[0].start, found[0].end


def _part(passages: Iterable[Passage]) -> list[Passage]:
    """As many passages as are read at a time; always one, if there is one."""
    shown: list[Passage] = []
    for passage in passages:
        if shown and passage.end - shown[0].start > _PART:
            break
        shown.append(passage)
    return shown


def _outline(sections: Iterable[Section]) -> list[OutlineRow]:
    rows = [s for s in sections if s.title][:_OUTLINE]
    return [
        OutlineRow(title=s.number + s.title, depth=s.depth, start=s.start, planned=s.status == "plan") for s in rows
    ]
