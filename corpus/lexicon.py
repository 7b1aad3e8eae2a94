"""The lexicon: concepts of union work with the official words that documents use and the plain words people type.

One TOML file per field of work in ``corpus/lexicon/``; a concept is a ``[[concept]]`` table with SKOS-like keys
(https://www.w3.org/TR/skos-reference/): prefLabel, altLabels (official wording attested in documents),
hiddenLabels (plain words), negativeLabels (look-alikes that are *not* the concept), broader, related. ``group`` at the
top of a file names its field of work.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import LexiconBroken

FOLDER = Path(__file__).parent / "lexicon"
_LISTS = {
    "altLabels": "alt_labels",
    "hiddenLabels": "hidden_labels",
    "negativeLabels": "negative_labels",
    "broader": "broader",
    "related": "related",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic of union work; ``broader`` and ``related`` hold prefLabels of other concepts, ``group`` names its field."""

    label: str
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    negative_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    group: str = ""

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
    return read(FOLDER)
