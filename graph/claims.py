"""Claims: what each sentence says that a place did, is doing or plans.

A sentence is one claim unless its clauses have different doers, a different status or polarity; then each run of
neighbouring clauses is a claim, so that no place is credited with what another did and no plan with what was done.
``text`` is always ``Document.text[start:end]``. Where several doers are listed (兴山县、远安县总工会建成…), each gets a claim
over the same span; a unit (江汉油田工会建成…) shares its claim with the place whose report tells of it, for there it is told
as an achievement of that place. Shortcomings are claims that deny and have no figures. 名词注释 sections explain words and
claim nothing; nor do questions and personal speech.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model import Claim, ClaimStatus, Document, Fact, How, ParsedDocument, Passage, Polarity, Section, digest
from corpus.sentences import sentences
from graph.claim_status import Frame, Told, clause_status, document_frame, is_bare, issues, leads, opens_plan, urges
from graph.doers import Doer, DoerFinder, Home, Run
from graph.facts import extract_facts
from graph.periods import Reported, period, reported
from graph.unclaimed import Spans, denied, leaves_problem, opens_problem, personal_speech, says_problem, unclaimed

_LONGEST_OPENING = 16
_OPENS_ITEM = re.compile("[一二三四五六七八九十]是")


@dataclass(slots=True)
class _Piece:
    """A clause run of a sentence with one set of doers, one status and polarity; offsets in the sentence."""

    start: int
    end: int
    doers: tuple[Doer, ...]
    status: ClaimStatus
    polarity: Polarity

    def agrees(self, other: "_Piece") -> bool:
        """True where two pieces have the same doers, status and polarity."""
        return self.status == other.status and self.polarity == other.polarity and self.doers == other.doers


@dataclass(frozen=True, slots=True)
class _Context:
    """What the section around a passage says."""

    frame: Frame
    doers: tuple[Doer, ...]
    silent: bool  # a glossary
    lacking: bool  # about shortcomings
    period: str  # of which its headings speak


class _Outline:
    """Status, place and kind of a section, inherited from the sections around it."""

    def __init__(self, parsed: ParsedDocument, finder: DoerFinder, years: Reported) -> None:
        self._sections = {section.id: section for section in parsed.sections}
        self._frame = document_frame(parsed.document.title)
        self._finder = finder
        self._years = years
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
                self._problem(path),
                period((section.title for section in path), self._years),
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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what is known before its clauses are read; spans are offsets in it."""

    text: str
    start: int
    told: Told
    lacking: bool
    silent: Spans
    opening: str  # words of time that hold for all its clauses: 五年来，.


def _mostly(start: int, end: int, spans: Spans) -> bool:
    """True where more than half of ``start:end`` lies in one of the spans."""
    for first, last in spans:
        common = min(end, last) - max(start, first)
        if common > 0 and 2 * common > end - start:
            return True
    return False


def _read(sentence: _Sentence, runs: list[Run]) -> Iterator[_Piece]:
    """The clauses of a sentence that claim or deny something, each as a piece."""
    told = sentence.told
    lacks = [(0, len(sentence.text))] if sentence.lacking else denied(sentence.text)
    for run in runs:
        for start, end in run.clauses:
            if _mostly(start, end, sentence.silent):
                continue
            clause = sentence.text[start:end]
            status = clause_status(clause, told)
            issued = issues(clause) or (told.issued and not clause.endswith("；"))
            if status != told.previous or issued != told.issued:
                told = Told(told.frame, status, told.made, issued)
            yield _Piece(start, end, run.doers, status, "denied" if _mostly(start, end, lacks) else "affirmed")


def _pieces(sentence: _Sentence, runs: list[Run]) -> list[_Piece]:
    """The claims of a sentence: neighbouring clauses that agree, but never two items of a list."""
    text = sentence.text
    read = list(_read(sentence, runs))
    for i in range(len(read) - 2, -1, -1):
        piece, after = read[i], read[i + 1]
        differ = piece.end == after.start and (piece.status, piece.polarity) != (after.status, after.polarity)
        if differ and leads(text[piece.start : piece.end]):
            read[i] = replace(piece, status=after.status, polarity=after.polarity)
    joined: list[_Piece] = []
    for piece in read:
        last = joined[-1] if joined else None
        listed = text.endswith("；", 0, piece.start) or _OPENS_ITEM.match(text, piece.start)
        if last and last.end == piece.start and last.agrees(piece) and not listed:
            last.end = piece.end
        else:
            joined.append(piece)
    return joined


