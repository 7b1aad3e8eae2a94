import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.lexicon import Concept
from corpus.model import Definition, Document, Relation, Term
from corpus.store import Store
from graph.errors import ExtraMissing
from graph.relations import Labels
from graph.skos import NAMESPACES, SHAPES, Vocabulary, to_jsonld, to_turtle

rdflib = pytest.importorskip("rdflib", reason="the extra rdf is not installed")
pyshacl = pytest.importorskip("pyshacl", reason="the extra rdf is not installed")
MakeStore = Callable[..., Store]
SKOS = rdflib.Namespace(NAMESPACES["skos"])

TEXT = """海岛工会工作报告
健全蓝鲸驿站、职工书屋、流动课堂“三大阵地”。
打造“移动蓝鲸驿站”品牌，擦亮“蓝鲸驿站”品牌，办好职工书屋。
开展“暖蜂”行动36场，覆盖骑手2万人次。
名词注释
1.“三个本领”：会讲、会写、会办。
2.“三种本事”：会讲、会写、会办。"""


@pytest.fixture
def vocabulary(store: MakeStore) -> Vocabulary:
    return Vocabulary.of(store(("海岛", TEXT, "岱山县", "330921")))


def term(label: str, *, aliases: tuple[str, ...] = (), status: str = "explained") -> Term:
    return Term(f"{len(label)}{label.encode().hex()}", label, "brand", status, aliases)  # type: ignore[arg-type]


def made(terms: list[Term], *relations: Relation, concepts: tuple[Concept, ...] = ()) -> Vocabulary:
    document = Document("d1", "s", 0, "总结", "", "", "", "city", "", "", "2023", "", "甲：乙。")
    definition = Definition("x", terms[0].id, "甲：乙。", (), "explained", "glossary", "", "d1", "p", 0, 4)
    return Vocabulary(tuple(terms), (definition,), relations, (document,), Labels(terms, {}), concepts)


def related(a: Term, b: Term, kind: Any = "related") -> Relation:
    return Relation(a.id, b.id, kind, 1.0, "理由", "", "", 0, 0)


def read(text: str, form: str = "turtle") -> Any:
    return rdflib.Graph().parse(data=text, format=form)


def problems(graph: Any) -> list[str]:
    """The messages of what breaks the shapes."""
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    found = [str(message) for message in report.objects(None, rdflib.SH.resultMessage)]
    assert conforms == (not found)
    return found


def test_a_concept_bears_its_names_and_sentences(vocabulary: Vocabulary) -> None:
    graph = read(to_turtle(vocabulary))
    (node,) = graph.subjects(SKOS.prefLabel, rdflib.Literal("三个本领", lang="zh"))
    (said,) = graph.objects(node, SKOS.definition)
    (document,) = graph.objects(said, rdflib.DCTERMS.source)
    assert str(graph.value(said, rdflib.RDF.value)) == "1.“三个本领”：会讲、会写、会办。"[2:]
    assert str(graph.value(document, rdflib.DCTERMS.title)) == "海岛"
    begin, end = (int(graph.value(said, rdflib.URIRef(NAMESPACES["nif"] + n))) for n in ("beginIndex", "endIndex"))
    assert TEXT[begin:end] == str(graph.value(said, rdflib.RDF.value))
    (above,) = graph.subjects(SKOS.prefLabel, rdflib.Literal("蓝鲸驿站", lang="zh"))
    (below,) = graph.subjects(SKOS.prefLabel, rdflib.Literal("移动蓝鲸驿站", lang="zh"))
    assert (below, SKOS.broader, above) in graph and (above, SKOS.narrower, below) in graph
    assert (above, SKOS.topConceptOf, None) in graph and (below, SKOS.topConceptOf, None) not in graph


def test_what_nothing_explains_says_so_and_what_describes_is_a_note(vocabulary: Vocabulary) -> None:
    graph = read(to_turtle(vocabulary))
    (bee,) = graph.subjects(SKOS.prefLabel, rdflib.Literal("暖蜂", lang="zh"))
    assert str(graph.value(bee, SKOS.scopeNote)) == "语料中未见解释"
    assert list(graph.objects(bee, SKOS.note)) and not list(graph.objects(bee, SKOS.definition))


def test_plain_words_of_the_lexicon_are_hidden_labels() -> None:
    tea = term("送甜汤", aliases=("“送甜汤”", "甜汤行动"))
    concept = Concept("送甜汤", hidden_labels=("天热喝汤", "甜汤行动"))
    graph = read(to_turtle(made([tea], concepts=(concept,))))
    assert [str(label) for label in graph.objects(None, SKOS.hiddenLabel)] == ["天热喝汤"]


