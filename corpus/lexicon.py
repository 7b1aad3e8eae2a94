"""The lexicon: concepts of union work with the official words that documents use and the plain words people type.

One TOML file per field of work in ``corpus/lexicon/``; a concept is a ``[[concept]]`` table with SKOS-like keys
(https://www.w3.org/TR/skos-reference/): prefLabel, altLabels (official wording attested in documents),
hiddenLabels (plain words), negativeLabels (look-alikes that are *not* the concept), broader, partOf, related. ``group``
at the top of a file names its field of work.

A concept with ``partOf`` is one thing that a place can do within a topic (the yearly check-up of drivers within 体检). Who
asks which places did it means that one thing; who searches for passages is best served by the topic, so there its labels
count for the topic (``topics``). partOf holds as broader, too.
"""

import json
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from corpus.errors import LexiconBroken

FOLDER = Path(__file__).parent / "lexicon"
#: The group of concepts that are parts of a report: nobody can say that a place did them.
WRITING = "报告写作"
_LISTS = {
    "altLabels": "alt_labels",
    "hiddenLabels": "hidden_labels",
    "negativeLabels": "negative_labels",
    "broader": "broader",
    "partOf": "part_of",
    "related": "related",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic of union work; ``broader``, ``part_of`` and ``related`` hold prefLabels of other concepts (what is in
    ``part_of`` is in ``broader``), ``group`` names its field. ``taught`` are those of the hidden labels that people taught
    a library."""

    label: str
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    negative_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    group: str = ""
    part_of: tuple[str, ...] = ()
    taught: tuple[str, ...] = ()

    @property
    def official(self) -> tuple[str, ...]:
        """The labels that stand in documents: prefLabel first."""
        return (self.label, *self.alt_labels)


def _concept(path: Path, row: dict[str, Any], group: str) -> Concept:
    label = row.pop("prefLabel", "")
    if not isinstance(label, str) or not label:
        raise LexiconBroken(path, "有一个概念缺少 prefLabel")
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in row.items():
        if key not in _LISTS:
            raise LexiconBroken(path, f"“{label}”有不认识的键 {key}")
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise LexiconBroken(path, f"“{label}”的 {key} 应为非空字符串的列表")
        lists[_LISTS[key]] = tuple(dict.fromkeys(value))
    lists["broader"] = tuple(dict.fromkeys((*lists.get("broader", ()), *lists.get("part_of", ()))))
    return Concept(label, **lists, group=group)


def read(folder: Path) -> tuple[Concept, ...]:
    """All concepts of ``folder``, files in name order. Raises LexiconBroken for a malformed or doubled concept."""
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconBroken(path, error) from error
        group = table.get("group", "")
        if not isinstance(group, str):
            raise LexiconBroken(path, "group 应为文字")
        for row in table.get("concept", []):
            concept = _concept(path, dict(row), group)
            if concept.label in concepts:
                raise LexiconBroken(path, f"概念“{concept.label}”出现了两次")
            concepts[concept.label] = concept
    return tuple(concepts.values())


@cache
def lexicon() -> tuple[Concept, ...]:
    """The bundled concepts."""
    return compiled(FOLDER)


def compiled(folder: Path) -> tuple[Concept, ...]:
    """What ``read`` gives, kept beside the files as Python keeps its modules compiled: parsing TOML takes a tenth of a
    second, of every start. What was kept of files with other times or sizes is not used."""
    place = Path(cache_from_source(str(folder / "concepts.py"))).with_suffix(".json")
    read_from = (*sorted(folder.glob("*.toml")), Path(__file__))
    stamp = [[path.name, path.stat().st_mtime_ns, path.stat().st_size] for path in read_from]
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(place.read_text("utf-8"))
        if kept["stamp"] == stamp:
            kept_rows: Any = ([tuple(v) if type(v) is list else v for v in row] for row in kept["concepts"])
            return tuple(Concept(*row) for row in kept_rows)
    concepts = read(folder)
    rows = [[getattr(concept, field.name) for field in fields(Concept)] for concept in concepts]
    with suppress(OSError):  # an installation that nobody may write to
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as file:
            json.dump({"stamp": stamp, "concepts": rows}, file, ensure_ascii=False)
        Path(file.name).replace(place)
    return concepts


def topics(concepts: Iterable[Concept]) -> Mapping[str, tuple[Concept, ...]]:
    """prefLabel → the topics that a concept counts for where passages are ranked: itself, or what it is part of.

    A topic has the labels of all its parts beside its own.
    """
    return _topics(tuple(concepts))


@lru_cache(2)  # of the lexicon, whenever a library is opened, and with what was taught
def _topics(concepts: tuple[Concept, ...]) -> Mapping[str, tuple[Concept, ...]]:
    known = {concept.label: concept for concept in concepts}
    wholes = {label: _wholes(concept, known) for label, concept in known.items()}
    official: dict[str, list[str]] = {label: [] for label in known}
    hidden: dict[str, list[str]] = {label: [] for label in known}
    for concept in known.values():
        for whole in wholes[concept.label]:
            official[whole] += concept.official
            hidden[whole] += concept.hidden_labels
    made = {}
    for label in {whole: None for found in wholes.values() for whole in found}:
        alt = tuple(dict.fromkeys(word for word in official[label] if word != label))
        plain = tuple(dict.fromkeys(word for word in hidden[label] if word not in official[label]))
        made[label] = replace(known[label], alt_labels=alt, hidden_labels=plain)
    return {label: tuple(made[whole] for whole in found) for label, found in wholes.items()}


def _wholes(concept: Concept, known: dict[str, Concept]) -> tuple[str, ...]:
    """The topics of a concept: none of them is part of another."""
    found: dict[str, None] = {}
    waiting, seen = [concept], set[str]()
    while waiting:
        at = waiting.pop(0)
        above = [known[name] for name in at.part_of if name in known]
        if not above:
            found[at.label] = None
        waiting += [one for one in above if one.label not in seen]
        seen.update(one.label for one in above)
    return tuple(found) or (concept.label,)
