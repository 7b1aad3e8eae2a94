"""Claims: what each sentence says that a place did, is doing or plans.

A sentence is one claim unless its clauses have different doers or a different status; then each run of neighbouring
clauses is a claim, so that no place is credited with what another did and no plan with what was done. ``text`` is
always ``Document.text[start:end]``. Where several doers are listed (兴山县、远安县总工会建成…), each gets a claim over the
same span. 名词注释 sections explain words and claim nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Claim, ClaimStatus, Document, Fact, ParsedDocument, Passage, Section, digest
from corpus.sentences import clauses, sentences
from graph.claim_status import Frame, clause_status, document_frame, opens_plan
from graph.doers import Doer, DoerFinder, Home, Run
from graph.facts import extract_facts


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause run of a sentence with one set of doers and one status; offsets in the sentence."""

    start: int
    end: int
    doers: tuple[Doer, ...]
    status: ClaimStatus


@dataclass(frozen=True, slots=True)
class _Context:
    """What the section around a passage says."""

    frame: Frame
    doers: tuple[Doer, ...]
    glossary: bool


class _Outline:
    """Status, place and kind of a section, inherited from the sections around it."""

    def __init__(self, parsed: ParsedDocument, finder: DoerFinder) -> None:
        self._sections = {section.id: section for section in parsed.sections}
        self._frame = document_frame(parsed.document.title)
        self._finder = finder
        self._known: dict[str, _Context] = {}

    def _path(self, section_id: str) -> Iterator[Section]:
        while section := self._sections.get(section_id):
            yield section
            section_id = section.parent_id

    def context(self, section_id: str) -> _Context:
        if section_id not in self._known:
            path = list(self._path(section_id))
            self._known[section_id] = _Context(
                next((section.status for section in path if section.status), self._frame),
                next((doers for section in path if (doers := self._finder.heading(section.title))), ()),
                any(section.kind == "glossary" for section in path),
            )
        return self._known[section_id]


def _pieces(sentence: str, runs: list[Run], frame: Frame) -> list[_Piece]:
    pieces: list[_Piece] = []
    previous: ClaimStatus | None = None
    for run in runs:
        for start, end in clauses(sentence[run.start : run.end], run.start):
            previous = clause_status(sentence[start:end], frame, previous)
            if pieces and (pieces[-1].doers, pieces[-1].status) == (run.doers, previous):
                pieces[-1] = _Piece(pieces[-1].start, end, run.doers, previous)
            else:
                pieces.append(_Piece(start, end, run.doers, previous))
    return pieces


def _claims(
    document: Document, passage: Passage, context: _Context, span: tuple[int, int], pieces: list[_Piece]
) -> Iterator[Claim]:
    own = Doer(document.place, document.place_code, document.level, "")
    for piece in pieces:
        start, end = span[0] + piece.start, span[0] + piece.end
        for doer in piece.doers or context.doers or (own,):
            yield Claim(
                id=digest(document.id, str(start), str(end), doer.place, doer.words),
                document_id=document.id,
                passage_id=passage.id,
                section_id=passage.section_id,
                text=document.text[start:end],
                start=start,
                end=end,
                place=doer.place,
                place_code=doer.code,
                level=doer.level,
                doer=doer.words,
                how="sentence" if piece.doers else "section" if context.doers else "document",
                status=piece.status,
            )


def extract_claims(parsed: ParsedDocument) -> tuple[tuple[Claim, ...], tuple[Fact, ...]]:
    """The claims of a document in reading order, and their figures. Deterministic; ids depend on text and place only."""
    document = parsed.document
    finder = DoerFinder(Home(document.place_code, document.place))
    outline = _Outline(parsed, finder)
    doubtful = [repair for repair in parsed.repairs if repair.doubtful]
    claims: list[Claim] = []
    facts: list[Fact] = []
    planning, last_end = False, 0
    for passage in parsed.passages:
        context = outline.context(passage.section_id)
        if context.glossary:
            continue
        if "\n" in document.text[last_end : passage.start]:
            planning = False
            finder.forget()
        last_end = passage.end
        for start, end in sentences(document.text[passage.start : passage.end], passage.start):
            sentence = document.text[start:end]
            if "\n" in document.text[passage.start : start][-2:]:
                planning = False
                finder.forget()
            planning = planning or (context.frame != "done" and opens_plan(sentence))
            frame: Frame = "plan" if planning else context.frame
            pieces = _pieces(sentence, finder.runs(sentence), frame)
            counted: set[tuple[int, int]] = set()
            for claim in _claims(document, passage, context, (start, end), pieces):
                claims.append(claim)
                # Claims of several doers share their span; their figures are told once, for the first.
                if (claim.start, claim.end) not in counted:
                    facts += extract_facts(claim, doubtful)
                    counted.add((claim.start, claim.end))
    return tuple(claims), tuple(facts)