def _opening(sentence: str, runs: list[Run]) -> str:
    """The words of time that open a sentence and hold for all its clauses: 五年来，."""
    end = runs[0].clauses[0][1] if runs else 0
    return sentence[:end] if end <= _LONGEST_OPENING else ""


class _Teller:
    """Makes the claims of one document."""

    def __init__(self, document: Document, years: Reported) -> None:
        self._document = document
        self._years = years
        self._own = Doer(document.place, document.place_code, document.level, "")

    def claims(self, passage: Passage, context: _Context, sentence: _Sentence, pieces: list[_Piece]) -> Iterator[Claim]:
        """The claims of the pieces of a sentence, one for each doer."""
        for piece in pieces:
            around = context.doers or (self._own,)
            doers = piece.doers or around
            # What a unit did is told as an achievement of the place that reports it.
            if piece.doers and all(doer.unit for doer in doers):
                doers += tuple(doer for doer in around if doer.place and doer not in doers)
            start, end = sentence.start + piece.start, sentence.start + piece.end
            text = self._document.text[start:end]
            when = period((text, sentence.opening), self._years) or context.period
            for doer in doers:
                how: How = "sentence" if doer in piece.doers else "section" if doer in context.doers else "document"
                yield self._claim(passage, piece, doer, how, text, start, when)

    def _claim(self, passage: Passage, piece: _Piece, doer: Doer, how: How, text: str, start: int, when: str) -> Claim:
        end = start + len(text)
        inside = doer.inside and doer != self._own
        return Claim(
            id=digest(self._document.id, str(start), str(end), doer.place, doer.words),
            document_id=self._document.id,
            passage_id=passage.id,
            section_id=passage.section_id,
            text=text,
            start=start,
            end=end,
            place=doer.place,
            place_code=doer.code,
            level=doer.level,
            doer=doer.words,
            how=how,
            status=piece.status,
            parent=self._own.place if inside else "",
            parent_code=self._own.code if inside else "",
            polarity=piece.polarity,
            period=when,
        )


def extract_claims(parsed: ParsedDocument) -> tuple[tuple[Claim, ...], tuple[Fact, ...]]:
    """The claims of a document in reading order, and their figures. Deterministic; ids depend on text and place only."""
    document = parsed.document
    finder = DoerFinder(Home(document.place_code, document.place))
    years = reported(document)
    outline = _Outline(parsed, finder, years)
    teller = _Teller(document, years)
    doubtful = [repair for repair in parsed.repairs if repair.doubtful]
    claims: list[Claim] = []
    facts: list[Fact] = []
    planning, urging, lacking, last_end = False, False, False, 0
    for passage in parsed.passages:
        context = outline.context(passage.section_id)
        if context.silent:
            continue
        if "\n" in document.text[last_end : passage.start]:
            planning = urging = lacking = False
            finder.forget()
        last_end = passage.end
        speech = personal_speech(document.text[passage.start : passage.end])
        for start, end in sentences(document.text[passage.start : passage.end], passage.start):
            text = document.text[start:end]
            if "\n" in document.text[max(passage.start, start - 2) : start]:
                planning = urging = lacking = False
                finder.forget()
            lacking = opens_problem(text) or (lacking and not leaves_problem(text))
            planning = planning or (context.frame != "done" and opens_plan(text))
            frame: Frame = "plan" if planning else context.frame
            shift = start - passage.start
            runs = finder.runs(text)
            sentence = _Sentence(
                text,
                start,
                Told(frame, "planned" if urging and is_bare(text) else None, years.made),
                context.lacking or lacking,
                unclaimed(text) + [(a - shift, b - shift) for a, b in speech],
                _opening(text, runs),
            )
            pieces = _pieces(sentence, runs)
            urging = not frame and bool(pieces) and pieces[-1].status == "planned" and (urging or urges(text))
            counted: set[tuple[int, int]] = set()
            for claim in teller.claims(passage, context, sentence, pieces):
                claims.append(claim)
                # Claims of several doers share their span; their figures are told once, for the first.
                if claim.polarity == "affirmed" and (claim.start, claim.end) not in counted:
                    facts += extract_facts(claim, doubtful)
                    counted.add((claim.start, claim.end))
    return tuple(claims), tuple(facts)
