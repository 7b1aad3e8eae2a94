"""The static embedder against a model worked out by hand."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from search.embedders import BUNDLED, SentenceEmbedder, StaticEmbedder, open_embedder
from search.embedders.train import save
from search.errors import (
    DimensionTooLarge,
    EmbedderNotFound,
    EmbedderUnreadable,
    ModelFolderMissing,
    NeuralExtraMissing,
)
from search.rerank import CrossReranker

VECTORS = np.array([[0, 0], [3, 0], [0, 4], [1, 1]], np.float32)  # [UNK], 工, 会, 工会


def model(folder: Path, vectors: np.ndarray = VECTORS) -> Path:
    tokenizer = Tokenizer(models.Unigram([("[UNK]", -20.0), ("工", -5.0), ("会", -5.0), ("工会", -4.0)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    save(folder, tokenizer, vectors)
    return folder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工", (1, 0)),
        ("会", (0, 1)),
        ("工会", (0.5**0.5, 0.5**0.5)),  # one token, not two
        ("工，会", (0.6, 0.8)),  # (3, 4) of length 5
        ("工，会，龘", (0.6, 0.8)),  # what is unknown does not turn the vector
        ("龘", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_text_is_the_normalised_mean_of_its_tokens(tmp_path: Path, text: str, expected: Sequence[float]) -> None:
    assert StaticEmbedder(model(tmp_path)).encode([text])[0] == pytest.approx(np.array(expected))


def test_many_texts_at_once_are_as_one_by_one(tmp_path: Path) -> None:
    embedder = StaticEmbedder(model(tmp_path))
    texts = ["工", "", "会工", "工会", "龘"] * 500
    assert np.array_equal(embedder.encode(texts), np.concatenate([embedder.encode([text]) for text in texts]))
    assert embedder.encode([]).shape == (0, 2)


def test_the_id_names_the_weights(tmp_path: Path) -> None:
    one, same = StaticEmbedder(model(tmp_path / "a")), StaticEmbedder(model(tmp_path / "b"))
    other = StaticEmbedder(model(tmp_path / "c", VECTORS + 1))
    assert one.id == same.id != other.id


def test_the_folder_of_older_versions(tmp_path: Path) -> None:
    model(tmp_path / "0_StaticEmbedding")
    assert StaticEmbedder.recognises(tmp_path)
    assert StaticEmbedder(tmp_path).size == 2


@pytest.mark.parametrize("damage", ["weights", "tokenizer", "name", "short"])
def test_a_damaged_model_is_named(tmp_path: Path, damage: str) -> None:
    folder = model(tmp_path)
    match damage:
        case "weights":
            (folder / "model.safetensors").write_bytes(b"garbage")
        case "tokenizer":
            (folder / "tokenizer.json").write_text("{}")
        case "name":
            save_file({"other": VECTORS}, folder / "model.safetensors")
        case "short":
            save_file({"embedding.weight": VECTORS[:2]}, folder / "model.safetensors")
    with pytest.raises(EmbedderUnreadable, match=str(tmp_path.name)):
        StaticEmbedder(folder)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderNotFound, match="没有向量模型"):
        StaticEmbedder(tmp_path)


def test_open_embedder_picks_by_what_lies_there(tmp_path: Path) -> None:
    assert open_embedder(str(model(tmp_path))).id == StaticEmbedder(tmp_path).id
    assert open_embedder().id == StaticEmbedder(BUNDLED).id


def test_a_transformer_is_not_taken_for_a_static_model(tmp_path: Path) -> None:
    model(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["BertModel"]}))
    assert not StaticEmbedder.recognises(tmp_path)


def test_without_the_extra_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(NeuralExtraMissing, match=r"pip install 'gongzhi\[neural\]'"):
        open_embedder("BAAI/bge-small-zh-v1.5")


def halved(folder: Path) -> Path:
    """The same model with one half-precision row a token, as sentence-transformers writes it."""
    model(folder)
    save_file({"embedding.weight": VECTORS.astype(np.float16)}, folder / "model.safetensors")
    return folder


def shared(folder: Path) -> Path:
    """Two tokens that share a row, each with a factor of its own, as model2vec writes it."""
    model(folder)
    tensors = {
        "embeddings": np.array([[0, 0], [1, 0], [0, 1]], np.int8),
        "mapping": np.array([0, 1, 2, 1], np.int64),
        "weights": np.array([0, 3, 4, 2], np.float32),
    }
    save_file(tensors, folder / "model.safetensors")
    return folder


def test_rows_in_few_bits_get_their_factor(tmp_path: Path) -> None:
    vectors = StaticEmbedder(shared(tmp_path)).vectors
    assert np.array_equal(vectors, np.array([[0, 0], [3, 0], [0, 4], [2, 0]], np.float32))


@pytest.mark.parametrize("layout", [model, halved, shared])
def test_sentence_transformers_gives_the_same_vectors(tmp_path: Path, layout: Callable[[Path], Path]) -> None:
    pytest.importorskip("sentence_transformers", reason="需要 neural 附加包")
    from search.embedders.sentence import SentenceEmbedder

    texts = ["工会", "会，工", "工工会", "会工会工" * 50]
    ours, theirs = StaticEmbedder(layout(tmp_path)), SentenceEmbedder(str(tmp_path))
    assert theirs.size == ours.size
    assert np.abs(theirs.encode(texts) - ours.encode(texts)).max() < 1e-5
    assert np.abs(theirs.encode_queries(texts) - ours.encode_queries(texts)).max() < 1e-5


def test_sentence_transformers_gives_the_vectors_of_the_bundled_model() -> None:
    library = pytest.importorskip("sentence_transformers", reason="需要 neural 附加包")
    texts = [
        "大热天给在外面干活的人送水",
        "职工",
        "为户外劳动者送去防暑降温用品，慰问一线职工。" * 40,
        "2023年，1.5万人次！",
    ]
    theirs = library.SentenceTransformer(str(BUNDLED), device="cpu").encode(texts)
    assert np.abs(theirs - open_embedder().encode(texts)).max() < 1e-5


def test_leading_dimensions_stand_alone(tmp_path: Path) -> None:
    folder = model(tmp_path)
    whole, cut = StaticEmbedder(folder), StaticEmbedder(folder, 1)
    assert cut.size == 1 and cut.id != whole.id
    assert cut.encode(["工会"])[0] == pytest.approx([1.0])
    assert StaticEmbedder(folder, 2).id == whole.id
    with pytest.raises(DimensionTooLarge, match="只有 2 维"):
        StaticEmbedder(folder, 3)


def test_the_bundled_model_is_whole_and_small() -> None:
    embedder = open_embedder()
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) <= 12 << 20
    vectors = embedder.encode(["防暑降温", "大热天送水", "巡察整改"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert (BUNDLED / "README.md").is_file()


@pytest.mark.parametrize("make", [SentenceEmbedder, CrossReranker])
@pytest.mark.parametrize("name", ["/没有/这个目录", "./没有"])
def test_a_folder_that_is_not_there_is_told_as_such(make: Callable[[str], object], name: str) -> None:
    with pytest.raises(ModelFolderMissing, match=f"没有模型目录“{name}”"):
        make(name)
