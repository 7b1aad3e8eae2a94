"""Linking what changed must equal linking everything."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document, Edit, Linked, Mention, Term, Wording
from corpus.store import Store
from graph.derive import derive
from graph.glossary import build_glossary
from graph.linking import Linker
from graph.relinking import Relinking, changed, rules, unpacked, wordings
from tests.graph.conftest import parsed

MakeStore = Callable[..., Store]


def document(name: str, text: str) -> Document:
    return Document(name, "s", 0, "", "", "", "", "city", "", "", "", "", text)


class Counting(Linker):
    """A linker that notes the texts it has looked through."""

    def __init__(self, *names: object) -> None:
        super().__init__(*names)  # type: ignore[arg-type]
        self.seen: list[str] = []

    def spans(self, text: str) -> list[tuple[int, int]]:
        self.seen.append(text)
        return super().spans(text)


TEXTS = {
    "甲": document("甲", "开展暖蜂行动。"),
    "乙": document("乙", "打造“护航”品牌。"),
    "丙": document("丙", "概述。"),
}


def named(terms: dict[str, str]) -> dict[str, tuple[str]]:
    return {name: (term_id,) for name, term_id in terms.items()}


def relinked(
    linker: Linker, documents: Iterable[Document], before: Iterable[Wording], kept: Iterable[Linked]
) -> tuple[Linked, ...]:
    relink, known = Relinking(linker, changed(before, wordings(linker))), {found.document_id: found for found in kept}
    return tuple(relink(document.id, document.text, known.get(document.id)) for document in documents)


def linked(linker: Linker, before: Sequence[Wording] = (), kept: Sequence[Linked] = ()) -> tuple[Linked, ...]:
    return relinked(linker, TEXTS.values(), before, kept)


@pytest.mark.parametrize(
    ("terms", "guarded", "seen"),
    [
        ({"暖蜂": "a", "护航": "b"}, frozenset(), []),  # nothing changed
        ({"暖蜂": "x", "护航": "b"}, frozenset(), []),  # the same label of another term stands where it stood
        ({"暖蜂": "a", "护航": "b", "驿站": "c"}, frozenset(), []),  # a label that no document holds
        ({"暖蜂": "a", "护航": "b", "蜂行": "c"}, frozenset(), ["甲"]),
        ({"护航": "b"}, frozenset(), ["甲"]),
        ({"暖蜂": "a", "护航": "b"}, frozenset({"护航"}), ["乙"]),
        ({"暖蜂": "a", "“护航”": "b"}, frozenset(), []),  # written otherwise, looked for alike
    ],
)
def test_only_documents_that_hold_a_changed_label_are_linked(
    terms: dict[str, str], guarded: frozenset[str], seen: list[str]
) -> None:
    first = Linker(named({"暖蜂": "a", "护航": "b"}))
    kept = linked(first)
    second = Counting(named(terms), guarded)
    again = linked(second, wordings(first), kept)
    assert second.seen == [TEXTS[name].text for name in seen]
    assert again == linked(Linker(named(terms), guarded))


def test_a_new_document_is_linked_and_one_that_left_is_forgotten() -> None:
    first = Linker(named({"暖蜂": "a"}))
    kept = relinked(first, [TEXTS["甲"], TEXTS["乙"]], (), ())
    second = Counting(named({"暖蜂": "a"}))
    again = relinked(second, [TEXTS["乙"], TEXTS["丙"]], wordings(first), kept)
    assert second.seen == [TEXTS["丙"].text]
    assert [found.document_id for found in again] == ["乙", "丙"]


def test_what_other_rules_found_is_found_anew() -> None:
    linker = Counting(named({"暖蜂": "a"}))
    stale = [Linked(name, "other", b"") for name in TEXTS]
    (first, *_) = linked(linker, wordings(linker), stale)
    assert len(linker.seen) == len(TEXTS)
    assert first.rules == rules() and unpacked(first.terms) == [(2, 4)]


WORD = st.text(st.sampled_from("甲乙丙1一"), min_size=1, max_size=5)
NAMES = st.dictionaries(st.one_of(WORD, WORD.map(lambda word: f"“{word}”"), WORD.map("·".join)), st.sampled_from("ab"))
TEXT = st.text(st.sampled_from("甲乙丙1一甲乙丙“”·、。"), max_size=24)
STEP = st.tuples(NAMES, st.frozensets(WORD), st.dictionaries(st.sampled_from("xyz"), TEXT))


@given(st.lists(STEP, min_size=2, max_size=4))
def test_any_row_of_changes_comes_to_what_linking_everything_finds(
    steps: list[tuple[dict[str, str], frozenset[str], dict[str, str]]],
) -> None:
    before: tuple[Wording, ...] = ()
    kept: tuple[Linked, ...] = ()
    for terms, guarded, texts in steps:
        linker = Linker(named(terms), guarded)
        documents = [document(name + text, text) for name, text in texts.items()]
        kept = relinked(linker, documents, before, kept)
        before = wordings(linker)
        assert kept == relinked(linker, documents, (), ())


def test_a_glossary_kept_up_equals_one_made_at_once(store: MakeStore) -> None:
    first = ("甲", "开展“暖蜂”行动，为骑手送水。开展“暖蜂”行动，为骑手送药。", "舟山市", "330900")
    second = ("乙", "健全问题共商、场地共用、经费共管的“三共”机制。推进“暖蜂”驿站。", "丽水市", "331100")
    made = store(first)
    with made.write():
        made.put_source(parsed(*second))
        derive(made)
    fresh = store(second, first)
    for cls in (Term, Mention, Wording, Linked):
        assert made.select(cls) == fresh.select(cls)
    assert build_glossary(made) == build_glossary(fresh)


def test_a_name_that_a_person_gives_is_linked_everywhere(store: MakeStore) -> None:
    made = store(("甲", "开展“暖蜂”行动，为骑手送水。"), ("乙", "各地办好小蜂巢。"))
    with made.write():
        made.insert([Edit(1, "b", "alias", "暖蜂", "小蜂巢", "", "", "2024-05-01")])
        derive(made)
    (term,) = (term for term in made.select(Term) if term.label == "暖蜂")
    texts = {found.id: found.text for found in made.select(Document)}
    found = [texts[m.document_id][m.start : m.end] for m in made.select(Mention, term_id=term.id)]
    assert "小蜂巢" in found
