"""What edits make of definitions, mentions and relations."""

from collections.abc import Iterable

import pytest

from corpus.mentions import Mentions
from corpus.model import Definition, Edit, EditKind, Mention, Relation, Term, digest
from graph.overlay import Overlay, barred

FIVE, LAMP, ROSE = (Term(digest("term", label), label, "concept", "unexplained", aliases) for label, aliases in
                    (("五个一", ()), ("灯塔课堂", ("灯塔讲堂",)), ("海棠驿家", ("海棠站",))))  # fmt: skip
TERMS = [FIVE, LAMP, ROSE]


def edit(ordinal: int, kind: EditKind, term: str, value: str = "", undone: str = "") -> Edit:
    return Edit(ordinal, "", kind, term, value, "同一回事", "张三", "2026-01-01", undone)


def definition(
    term: Term, text: str, document: str = "甲", sense: int = 1, components: Iterable[str] = ()
) -> Definition:
    identity = digest("definition", term.id, document, text)
    start = int(identity[:4], 16)
    place = {"甲": "荆州市", "乙": "宜昌市"}.get(document, "")
    return Definition(identity, term.id, text, tuple(components), "explained", "glossary", place, document, "",
                      start, start + len(text), sense)  # fmt: skip


def shape(definitions: Iterable[Definition], overlay: Overlay) -> list[tuple[str, int, str, bool]]:
    labels = {term.id: term.label for term in overlay.terms}
    return sorted((labels[d.term_id], d.sense, d.text, d.preferred) for d in definitions)


BASE = [
    definition(FIVE, "一本书。", "乙", 1, ["一本书"]),
    definition(FIVE, "一堂课。", "甲", 2, ["一堂课"]),
    definition(LAMP, "灯塔课堂是夜校。"),
    definition(LAMP, "灯塔讲堂是讲座。"),
    definition(ROSE, "海棠驿家供人歇脚。"),
]


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        (
            [edit(1, "merge", "海棠驿家", "灯塔课堂")],
            {"灯塔课堂": [(1, "海棠驿家供人歇脚。"), (1, "灯塔讲堂是讲座。"), (1, "灯塔课堂是夜校。")], "海棠驿家": []},
        ),
        (
            [edit(1, "merge", "海棠驿家", "五个一")],
            {"五个一": [(1, "一本书。"), (2, "一堂课。"), (3, "海棠驿家供人歇脚。")], "海棠驿家": []},
        ),
        (
            [edit(1, "split", "灯塔课堂", "灯塔讲堂")],
            {"灯塔课堂": [(1, "灯塔课堂是夜校。")], "灯塔讲堂": [(1, "灯塔讲堂是讲座。")]},
        ),
        ([edit(1, "unalias", "灯塔课堂", "灯塔讲堂")], {"灯塔课堂": [(1, "灯塔课堂是夜校。")]}),
        ([edit(1, "reject", "灯塔课堂")], {"灯塔课堂": []}),
        (
            [edit(1, "split", "五个一", "五个一（荆州）\n一堂课。")],
            {"五个一": [(1, "一本书。")], "五个一（荆州）": [(1, "一堂课。")]},
        ),
        ([edit(1, "reject", "灯塔课堂", undone="2026")], {}),
    ],
)
def test_definitions_follow_their_terms(edits: list[Edit], wanted: dict[str, list[tuple[int, str]]]) -> None:
    overlay = Overlay(TERMS, edits)
    found: dict[str, list[tuple[int, str]]] = {}
    made = overlay.definitions(BASE)
    for label, sense, text, _ in shape(made, overlay):
        found.setdefault(label, []).append((sense, text))
    before: dict[str, list[tuple[int, str]]] = {}
    for label, sense, text, _ in shape(BASE, Overlay(TERMS, [])):
        before.setdefault(label, []).append((sense, text))
    assert found == {label: said for label, said in (before | wanted).items() if said}
    assert len({d.id for d in made}) == len(made)
    assert not any(e.idle for e in overlay.edits({t.id for t in overlay.terms}))


