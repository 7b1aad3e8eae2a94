"""Training the static model: ``gongzhi train-embedder``.

General official texts give the tokenizer and the first vectors; then plain labels of the lexicon are drawn to the
official labels of their concept (in a batch every other concept is a negative, the related ones among them) and
titles to their texts. Numpy only; the same seed and texts give the same model on the same machine.
"""

import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import save as save_tensors
from tokenizers import Tokenizer

from corpus.lexicon import Concept
from search.analyzer import fold
from search.embedders.base import Floats, normalised
from search.embedders.contrast import Ids, Table, step
from search.embedders.cooccurrence import build_tokenizer, word_vectors
from search.embedders.static import TOKENIZER, WEIGHTS
from search.errors import NothingToTrainOn

_SHORTEST_TEXT = 40
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to learn from; ``title`` may be empty."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train. ``held_out`` is the share of plain labels kept back to measure on."""

    seed: int = 7
    vocabulary: int = 24_000
    width: int = 192
    characters: int = 16_000_000
    steps: int = 1500
    batch: int = 160
    rate: float = 0.012
    held_out: float = 0.0


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training gave: size, and how often a plain label's nearest concept is its own (share in 0..1), before and
    after fine-tuning, on the labels held out (on all labels if none were)."""

    tokens: int
    characters: int
    labels: int
    recall_before: float
    recall_after: float


def read_texts(path: Path, characters: int, seed: int) -> list[Text]:
    """A sample of a file with one JSON object a line (``title``, ``text``; .xz is read as it is), up to about
    ``characters`` in all, the same for the same seed. Raises NothingToTrainOn."""
    rng = np.random.default_rng(seed)
    found: list[Text] = []
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if len(row["text"]) >= _SHORTEST_TEXT:
                    found.append(Text(fold(row.get("title") or ""), fold(row["text"])))
    except (OSError, ValueError, KeyError, TypeError, lzma.LZMAError) as error:
        raise NothingToTrainOn(f"“{path.name}”读不出来（{error}）") from error
    sample: list[Text] = []
    left = characters
    for number in rng.permutation(len(found)):
        # A long statute must not crowd out a hundred short texts.
        text = Text(found[number].title, found[number].text[:20_000])
        sample.append(text)
        left -= len(text.text)
        if left <= 0:
            break
    if not sample:
        raise NothingToTrainOn(f"“{path.name}”里没有够长的文本")
    return sample


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [np.array([i for i in encoding.ids if i], np.int64) for encoding in encodings]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """A concept's plain and official labels as token ids, none empty."""

    plain: list[Ids]
    official: list[Ids]


def _split(
    concepts: Sequence[Concept], share: float, rng: np.random.Generator
) -> tuple[list[list[str]], list[list[str]]]:
    """(plain labels to train on, plain labels held out), a list per concept."""
    kept, held = [], []
    for concept in concepts:
        labels = list(concept.hidden_labels)
        out = rng.random(len(labels)) < share
        kept.append([label for label, o in zip(labels, out, strict=True) if not o])
        held.append([label for label, o in zip(labels, out, strict=True) if o])
    return kept, held


def _recall(
    tokenizer: Tokenizer, vectors: Floats, concepts: Sequence[Concept], labels: Sequence[Sequence[str]]
) -> float:
    """Share of ``labels`` whose nearest concept, by any official label, is their own."""
    official = [(i, label) for i, concept in enumerate(concepts) for label in concept.official]
    targets = _mean(tokenizer, vectors, [label for _, label in official])
    owners = np.array([i for i, _ in official])
    asked = [(i, label) for i, row in enumerate(labels) for label in row]
    if not asked:
        return 0.0
    cosines = _mean(tokenizer, vectors, [label for _, label in asked]) @ targets.T
    return float((owners[cosines.argmax(axis=1)] == np.array([i for i, _ in asked])).mean())


def _mean(tokenizer: Tokenizer, vectors: Floats, texts: Sequence[str]) -> Floats:
    rows = _ids(tokenizer, [fold(text) for text in texts])
    return normalised(np.stack([vectors[ids].sum(axis=0) for ids in rows]))


