"""The lexicon: its reader, and the bundled concepts."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import LexiconBroken
from corpus.lexicon import FOLDER, WRITING, Concept, compiled, lexicon, read, topics


def written(folder: Path, text: str) -> Path:
    (folder / "a.toml").write_text(text, "utf-8")
    return folder


def test_read(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text('[[concept]]\nprefLabel = "乙"\n', "utf-8")
    written(
        tmp_path,
        """group = "赛事"
[[concept]]
prefLabel = "甲"
altLabels = ["甲项目", "甲活动", "甲项目"]
hiddenLabels = ["大白话"]
negativeLabels = ["甲鱼"]
broader = ["乙"]
related = ["乙"]
""",
    )
    assert read(tmp_path) == (
        Concept("甲", ("甲项目", "甲活动"), ("大白话",), ("甲鱼",), ("乙",), ("乙",), "赛事"),
        Concept("乙"),
    )
    assert read(tmp_path)[0].official == ("甲", "甲项目", "甲活动")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[concept]]\naltLabels = ["甲"]', "缺少 prefLabel"),
        ('[[concept]]\nprefLabel = ""', "缺少 prefLabel"),
        ('[[concept]]\nprefLabel = "甲"\nlabels = ["乙"]', "不认识的键 labels"),
        ('[[concept]]\nprefLabel = "甲"\naltLabels = "乙"', "字符串的列表"),
        ('[[concept]]\nprefLabel = "甲"\naltLabels = [""]', "字符串的列表"),
        ('[[concept]]\nprefLabel = "甲"\n[[concept]]\nprefLabel = "甲"', "出现了两次"),
        ("group = 1", "group 应为文字"),
        ("[[concept", "a.toml"),
    ],
)
def test_a_broken_lexicon_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(LexiconBroken, match=reason):
        read(written(tmp_path, text))


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconBroken, match=r"a\.toml"):
        read(tmp_path)


def test_the_bundled_lexicon_is_large() -> None:
    assert len(lexicon()) >= 200
    assert sum(len(concept.official) for concept in lexicon()) >= 2000
    assert sum(len(concept.hidden_labels) for concept in lexicon()) >= 5000
    assert len(list(FOLDER.glob("*.toml"))) >= 8


@pytest.mark.parametrize("concept", lexicon(), ids=lambda concept: concept.label)
def test_a_bundled_concept_is_sound(concept: Concept) -> None:
    assert concept.group
    names = {other.label for other in lexicon()}
    assert set(concept.broader) | set(concept.related) <= names - {concept.label}
    assert not set(concept.broader) & set(concept.related)
    assert concept.label not in concept.alt_labels
    assert not set(concept.official) & set(concept.hidden_labels)
    assert not (set(concept.official) | set(concept.hidden_labels)) & set(concept.negative_labels)
    assert concept.hidden_labels
    assert all(2 <= len(label) <= 24 for label in concept.official)


def test_broader_concepts_form_no_circle() -> None:
    above = {concept.label: set(concept.broader) for concept in lexicon()}
    for label in above:
        seen, waiting = set[str](), set(above[label])
        while waiting:
            assert label not in waiting
            seen |= waiting
            waiting = set().union(*(above[name] for name in waiting)) - seen


def test_no_plain_label_stands_for_everything() -> None:
    owners = Counter(label for concept in lexicon() for label in concept.hidden_labels)
    assert max(owners.values()) <= 4


def test_every_concept_has_a_field_of_work() -> None:
    fields = {concept.group for concept in lexicon()}
    assert "" not in fields
    assert len(fields) == len(list(FOLDER.glob("*.toml")))
    assert WRITING in fields


def test_the_name_of_a_field_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('group = 3\n[[concept]]\nprefLabel = "甲"\n', "utf-8")
    with pytest.raises(LexiconBroken, match="group"):
        read(tmp_path)


def test_a_part_counts_for_its_topic(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        """[[concept]]
prefLabel = "查体"
altLabels = ["体格检查"]
hiddenLabels = ["查身体"]

[[concept]]
prefLabel = "船工查体"
altLabels = ["船工体格检查"]
hiddenLabels = ["给船工查身体", "体格检查"]
partOf = ["查体"]

[[concept]]
prefLabel = "夜班船工查体"
partOf = ["船工查体"]
""",
    )
    concepts = read(folder)
    assert [concept.broader for concept in concepts] == [(), ("查体",), ("船工查体",)]
    (topic,) = {topic for found in topics(concepts).values() for topic in found}
    assert topic.official == ("查体", "体格检查", "船工查体", "船工体格检查", "夜班船工查体")
    assert topic.hidden_labels == ("查身体", "给船工查身体")
    assert list(topics(concepts)) == ["查体", "船工查体", "夜班船工查体"]


def test_a_circle_of_parts_ends() -> None:
    around = (Concept("甲", part_of=("乙",)), Concept("乙", part_of=("甲",)))
    assert {label: [topic.label for topic in found] for label, found in topics(around).items()} == {
        "甲": ["甲"],
        "乙": ["乙"],
    }


def test_the_topics_of_the_bundled_lexicon_are_no_parts() -> None:
    counted = topics(lexicon())
    assert set(counted) == {concept.label for concept in lexicon()}
    assert {topic.label for found in counted.values() for topic in found} == {
        concept.label for concept in lexicon() if not concept.part_of
    }


@pytest.mark.parametrize(
    ("word", "narrower"),
    [("献血", "职工无偿献血"), ("马拉松", "职工健步走骑行"), ("登山", "职工健步走骑行"), ("足球赛", "职工球类比赛")],
)
def test_a_plain_word_for_one_thing_is_no_word_for_the_whole_field(word: str, narrower: str) -> None:
    assert [concept.label for concept in lexicon() if word in concept.hidden_labels] == [narrower]


def test_what_is_learned_for_a_degree_is_no_other_learning() -> None:
    named = {concept.label: set(concept.official) for concept in lexicon()}
    assert "求学圆梦行动" in named["学历提升"] and "职工素质提升大讲堂" in named["职工素质提升"]
    assert not named["学历提升"] & named["职工素质提升"]


def test_what_is_kept_of_the_files_is_what_they_say(tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text('group = "关爱"\n[[concept]]\nprefLabel = "送清凉"\nhiddenLabels = ["大热天"]\n', "utf-8")
    made = compiled(tmp_path)
    (kept,) = tmp_path.rglob("*.json")
    assert compiled(tmp_path) == made == read(tmp_path)
    kept.write_text(kept.read_text("utf-8").replace("大热天", "伏天里"), "utf-8")
    assert compiled(tmp_path)[0].hidden_labels == ("伏天里",)  # it is read, as long as the files are the same
    file.write_text(file.read_text("utf-8") + 'altLabels = ["防暑降温"]\n', "utf-8")
    assert compiled(tmp_path) == read(tmp_path) != made
    for broken in ("", "{}", "[1]", '{"stamp": 1}', kept.read_text("utf-8")[:-5]):
        kept.write_text(broken, "utf-8")
        assert compiled(tmp_path) == read(tmp_path)


def test_a_lexicon_that_nobody_may_write_to_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('[[concept]]\nprefLabel = "送清凉"\n', "utf-8")
    (tmp_path / "__pycache__").write_text("")
    assert [concept.label for concept in compiled(tmp_path)] == ["送清凉"]


def test_the_bundled_lexicon_is_that_of_its_files() -> None:
    assert lexicon() == read(FOLDER)
