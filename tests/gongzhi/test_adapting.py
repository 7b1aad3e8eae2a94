"""A library with a model of its own."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from corpus.store import Store
from gongzhi.adapting import RECORD, adapt_library, reset
from gongzhi.build import ingest
from search.embedders import StaticEmbedder
from search.embedders.adapt import AdaptationPlan
from search.embedders.train import save
from search.engine import Engine
from search.errors import LibraryTooSmall, NotStatic
from search.models import FOLDER, OWN, Asked, Models, stamp_of

#: Parts that are combined to headings, and what is written under each: other characters altogether.
DEEDS = {"消暑": "凉茶毛巾发到工地", "御寒": "棉被大衣送进家门", "育儿": "阅览游戏由老师看护", "议薪": "工资标准双方谈妥",
         "体检": "血压血糖逐项查过", "文艺": "歌舞曲艺轮番登台", "书屋": "报刊典籍任凭借取"}  # fmt: skip
PLACES = {"码头": "吊车司机", "林场": "护林队员", "矿山": "井下班组", "车站": "检票人员", "园区": "流水线上",
          "医院": "护理姐妹", "学校": "任课教师", "渔港": "出海船员"}  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Reports whose headings and paragraphs share no word."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for place, who in PLACES.items():
        lines = [f"{place}工会工作总结"]
        for number, (deed, what) in zip("一二三四五六七", DEEDS.items(), strict=True):
            lines += [f"{number}、{place}{deed}", f"{who}都说好，{what}，今年办了三回，明年还要接着办下去。"]
        (folder / f"{place}.txt").write_text("\n\n".join(lines), "utf-8")
    ingest(tmp_path / "library", [folder])
    return tmp_path / "library"


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A model that knows the characters and nothing of what they mean."""
    characters = sorted(set(repr(DEEDS) + repr(PLACES) + "都说好今年办了三回明还要接着下去工会总结"))
    tokenizer = Tokenizer(models.Unigram([("[UNK]", -20.0), *((c, -5.0) for c in characters)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    vectors = np.random.default_rng(1).standard_normal((len(characters) + 1, 32)).astype(np.float32)
    vectors[0] = 0
    save(tmp_path / "start", tokenizer, vectors)
    return tmp_path / "start"


PLAN = AdaptationPlan(steps=120, rate=0.03)


def test_a_better_model_goes_into_the_library_and_out_again(library: Path, start: Path) -> None:
    found = adapt_library(library, Models(Asked(str(start))), start, PLAN)
    assert found.better and found.after.reciprocal > found.before.reciprocal + 0.1
    record = json.loads((library / FOLDER / RECORD).read_text("utf-8"))
    assert record["after"]["reciprocal"] == pytest.approx(found.after.reciprocal)
    opened = Engine.open(library)
    assert stamp_of(opened.store).name == OWN  # type: ignore[union-attr]
    assert stamp_of(opened.store).id == StaticEmbedder(library / FOLDER).id  # type: ignore[union-attr]
    opened.close()
    assert not list(library.glob(".model-*"))
    assert reset(library) and not (library / FOLDER).exists()
    opened = Engine.open(library)
    assert stamp_of(opened.store).name == "bundled"  # type: ignore[union-attr]
    opened.close()
    assert not reset(library)


def test_a_model_that_is_no_better_is_not_taken(library: Path, start: Path) -> None:
    with Store.open(library) as store:
        generation = store.generation
    assert not adapt_library(library, Models(Asked(str(start))), start, AdaptationPlan(steps=0)).better
    with Store.open(library) as store:
        assert store.generation == generation
    assert not (library / FOLDER).exists() and not list(library.glob(".model-*"))


def test_only_static_models_are_adapted(library: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NotStatic, match="nothing"):
        adapt_library(library, Models(), tmp_path / "nothing", PLAN)


def test_a_small_library_keeps_its_model(tmp_path: Path, report: Callable[..., str]) -> None:
    (tmp_path / "one.txt").write_text(report(1), "utf-8")
    ingest(tmp_path / "small", [tmp_path / "one.txt"])
    with pytest.raises(LibraryTooSmall, match="现用的模型照旧"):
        adapt_library(tmp_path / "small", Models(Asked("bundled")), None, PLAN)
