"""What may be amiss in a Milvus database, and putting it right."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import DocumentNotFound
from search.backends.batches import count_anew, sweep
from search.backends.collections import COLUMNS, CONTENT, NOTHING
from search.backends.conditions import listed, quoted
from search.backends.interface import Finding

if TYPE_CHECKING:
    from search.backends.milvus import MilvusBackend

_AT_ONCE = 200  # versions in one condition


@dataclass(frozen=True, slots=True)
class _Survey:
    """What lies in the database: the documents that are visible by version; versions that lack rows; versions that nobody
    looks at, by collection; rows of batches that were broken off."""

    heads: Mapping[str, Mapping[str, Any]]
    lacking: tuple[str, ...]
    strays: Mapping[str, tuple[str, ...]]
    unfinished: int


def _survey(backend: "MilvusBackend") -> _Survey:
    backend.refresh()
    calls, names, state = backend.calls, backend.names, backend.state
    heads = {row["version"]: json.loads(row["payload"]) for row in backend.heads()}
    dead, lacking, strays, unfinished = set(state.dead), set[str](), dict[str, tuple[str, ...]](), 0
    for kind in CONTENT:
        rows = calls.scan(names.of(kind), "epoch >= 0", ["key", "epoch", "version"])
        held, later = Counter[str](), 0
        for row in rows:
            if row["epoch"] > state.generation:
                later += 1
            else:
                held[row["version"]] += 1
        unfinished += later
        lacking |= {
            version for version, head in heads.items() if held[version] != head["rows"][kind] + (kind == "documents")
        }
        strays[kind] = tuple(sorted(held.keys() - heads.keys() - dead))
    return _Survey(heads, tuple(sorted(lacking)), strays, unfinished)


def examine(backend: "MilvusBackend") -> list[Finding]:
    """What is amiss. Looks at every row's key, and at no row's content but the documents' heads."""
    survey = _survey(backend)
    return list(_found(backend, survey))


def _found(backend: "MilvusBackend", survey: _Survey) -> Iterator[Finding]:
    if survey.lacking:
        whole = _whole(backend, survey)
        broken = len(survey.lacking) - len(whole)
        if whole:
            yield Finding("文献", "缺行或多行，可用库里留的原件重写", len(whole))
        if broken:
            yield Finding("文献", "缺行，库里留的原件也不全，请重新 ingest", broken, mendable=False)
    if strays := sum(map(len, survey.strays.values())):
        yield Finding("旧版本", "没有清除", strays)
    if survey.unfinished:
        yield Finding("未完成的一批", "中断后留下的行", survey.unfinished)
    shown = [head["rows"] for head in survey.heads.values()]
    counted, told = (
        backend.counts(),
        (len(shown), sum(rows["passages"] for rows in shown), sum(r["claims"] for r in shown)),
    )
    if (counted.documents, counted.passages, counted.claims) != told:
        yield Finding("词频统计", "与文献不符", 1)


def _whole(backend: "MilvusBackend", survey: _Survey) -> list[str]:
    """The documents that lack rows but can be written anew from what was kept of them."""
    return [document for document in _documents(survey, survey.lacking) if _readable(backend, document)]


def _documents(survey: _Survey, versions: Iterable[str]) -> list[str]:
    return [survey.heads[version]["document"]["id"] for version in versions]


def _readable(backend: "MilvusBackend", document: str) -> bool:
    try:
        backend.parcel(document)
    except (DocumentNotFound, ValueError, zlib.error):  # what half of a packed text comes to
        return False
    return True


def mend(backend: "MilvusBackend") -> None:
    """Write documents that lack rows anew, take away what nobody looks at, and count what is there. Those of which too
    little is left lose their marks, so that a library that has them brings them."""
    survey = _survey(backend)
    sweep(backend)
    for kind, versions in survey.strays.items():
        for at in range(0, len(versions), _AT_ONCE):
            backend.calls.delete(backend.names.of(kind), f"version in {listed(versions[at : at + _AT_ONCE])}")
    whole = _whole(backend, survey)
    for version in survey.lacking:
        if survey.heads[version]["document"]["id"] not in whole:
            _unmark(backend, version)
    backend.put(backend.parcel(document) for document in whole)
    if any(finding.about == "词频统计" for finding in _found(backend, _survey(backend))):
        count_anew(backend)


def _unmark(backend: "MilvusBackend", version: str) -> None:
    columns = [name for name in COLUMNS["documents"] if name != "v"]
    (head,) = backend.calls.query(backend.names.of("documents"), f"key == {quoted(version)}", columns)
    payload = json.dumps({**json.loads(head["payload"]), "mark": ""}, ensure_ascii=False)
    backend.calls.upsert(backend.names.of("documents"), [{**head, "payload": payload, "v": NOTHING}])
