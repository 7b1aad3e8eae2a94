"""Pairs drawn from a lexicon and texts of a few sentences."""

import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from corpus.lexicon import Concept
from search.embedders.contrast import Batch
from search.embedders.pairs import LexiconPairs, TextPairs, some
from search.embedders.texts import Paragraph, Text

CONCEPTS = (
    Concept("送清凉", ("防暑降温",), ("发凉茶", "夏天送水"), negative_labels=("清凉油",)),
    Concept("关爱职工", (), ("惦记工人",)),
    Concept("送温暖", ("走访慰问",), ("送棉被",), broader=("关爱职工",)),
    Concept("根治欠薪", ("清欠行动",), ("讨工钱",)),
    Concept("无人问"),
)
PARAGRAPH = (
    "各地认真落实防暑降温措施，为露天岗位配齐凉棚。另据了解，物资已经发放到位。冬季的走访慰问安排在岁末年初举行。"
)
PARAGRAPHS = [
    Paragraph("通知", "夏季安排", PARAGRAPH),
    Paragraph("纪要", "", "会议听取了汇报，讨论了明年的安排。会议由主席主持。"),
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A token for each character."""
    characters = sorted(set(repr(CONCEPTS) + repr(PARAGRAPHS)))
    made = Tokenizer(models.Unigram([("[UNK]", -20.0), *((c, -5.0) for c in characters)], unk_id=0))
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    return made


def words(tokenizer: Tokenizer, ids: np.ndarray) -> str:
    return "".join(tokenizer.id_to_token(i) for i in ids.tolist())


def shown(tokenizer: Tokenizer, batch: Batch) -> tuple[list[str], list[str]]:
    return [words(tokenizer, ids) for ids in batch.queries], [words(tokenizer, ids) for ids in batch.answers]


@pytest.fixture(scope="module")
def pairs(tokenizer: Tokenizer) -> LexiconPairs:
    made = LexiconPairs(tokenizer, CONCEPTS, [concept.hidden_labels for concept in CONCEPTS], PARAGRAPHS)
    made.mine(np.random.default_rng(0).standard_normal((tokenizer.get_vocab_size(), 8)).astype(np.float32))
    return made


def test_wordings_belong_to_their_concept(tokenizer: Tokenizer, pairs: LexiconPairs) -> None:
    batch = pairs.wordings(9, np.random.default_rng(1))
    queries, answers = shown(tokenizer, batch)
    assert len(pairs) == len(queries) == 4
    owner = {label: c.label for c in CONCEPTS for label in (*c.official, *c.hidden_labels)}
    for query, answer in zip(queries, answers, strict=False):
        assert {owner[x] for x in owner if x in query} == {owner[x] for x in owner if x in answer}


def test_wrong_answers_are_look_alikes_and_never_of_the_same_line(tokenizer: Tokenizer, pairs: LexiconPairs) -> None:
    seen: set[str] = set()
    for seed in range(30):
        batch = pairs.wordings(9, np.random.default_rng(seed))
        queries, answers = shown(tokenizer, batch)
        assert batch.barred is not None and batch.barred.shape == (4, len(answers))
        for row, query in enumerate(queries):
            wrong = {a for a, out in zip(answers, batch.barred[row], strict=True) if not out} - {answers[row]}
            seen |= {a for a in wrong if "清凉油" in a}
            if query == "送棉被":
                assert not any("关爱职工" in a for a in wrong)
            if "清凉油" in answers[4:]:
                assert query in ("送棉被", "惦记工人", "讨工钱") or not batch.barred[row, answers.index("清凉油")]
    assert seen == {"清凉油"}


def test_sentences_with_an_official_label_are_uses(tokenizer: Tokenizer, pairs: LexiconPairs) -> None:
    batch = pairs.uses(9, np.random.default_rng(1))
    assert batch is not None
    queries, answers = shown(tokenizer, batch)
    found = dict(zip(queries, answers, strict=False))
    assert sorted(x for x in answers[:2]) == [
        "冬季的走访慰问安排在岁末年初举行",
        "各地认真落实防暑降温措施为露天岗位配齐凉棚",
    ]
    assert "走访慰问" in found["送棉被"]


def test_texts_without_labels_give_no_uses(tokenizer: Tokenizer) -> None:
    made = LexiconPairs(tokenizer, CONCEPTS, [concept.hidden_labels for concept in CONCEPTS])
    assert made.uses(9, np.random.default_rng(1)) is None


def test_what_stands_together(tokenizer: Tokenizer) -> None:
    texts = [Text("夏季的通知", PARAGRAPH * 5), Text("纪要汇报", PARAGRAPHS[1].text * 5), Text("", PARAGRAPH)]
    made = TextPairs(
        tokenizer,
        texts,
        [*PARAGRAPHS, Paragraph("通知", "夏季安排", PARAGRAPH), Paragraph("通知", "听取汇报", PARAGRAPH)],
    )
    rng = np.random.default_rng(2)
    titles, headings, around = made.titles(9, rng), made.headings(9, rng), made.surroundings(9, rng)
    assert titles is not None and sorted(shown(tokenizer, titles)[0]) == ["夏季的通知", "纪要汇报"]
    assert headings is not None and sorted(shown(tokenizer, headings)[0]) == ["听取汇报", "夏季安排"]  # none twice
    assert around is not None
    for query, answer in zip(*shown(tokenizer, around), strict=True):
        assert query not in answer and len(query) >= 8


def test_too_few_pairs_are_none(tokenizer: Tokenizer) -> None:
    made = TextPairs(tokenizer, [Text("独一份通知", PARAGRAPH)], PARAGRAPHS[1:])
    rng = np.random.default_rng(2)
    assert made.titles(9, rng) is made.headings(9, rng) is made.surroundings(9, rng) is None


def test_some_are_taken_once() -> None:
    rng = np.random.default_rng(0)
    assert sorted(some([1, 2, 3], 9, rng)) == [1, 2, 3]
    assert len(set(some(list(range(100)), 7, rng))) == 7
    assert some([], 3, rng) == []
