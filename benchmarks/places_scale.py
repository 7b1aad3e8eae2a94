"""Place questions over a large library: opening, memory, disk and time to answer. Writes ``benchmarks/places_scale.md``.

``python benchmarks/places_scale.py FOLDER [PASSAGES]`` makes a library of about so many passages (200,000) in FOLDER, which is
left there: the documents of the reference corpus beside the project, copied again and again under the names of other places,
with a share of their words exchanged for others of the same length and all figures drawn anew. What stands in them is
copied with them (sections, claims, facts, mentions of terms and concepts); the glossary is that of the corpus, not drawn
from the copies, and near copies are not looked for. A library that is in FOLDER already is measured as it is.

Needs ``../shared`` (corpus, gold).
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import rjieba

from corpus.model import (
    Claim,
    ConceptMention,
    Document,
    Fact,
    Mention,
    ParsedDocument,
    ParsedSource,
    Passage,
    Section,
    Source,
    Term,
    digest,
)
from corpus.places import Place, gazetteer
from corpus.store import FILE_NAME, Store

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
_EXCHANGED = 0.3  # share of the words of two characters that are exchanged
_LEVELS = ("province", "city", "county")
_WORD = re.compile("[一-龥]{2}")
_SEED = 11


@dataclass(frozen=True, slots=True)
class Original:
    """A document with all that stands in it; ``words`` are its words as a segmenter cuts them."""

    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...]
    concepts: tuple[ConceptMention, ...]
    words: tuple[str, ...]


class Copier:
    """Makes copies of documents under other names. ``chance`` draws all that is drawn."""

    def __init__(self, originals: Sequence[Original], chance: random.Random) -> None:
        self._chance = chance
        self._words = [word for original in originals for word in original.words if _WORD.fullmatch(word)]
        self._places: dict[str, list[Place]] = {}
        for place in gazetteer().places:
            self._places.setdefault(place.level, []).append(place)
        known = [claim.place for original in originals for claim in original.claims if claim.place_code]
        self._kept = {name for name in known for name in (name, _short(name))}

    def copy(self, original: Original, source_id: str, ordinal: int) -> tuple[ParsedDocument, list[Any]]:
        """A copy of a document, and the records that stand in it beside its passages."""
        old, key = original.document, f"{source_id}-{ordinal}"
        names = self._names(original)
        text, moved = self._exchanged(original, names)
        place = names.get(old.place)
        document = replace(
            old,
            id=key,
            source_id=source_id,
            ordinal=ordinal,
            text=text,
            title=f"{old.title}{source_id}",
            place=place.name if place else old.place,
            place_code=place.code if place else old.place_code,
            level=place.level if place else old.level,
            province=_province(place) if place else old.province,
        )
        sections = {section.id: digest(key, section.id) for section in original.sections}
        passages = {passage.id: digest(key, passage.id) for passage in original.passages}
        claims = {claim.id: digest(key, claim.id) for claim in original.claims}

        def put(record: Any, **fields: Any) -> Any:
            start, end = moved(record.start), moved(record.end)
            if hasattr(record, "text"):
                fields["text"] = text[start:end]
            if place := names.get(getattr(record, "place", "")):
                fields |= {"place": place.name, "place_code": place.code}
                if isinstance(record, Claim):
                    fields["level"] = place.level
            return replace(record, document_id=key, start=start, end=end, **fields)

        def beside(record: Any, **fields: Any) -> Any:
            return put(record, passage_id=passages.get(record.passage_id, ""), **fields)

        stands: list[Any] = [
            beside(claim, id=claims[claim.id], section_id=sections.get(claim.section_id, ""))
            for claim in original.claims
        ]
        stands += [beside(fact, id=digest(key, fact.id), claim_id=claims[fact.claim_id]) for fact in original.facts]
        stands += [beside(mention) for mention in (*original.mentions, *original.concepts)]
        parsed = ParsedDocument(
            document,
            tuple(
                put(section, id=sections[section.id], parent_id=sections.get(section.parent_id, ""))
                for section in original.sections
            ),
            tuple(
                put(passage, id=passages[passage.id], section_id=sections.get(passage.section_id, ""))
                for passage in original.passages
            ),
            (),
        )
        return parsed, stands

    def _names(self, original: Original) -> dict[str, Place]:
        """Name → the place that stands for it, for all that a document tells of."""
        own = original.document
        told = {claim.place: claim.level for claim in (*original.claims, own) if claim.place and claim.level in _LEVELS}
        # There are few provinces: most copies of theirs are of cities.
        levels = {name: "city" if level == "province" else level for name, level in told.items()}
        return {name: self._chance.choice(self._places[level]) for name, level in sorted(levels.items())}

    def _exchanged(self, original: Original, names: dict[str, Place]) -> tuple[str, Callable[[int], int]]:
        """The text of a copy, and where a place in the original lies in it."""
        chance = self._chance
        words = [
            chance.choice(self._words)
            if _WORD.fullmatch(word) and word not in self._kept and chance.random() < _EXCHANGED
            else word
            for word in original.words
        ]
        text = re.sub(r"\d", lambda _: chance.choice("123456789"), "".join(words))
        new = {
            form: to for name, place in names.items() for form, to in ((name, place.name), (_short(name), place.short))
        }
        if not new:
            return text, lambda position: position
        pattern = re.compile("|".join(sorted(map(re.escape, new), key=len, reverse=True)))
        ends, shifts = [0], [0]
        for match in pattern.finditer(text):
            ends.append(match.end())
            shifts.append(len(new[match[0]]) - len(match[0]))
        shifts = list(accumulate(shifts))

        def moved(position: int) -> int:
            return position + shifts[bisect_right(ends, position) - 1]

        return pattern.sub(lambda match: new[match[0]], text), moved


def _short(name: str) -> str:
    place = gazetteer().resolve(name)
    return place.short if place else name


def _province(place: Place) -> str:
    province = gazetteer().province(place)
    return province.name if province else ""


def originals(store: Store) -> Iterator[Original]:
    """The documents of a library."""
    for document in store.shown(Document):
        key = document.id
        yield Original(
            document,
            tuple(store.select(Section, document_id=key)),
            tuple(store.select(Passage, document_id=key)),
            tuple(store.select(Claim, document_id=key)),
            tuple(store.select(Fact, document_id=key)),
            tuple(store.select(Mention, document_id=key)),
            tuple(store.select(ConceptMention, document_id=key)),
            tuple(rjieba.cut(document.text)),
        )


def make(folder: Path, passages: int) -> None:
    """A library of about so many passages."""
    with tempfile.TemporaryDirectory() as small:
        command = ["-m", "gongzhi", "ingest", str(SHARED / "corpus"), "--library", small]
        subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=ROOT)
        with Store.open(Path(small)) as store:
            found, terms = list(originals(store)), store.select(Term)
    copier = Copier(found, random.Random(_SEED))
    rounds = passages // sum(len(original.passages) for original in found)
    with Store.open(folder, create=True) as store, store.write():
        store.insert(terms)
        for number in range(rounds):
            identity = digest(str(number))
            copies = [copier.copy(original, identity, ordinal) for ordinal, original in enumerate(found)]
            source = Source(identity, f"{number}.txt", f"{number}.txt", "utf-8", 0)
            store.put_source(ParsedSource(source, b"", tuple(parsed for parsed, _ in copies), ()))
            for kind in (Claim, Fact, Mention, ConceptMention):
                store.insert(record for _, stands in copies for record in stands if isinstance(record, kind))


class Meter:
    """Adds up processor time and memory of what it wraps."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.bytes: Counter[str] = Counter()

    def wrap(self, owner: Any, attribute: str, name: str) -> None:
        """Let a function of a module or class be measured under a name."""
        made = getattr(owner, attribute)

        def call(*given: Any, **named: Any) -> Any:
            started, before = time.process_time(), _resident()["own"]
            try:
                return made(*given, **named)
            finally:
                self.seconds[name] += time.process_time() - started
                self.bytes[name] += _resident()["own"] - before

        setattr(owner, attribute, call)


