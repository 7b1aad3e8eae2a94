"""Linking: characters a second by number of labels, libraries side by side, and linking again. Writes ``linking.md``.

Reads general official texts from ``../shared/texts``; labels are phrases cut from them at random (seeded), as
long as the names of a glossary. What is installed of spaCy, pyahocorasick, daachorse and flashtext2 is
compared; none of them is needed. ``--sample LIBRARY`` prints the mentions of short labels that are to be judged.
"""

import json
import lzma
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TEXTS = ROOT.parent / "shared" / "texts" / "official_texts.jsonl.xz"
CORPUS = ROOT.parent / "shared" / "corpus"
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpus.model import Document, Linked, Mention, Term, Wording  # noqa: E402
from corpus.store import Store  # noqa: E402
from graph.folding import folded  # noqa: E402
from graph.linking import Linker  # noqa: E402
from graph.relinking import Relinking, changed, wordings  # noqa: E402

SEED = 7
SIZES = (1_000, 5_000, 20_000, 100_000)
AUDITED = 100
_NAME = re.compile(r"[一-鿿]+")
#: Lengths of the names that the glossary and the lexicon look for in the reference corpus, and of everyday words.
NAMES = {2: 2, 3: 6, 4: 28, 5: 9, 6: 17, 7: 8, 8: 10, 9: 4, 10: 5, 11: 2, 12: 9}
WORDS = {2: 30, 3: 20, 4: 30, 5: 10, 6: 10}


