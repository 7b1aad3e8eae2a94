"""Conditions that no document of a library meets, told in Chinese with what there is instead."""

from collections.abc import Iterable
from dataclasses import fields

from corpus.fields import LEVELS
from corpus.model import Document
from search.answers import Filters
from search.register import Register, conditions_of, years_of
from search.values import FIELDS, near

_SHOWN = 5


def unmet(filters: Filters, register: Register) -> tuple[str, ...]:
    """A sentence for each condition on documents that none meets, or one where none meets them together."""
    asked = [condition for condition in conditions_of(filters) if not condition.status]
    alone = [condition for condition in asked if not _any(register, condition)]
    if alone:
        return tuple(_told(condition, register.documents) for condition in alone)
    if asked and not _any(register, filters):
        return ("资料库里没有同时符合这些条件的文献，可以去掉一两个条件再试。",)
    return ()


def _any(register: Register, filters: Filters) -> bool:
    chosen = register.chosen(filters)
    return chosen is not None and bool(chosen.any())


def _told(condition: Filters, documents: Iterable[Document]) -> str:
    name, value = next((f.name, getattr(condition, f.name)) for f in fields(Filters) if getattr(condition, f.name))
    there = list(dict.fromkeys(found for document in documents for found in _values(document, name) if found))
    written = LEVELS.get(value, value) if name == "level" else value
    shown = sorted(there)[-_SHOWN:] if name == "year" else list(near(value, there)) or there[:_SHOWN]
    what = "、".join(LEVELS.get(one, one) if name == "level" else one for one in shown)
    hint = f"，现有{what}{'等' if len(there) > len(shown) else ''}" if what else ""
    return f"资料库里没有{FIELDS[name]}为“{written}”的文献{hint}。"


def _values(document: Document, name: str) -> list[str]:
    return years_of(document) if name == "year" else [str(getattr(document, name))]
