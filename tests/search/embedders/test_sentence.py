"""Neural models: a tiny transformer made in the test."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from search.embedders import open_embedder
from search.embedders.sentence import SentenceEmbedder, family_prompts
from search.errors import DimensionTooLarge, EmbedderUnreadable

TEXTS = ["夏天送清凉", "冬天送温暖", "送"]


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("BAAI/bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("/models/bge-large-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("BAAI/bge-base-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-base-v2", "query: ", "passage: "),
        ("BAAI/bge-m3", "", ""),
        ("shibing624/text2vec-base-chinese", "", ""),
    ],
)
def test_families_have_their_instruction(name: str, query: str, passage: str) -> None:
    assert family_prompts(name) == (query, passage)


def test_queries_get_the_family_s_instruction(tiny_bert: Path) -> None:
    model = open_embedder(str(tiny_bert))
    assert isinstance(model, SentenceEmbedder)
    passages, queries = model.encode(TEXTS), model.encode_queries(TEXTS)
    assert passages.shape == queries.shape == (3, model.size) and passages.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert np.abs(passages - queries).max() > 0.01
    told = model.encode([family_prompts("bge-small-zh")[0] + text for text in TEXTS])
    assert queries == pytest.approx(told, abs=1e-5)
    assert model.encode([]).shape == (0, model.size)


def test_a_model_s_own_prompts_go_before_those_of_its_family(tiny_bert: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_bert, tmp_path / tiny_bert.name)
    plain = SentenceEmbedder(str(tiny_bert))
    _with_prompts(folder, {"query": "检索：", "document": ""})
    own = SentenceEmbedder(str(folder))
    assert own.encode_queries(TEXTS) == pytest.approx(plain.encode(["检索：" + text for text in TEXTS]), abs=1e-5)
    assert own.encode(TEXTS) == pytest.approx(plain.encode(TEXTS), abs=1e-5)
    assert own.id != plain.id  # the weights are the same, the prompts are not


def _with_prompts(folder: Path, prompts: dict[str, str]) -> None:
    import sentence_transformers

    made = sentence_transformers.SentenceTransformer(str(folder), device="cpu", prompts=prompts)
    made.save(str(folder))
    settings = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
    assert settings["prompts"]["query"] == prompts["query"]


def test_the_id_names_the_weights_wherever_they_lie(tiny_bert: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(tiny_bert, tmp_path / tiny_bert.name)
    assert SentenceEmbedder(str(copied)).id == SentenceEmbedder(str(tiny_bert)).id
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    changed = transformers.BertModel.from_pretrained(copied)
    with torch.no_grad():
        changed.embeddings.word_embeddings.weight[5] += 1
    changed.save_pretrained(copied)
    assert SentenceEmbedder(str(copied)).id != SentenceEmbedder(str(tiny_bert)).id


def test_leading_dimensions_are_kept_and_scaled(tiny_bert: Path) -> None:
    whole, cut = SentenceEmbedder(str(tiny_bert)), SentenceEmbedder(str(tiny_bert), 8)
    assert (whole.size, cut.size) == (32, 8) and whole.id != cut.id
    expected = whole.encode(TEXTS)[:, :8]
    assert cut.encode(TEXTS) == pytest.approx(expected / np.linalg.norm(expected, axis=1, keepdims=True), abs=1e-5)
    with pytest.raises(DimensionTooLarge, match="32 维"):
        SentenceEmbedder(str(tiny_bert), 64)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="需要 neural 附加包")
    (tmp_path / "config.json").write_text('{"architectures": ["BertModel"], "model_type": "bert"}')
    with pytest.raises(EmbedderUnreadable, match=tmp_path.name):
        open_embedder(str(tmp_path))