def test_the_preferred_sentence_of_a_sense_is_marked_and_the_last_word_holds() -> None:
    edits = [edit(1, "prefer", "五个一", "一本书。"), edit(2, "prefer", "五个一", "一堂课。"),
             edit(3, "prefer", "灯塔课堂", "灯塔课堂是夜校。"), edit(4, "prefer", "灯塔课堂", "“灯塔讲堂”是讲座。"),
             edit(5, "prefer", "海棠驿家", "这一句没有了。")]  # fmt: skip
    overlay = Overlay(TERMS, edits)
    preferred = {d.text for d in overlay.definitions(BASE) if d.preferred}
    assert preferred == {"一本书。", "一堂课。", "灯塔讲堂是讲座。"}
    idle = {e.ordinal: e.idle for e in overlay.edits(()) if e.idle}
    assert list(idle) == [5] and "没有这一句解释" in idle[5]


def test_the_same_sentence_of_merged_terms_stands_once() -> None:
    both = [definition(LAMP, "灯塔课堂、海棠驿家都是夜校。"), definition(ROSE, "灯塔课堂、海棠驿家都是夜校。", "乙")]
    overlay = Overlay(TERMS, [edit(1, "merge", "海棠驿家", "灯塔课堂")])
    assert [d.document_id for d in overlay.definitions(both)] == ["甲"]


def test_mentions_of_a_sense_that_was_split_off_follow_it() -> None:
    overlay = Overlay(TERMS, [edit(1, "split", "五个一", "五个一（荆州）\n一堂课。")])
    overlay.definitions(BASE)
    places = {"甲": "荆州市", "乙": "宜昌市", "丙": "荆州市", "丁": ""}
    made = overlay.mentions(Mentions.of([Mention(FIVE.id, document, "", 0, 3) for document in places]), places)
    labels = {term.id: term.label for term in overlay.terms}
    assert {m.document_id: labels[m.term_id] for m in made} == {
        "甲": "五个一（荆州）", "乙": "五个一", "丙": "五个一（荆州）", "丁": "五个一"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "says"), [("没有这一句。", "没有这一句解释"), ("海棠驿家供人歇脚。", "同一个意思")]
)
def test_a_sense_that_is_not_there_is_not_split_off(sentence: str, says: str) -> None:
    term = "五个一" if "没有" in sentence else "海棠驿家"
    overlay = Overlay(TERMS, [edit(1, "split", term, f"另一个词\n{sentence}")])
    assert set(overlay.definitions(BASE)) == set(BASE)
    new = next(t.id for t in overlay.terms if t.label == "另一个词")
    assert overlay.mentions(Mentions.of([Mention(new, "甲", "", 0, 4)]), {}) == ()
    assert says in overlay.edits(())[0].idle


def test_relations_that_people_made() -> None:
    edits = [edit(1, "relate", "灯塔课堂", "broader:五个一"), edit(2, "relate", "海棠驿家", "related:五个一"),
             edit(3, "relate", "海棠驿家", "related:灯塔课堂"), edit(4, "unrelate", "灯塔课堂", "related:海棠驿家")]  # fmt: skip
    overlay = Overlay(TERMS, edits)
    found = Relation(LAMP.id, FIVE.id, "broader", 0.5, "原文", "甲", "", 0, 1)
    made = {(r.source_id, r.kind, r.target_id): r for r in overlay.relations([found], {t.id for t in TERMS})}
    pair = tuple(sorted((ROSE.id, FIVE.id)))
    assert made.keys() == {(LAMP.id, "broader", FIVE.id), (pair[0], "related", pair[1])}
    assert {r.reason for r in made.values()} == {"张三认定：同一回事"} and {r.weight for r in made.values()} == {1.0}


def test_relations_wait_for_both_terms() -> None:
    overlay = Overlay(TERMS, [edit(1, "relate", "灯塔课堂", "broader:五个一")])
    assert overlay.relations((), {LAMP.id}) == ()
    assert "五个一" in overlay.edits({LAMP.id})[0].idle


def test_names_that_were_taken_away() -> None:
    edits = [
        edit(1, "reject", "“灯塔课堂”"),
        edit(2, "unalias", "海棠驿家", "海棠站"),
        edit(3, "reject", "五个一", undone="x"),
    ]
    assert barred(edits) == {"灯塔课堂", "海棠站"}
