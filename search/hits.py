"""A ranked passage as it is handed out: with its document, what to look at in it, why it was found, how to cite it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from corpus.doubts import Doubt, Doubts
from corpus.model import Passage
from search.answers import Hit
from search.catalogue import Catalogue
from search.citation import Citations, citations
from search.explain import Explainer
from search.finder import Found

_REMEMBERED = 2048  # passages whose citations are kept: they are the same for every query


class Hits:
    """Makes hits from the passages of a library."""

    def __init__(self, catalogue: Catalogue, doubts: Doubts, guesses: Mapping[str, frozenset[str]]) -> None:
        """``guesses`` maps a document's id to its fields that are guesses."""
        self._catalogue = catalogue
        self._doubts = doubts
        self._guesses = guesses
        self._quoted = lru_cache(_REMEMBERED)(self._quotation)

    def _quotation(self, row: int, passage: Passage) -> tuple[tuple[Doubt, ...], Citations]:
        """What is doubtful in a passage, and how it is cited. ``_quoted`` remembers them."""
        document = self._catalogue.of(row)
        doubtful = self._doubts.within(document.id, passage.start, passage.end)
        guessed = self._guesses.get(document.id, frozenset())
        return doubtful, citations(document, passage, guessed, doubtful)

    def all(
        self, found: Sequence[Found], near: Iterable[Sequence[tuple[str, str]]], explainer: Explainer
    ) -> tuple[Hit, ...]:
        """The hits for ranked rows; those of passages that were removed since are left out. ``near`` as in ``of``, for each."""
        self._doubts.read(self._catalogue.of(one.row).id for one in found)
        return tuple(hit for row in zip(found, near, strict=True) if (hit := self.of(*row, explainer)))

    def of(self, found: Found, near: Sequence[tuple[str, str]], explainer: Explainer) -> Hit | None:
        """The hit for a row; None where its passage was removed since. ``near`` are words of the query with those that the
        passage has for them."""
        catalogue = self._catalogue
        passage, document = catalogue.passage(found.row), catalogue.of(found.row)
        if passage is None:
            return None
        doubtful, cited = self._quoted(found.row, passage)
        guessed = self._guesses.get(document.id, frozenset())
        return Hit(
            passage_id=passage.id,
            document_id=document.id,
            title=document.title,
            place=document.place,
            date=document.date,
            headings=passage.headings,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            highlights=explainer.highlights(passage),
            why=explainer.why(
                passage,
                document,
                float(found.evidence.dense[0]),
                near,
                0.0 if found.leading else float(found.evidence.company[0]),
            ),
            score=round(found.score, 4),
            citations=cited,
            also=tuple(dict.fromkeys(catalogue.of(row).id for row in found.copies if catalogue.of(row) != document)),
            doubtful=doubtful,
            guessed=tuple(name for name in ("place", "date") if name in guessed),
        )
