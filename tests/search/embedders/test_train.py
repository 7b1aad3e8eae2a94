"""Training on a few invented sentences."""

from pathlib import Path

import numpy as np
import pytest

from corpus.lexicon import Concept
from search.embedders import StaticEmbedder
from search.embedders.cooccurrence import build_tokenizer, word_vectors
from search.embedders.texts import Text
from search.embedders.train import TrainingPlan, save, train
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
PLAN = TrainingPlan(vocabulary=400, dimensions=(16, 8), steps=60, batch=3, rate=0.05, held_out=0.3)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("trained")
    train(TEXTS, LEXICON, folder, PLAN)
    return folder


def test_the_same_seed_gives_the_same_model(trained: Path, tmp_path: Path) -> None:
    train(TEXTS, LEXICON, tmp_path, PLAN)
    assert StaticEmbedder(tmp_path).id == StaticEmbedder(trained).id


def test_training_draws_pairs_together(trained: Path) -> None:
    cosines = (
        StaticEmbedder(trained).encode(["太阳下流汗", "讨要工钱"])
        @ StaticEmbedder(trained).encode(["送清凉", "欠薪"]).T
    )
    assert cosines[0, 0] > cosines[0, 1] + 0.2 and cosines[1, 1] > cosines[1, 0] + 0.2


def test_leading_dimensions_are_trained_to_stand_alone(trained: Path) -> None:
    short = StaticEmbedder(trained, 8)
    cosines = short.encode(["太阳下流汗", "讨要工钱"]) @ short.encode(["送清凉", "欠薪"]).T
    assert cosines[0, 0] > cosines[0, 1] and cosines[1, 1] > cosines[1, 0]


def test_a_trained_model_is_read_back(trained: Path) -> None:
    vectors = StaticEmbedder(trained).encode(["太阳下流汗", "防暑", "清欠"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_labels_held_out_are_not_trained_on(tmp_path: Path) -> None:
    plan = TrainingPlan(vocabulary=400, dimensions=(16,), steps=2, batch=3, held_out=0.5)
    report = train(TEXTS, LEXICON, tmp_path, plan)
    assert 0 < report.labels < sum(len(concept.hidden_labels) for concept in LEXICON)
    assert report.after.keys() == report.before.keys() == {16}


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    train(TEXTS, LEXICON, tmp_path, TrainingPlan(vocabulary=400, dimensions=(16,), steps=3, batch=3),
          lambda *step: told.append(step))  # fmt: skip
    assert told[-1] == ("训练", 3, 3) and {total for _, _, total in told} == {3}


def test_weights_are_kept_in_eight_bits(tmp_path: Path) -> None:
    tokenizer = build_tokenizer([text.text for text in TEXTS], ["工钱"], 400)
    vectors = np.random.default_rng(3).standard_normal((tokenizer.get_vocab_size(), 8)).astype(np.float32)
    vectors[0] = 0
    save(tmp_path, tokenizer, vectors)
    read = StaticEmbedder(tmp_path).vectors
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    assert (np.abs(read - vectors) <= largest / 127 / 2 + 1e-6).all() and not read[0].any()


@pytest.mark.parametrize(("texts", "lexicon"), [([], LEXICON), (TEXTS, ()), (TEXTS, (Concept("无"),))])
def test_nothing_to_train_on(tmp_path: Path, texts: list[Text], lexicon: tuple[Concept, ...]) -> None:
    with pytest.raises(NothingToTrainOn):
        train(texts, lexicon, tmp_path, PLAN)


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
