"""A library that grows and shrinks by its segments answers as one that was made of the same files at once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import search.engine
import search.segments
from corpus.model import Term
from corpus.store import Store
from gongzhi.build import TEXTS, ingest, remove, settle
from search.answers import Filters, PlacesAnswer
from search.cache import Cache
from search.engine import Engine
from search.segments import Layout, forget

QUERIES = ("户外劳动者服务站点", "给在太阳底下干活的人送水", "“职工”", "哪些地方建了驿站", "困难职工帮扶解困做了什么")
ASKED = ("哪些地方建了户外劳动者驿站？", "哪些城市开展了劳动竞赛？", "哪些县帮扶了困难职工？")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    return [Path(shutil.copy(path, folder)) for path in sorted(TEXTS.glob("*.*"))]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every library is a large one."""
    monkeypatch.setattr(search.segments, "_SMALL", 0)
    monkeypatch.setattr(search.segments, "_QUICK", 40)
    yield


def segments(library: Path) -> int:
    return len([*(library / "cache" / "segments").iterdir()])


def plain(answer: PlacesAnswer) -> object:
    """The answer with all sentences in one order, and their sureness without its last digits."""
    places = [
        (
            replace(place, confidence=round(place.confidence, 1), evidence=(), cells=()),
            sorted((one.sentence, one.status, one.document_id) for one in place.evidence),
        )
        for place in answer.answers
    ]
    return sorted(places, key=repr), answer.coverage


def same(one: Path, other: Path) -> None:
    """Both give the same answers, up to how rare a word is taken to be."""
    first, second = Engine.open(one), Engine.open(other)
    try:
        assert first.size == second.size
        assert first.facts(limit=10_000) == second.facts(limit=10_000)
        for query in ASKED:
            assert plain(first.places(query, shown=None)) == plain(second.places(query, shown=None))
        for query in QUERIES:
            ours, theirs = first.search(query, 30), second.search(query, 30)
            assert ours.facets.keys() == theirs.facets.keys()
            assert {hit.passage_id for hit in ours.hits[:3]} & {hit.passage_id for hit in theirs.hits[:3]}
            strict = [engine.search(f"“{query[-2:]}”", 500) for engine in (first, second)]
            assert {hit.passage_id for hit in strict[0].hits} == {hit.passage_id for hit in strict[1].hits}
            assert strict[0].total == strict[1].total and strict[0].facets == strict[1].facets
        for condition in (Filters(level="city"), Filters(status="done"), Filters(province="湖北省")):
            listed = [engine.search("", 1000, filters=condition) for engine in (first, second)]
            assert [hit.passage_id for hit in listed[0].hits] == [hit.passage_id for hit in listed[1].hits]
        labels = [[term.label for term in engine.store.select(Term)] for engine in (first, second)]
        assert labels[0] == labels[1]
        for label in labels[0]:
            assert first.term(label) == second.term(label)
        text = second.search("职工", 3, filters=Filters(status="done")).hits[-1].text
        drafts = [engine.precedents(text) for engine in (first, second)]
        assert [(o.longest, o.evidence) for o in drafts[0].overlaps] == [
            (o.longest, o.evidence) for o in drafts[1].overlaps
        ]
        assert drafts[0].overlaps
    finally:
        first.close()
        second.close()


def test_files_come_and_go(files: list[Path], tmp_path: Path) -> None:
    grown, made = tmp_path / "grown", tmp_path / "made"
    ingest(grown, files[:-2])
    Engine.open(grown).close()
    assert segments(grown) == 1
    for path in files[-2:]:
        ingest(grown, [path])
    ingest(made, files)
    assert segments(grown) > segments(made) == 1
    same(grown, made)
    for path in (files[0], files[-1]):
        remove(grown, path.name)
        remove(made, path.name)
        shutil.rmtree(made / "cache")
        same(grown, made)


def test_damage_that_cannot_be_mended_makes_all_anew(files: list[Path], tmp_path: Path) -> None:
    grown, made = tmp_path / "grown", tmp_path / "made"
    ingest(grown, files[:-1])
    remove(grown, files[0].name)
    ingest(made, files[1:-1])
    for path in (grown / "cache").glob("segments/*/tokens/tokens.bin"):
        path.write_bytes(b"")
    same(grown, made)


def test_what_waits_is_searchable_and_settles(files: list[Path], tmp_path: Path) -> None:
    grown, made = tmp_path / "grown", tmp_path / "made"
    ingest(grown, files[:-1])
    forget(Cache(grown))
    report = ingest(grown, [files[-1]], small=0)
    settle(grown)
    ingest(made, files)
    assert report.documents
    same(grown, made)
    with Engine.open(grown).store as store:
        assert Layout.of(store, Cache(grown)).alive is None


def test_files_taken_away_while_a_library_is_opened(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(tmp_path / "library", files[:1])
    opened = search.engine.Finder
    tries: list[Path] = []

    def meanwhile(store: Store, cache: Cache, *others: object) -> object:
        # Another process puts segments together just now.
        tries.append(store.folder)
        if len(tries) == 1:
            raise FileNotFoundError("cache/segments")
        return opened(store, cache, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(search.engine, "Finder", meanwhile)
    engine = Engine.open(tmp_path / "library")
    assert engine.search("职工").hits and len(tries) == 2
    engine.close()


def everything(engine: Engine) -> list[object]:
    """What an engine tells, to be compared to the last digit."""
    conditions = (Filters(level="city"), Filters(status="done"), Filters(province="湖北省", year="2023"))
    labels = [term.label for term in engine.store.select(Term)][::5]
    return [
        engine.size,
        engine.documents,
        engine.editions,
        engine.guesses,
        [replace(engine.search(query, 30), took_ms=0.0) for query in QUERIES],
        [replace(engine.search("", 1000, filters=condition), took_ms=0.0) for condition in conditions],
        [engine.places(query, shown=None) for query in ASKED],
        engine.facts(limit=10_000),
        [engine.term(label) for label in labels],
        [engine.suggest(label[:1]) for label in labels],
    ]


def test_what_is_taken_over_is_what_would_be_read(files: list[Path], tmp_path: Path) -> None:
    library, other = tmp_path / "library", tmp_path / "other"
    added, replaced = shutil.copy(files[-1], tmp_path / "新.txt"), shutil.copy(files[1], tmp_path / files[1].name)
    ingest(library, [*files[2:-1], replaced])
    ingest(other, files[3:])
    kept = shutil.copytree(library, tmp_path / "kept")

    def rewrite() -> None:
        replaced.write_text(replaced.read_text("utf-8") + "\n另外，全市新建海棠书屋三十二家。\n", "utf-8")
        ingest(library, [replaced], small=0)

    before, taken = Engine.open(library), 0
    for change in (
        lambda: ingest(library, [added], small=0),
        rewrite,
        lambda: remove(library, files[2].name, small=0),
        lambda: remove(library, added.name, small=0),
        lambda: forget(Cache(library)),
        lambda: (shutil.rmtree(library), shutil.copytree(kept, library)),
        lambda: (shutil.rmtree(library), shutil.copytree(other, library)),
    ):
        change()
        renewed, fresh = Engine.open(library, before=before), Engine.open(library)
        assert everything(renewed) == everything(fresh)
        taken += bool(
            {id(document) for document in before.documents} & {id(document) for document in renewed.documents}
        )
        before.close()
        fresh.close()
        before = renewed
    before.close()
    assert taken >= 5
