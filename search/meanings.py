"""The meanings of a term, each with where and when it holds, from definitions whose senses are numbered."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from corpus.model import Definition, Document
from graph.senses import may_differ
from search.answers import Meaning, Sense

_YEAR = re.compile(r"(?:19|20)\d\d")


def placed(label: str, senses: Iterable[Sense]) -> list[Sense]:
    """The senses of a term, marked where a name that merely counts is only described, in documents and places that
    don't explain it."""
    found = list(senses)
    told = [sense for sense in found if sense.strength == "explained"]
    if not told or not may_differ(label):
        return found
    documents, places = {sense.document_id for sense in told}, {sense.place for sense in told if sense.place}
    return [
        replace(
            sense, elsewhere=not sense.components and sense.document_id not in documents and sense.place not in places
        )
        for sense in found
    ]


def meanings(definitions: Iterable[Definition], documents: Mapping[str, Document]) -> tuple[Meaning, ...]:
    """The senses in their order, with places and years of the documents that explain each.

    Documents that merely describe a thing stand for a sense only where none explains it: what they mean is not certain.
    The years are those of the document's period, else of its date, as they are now (corrections count at once).
    """
    by_sense: dict[int, list[Definition]] = defaultdict(list)
    for definition in definitions:
        by_sense[definition.sense].append(definition)
    found = []
    for sense, held in sorted(by_sense.items()):
        sure = [d for d in held if d.strength == "explained"] or held
        read = {d.document_id: documents[d.document_id] for d in sure if d.document_id in documents}
        years = sorted(year for document in read.values() for year in _YEAR.findall(document.period or document.date))
        found.append(
            Meaning(
                sense,
                max((d.components for d in sure), key=len),
                tuple(dict.fromkeys(d.place for d in sure if d.place)),
                "—".join(dict.fromkeys((years[0], years[-1]))) if years else "",
                len({d.document_id for d in held}),
            )
        )
    return tuple(found)
