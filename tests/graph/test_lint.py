"""What the checks of the vocabulary find, and that what is bundled is clean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.lexicon import Concept, lexicon
from corpus.model import Definition, Document, Edit, Glossary, Mention, Relation, Term
from corpus.store import Store
from graph.checks import ACCEPTABLE, CHECKS
from graph.lint import Finding, lint, lint_all, lint_glossary, lint_lexicon


def test_the_bundled_lexicon_is_clean() -> None:
    assert [finding.message for finding in lint_lexicon(lexicon())] == []


@pytest.mark.parametrize(
    ("concepts", "found"),
    [
        ([Concept("甲", related=("乙",)), Concept("乙", related=("甲",))], []),
        ([Concept("甲", related=("乙",)), Concept("乙", broader=("丙",)), Concept("丙")], [("concept_one_way", "甲")]),
        ([Concept("甲", ("“乙”",), related=("乙",)), Concept("乙", related=("甲",))], [("concept_label_shared", "甲")]),
        ([Concept("甲", ("甲某",), negative_labels=("“甲某”",), broader=("乙",)), Concept("乙")], [("concept_negative_own", "甲")]),
        ([Concept("甲", (), ("俗话",), ("俗话",), ("乙",)), Concept("乙")], [("concept_negative_own", "甲")]),
        ([Concept("甲", negative_labels=("乙",), broader=("乙",)), Concept("乙")], []),
        ([Concept("甲", ("乙",)), Concept("乙", broader=("甲",), part_of=("甲",))], []),
        ([Concept("甲", broader=("没有",))], [("concept_unknown", "甲")]),
        ([Concept("甲")], [("concept_orphan", "甲")]),
        ([Concept("甲", broader=("乙",)), Concept("乙", broader=("甲",))], [("broader_circle", "乙")]),
        (
            [Concept("甲", broader=("乙",), related=("丙",)), Concept("乙", broader=("丙",)), Concept("丙", related=("甲",))],
            [("concept_related_broader", "甲")],
        ),
    ],
)  # fmt: skip
def test_defects_of_a_lexicon(concepts: list[Concept], found: list[tuple[str, str]]) -> None:
    assert [(finding.code, finding.subject) for finding in lint_lexicon(concepts)] == found


TEXT = "“五心”工程是好的。三方四家齐上阵。夜校开到车间。"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as store, store.write():
        store._db.execute("INSERT INTO source VALUES ('s', '甲.txt', '甲.txt', 'utf-8', 1, 0, '', x'')")
        store.insert([Document("s-01", "s", 1, "甲", "", "", "", "city", "", "", "", "", TEXT)])
        yield store


def definition(term: str, text: str, components: tuple[str, ...] = (), how: str = "glossary") -> Definition:
    start = TEXT.find(text)
    return Definition(
        f"{term}{start}", term, text, components, "explained", how, "", "s-01", "", start, start + len(text)
    )


def term(identity: str, label: str, *aliases: str) -> Term:
    return Term(identity, label, "concept", "unexplained", aliases)


def mention(identity: str, words: str) -> Mention:
    return Mention(identity, "s-01", "", TEXT.index(words), TEXT.index(words) + len(words))


FIVE, SIDES, SCHOOL = term("1", "五心", "“五心”工程"), term("2", "三方四家"), term("3", "夜校")
SEEN = (mention("1", "“五心”工程"), mention("2", "三方四家"), mention("3", "夜校"))


def test_a_sound_glossary_has_no_findings(library: Store) -> None:
    library.put_glossary(
        Glossary((FIVE, SIDES, SCHOOL), (definition("1", "“五心”工程是好的。", tuple("甲乙丙丁戊")),), (), SEEN)
    )
    assert lint_glossary(library) == []


@pytest.mark.parametrize(
    ("glossary", "found", "says"),
    [
        (Glossary((SCHOOL, term("4", "“夜校”")), (), (), (*SEEN[2:], mention("4", "车间"))), ("label_shared", "“夜校”"), "合并"),
        (Glossary((SCHOOL, term("4", "车间", "“夜校”")), (), (), (SEEN[2], mention("4", "车间"))), ("alias_shared", "车间"), "去别名"),
        (Glossary((SIDES,), (definition("2", "三方四家齐上阵。", tuple("甲乙丙丁戊")),), (), SEEN[1:2]),
         ("components_disagree", "三方四家"), "7 项"),
        (Glossary((SCHOOL,), (definition("3", "三方四家齐上阵。"),), (), SEEN[2:]), ("sentence_without_term", "夜校"), "核对"),
        (Glossary((SCHOOL,), (), (), ()), ("term_orphan", "夜校"), "不收"),
        (Glossary((SIDES, SCHOOL), (), tuple(Relation(a, b, "broader", 1.0, "", "", "", 0, 0) for a, b in ("23", "32")),
                  SEEN[1:]), ("broader_circle", "三方四家"), "→"),
    ],
)  # fmt: skip
def test_defects_of_a_glossary(library: Store, glossary: Glossary, found: tuple[str, str], says: str) -> None:
    library.put_glossary(glossary)
    findings = lint_glossary(library)
    assert [(finding.code, finding.subject) for finding in findings] == [found]
    assert says in next(finding.message for finding in findings if finding.code == found[0])
    assert {finding.severity for finding in findings if finding.code == found[0]} == {CHECKS[found[0]][0]}


@pytest.mark.parametrize("parts", [tuple("甲乙丙丁戊己庚"), ("三方：甲、乙、丙", "四家：丁、戊、己、庚")])
def test_a_list_may_count_parts_or_groups(library: Store, parts: tuple[str, ...]) -> None:
    library.put_glossary(Glossary((SIDES,), (definition("2", "三方四家齐上阵。", parts),), (), SEEN[1:2]))
    assert lint_glossary(library) == []


def test_an_alias_that_a_person_gave_and_no_text_has(library: Store) -> None:
    library.put_glossary(
        Glossary((term("1", "五心", "“五心”行动", "“五心”工程", "五心活动"),), (), (), (mention("1", "五心"),))
    )
    assert lint_glossary(library) == []
    for ordinal, alias in enumerate(("“五心”行动", "“五心”工程"), 1):
        library.insert([Edit(ordinal, "b", "alias", "五心", alias, "", "", "2026-01-01")])
    assert [(found.code, found.subject) for found in lint_glossary(library)] == [("alias_unmatched", "五心")]
    assert "“五心”行动" in lint_glossary(library)[0].message


def test_lists_that_are_known_to_be_short_and_terms_with_relations_are_let_be(library: Store) -> None:
    short = definition("2", "三方四家齐上阵。", ("一方", "一家"), "enumeration_short")
    related = Relation("2", "3", "related", 1.0, "", "", "", 0, 0)
    library.put_glossary(Glossary((SIDES, SCHOOL), (short,), (related,), ()))
    assert lint_glossary(library) == []


def test_edits_that_changed_nothing_and_concepts_nobody_uses(library: Store) -> None:
    library.insert([Edit(1, "b", "alias", "没有", "夜校", "", "", "2026", "", "术语表里没有“没有”。"),
                    Edit(2, "b", "reject", "没有", "", "", "", "2026", "2026", "")])  # fmt: skip
    findings = lint(library)
    assert [finding.subject for finding in findings if finding.code == "edit_idle"] == ["没有"]
    assert "“没有”加别名“夜校”" in findings[0].message
    unmet = [finding for finding in findings if finding.code == "concept_unmatched"]
    assert len(unmet) == 1 and f"{len(lexicon())} 个概念" in unmet[0].message
    order = list(CHECKS)
    assert [order.index(f.code) for f in findings] == sorted(order.index(f.code) for f in findings)


def test_a_hint_that_somebody_let_pass_is_not_listed_again(library: Store) -> None:
    def found() -> list[str]:
        return [finding.code for finding in lint(library) if not finding.code.startswith("concept")]

    library.put_glossary(Glossary((SCHOOL,), (definition("3", "三方四家齐上阵。"),), (), SEEN[2:]))
    (hint,) = [finding for finding in lint(library) if finding.code == "sentence_without_term"]
    library.insert([Edit(1, "b", "confirm", SCHOOL.label, hint.key, "", "", "2026")])
    assert "sentence_without_term" not in found()
    assert hint in lint_all(library)
    # Another sentence is another finding; so is the same one once the edit is undone.
    library.put_glossary(Glossary((SCHOOL,), (definition("3", "“五心”工程是好的。"),), (), SEEN[2:]))
    assert "sentence_without_term" in found()
    library.put_glossary(Glossary((SCHOOL,), (definition("3", "三方四家齐上阵。"),), (), SEEN[2:]))
    library.undo_edits([1], "2026")
    assert "sentence_without_term" in found()


def test_what_cannot_be_let_pass_has_no_key() -> None:
    assert Finding("label_shared", "error", "甲", "乙").key == ""
    assert Finding("alias_shared", "hint", "甲", "乙").key.startswith("alias_shared:")
    assert all(CHECKS[code][0] == "hint" for code in ACCEPTABLE)


def test_the_reference_corpus_has_no_errors(corpus_store: Store) -> None:
    assert [finding.message for finding in lint(corpus_store) if finding.severity == "error"] == []
