"""Fine-tuning on libraries of invented texts."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.lexicon import Concept
from corpus.store import Store
from search.embedders import StaticEmbedder
from search.embedders.adapt import AdaptationPlan, Figures, HeadingTest, adapt
from search.embedders.labels import Recall
from search.embedders.texts import Paragraph
from search.errors import LibraryTooSmall

CONCEPTS = (
    Concept("送清凉", (), ("夏天送水",)),
    Concept("送温暖", (), ("冬天送被",)),
    Concept("托管班", (), ("带娃",)),
)
#: Parts that are combined to headings, and what is written under each: other characters altogether.
DEEDS = {"消暑": "凉茶毛巾发到工地", "御寒": "棉被大衣送进家门", "育儿": "阅览游戏由老师看护", "议薪": "工资标准双方谈妥",
         "体检": "血压血糖逐项查过", "文艺": "歌舞曲艺轮番登台", "书屋": "报刊典籍任凭借取", "球赛": "篮球羽毛捉对较量"}  # fmt: skip
PLACES = {"码头": "吊车司机", "林场": "护林队员", "矿山": "井下班组", "车站": "检票人员", "园区": "流水线上",
          "医院": "护理姐妹", "学校": "任课教师", "渔港": "出海船员"}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, refill: Callable[..., None]) -> Store:
    """A library where headings and their passages share no word."""
    chapters = [
        (f"{place}{deed}", "done", [f"{who}都说好，{what}，今年办了三回，明年还要接着办下去。"])
        for place, who in PLACES.items()
        for deed, what in DEEDS.items()
    ]
    opened = Store.open(tmp_path / "lib", create=True)
    refill(opened, [("综述", "宜昌市", "420500", "湖北省", "city", "2021-12-30", chapters)])
    return opened


@pytest.fixture
def start(tmp_path: Path) -> StaticEmbedder:
    """A model that knows the characters and nothing of what they mean."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    from search.embedders.train import save

    everything = sorted(set(repr(DEEDS) + repr(PLACES) + repr(CONCEPTS) + "都说好今年办了三回明还要接着下去"))
    tokenizer = Tokenizer(models.Unigram([("[UNK]", -20.0), *((c, -5.0) for c in everything)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    vectors = np.random.default_rng(1).standard_normal((len(everything) + 1, 32)).astype(np.float32)
    vectors[0] = 0
    save(tmp_path / "start", tokenizer, vectors)
    return StaticEmbedder(tmp_path / "start")


def test_headings_held_out_find_their_passages(store: Store, start: StaticEmbedder) -> None:
    told: list[str] = []
    found = adapt(
        store, CONCEPTS, start, start, AdaptationPlan(steps=150, rate=0.03), lambda *step: told.append(step[0])
    )
    assert found.headings == 64 and 0 < found.held < 32 and found.passages == 64
    assert found.after.reciprocal > 0.4 > found.before.reciprocal + 0.1
    assert found.after.wordings == Recall(1.0, 1.0) and found.better
    assert "训练" in told
    again = adapt(store, CONCEPTS, start, start, AdaptationPlan(steps=150, rate=0.03))
    assert np.array_equal(found.vectors, again.vectors)


def test_what_changes_nothing_is_not_better(store: Store, start: StaticEmbedder) -> None:
    assert not adapt(store, CONCEPTS, start, start, AdaptationPlan(steps=0)).better


def test_a_small_library_is_told(library: Path, start: StaticEmbedder) -> None:
    with Store.open(library) as small, pytest.raises(LibraryTooSmall, match=r"只有 \d 个不同的标题，至少要 40 个"):
        adapt(small, CONCEPTS, start, start, AdaptationPlan())


@pytest.mark.parametrize(
    ("reciprocal", "first", "better"),
    [(0.6, 0.9, True), (0.5, 0.9, False), (0.6, 0.895, True), (0.6, 0.88, False), (0.4, 1.0, False)],
)
def test_better_is_more_headings_and_no_wordings_lost(reciprocal: float, first: float, better: bool) -> None:
    before = Figures(0.3, 0.5, Recall(0.9, 1.0))
    assert Figures(0.3, reciprocal, Recall(first, 1.0)).better_than(before) is better


def test_any_passage_under_the_heading_is_right(start: StaticEmbedder) -> None:
    parts = [
        Paragraph("", "消暑", "凉茶"),
        Paragraph("", "御寒", "消暑"),
        Paragraph("", "消暑", "消暑消"),
        Paragraph("", "", "棉被"),
    ]
    test = HeadingTest(start.tokenizer, parts, frozenset(["消暑"]))
    assert test.ranks(start.vectors) == [1]  # 消暑 under 御寒 is nearer than both of its own
