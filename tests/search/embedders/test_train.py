"""Training on a few invented sentences."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from corpus.lexicon import Concept
from search.embedders import StaticEmbedder
from search.embedders.contrast import Table, step
from search.embedders.cooccurrence import build_tokenizer, word_vectors
from search.embedders.train import Text, TrainingPlan, read_texts, train
from search.errors import NothingToTrainOn

TOPICS = {
    "天气": "炎热的夏天气温升高，工友在太阳下流汗，队长送来凉茶和毛巾，大家在树荫里休息。",
    "工钱": "年底结算工钱，包工头拖着不给，几个工友去讨要，最后法院判决支付欠款和利息。",
    "孩子": "幼儿园放假，孩子没人照看，妈妈只好带着孩子上班，同事帮忙陪孩子画画读书。",
}
TEXTS = [Text(f"{title}的故事", body * 3) for title, body in TOPICS.items() for _ in range(12)]
LEXICON = (
    Concept("送清凉", ("防暑",), ("夏天送凉茶", "太阳下流汗", "气温升高")),
    Concept("欠薪", ("清欠",), ("讨要工钱", "包工头拖欠", "年底结算")),
    Concept("托管", ("托育",), ("孩子没人照看", "带着孩子上班", "幼儿园放假")),
)
PLAN = TrainingPlan(vocabulary=400, width=16, steps=60, batch=3, rate=0.05)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("trained")
    train(TEXTS, LEXICON, folder, PLAN)
    return folder


def test_the_same_seed_gives_the_same_model(trained: Path, tmp_path: Path) -> None:
    train(TEXTS, LEXICON, tmp_path, PLAN)
    assert StaticEmbedder(tmp_path).id == StaticEmbedder(trained).id


def test_training_draws_pairs_together(tmp_path: Path) -> None:
    report = train(TEXTS, LEXICON, tmp_path, PLAN)
    assert report.recall_after > report.recall_before
    assert report.recall_after > 0.8
    assert report.labels == sum(len(concept.hidden_labels) for concept in LEXICON)


def test_a_trained_model_is_read_back(trained: Path) -> None:
    vectors = StaticEmbedder(trained).encode(["太阳下流汗", "防暑", "清欠"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_labels_held_out_are_not_trained_on(tmp_path: Path) -> None:
    report = train(TEXTS, LEXICON, tmp_path, TrainingPlan(vocabulary=400, width=16, steps=2, batch=3, held_out=0.4))
    assert report.labels < sum(len(concept.hidden_labels) for concept in LEXICON)


@pytest.mark.parametrize(("texts", "lexicon"), [([], LEXICON), (TEXTS, ()), (TEXTS, (Concept("无"),))])
def test_nothing_to_train_on(tmp_path: Path, texts: list[Text], lexicon: tuple[Concept, ...]) -> None:
    with pytest.raises(NothingToTrainOn):
        train(texts, lexicon, tmp_path, PLAN)


def test_a_step_lowers_the_loss() -> None:
    rng = np.random.default_rng(0)
    table = Table.start(rng.standard_normal((8, 6)).astype(np.float32))
    queries, answers = [np.array([1, 2]), np.array([3])], [np.array([4]), np.array([5, 6])]
    losses = [step(table, queries, answers, 0.05, rng) for _ in range(60)]
    assert losses[-1] < 0.2 * losses[0]


def test_a_step_leaves_other_tokens_alone() -> None:
    rng = np.random.default_rng(0)
    table = Table.start(rng.standard_normal((8, 6)).astype(np.float32))
    before = table.vectors.copy()
    step(table, [np.array([1]), np.array([2])], [np.array([3]), np.array([4])], 0.05, rng)
    assert np.array_equal(before[5:], table.vectors[5:])
    assert not np.array_equal(before[1:5], table.vectors[1:5])


def test_words_in_the_same_company_are_alike() -> None:
    bodies = [text.text for text in TEXTS]
    tokenizer = build_tokenizer(bodies, ["工钱"], 400)
    vectors = word_vectors(tokenizer, bodies, 16, 1)
    number = tokenizer.get_vocab()

    def alike(a: str, b: str) -> float:
        x, y = vectors[number[a]], vectors[number[b]]
        return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))

    assert alike("幼儿园", "画画") > alike("幼儿园", "法院")
    assert not vectors[0].any()


def test_the_vocabulary_keeps_to_its_size_and_knows_the_labels() -> None:
    tokenizer = build_tokenizer([text.text for text in TEXTS], ["妈妈小屋"], 120)
    assert tokenizer.get_vocab_size() <= 120 or "小屋" in tokenizer.get_vocab()
    assert {"妈妈", "小屋"} <= tokenizer.get_vocab().keys()


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.xz"])
def test_read_texts(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"texts{suffix}"
    rows = [{"title": "標題", "text": "正文" * 40}, {"text": "太短"}, {"text": "没有题目" * 20}]
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    path.write_bytes(lzma.compress(content) if suffix.endswith("xz") else content)
    found = read_texts(path, 10_000, 1)
    assert sorted(text.title for text in found) == ["", "标题"]
    assert len(read_texts(path, 10, 1)) == 1
    assert read_texts(path, 10, 1) == read_texts(path, 10, 1)


@pytest.mark.parametrize("content", ["不是 JSON", '{"title": "缺正文"}', '{"text": "太短"}', ""])
def test_unreadable_texts_are_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(NothingToTrainOn, match=r"texts\.jsonl"):
        read_texts(path, 100, 1)
