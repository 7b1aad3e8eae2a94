"""The words of passages: near words, like texts, company; on five invented passages and hand-made word vectors."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from search.embedders import StaticEmbedder
from search.embedders.train import save
from search.tokens import TokenIndex, build

#: Word → its vector; 解暑 and 消暑 are near each other, [UNK] is nothing.
WORDS = {
    "[UNK]": (0.0, 0.0, 0.0, 0.0),
    "解暑": (1.0, 0.1, 0.0, 0.0),
    "消暑": (1.0, 0.0, 0.1, 0.0),
    "茶水": (0.6, 0.8, 0.0, 0.0),
    "凉棚": (0.0, 1.0, 0.0, 0.0),
    "竞赛": (0.0, 0.0, 1.0, 0.0),
    "工会": (0.0, 0.0, 0.0, 1.0),
}
TEXTS = ("工会消暑凉棚", "工会竞赛竞赛", "工会茶水凉棚", "龘龘", "", "工会消暑茶水")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> StaticEmbedder:
    tokenizer = Tokenizer(models.Unigram([(word, -1.0) for word in WORDS], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    folder = tmp_path_factory.mktemp("model")
    save(folder, tokenizer, np.array(list(WORDS.values()), np.float32))
    return StaticEmbedder(folder)


def made(folder: Path, texts: Iterable[str], model: StaticEmbedder) -> TokenIndex:
    build(folder, texts, model)
    return TokenIndex([folder], model)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbedder) -> TokenIndex:
    return made(tmp_path_factory.mktemp("tokens"), TEXTS, model)


ROWS = np.arange(len(TEXTS))


@pytest.mark.parametrize(
    ("query", "best"),
    [("解暑", {0, 5}), ("凉棚", {0, 2}), ("怎么搞竞赛？", {1}), ("解暑的茶水", {5}), ("竞赛凉棚", {1})],
)
def test_nearness_finds_words_and_near_words(index: TokenIndex, query: str, best: set[int]) -> None:
    scores = index.nearness(query, ROWS)
    assert set(np.flatnonzero(scores == scores.max())) == best
    assert scores.min() >= 0 and scores.max() <= 1


def test_a_rare_word_counts_for_more(index: TokenIndex) -> None:
    scores = index.nearness("工会竞赛", ROWS)
    assert scores[1] == pytest.approx(1) and scores[0] < 0.5


def test_the_very_word_is_nearer_than_a_near_one(index: TokenIndex) -> None:
    same, near = index.nearness("消暑", ROWS)[0], index.nearness("解暑", ROWS)[0]
    assert same == pytest.approx(1)
    assert 0.9 < near < same


@pytest.mark.parametrize("query", ["", "？", "怎么", "龘"])
def test_nothing_is_near_to_nothing(index: TokenIndex, query: str) -> None:
    assert not index.nearness(query, ROWS).any()
    assert index.near_words(query, [0]) == [[]]


def test_rows_may_come_in_any_order_and_number(index: TokenIndex) -> None:
    whole = index.nearness("解暑凉棚", ROWS)
    some = np.array([5, 3, 0])
    assert index.nearness("解暑凉棚", some).tolist() == whole[some].tolist()
    assert index.nearness("解暑凉棚", np.empty(0, np.int64)).tolist() == []
    assert not index.nearness("解暑凉棚", np.array([3, 4])).any()


def test_near_words(index: TokenIndex) -> None:
    (other, same, none) = (index.near_words(word, [0, 4]) for word in ("解暑", "消暑", "竞赛"))
    assert other == [[("解暑", "消暑")], []]
    assert same == [[], []]  # it says the very word
    assert none == [[], []]  # nothing near to it


def test_likeness_is_a_cosine_of_words(index: TokenIndex) -> None:
    scores = index.likeness("工会茶水凉棚", ROWS)
    assert int(np.argmax(scores)) == 2 and scores[2] == pytest.approx(1, abs=0.01)
    assert scores[3] == scores[4] == 0
    assert index.likeness("龘", ROWS).tolist() == [0] * len(TEXTS)


def test_company_favours_what_the_found_have_in_common(index: TokenIndex) -> None:
    scores = index.company(np.array([0, 5]), np.array([1.0, 1.0], np.float32), ROWS)
    assert scores[2] > scores[1] > 0  # a booth and tea, one each from those found; the union alone
    assert scores[0] == pytest.approx(scores[5], abs=0.2) and scores[0] > scores[2]


def test_company_follows_the_shares(index: TokenIndex) -> None:
    found = np.array([0, 1])
    contest, booth = (
        index.company(found, np.array(shares, np.float32), ROWS)[2] for shares in ((1.0, 9.0), (9.0, 1.0))
    )
    assert booth > contest


def test_an_empty_library(tmp_path: Path, model: StaticEmbedder) -> None:
    index = made(tmp_path, (), model)
    assert index.nearness("消暑", np.empty(0, np.int64)).tolist() == []