def test_related_never_stands_beside_broader() -> None:
    a, b, c = term("甲项目"), term("乙项目乙"), term("丙项目丙丙")
    links = (related(a, b, "broader"), related(b, c, "broader"), related(a, c))
    graph = read(to_turtle(made([a, b, c], *links)))
    assert not list(graph.subject_objects(SKOS.related)) and not problems(graph)


def test_both_forms_say_the_same_and_keep_to_the_shapes(vocabulary: Vocabulary) -> None:
    turtle, linked = read(to_turtle(vocabulary)), read(to_jsonld(vocabulary), "json-ld")
    assert set(turtle) == set(linked) and len(turtle) > 50
    assert problems(turtle) == []


def test_one_concept_by_itself(vocabulary: Vocabulary) -> None:
    wanted = next(term for term in vocabulary.terms if term.label == "三个本领")
    for text, form in ((to_turtle(vocabulary, wanted.id), "turtle"), (to_jsonld(vocabulary, wanted.id), "json-ld")):
        graph = read(text, form)
        assert [str(s) for s in graph.subjects(rdflib.RDF.type, SKOS.Concept)] == [NAMESPACES["term"] + wanted.id]
        assert list(graph.objects(None, rdflib.RDF.value))


@pytest.fixture
def broken() -> Iterator[Callable[[Callable[[Any], object]], list[str]]]:
    def check(spoil: Callable[[Any], object]) -> list[str]:
        a, b = term("甲项目"), term("乙项目乙")
        graph = read(to_turtle(made([a, b], related(a, b, "broader"))))
        assert problems(graph) == []
        spoil(graph)
        return problems(graph)

    yield check


A, B = (rdflib.URIRef(NAMESPACES["term"] + term(label).id) for label in ("甲项目", "乙项目乙"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda g: g.remove((A, SKOS.prefLabel, None)), "每个概念有且只有一个 prefLabel"),
        (lambda g: g.add((A, SKOS.prefLabel, rdflib.Literal("丙", lang="zh"))), "每个概念有且只有一个 prefLabel"),
        (lambda g: g.add((A, SKOS.altLabel, rdflib.Literal("甲项目", lang="zh"))), "不与 altLabel 相同"),
        (lambda g: g.set((B, SKOS.prefLabel, rdflib.Literal("甲项目", lang="zh"))), "另一个概念有同样的 prefLabel"),
        (lambda g: (g.add((B, SKOS.broader, A)), g.add((A, SKOS.narrower, B))), "上位关系成环"),
        (lambda g: (g.add((A, SKOS.related, B)), g.add((B, SKOS.related, A))), "不能并存"),
        (lambda g: g.remove((None, SKOS.narrower, None)), "没有相应的 narrower"),
        (lambda g: g.remove((None, rdflib.RDF.value, None)), "Quotation"),
        (lambda g: g.remove((None, rdflib.DCTERMS.source, None)), "Quotation"),
    ],
)
def test_the_shapes_see_what_is_wrong(
    broken: Callable[[Callable[[Any], object]], list[str]], spoil: Callable[[Any], object], message: str
) -> None:
    assert any(message in said for said in broken(spoil)), broken(spoil)


def test_the_reference_corpus_keeps_to_the_shapes(corpus_store: Store) -> None:
    assert problems(read(to_turtle(Vocabulary.of(corpus_store)))) == []


def test_every_run_writes_the_same_bytes(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Python hashes strings otherwise in every process."""
    script = tmp_path / "write.py"
    script.write_text(
        "from corpus.model import Term\n"
        "from graph.relations import Labels\n"
        "from graph.skos import Vocabulary, to_jsonld, to_turtle\n"
        "terms = tuple(Term(str(i), f'术语{i}', 'brand', 'explained', (f'又名{i}', f'别名{i}')) for i in range(20))\n"
        "made = Vocabulary(terms, (), (), (), Labels(terms, {}), ())\n"
        "print(to_turtle(made), to_jsonld(made))\n",
        "utf-8",
    )
    runs = {
        subprocess.run(
            [sys.executable, script], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1 and "术语7" in runs.pop().decode()
    assert to_turtle(vocabulary) == to_turtle(replace(vocabulary, terms=tuple(reversed(vocabulary.terms))))


def test_without_the_extra_one_sentence_says_what_to_do(
    vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(ExtraMissing, match=r"gongzhi\[rdf\]"):
        to_turtle(vocabulary)
