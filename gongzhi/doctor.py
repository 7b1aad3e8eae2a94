"""gongzhi doctor: differences between what a library is and what is made of it, and putting them right."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongzhi.grid import grid
from gongzhi.options import json_option, library_option
from gongzhi.usage import Command

if TYPE_CHECKING:
    from search.backends.interface import Backend, Finding


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something amiss: where, what it is about, what is wrong with how many, and whether it was put right, can be, or
    can't."""

    where: str
    about: str
    wrong: str
    count: int
    state: str


MENDED, MENDABLE, LASTING = "已修复", "可修复", "不能自动修复"


def examine(library: Path, repair: bool = False) -> list[Complaint]:
    """What is amiss with a library, and with the backend that the environment names; with ``repair`` put right what can
    be. Raises what opening them raises."""
    from gongzhi.elsewhere import opened
    from gongzhi.settings import models

    found: list[Complaint] = []
    with _local(library) as local:
        before = local.generation
        found += _complaints("资料库", local, local.mend if repair else None)
        if local.generation != before:
            _derive(local)
        with opened(local.store, models()) as remote:  # type: ignore[attr-defined]  # the one of this machine
            if remote is not None:
                differences = _differences(local, remote, repair)
                found += _complaints("Milvus", remote, partial(_mend, local, remote) if repair else None)
                found += differences
    return found


def _complaints(where: str, backend: "Backend", mend: "Callable[[], None] | None") -> list[Complaint]:
    before = backend.examine()
    if mend is None or not before:
        return [Complaint(where, *_told(one), MENDABLE if one.mendable else LASTING) for one in before]
    mend()
    after = backend.examine()
    kept = {(one.about, one.wrong) for one in after}
    mended = (one for one in before if (one.about, one.wrong) not in kept)
    return [
        *(Complaint(where, *_told(one), MENDED) for one in mended),
        *(Complaint(where, *_told(one), LASTING) for one in after),
    ]


def _told(finding: "Finding") -> tuple[str, str, int]:
    return finding.about, finding.wrong, finding.count


def _derive(local: "Backend") -> None:
    """Make anew what all documents make together: rows of them were taken out."""
    from corpus.revisions import Cause
    from graph.derive import derive

    store = local.store  # type: ignore[attr-defined]  # the one of this machine
    with store.write():
        derive(store, Cause("remove", ("清除损坏的记录",)))
    local.refresh()


def _differences(local: "Backend", remote: "Backend", repair: bool) -> list[Complaint]:
    """Documents that one has and the other has not, or has otherwise."""
    ours, theirs = local.marks(), remote.marks()
    if not ours:  # a front machine: what it asks is the truth
        return []
    counts = {
        "没有送到": len(ours.keys() - theirs.keys()),
        "已经移出，还在": len(theirs.keys() - ours.keys()),
        "与资料库不同": sum(theirs[one] != ours[one] for one in ours.keys() & theirs.keys()),
    }
    if repair and any(counts.values()):
        _bring(local, remote)
    return [
        Complaint("Milvus", "文献", wrong, count, MENDED if repair else MENDABLE)
        for wrong, count in counts.items()
        if count
    ]


def _mend(local: "Backend", remote: "Backend") -> None:
    """Put right what the database can by itself, and bring what it can't."""
    remote.mend()
    if local.documents():
        _bring(local, remote)


def _bring(local: "Backend", remote: "Backend") -> None:
    from search.backends.bringing import bring

    bring(local.store, remote, thorough=True)  # type: ignore[attr-defined]  # the one of this machine


@contextmanager
def _local(library: Path) -> "Iterator[Backend]":
    from corpus.lexicon import lexicon, topics
    from corpus.store import Store
    from gongzhi.settings import models
    from search.backends.local import LocalBackend
    from search.concepts import ConceptIndex
    from search.finder import Finder

    chosen = models()
    store = Store.open(library, create=chosen.backend is not None)
    try:
        embedder = chosen.embedder(store)[1]
        counted = topics(lexicon())
        index = ConceptIndex(dict.fromkeys(topic for found in counted.values() for topic in found), embedder)
        backend = LocalBackend(
            store, lambda store, cache, layout: Finder(store, cache, layout, index, counted, embedder)
        )
    except BaseException:
        store.close()
        raise
    try:
        yield backend
    finally:
        backend.close()


@click.command(cls=Command)
@click.option("--repair", is_flag=True, help="能修复的都修复：清除残留，重做索引，补写缺失的文献。")
@library_option
@json_option
def doctor(repair: bool, library: Path, as_json: bool) -> None:
    """检查资料库与索引、与 Milvus 是否一致，可以修复。

    检查数据库文件、引用关系、原文与段落、留存的原件、索引文件；设了 GONGZHI_BACKEND=milvus 时，还检查那边缺了什么、多了什么、
    有没有写了一半的。有问题而没有修复，退出码为 1。
    """
    found = examine(library, repair)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    elif found:
        rows = ((one.where, one.about, one.wrong, one.count, one.state) for one in found)
        grid("在哪里", "什么", "问题", "数量", "处理", rows=rows)
    else:
        click.echo("没有发现问题。")
    sys.exit(1 if any(one.state != MENDED for one in found) else 0)