def _pick(labels: Sequence[Ids], most: int, rng: np.random.Generator) -> Ids:
    chosen = rng.integers(0, len(labels), int(rng.integers(1, most + 1)))
    return np.concatenate([labels[i] for i in dict.fromkeys(chosen.tolist())])


def _lexicon_batch(pairs: Sequence[_Pairs], size: int, rng: np.random.Generator) -> tuple[list[Ids], list[Ids]]:
    """Distinct concepts, so that no other answer in the batch is right."""
    chosen = rng.permutation(len(pairs))[:size]
    return [_pick(pairs[i].plain, 2, rng) for i in chosen], [_pick(pairs[i].official, 2, rng) for i in chosen]


def _title_batches(
    tokenizer: Tokenizer, texts: Sequence[Text], size: int, rng: np.random.Generator
) -> Iterator[tuple[list[Ids], list[Ids]]]:
    """(titles, a run of 60 to 240 characters of their texts), for ever; nothing if there are too few titles."""
    titled = [text for text in texts if len(text.title) >= 4]
    while len(titled) >= 2:
        order = rng.permutation(len(titled))
        for first in range(0, len(order) - 1, size):
            chosen = [titled[i] for i in order[first : first + size]]
            runs = []
            for text in chosen:
                start = int(rng.integers(0, max(len(text.text) // 2, 1)))
                runs.append(text.text[start : start + int(rng.integers(60, 241))])
            queries = _ids(tokenizer, [text.title for text in chosen])
            answers = _ids(tokenizer, runs)
            whole = [(q, a) for q, a in zip(queries, answers, strict=True) if len(q) and len(a)]
            if len(whole) >= 2:
                yield [q for q, _ in whole], [a for _, a in whole]


def train(texts: Sequence[Text], concepts: Iterable[Concept], folder: Path, plan: TrainingPlan) -> TrainingReport:
    """Train a model and write it to ``folder``, in the layout of sentence-transformers. Raises NothingToTrainOn."""
    lexicon = [concept for concept in concepts if concept.hidden_labels]
    if not texts or not lexicon:
        raise NothingToTrainOn("文本或概念词表是空的")
    rng = np.random.default_rng(plan.seed)
    bodies = [text.text for text in texts]
    labels = [label for concept in lexicon for label in (*concept.official, *concept.hidden_labels)]
    tokenizer = build_tokenizer(bodies, labels, plan.vocabulary)
    table = Table.start(word_vectors(tokenizer, bodies, plan.width, plan.seed))
    kept, held = _split(lexicon, plan.held_out, rng)
    measured = held if any(held) else kept
    before = _recall(tokenizer, table.vectors, lexicon, measured)
    pairs = []
    for concept, plain in zip(lexicon, kept, strict=True):
        plain_ids = [ids for ids in _ids(tokenizer, [fold(label) for label in plain]) if len(ids)]
        official = [ids for ids in _ids(tokenizer, [fold(label) for label in concept.official]) if len(ids)]
        if plain_ids and official:
            pairs.append(_Pairs(plain_ids, official))
    titles = _title_batches(tokenizer, texts, plan.batch, rng)
    for number in range(plan.steps):
        rate = plan.rate * (1 - number / plan.steps)
        step(table, *_lexicon_batch(pairs, plan.batch, rng), rate, rng)
        batch = next(titles, None)
        if batch is not None:
            step(table, *batch, rate, rng)
    after = _recall(tokenizer, table.vectors, lexicon, measured)
    save(folder, tokenizer, table.vectors)
    return TrainingReport(len(table.vectors), sum(map(len, bodies)), sum(map(len, kept)), before, after)


def save(folder: Path, tokenizer: Tokenizer, vectors: Floats) -> None:
    """Write the model: half-precision weights, so that both readers see the same numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    (folder / WEIGHTS).write_bytes(save_tensors({"embedding.weight": vectors.astype(np.float16)}))
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", "utf-8")
    settings: dict[str, object] = {"similarity_fn_name": "cosine", "prompts": {}, "default_prompt_name": None}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
