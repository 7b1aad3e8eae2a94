"""What a library has not settled yet: documents came or left, and what all documents make together is still that of before.

The documents themselves, with their claims and the known terms in them, are there; new terms, explanations and ties wait.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.revisions import Cause

if TYPE_CHECKING:
    from corpus.store import Store

#: Passages of a library in which nothing ever waits: it is settled in about two seconds.
SMALL = 5_000
_KEY = "unsettled"
_NOTICE = (
    "最近导入或移出的文献还没有整理进术语表：原文已经能查到，新的术语、解释和关系整理完才有。"
    "整理接着导入自动进行，中断过的可运行 gongzhi settle。"
)


def unsettled(store: "Store") -> Cause | None:
    """Why the glossary is to be made anew, None where it is that of all documents."""
    for (value,) in store.query("SELECT value FROM meta WHERE key = ?", (_KEY,)):
        kind, details, whole = json.loads(value)
        return Cause(kind, tuple(details), whole)
    return None


def notice(store: "Store") -> str:
    """What is to be said of the glossary while it waits, in Chinese; "" where it is that of all documents."""
    return _NOTICE if unsettled(store) is not None else ""


def joined(causes: Sequence[Cause]) -> Cause:
    """Several causes as one, of the last one's kind."""
    details = tuple(dict.fromkeys(detail for cause in causes for detail in cause.details))
    return Cause(causes[-1].kind, details, any(cause.whole for cause in causes))


def put_unsettled(store: "Store", cause: Cause) -> None:
    """Note that the glossary is to be made anew for this cause, too; call it inside ``store.write()``."""
    before = unsettled(store)
    every = joined([before, cause] if before else [cause])
    value = json.dumps([every.kind, every.details, every.whole], ensure_ascii=False)
    store.query("REPLACE INTO meta VALUES (?, ?)", (_KEY, value))


def put_settled(store: "Store") -> None:
    """Note that the glossary is that of all documents; call it inside ``store.write()``."""
    store.query("DELETE FROM meta WHERE key = ?", (_KEY,))
