"""The sightings of all documents in columns: what is equal in many is kept once, as a shape, and a sighting is a few numbers.

A library of a million passages has millions of sightings of some hundred thousand shapes.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.namings import Form
from graph.sightings import FORMS, RANK, Found, Said

Ints = NDArray[np.int64]
_FORM = {form: number for number, form in enumerate(FORMS)}


@dataclass(frozen=True, slots=True)
class Shape:
    """What sightings have in common: form, bare name, the noun phrase after it, and the name with it as it stands."""

    form: Form
    core: str
    tail: str
    written: str


@dataclass(frozen=True, slots=True)
class LineShape:
    """What glossary lines have in common."""

    core: str
    tail: str
    label: str


@dataclass(slots=True)
class Sayings:
    """Explanations in columns: ``document`` is a number, ``ordinal`` finds one among those of its document; ``rank`` is the
    place of the way in which it was recognised in FAMILIES, ``poor`` is 1 where it lists no parts."""

    document: "array[int]" = field(default_factory=lambda: array("I"))
    ordinal: "array[int]" = field(default_factory=lambda: array("I"))
    start: "array[int]" = field(default_factory=lambda: array("I"))
    explains: "array[int]" = field(default_factory=lambda: array("B"))
    poor: "array[int]" = field(default_factory=lambda: array("B"))
    rank: "array[int]" = field(default_factory=lambda: array("B"))
    text: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, document: int, ordinal: int, said: Said) -> int:
        """The number of an explanation that is entered."""
        self.document.append(document)
        self.ordinal.append(ordinal)
        self.start.append(said.start)
        self.explains.append(said.strength == "explained")
        self.poor.append(not said.components)
        self.rank.append(RANK[said.how])
        self.text.append(said.text)
        return len(self.text) - 1


class Gathered:
    """The sightings and glossary lines of documents, which are added in the order of their ids.

    ``glossary`` are the spans of glossary lines by document.
    Column ``shape``, ``document``, ``traits`` and ``saying`` (-1 for none) of a sighting; ``line``, ``line_saying`` of a
    glossary line. By shape: ``beside``, ``sentences``, ``parts`` and ``told`` of its sightings that explain.
    """

    def __init__(self) -> None:
        self.documents: list[str] = []
        self.named: list[str] = []
        self.shapes: list[Shape] = []
        self.line_shapes: list[LineShape] = []
        self.sayings = Sayings()
        self.shape, self.document, self.traits, self.saying = array("I"), array("I"), array("B"), array("i")
        self.glossary: dict[str, list[tuple[int, int]]] = {}
        self.line, self.line_saying = array("I"), array("I")
        self.line_parts: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
        self.beside: defaultdict[int, set[str]] = defaultdict(set)
        self.sentences: defaultdict[int, set[int]] = defaultdict(set)
        self.parts: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
        self.told: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._numbers: dict[tuple[str, str, str, str], int] = {}
        self._line_numbers: dict[tuple[str, str, str], int] = {}

    def add(self, document_id: str, found: Found) -> None:
        """Enter what was found in a document."""
        document = len(self.documents)
        self.documents.append(document_id)
        if found.named:
            self.named.append(document_id)
        if found.lines:
            self.glossary[document_id] = found.glossary
        ordinal = 0
        for line in found.lines:
            key = (line.core, line.tail, line.label)
            number = self._line_numbers.get(key)
            if number is None:
                number = self._line_numbers[key] = len(self.line_shapes)
                self.line_shapes.append(LineShape(*key))
            self.line.append(number)
            self.line_saying.append(self.sayings.add(document, ordinal, line.said))
            if len(line.said.components) > 1:
                self.line_parts[number].add(line.said.components)
            ordinal += 1
        for one in found.sightings:
            name = (one.form, one.core, one.tail, one.written)
            number = self._numbers.get(name)
            if number is None:
                number = self._numbers[name] = len(self.shapes)
                self.shapes.append(Shape(*name))
            self.shape.append(number)
            self.document.append(document)
            self.traits.append(one.traits)
            if one.beside:
                self.beside[number].update(one.beside)
            if one.sentence:
                self.sentences[number].add(one.sentence)
            if one.said is None:
                self.saying.append(-1)
                continue
            self.saying.append(self.sayings.add(document, ordinal, one.said))
            ordinal += 1
            if one.trusted:
                if len(one.said.components) > 1:
                    self.parts[number].add(one.said.components)
                if one.said.aliases:
                    self.told[number].update(one.said.aliases)

    def quoted(self, names: Iterable[str]) -> Counter[str]:
        """How often each name, one for each shape in turn, is sighted in quotation marks."""
        counts = np.bincount(column(self.shape), minlength=len(self.shapes)).tolist()
        made: Counter[str] = Counter()
        for shape, name, count in zip(self.shapes, names, counts, strict=True):
            if shape.form == "quoted":
                made[name] += count
        return made


def column(values: "array[int]") -> Ints:
    """A column to calculate with."""
    return np.array(values, np.int64)
