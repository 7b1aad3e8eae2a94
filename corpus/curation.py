"""Edits of a library's glossary as people write them: what kinds there are, what each says, how they are recorded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from corpus.errors import CharacterInvalid, EditIncomplete, LabelInvalid, ValueTooLong
from corpus.model import Edit, EditKind, digest

#: Every kind of edit and its name.
EDITS: dict[EditKind, str] = {
    "add": "新增",
    "split": "拆出",
    "merge": "合并",
    "rename": "改名",
    "alias": "加别名",
    "unalias": "去别名",
    "kind": "改类别",
    "prefer": "选定解释",
    "relate": "加关系",
    "unrelate": "去关系",
    "reject": "不收",
    "confirm": "看过",
}
#: Relations that people may make or take away, as kinds of corpus.model.Relation, with their names.
RELATIONS = {"broader": "上位术语", "related": "相关术语"}
MOST_LABEL, MOST_SENTENCE, MOST_NOTE, MOST_WHO = 60, 2000, 200, 40
#: How many edits may be made at once.
MOST_EDITS = 50
_LONE = ("add", "reject")
_TO_A_LABEL = ("rename", "merge", "split", "alias", "unalias", "relate", "unrelate")
#: The key of a finding that somebody looked at: the code of its check, and what tells it from others of that check.
_FINDING = re.compile(r"[a-z_]{1,40}:[0-9a-f]{16}")
_WRITTEN = re.compile(r"[^\W_]")
_QUOTES = {"“": "”", "‘": "’", "「": "」", '"': '"'}

assert tuple(sorted(EDITS)) == tuple(sorted(get_args(EditKind)))


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that somebody wants made; the fields are those of Edit."""

    kind: EditKind
    term: str
    value: str = ""


def label_in(edit: Edit | Change) -> str:
    """The other label that an edit speaks of; "" where it speaks of none."""
    if edit.kind in ("relate", "unrelate"):
        return edit.value.partition(":")[2]
    return edit.value.partition("\n")[0] if edit.kind in _TO_A_LABEL else ""


def sentence_in(edit: Edit | Change) -> str:
    """The sentence that an edit points at; "" where it points at none."""
    return edit.value if edit.kind == "prefer" else edit.value.partition("\n")[2] if edit.kind == "split" else ""


def bare(label: str) -> str:
    """A label without blanks and quotation marks around the whole of it."""
    label = label.strip()
    if len(label) > 2 and _QUOTES.get(label[0]) == label[-1] and not set(label[1:-1]) & {label[0], label[-1]}:
        return label[1:-1].strip()
    return label


def quoted(label: str) -> str:
    """A label in quotation marks; one that has its own stays as it is, for two in a row read as a slip."""
    return label if "“" in label else f"“{label}”"


def checked(change: Change) -> Change:
    """A change as it may be recorded. Raises EditIncomplete, LabelInvalid, ValueTooLong."""
    term, value, sentence = _label(change.term, "term"), change.value.strip(), sentence_in(change).strip()
    if len(sentence) > MOST_SENTENCE:
        raise ValueTooLong("value", "解释的原句", MOST_SENTENCE)
    if change.kind in ("relate", "unrelate"):
        relation, _, other = value.partition(":")
        if relation not in RELATIONS:
            raise EditIncomplete(EDITS[change.kind], f"关系的种类（{'、'.join(RELATIONS)}）和另一个词")
        value = f"{relation}:{_label(other, 'value')}"
    elif change.kind in _TO_A_LABEL:
        value = "\n".join(filter(None, (_label(label_in(change), "value"), sentence)))
    elif change.kind in _LONE:
        value = ""
    elif change.kind == "confirm":
        if value and not _FINDING.fullmatch(value):
            raise EditIncomplete(EDITS[change.kind], "检查结果的编号，只说看过这个术语就留空")
    elif not value:
        raise EditIncomplete(EDITS[change.kind], "类别" if change.kind == "kind" else "解释的原句")
    return Change(change.kind, term, value)


def _label(written: str, field: str) -> str:
    label = bare(written)
    if len(label) > MOST_LABEL:
        raise ValueTooLong(field, "术语", MOST_LABEL)
    if not label.isprintable() or len(_WRITTEN.findall(label)) < 2:
        raise LabelInvalid(field, label)
    return label


def recorded(changes: Iterable[Change], held: Iterable[Edit], who: str, note: str, made: str) -> list[Edit]:
    """Checked changes as edits of one batch, numbered after those that the library holds. Raises ValueTooLong,
    CharacterInvalid."""
    for text, field, name, most in ((who, "who", "姓名", MOST_WHO), (note, "note", "备注", MOST_NOTE)):
        if len(text) > most:
            raise ValueTooLong(field, name, most)
        if not text.isprintable():  # XML can't hold them, a terminal obeys them
            raise CharacterInvalid(field, name)
    first = max((edit.ordinal for edit in held), default=0) + 1
    batch = digest("edit", made, str(first))
    return [
        Edit(ordinal, batch, change.kind, change.term, change.value, note, who, made)
        for ordinal, change in enumerate(changes, first)
    ]
