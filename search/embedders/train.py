"""Training the static model: ``gongzhi train-embedder``.

General official texts give the tokenizer and the first vectors; then wordings of the lexicon and what stands together in
the texts are drawn together (``search.embedders.pairs``), at several dimensions at once. Numpy only; the same seed and
texts give the same model on the same machine.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import save as save_tensors
from tokenizers import Tokenizer

from corpus.lexicon import Concept
from search.embedders.base import Floats
from search.embedders.contrast import Manner, Table, step
from search.embedders.cooccurrence import build_tokenizer, word_vectors
from search.embedders.labels import LabelTest, Recall, split
from search.embedders.pairs import LexiconPairs, Source, TextPairs
from search.embedders.static import TOKENIZER, WEIGHTS
from search.embedders.texts import Text, paragraphs
from search.errors import NothingToTrainOn

_MINED = 300  # steps after which look-alikes are looked for anew
_LEVELS = 127  # a component is kept as a whole number of so many steps of its token
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train. ``dimensions`` stand alone, the first is the width; a step takes a batch of wordings and, as often
    as their shares say, one of each other kind; ``held_out`` is the share of wordings kept back to measure on."""

    seed: int = 7
    vocabulary: int = 24_000
    dimensions: tuple[int, ...] = (192, 96, 48)
    characters: int = 16_000_000
    steps: int = 1500
    batch: int = 160
    rate: float = 0.012
    uses: float = 0.5
    titles: float = 0.3
    headings: float = 0.3
    surroundings: float = 1.0
    held_out: float = 0.0


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training gave: size, and what the wordings held out find before and after, by dimension."""

    tokens: int
    characters: int
    labels: int
    before: dict[int, Recall]
    after: dict[int, Recall]


def silent(stage: str, done: int, total: int) -> None:
    """No progress is shown."""


def train(
    texts: Sequence[Text],
    concepts: Iterable[Concept],
    folder: Path,
    plan: TrainingPlan,
    progress: Progress = silent,
) -> TrainingReport:
    """Train a model and write it to ``folder``, in a layout that sentence-transformers reads. Raises NothingToTrainOn."""
    lexicon = tuple(concepts)
    kept, held = split(lexicon, plan.held_out)
    learned = [concept for concept in kept if concept.hidden_labels]
    if not texts or not learned:
        raise NothingToTrainOn("文本或概念词表是空的")
    rng = np.random.default_rng(plan.seed)
    bodies = [text.text for text in texts]
    labels = [label for concept in kept for label in (*concept.official, *concept.hidden_labels)]
    progress("建词表", 0, plan.steps)
    tokenizer = build_tokenizer(bodies, labels, plan.vocabulary)
    progress("数共现", 0, plan.steps)
    table = Table.start(word_vectors(tokenizer, bodies, plan.dimensions[0], plan.seed))
    test = LabelTest(tokenizer, kept, held)
    before = {size: test.recall(table.vectors[:, :size]) for size in plan.dimensions}
    parts = list(paragraphs(texts))
    named = LexiconPairs(tokenizer, learned, [concept.hidden_labels for concept in learned], parts)
    general = TextPairs(tokenizer, texts, parts)
    shares: list[tuple[Source, float]] = [
        (named.wordings, 1.0),
        (named.uses, plan.uses),
        (general.titles, plan.titles),
        (general.headings, plan.headings),
        (general.surroundings, plan.surroundings),
    ]
    tune(table, shares, named.mine, plan.steps, plan.batch, plan.rate, Manner(plan.dimensions), rng, progress)
    after = {size: test.recall(table.vectors[:, :size]) for size in plan.dimensions}
    save(folder, tokenizer, table.vectors)
    return TrainingReport(
        len(table.vectors), sum(map(len, bodies)), sum(len(c.hidden_labels) for c in learned), before, after
    )


def tune(
    table: Table,
    shares: Sequence[tuple[Source, float]],
    mine: Callable[[Floats], None],
    steps: int,
    batch: int,
    rate: float,
    manner: Manner,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> None:
    """Change token vectors for ``steps`` steps, slower and slower, by batches from each source as often as its share of
    the steps says."""
    for number in range(steps):
        if number % _MINED == 0:
            mine(table.vectors)
        if number % 10 == 0:
            progress("训练", number, steps)
        for source, share in shares:
            for _ in range(int(share) + (rng.random() < share % 1)):
                found = source(batch, rng)
                if found is not None:
                    step(table, found, rate * (1 - number / steps), manner, rng)
    progress("训练", steps, steps)


def save(folder: Path, tokenizer: Tokenizer, vectors: Floats) -> None:
    """Write the model: 8 bits a number and a factor a token, as model2vec does, which sentence-transformers (from 6.2)
    widens to float32 as we do."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    factors = np.abs(vectors).max(axis=1) / np.float32(_LEVELS)
    rows = np.rint(vectors / np.maximum(factors, np.float32(1e-12))[:, None]).astype(np.int8)
    tensors = {"embeddings": rows, "weights": factors.astype(np.float32)}
    (folder / WEIGHTS).write_bytes(save_tensors(tensors))
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", "utf-8")
    settings: dict[str, object] = {"similarity_fn_name": "cosine", "prompts": {}, "default_prompt_name": None}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