def measure(folder: Path) -> dict[str, Any]:
    """Opens a library and asks it the judged questions three times."""
    from search import engine, finder, library, matching, nearness, places

    meter = Meter()
    meter.wrap(finder, "Catalogue", "Finder: catalogue")
    meter.wrap(engine, "Finder", "Finder")
    meter.wrap(engine, "GlossaryIndex", "GlossaryIndex")
    meter.wrap(places.ClaimIndex, "open", "PlaceFinder: clauses")
    meter.wrap(nearness.Nearness, "of", "PlaceFinder: vectors")
    meter.wrap(engine, "PlaceFinder", "PlaceFinder")
    meter.wrap(engine, "FactTable", "FactTable")
    meter.wrap(engine.Engine, "open", "all of it")
    meter.wrap(matching.Matcher, "matches", "matches")
    started = time.perf_counter()
    opened = library.Library(folder).engine()
    wall = time.perf_counter() - started
    rss = _resident()
    rows = (SHARED / "gold" / "places.jsonl").read_text("utf-8").splitlines()
    rounds, found, sizes = [], [], []
    for _ in range(3):
        answers = []
        for row in rows:
            begun, before = time.process_time(), meter.seconds["matches"]
            answer = opened.places(json.loads(row)["query"])
            answers.append((time.process_time() - begun) * 1e3)
            found.append((meter.seconds["matches"] - before) * 1e3)
            sizes.append((len(answer.answers), sum(place.sentences for place in answer.answers)))
        rounds.append(answers)
    del meter.seconds["matches"], meter.bytes["matches"]
    return {
        "wall": wall,
        "seconds": meter.seconds,
        "bytes": meter.bytes,
        "rss_open": rss,
        "rss_asked": _resident(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "rounds": rounds,
        "found": found[-len(rows) :],
        "answered": sizes[-len(rows) :],
    }


def _resident() -> dict[str, int]:
    """Bytes of memory that are the process's own, and of files that it has mapped."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(status[key].split()[0]) * 1024 for name, key in (("own", "RssAnon"), ("files", "RssFile"))}


def main(folder: Path, passages: int) -> None:
    """Makes the library, opens it twice, each time in a process of its own, and writes the table."""
    if not (SHARED / "corpus").is_dir():
        sys.exit("benchmarks/places_scale.py needs ../shared; nothing was measured")
    if not (folder / FILE_NAME).exists():
        started = time.perf_counter()
        make(folder, passages)
        print(f"made in {time.perf_counter() - started:.0f} s", flush=True)
    first, later = (_apart(folder) for _ in range(2))
    report(folder, first, later)


def _apart(folder: Path) -> dict[str, Any]:
    # Processor time of one thread: what else the machine does must not count.
    alone = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    made = subprocess.run(
        [sys.executable, __file__, "--measure", str(folder)], check=True, capture_output=True, text=True, cwd=ROOT,
        env=os.environ | alone,
    ).stdout  # fmt: skip
    found: dict[str, Any] = json.loads(made.splitlines()[-1])
    return found


def _size(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def _share(values: Iterable[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def report(folder: Path, first: dict[str, Any], later: dict[str, Any]) -> None:
    """Writes the tables."""
    with Store.open(folder) as store:
        held = {cls.__name__.lower(): store.count(cls) for cls in (Document, Passage, Claim, Fact)}
    asked, again = later["rounds"][0], later["rounds"][-1]
    mb = 1e6
    lines = [
        ("documents / passages / claims / facts", " / ".join(f"{count:,}" for count in held.values())),
        ("a judged question, first time, p50 / p95 / most", _three(asked)),
        ("the same asked again, p50 / p95 / most", _three(again)),
        ("of it finding the claims, p50 / p95 / most", _three(later["found"])),
        ("places answered, p50 / most", _two([places for places, _ in later["answered"]])),
        ("sentences of these, p50 / most", _two([sentences for _, sentences in later["answered"]])),
        ("opening by the clock, caches to be built / there", f"{first['wall']:.0f} / {later['wall']:.0f} s"),
        ("database", f"{_size(folder / FILE_NAME):.0f} MB"),
        *((f"cache {path.name}", f"{_size(path):.0f} MB") for path in sorted((folder / "cache").iterdir())),
        (
            "memory of its own after opening / after the questions",
            f"{later['rss_open']['own'] / mb:.0f} / {later['rss_asked']['own'] / mb:.0f} MB",
        ),
        (
            "files mapped after opening / after the questions",
            f"{later['rss_open']['files'] / mb:.0f} / {later['rss_asked']['files'] / mb:.0f} MB",
        ),
        ("peak while caches are built", f"{first['peak'] / mb:.0f} MB"),
    ]
    parts = [
        (name, f"{first['seconds'][name]:.1f}", f"{spent:.1f}", f"{later['bytes'][name] / mb:.0f}")
        for name, spent in later["seconds"].items()
    ]
    text = (
        f"# Place questions over a large library\n\nMade by `benchmarks/places_scale.py`, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} at the end; seconds are those of the processor.\n\n| what | figure |\n|---|---|\n"
        + "".join(f"| {name} | {value} |\n" for name, value in lines)
        + "\n| part of opening | caches to be built, s | there, s | memory of its own, MB |\n|---|---|---|---|\n"
        + "".join(f"| {' | '.join(row)} |\n" for row in parts)
    )
    (ROOT / "benchmarks" / "places_scale.md").write_text(text, "utf-8")
    print(text)


def _three(times: Sequence[float]) -> str:
    return f"{_share(times, 0.5):.0f} / {_share(times, 0.95):.0f} / {max(times):.0f} ms"


def _two(counts: Sequence[int]) -> str:
    return f"{_share(counts, 0.5):,} / {max(counts):,}"


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200_000)
