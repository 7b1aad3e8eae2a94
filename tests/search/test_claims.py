"""What claims say: where labels stand, written one way or another, how far words do, and the same as plain reading."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.model import Claim
from corpus.sentences import clauses
from search.analyzer import squeeze
from search.claims import ClaimIndex, bare, bigrams

TEXTS = (
    "配备社会化工作者36名，开设“四护”课堂。",
    "打造“四护一促”品牌，建成夜班食堂。",
    "深化十四护行动，夜班工友有食堂。",
)
Make = Callable[[Iterable[Claim]], ClaimIndex]


def claims(texts: Iterable[str]) -> list[Claim]:
    """Claims that follow one another in a document."""
    found: list[Claim] = []
    for n, text in enumerate(texts):
        start = found[-1].end if found else 0
        end = start + len(text)
        found.append(Claim(str(n), "d", "p", "", text, start, end, "宜昌市", "420500", "city", "", "document", "done"))
    return found


@pytest.fixture
def index(index_of: Make) -> ClaimIndex:
    return index_of(claims(TEXTS))


def all_of(index: ClaimIndex) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.arange(len(index), dtype=np.int32)


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        ("社会化工会工作者", {0}),
        ("“四护”", {0}),
        ("四护一促", {1}),
        ("夜班食堂", {1}),
        ("船工夜校", set()),
        ("促", {1}),
        ("", set()),
    ],
)
def test_having(index: ClaimIndex, label: str, texts: set[int]) -> None:
    assert {int(index.owners[number]) for number in index.having(label)} == texts
    assert {int(index.owners[i]) for i in np.flatnonzero(index.standing(label, all_of(index)))} == texts


def test_a_name_inside_another_is_not_it(index: ClaimIndex) -> None:
    inside = index.only_inside(["夜班"], ["夜班食堂"])
    assert {int(index.owners[number]) for number in inside} == {1}
    assert not index.only_inside(["食堂"], ["夜班工友"])
    assert not index.only_inside(["建成", "夜班"], ["夜班食堂"])


def test_presence_falls_from_verbatim_to_scattered_to_none(index: ClaimIndex) -> None:
    presence = index.presence("夜班食堂").at(all_of(index))
    best = [max(presence[index.owners == n]) for n in range(3)]
    assert best[1] == 1
    assert 0 < best[2] < 1
    assert best[0] == 0


def test_what_stands_elsewhere_in_the_claim_counts_less(index: ClaimIndex) -> None:
    presence = index.presence("夜班食堂").at(all_of(index))
    found = {index.text(i): presence[i] for i in np.flatnonzero(index.owners == 1)}
    assert 0 < found["打造四护一促品牌"] < found["建成夜班食堂"]


def test_the_items_of_a_list_are_one_sentence(index_of: Make) -> None:
    items = ["夜班有人", "食堂有饭", "工地有水。"]
    apart, together = (index_of(claims([f"{item}{end}" for item in items])) for end in "。；")
    before, after = (index.presence("夜班食堂").at(all_of(index)) for index in (apart, together))
    assert (after > before).tolist() == [True, True, True]
    assert before[2] == 0


def test_marks_are_spans_of_the_claim(index: ClaimIndex) -> None:
    (number,) = index.having("社会化工会工作者")
    (claim,) = index.claims([0]).values()
    assert [TEXTS[0][a:b] for a, b in index.marks(claim, number, ["社会化工会工作者"])] == ["社会化工作者"]


def test_marks_keep_to_the_clause(index_of: Make) -> None:
    text = "𠮷庆夜班，“夜班”、食堂；夜班"
    index = index_of(claims(["", "夜班", text]))
    (claim,) = index.claims([2]).values()
    found = [index.marks(claim, number, ["夜班"]) for number in index.having("夜班") if index.owners[number] == 2]
    assert found == [[(2, 4)], [(6, 8)], [(13, 15)]]


def test_claims_that_are_gone_are_left_out(index: ClaimIndex) -> None:
    assert {number: claim.text for number, claim in index.claims([2, 0]).items()} == {0: TEXTS[0], 2: TEXTS[2]}
    index._fetch = lambda ids: {}
    assert index.claims([0]) == {}


def test_the_clauses_of_a_doer_and_of_nobody(index_of: Make) -> None:
    found = claims(["建成食堂。", "办班，开课。", "有饭。", "有水。"])
    found[1] = replace(found[1], place="", place_code="", document_id="e")
    found[2] = replace(found[2], place="孝感市", place_code="420900", document_id="e")
    found[3] = replace(found[3], place="", place_code="", document_id="f")
    index = index_of(found)
    assert set(index.doers) == {("宜昌市", "420500", "city"), ("", "", "city"), ("孝感市", "420900", "city")}
    assert index.clauses_of(("宜昌市", "420500"), []).tolist() == [0]
    assert index.clauses_of(("孝感市", "420900"), ["e", "g"]).tolist() == [1, 2, 3]
    assert index.clauses_of(("孝感市", ""), []).tolist() == []


def test_no_claims(index_of: Make) -> None:
    index = index_of([])
    assert len(index) == 0
    assert not index.having("夜班") and not index.only_inside(["夜"], ["夜班"])
    assert not len(index.presence("夜班食堂").least(0.1)) and not len(index.any_of(["夜班"]))
    assert not len(index.clauses_of(("宜昌市", "420500"), ["d"])) and not list(index.sentences())


# Few characters, so that pairs meet, with everything that is left out or heeded.
TEXT = st.builds(
    str.__add__,
    st.text(alphabet=list("工会职夜班食堂四十一+1，；。！,\n“”·）ａ臺𠮷 "), max_size=24),
    st.sampled_from(["", "。", "；"]),
)
LABEL = st.text(alphabet=list("工会职夜班食堂四十一+1”臺"), max_size=6)
LABELS = st.lists(LABEL, max_size=3)


class Plain:
    """The same by looking through all of it."""

    def __init__(self, texts: Iterable[str]) -> None:
        cut = [[squeeze(text[a:b]) for a, b in clauses(text)] for text in texts]
        self.owners = [n for n, parts in enumerate(cut) for part in parts if part]
        self.texts = [part for part in chain.from_iterable(cut) if part]
        sentence, before = 0, ""
        of = []
        for text in texts:
            sentence += bool(of) and bool(before) and not before.endswith("；")
            of.append(sentence)
            before = text
        self.sentences = [of[owner] for owner in self.owners]

    def having(self, label: str) -> list[int]:
        text, plain = squeeze(label), bare(label)
        return [
            i
            for i, part in enumerate(self.texts)
            if stands(part, text) or (len(plain) > 3 and stands(bare(part), plain))
        ]

    def only_inside(self, labels: list[str], longer: list[str]) -> list[int]:
        found = []
        for i in sorted({i for name in longer for i in self.having(squeeze(name))}):
            rest = self.texts[i]
            for name in map(squeeze, longer):
                rest = rest.replace(name, "\n")
            if not any(squeeze(label) in rest for label in labels):
                found.append(i)
        return found

    def presence(self, words: str, idf: Callable[[str], float]) -> list[float]:
        text, having = squeeze(words), self.having(words)
        weights = {gram: idf(gram) for gram in sorted(bigrams(text))} if len(text) > 3 else {}
        total = sum(weights.values())

        def share(parts: Iterable[str]) -> float:
            grams = set().union(*(bigrams(part) | bigrams(bare(part)) for part in parts))
            return sum(weight for gram, weight in weights.items() if gram in grams) / total if weights else 0.0

        found = []
        for i, part in enumerate(self.texts):
            ours = [j for j, of in enumerate(self.sentences) if of == self.sentences[i]]
            here = 1.0 if i in having else share([part])
            around = 1.0 if set(ours) & set(having) else share(self.texts[j] for j in ours)
            found.append(((here + around) / 2) ** 1.5)
        return found


def stands(text: str, label: str) -> bool:
    """True where ``label`` stands in ``text``, a counted name not in a longer one."""
    numerals = set("一二三四五六七八九十两百千0123456789+")
    for at in range(len(text)):
        if label and text.startswith(label, at):
            before, after = text[at - 1 : at] if at else "", text[at + len(label) : at + len(label) + 1]
            counted = label[0] in numerals - {"+"} and len(label) > 1
            if not counted or (before not in numerals | {"第"} and after not in numerals | {"n"}):
                return True
    return False


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, max_size=6), LABELS, LABELS)
@example(["夜班职工会食堂，工会工会"], ["夜班会食堂", "夜班食堂"], ["班食"])
def test_the_same_as_plain_reading(index_of: Make, texts: list[str], labels: list[str], longer: list[str]) -> None:
    index, plain = index_of(claims(texts)), Plain(texts)
    assert [index.text(i) for i in range(len(index))] == list(index.texts()) == plain.texts
    assert list(index.sentences()) == list(map(squeeze, texts))
    assert index.owners.tolist() == plain.owners
    for label in labels + longer:
        assert list(index.having(label)) == plain.having(label)
        presence = index.presence(label)
        expected = plain.presence(label, index.idf)
        assert presence.at(all_of(index)).tolist() == pytest.approx(expected, abs=1e-5)
        for bound in (0.05, 0.3, 0.6):
            least = presence.least(bound).tolist()
            assert least == sorted(set(least))
            assert set(least) >= {i for i, value in enumerate(expected) if value > bound + 1e-5}
            assert set(least) <= {i for i, value in enumerate(expected) if value > bound - 1e-5}
    assert list(index.only_inside(labels, longer)) == plain.only_inside(labels, longer)
    assert index.any_of(labels).tolist() == sorted({i for label in labels for i in plain.having(label)})


@pytest.mark.parametrize("label", ["夜班食堂", "职工夜班食堂", "雨中渡口", "晴天渡口"])
def test_rare_words_among_many_clauses(index_of: Make, label: str) -> None:
    texts = ["晴天有船，渡口有人。"] * 300
    for at, text in (
        (7, "夜班有食堂。"),
        (120, "建夜班食堂，有船。"),
        (121, "夜班，食堂；"),
        (122, "雨中渡船。"),
        (299, "班食"),
    ):
        texts[at] = text
    index, plain = index_of(claims(texts)), Plain(texts)
    expected = plain.presence(label, index.idf)
    presence = index.presence(label)
    assert presence.at(all_of(index)).tolist() == pytest.approx(expected, abs=1e-5)
    for bound in (0.1, 0.25, 0.6):
        assert presence.least(bound).tolist() == [i for i, value in enumerate(expected) if value >= bound]
