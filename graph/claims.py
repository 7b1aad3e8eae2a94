"""Claims: what each sentence says that a place did, is doing or plans.

A sentence is one claim unless its clauses have different doers or a different status; then each run of neighbouring
clauses is a claim, so that no place is credited with what another did and no plan with what was done. ``text`` is
always ``Document.text[start:end]``. Where several doers are listed (兴山县、远安县总工会建成…), each gets a claim over the
same span. 名词注释 sections explain words and claim nothing; nor do shortcomings, questions and personal speech.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Claim, ClaimStatus, Document, Fact, ParsedDocument, Passage, Section, digest
from corpus.sentences import clauses, sentences
from graph.claim_status import Frame, clause_status, document_frame, opens_plan
from graph.doers import Doer, DoerFinder, Home, Run
from graph.facts import extract_facts
from graph.unclaimed import Spans, leaves_problem, opens_problem, personal_speech, says_problem, unclaimed


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
    silent: bool  # a glossary, or about shortcomings


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
                any(section.kind == "glossary" for section in path) or self._problem(path),
            )
        return self._known[section_id]

    @staticmethod
    def _problem(path: list[Section]) -> bool:
        """True where the nearest heading that says what its section is about says: shortcomings."""
        for section in path:
            if says_problem(section.title):
                return True
            if section.status:
                return False
        return False


def _pieces(sentence: str, runs: list[Run], frame: Frame, silent: Spans) -> list[_Piece]:
    pieces: list[_Piece] = []
    previous: ClaimStatus | None = None
    for run in runs:
        for start, end in clauses(sentence[run.start : run.end], run.start):
            if any(max(start, a) < min(end, b) and 2 * (min(end, b) - max(start, a)) > end - start for a, b in silent):
                continue
            previous = clause_status(sentence[start:end], frame, previous)
            last = pieces[-1] if pieces else None
            if last and (last.end, last.doers, last.status) == (start, run.doers, previous):
                pieces[-1] = _Piece(last.start, end, run.doers, previous)
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
                parent="" if doer.code == own.code and doer.place == own.place else own.place,
                parent_code="" if doer.code == own.code and doer.place == own.place else own.code,
            )


def extract_claims(parsed: ParsedDocument) -> tuple[tuple[Claim, ...], tuple[Fact, ...]]:
    """The claims of a document in reading order, and their figures. Deterministic; ids depend on text and place only."""
    document = parsed.document
    finder = DoerFinder(Home(document.place_code, document.place))
    outline = _Outline(parsed, finder)
    doubtful = [repair for repair in parsed.repairs if repair.doubtful]
    claims: list[Claim] = []
    facts: list[Fact] = []
    planning, lacking, last_end = False, False, 0
    for passage in parsed.passages:
        context = outline.context(passage.section_id)
        if context.silent:
            continue
        if "\n" in document.text[last_end : passage.start]:
            planning = lacking = False
            finder.forget()
        last_end = passage.end
        speech = personal_speech(document.text[passage.start : passage.end])
        for start, end in sentences(document.text[passage.start : passage.end], passage.start):
            sentence = document.text[start:end]
            if "\n" in document.text[passage.start : start][-2:]:
                planning = lacking = False
                finder.forget()
            lacking = opens_problem(sentence) or (lacking and not leaves_problem(sentence))
            if lacking:
                continue
            planning = planning or (context.frame != "done" and opens_plan(sentence))
            frame: Frame = "plan" if planning else context.frame
            shift = start - passage.start
            silent = unclaimed(sentence) + [(a - shift, b - shift) for a, b in speech]
            pieces = _pieces(sentence, finder.runs(sentence), frame, silent)
            counted: set[tuple[int, int]] = set()
            for claim in _claims(document, passage, context, (start, end), pieces):
                claims.append(claim)
                # Claims of several doers share their span; their figures are told once, for the first.
                if (claim.start, claim.end) not in counted:
                    facts += extract_facts(claim, doubtful)
                    counted.add((claim.start, claim.end))
    return tuple(claims), tuple(facts)