def read(characters: int) -> list[str]:
    """Official texts of so many characters in all, every twentieth of the collection until there are enough."""
    chosen = random.Random(SEED)
    texts: list[str] = []
    with lzma.open(TEXTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            if chosen.random() < 0.05:
                texts.append(json.loads(line)["text"])
                if sum(map(len, texts)) >= characters:
                    break
    return texts


def phrases(texts: list[str], count: int, lengths: Mapping[int, float]) -> list[str]:
    """So many different phrases of the texts, whole words of the segmenter, with ``lengths`` (characters → share); those
    of fewer labels are among those of more."""
    import rjieba

    words = [cut for cut in map(rjieba.cut, texts) if len(cut) > 8]
    chosen = random.Random(SEED)
    wanted = chosen.choices(list(lengths), list(lengths.values()), k=count)
    found: dict[str, None] = {}
    while len(found) < count:
        cut, size = chosen.choice(words), wanted[len(found)]
        at, phrase = chosen.randrange(len(cut)), ""
        while len(phrase) < size and at < len(cut):
            phrase += cut[at]
            at += 1
        if len(phrase) == size and _NAME.fullmatch(phrase):
            found[phrase] = None
    return list(found)


def seconds(run: Callable[[], Any], times: int = 3) -> float:
    """The median of the processor time of a few runs."""
    took = []
    for _ in range(times):
        start = time.process_time()
        run()
        took.append(time.process_time() - start)
    return statistics.median(took)


def _ahocorasick_rs(labels: list[str]) -> Callable[[str], int]:
    from ahocorasick_rs import AhoCorasick

    made = AhoCorasick(labels, store_patterns=False)
    return lambda text: len(made.find_matches_as_indexes(text, overlapping=True))


def _pyahocorasick(labels: list[str]) -> Callable[[str], int]:
    import ahocorasick  # type: ignore[import-not-found]

    made = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, label in enumerate(labels):
        made.add_word(label, number)
    made.make_automaton()
    return lambda text: len(list(made.iter(text)))


def _daachorse(labels: list[str]) -> Callable[[str], int]:
    import daachorse  # type: ignore[import-not-found]

    made = daachorse.CharwiseDoubleArrayAhoCorasick(labels)
    return lambda text: len(made.find_overlapping(text))


def _spacy(labels: list[str]) -> Callable[[str], int]:
    import spacy  # type: ignore[import-not-found]
    from spacy.matcher import PhraseMatcher  # type: ignore[import-not-found]
    from spacy.tokens import Doc  # type: ignore[import-not-found]

    vocab = spacy.blank("zh").vocab

    def characters(text: str) -> Any:
        return Doc(vocab, words=list(text), spaces=[False] * len(text))

    made = PhraseMatcher(vocab)
    made.add("label", [characters(label) for label in labels])
    return lambda text: len(made(characters(text)))


def _flashtext2(labels: list[str]) -> Callable[[str], int]:
    from flashtext2 import KeywordProcessor  # type: ignore[import-not-found]

    made = KeywordProcessor(case_sensitive=True)
    made.add_keywords_from_iter(labels)
    return lambda text: len(made.extract_keywords_with_span(text))


MATCHERS: dict[str, Callable[[list[str]], Callable[[str], int]]] = {
    "ahocorasick_rs": _ahocorasick_rs,
    "daachorse": _daachorse,
    "pyahocorasick": _pyahocorasick,
    "spaCy PhraseMatcher over characters": _spacy,
    "flashtext2": _flashtext2,
}


def compared(texts: list[str], labels: list[str]) -> list[str]:
    """A row for each library that is installed: every match of every label, found and handed to Python."""
    size, rows, first = sum(map(len, texts)), [], 0.0
    for name, make in MATCHERS.items():
        try:
            building = seconds(lambda make=make: make(labels), 1)  # type: ignore[misc]
            find = make(labels)
        except ImportError:
            continue
        found = sum(map(find, texts))
        pace = size / seconds(lambda find=find: [find(text) for text in texts]) / 1e6  # type: ignore[misc]
        first = first or pace
        rows.append(f"| {len(labels):,} | {name} | {found:,} | {building:.3f} | {pace:.1f} | {pace / first:.2f} |")
    return rows


def linking(texts: list[str], labels: list[str]) -> str:
    """A row on the whole of linking: folding, matching, context, overlaps, mentions."""
    documents = [_document(str(n), text) for n, text in enumerate(texts)]
    building = seconds(lambda: Linker(dict.fromkeys(labels, ("t",))).spans(""), 1)
    linker = Linker(dict.fromkeys(labels, ("t",)))
    linker.spans("")
    mentions = sum(len(linker.found(document.text)) for document in documents)
    took = seconds(lambda: [linker.found(document.text) for document in documents])
    size = sum(map(len, texts))
    return f"| {len(labels):,} | {building:.2f} | {mentions:,} | {size / mentions:.0f} | {size / took / 1e6:.2f} |"


def relinked(
    linker: Linker, documents: Iterable[Document], before: Iterable[Wording], kept: Iterable[Linked]
) -> tuple[Linked, ...]:
    """Where labels stand in the documents, in their order."""
    relink, known = Relinking(linker, changed(before, wordings(linker))), {found.document_id: found for found in kept}
    return tuple(relink(document.id, document.text, known.get(document.id)) for document in documents)


def again(texts: list[str], labels: list[str]) -> list[str]:
    """Rows on linking again after a change of labels or documents."""
    documents = [_document(str(n), text) for n, text in enumerate(texts)]
    pieces = Counter(
        text[at : at + 3] for text in texts for at in range(len(text)) if _NAME.fullmatch(text[at : at + 3])
    )
    common = next(piece for piece, _ in pieces.most_common() if piece not in labels)
    first = Linker(dict.fromkeys(labels, ("t",)))
    full = seconds(lambda: relinked(first, documents, (), ()), 1)
    kept, before = relinked(first, documents, (), ()), wordings(first)
    rows = [f"| everything | {len(documents)} | {full:.3f} | 1.000 |"]
    for said, names, more in (
        ("nothing changed", labels, []),
        ("one label added", [*labels, "工会驿站"], []),
        ("one common label added", [*labels, common], []),
        ("ten labels removed", labels[10:], []),
        ("one document added", labels, [_document("more", texts[0])]),
    ):
        linker = Linker(dict.fromkeys(names, ("t",)))
        linker.spans("")
        known = {linked.document_id: linked for linked in kept}
        made = relinked(linker, [*documents, *more], before, kept)
        count = sum(known.get(linked.document_id) is not linked for linked in made)
        took = seconds(lambda linker=linker, more=more: relinked(linker, [*documents, *more], before, kept))  # type: ignore[misc]
        rows.append(f"| {said} | {count} | {took:.3f} | {took / full:.3f} |")
    return rows


def _document(name: str, text: str) -> Document:
    return Document(name, "s", 0, "", "", "", "", "city", "", "", "", "", text)


def corpus() -> list[str]:
    """Rows on making the glossary of the reference corpus, with everything read and linked before and without."""
    from gongzhi.build import ingest
    from graph.derive import derive

    with tempfile.TemporaryDirectory() as scratch:
        ingest(Path(scratch), [CORPUS])
        with Store.open(Path(scratch)) as store:

            def run(forget: bool) -> float:
                if forget:
                    with store.write():
                        store.query("DELETE FROM linked")
                        store.query("DELETE FROM sighted")
                start = time.process_time()
                with store.write():
                    derive(store)
                return time.process_time() - start

            run(forget=True)
            whole = statistics.median(run(forget=True) for _ in range(3))
            kept = statistics.median(run(forget=False) for _ in range(3))
    return [f"| everything anew | {whole:.2f} |", f"| after an edit, in a running server | {kept:.2f} |"]


def sample(library: Path) -> None:
    """Print mentions of labels of up to three characters, drawn by a seed, with what stands around them. 工会 is left
    out: it would be most of them."""
    with Store.open(library) as store:
        texts = {document.id: document.text for document in store.select(Document)}
        terms = {term.id: term.label for term in store.select(Term)}
        short = [m for m in store.select(Mention) if len(folded(texts[m.document_id][m.start : m.end])) <= 3]
    short = [mention for mention in short if terms[mention.term_id] != "工会"]
    for mention in random.Random(20).sample(short, min(AUDITED, len(short))):
        text, start, end = texts[mention.document_id], mention.start, mention.end
        print(
            f"{terms[mention.term_id]}\t{text[max(0, start - 14) : start]}【{text[start:end]}】{text[end : end + 12]}"
        )


def main() -> None:
    if sys.argv[1:2] == ["--sample"]:
        sample(Path(sys.argv[2]))
        return
    if not TEXTS.exists():
        print("../shared/texts is not there: nothing to measure")
        return
    texts = read(1_000_000)
    labels = phrases(texts, SIZES[-1], NAMES)
    plain = [folded(text) for text in texts]
    size = sum(map(len, texts))
    lines = [
        "# Linking",
        "",
        f"`python benchmarks/linking.py`: {len(texts)} official texts, {size:,} characters, one core. Labels are phrases of",
        "these very texts, as long as names of the glossary are, so that they stand much closer than terms do (one in 27",
        "characters of the reference corpus). Times are processor time of the machine it runs on; read the ratios.",
        "",
        "## The whole of linking, by number of labels",
        "",
        "Folding, matching, context of short labels, overlaps, mentions. The last row has everyday words for labels: the worst",
        "case, where every second label must be looked at in its context.",
        "",
        "| labels | building s | mentions | characters a mention | M characters/s |",
        "|---|---|---|---|---|",
    ]
    for count in SIZES:
        lines.append(linking(texts, labels[:count]))
        print(lines[-1], flush=True)
    lines.append(linking(texts, phrases(texts, 20_000, WORDS)))
    lines += ["", "## Matchers side by side, every match of every label, overlapping ones too", ""]
    lines += ["| labels | library | matches | building s | M characters/s | ratio |", "|---|---|---|---|---|---|"]
    for count in SIZES:
        lines += compared(plain, labels[:count])
        print(lines[-1], flush=True)
    lines += ["", f"## Linking again, {20_000:,} labels", ""]
    lines += ["| change | documents linked | s | of everything |", "|---|---|---|---|", *again(texts, labels[:20_000])]
    if CORPUS.is_dir():
        lines += ["", "## Making the glossary of the reference corpus", "", "| | s |", "|---|---|", *corpus()]
    made = Path(__file__).with_suffix(".md")
    audit = made.read_text("utf-8").partition("\n## Mentions of short labels")[1:] if made.exists() else ("", "")
    made.write_text("\n".join(lines) + "\n" + "".join(audit), "utf-8")


if __name__ == "__main__":
    main()
