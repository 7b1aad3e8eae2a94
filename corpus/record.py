"""What is known of a document, field by field: the value, what was read, on what evidence, and who says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.corrections import as_read
from corpus.fields import FIELDS
from corpus.model import Correction, Evidence, ParsedDocument
from corpus.sentences import sentences

#: Evidence below this is weak: somebody should look at the field.
WEAK = 0.6
#: Fields that a report is found and compared by: without them somebody should look.
_NEEDED = ("place", "level", "date")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document. ``read`` is what was read, ``evidence`` why; the correction that stands in its place, if
    any, gives ``value``. ``start``/``end`` span the sentence of the evidence in the text; both 0 where it has none."""

    field: str
    value: str
    read: str
    evidence: Evidence | None
    start: int
    end: int
    correction: Correction | None
    follows: bool  # the value comes with that of a corrected place

    @property
    def doubt(self) -> str:
        """Why somebody should look at it (missing, weak), or ""."""
        if self.correction is not None or self.follows:
            return ""
        if self.field in _NEEDED and self.value in ("", "unknown"):
            return "missing"
        return "weak" if self.evidence is not None and self.evidence.confidence < WEAK else ""


def record(parsed: ParsedDocument, corrections: Iterable[Correction]) -> tuple[Field, ...]:
    """Every field of FIELDS, in order, of a document for which these corrections hold."""
    read = as_read(parsed)
    said = {correction.field: correction for correction in corrections}
    replaced = {reading.field for reading in parsed.readings}
    evidence = {e.field: e for e in read.evidence}
    fields = []
    for field in FIELDS:
        found = evidence.get(field)
        start, end = _sentence(parsed.document.text, found.start, found.end) if found else (0, 0)
        value = getattr(parsed.document, field)
        correction = said.get(field)
        follows = field in replaced and correction is None
        fields.append(
            Field(field, value, getattr(read.document, field), found, start, end, correction, follows)
        )  # fmt: skip
    return tuple(fields)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that a span lies in, within its paragraphs; (0, 0) for an empty span."""
    if start >= end:
        return 0, 0
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    spans = list(sentences(text[first : last if last >= 0 else len(text)], first))
    around = [(a, b) for a, b in spans if a < end and start < b]
    return (around[0][0], around[-1][1]) if around else (start, end)
