"""Measuring a library, comparing runs, keeping them."""

import json
import math
from pathlib import Path

import pytest

from search.embedders import Embedder
from search.engine import Engine
from search.errors import ConfigurationUnknown, NothingInCommon, RunUnreadable
from search.evaluate import (
    MEASURES,
    Outcome,
    Run,
    as_data,
    compare,
    configuration,
    configurations,
    evaluate,
    measure,
    outcome,
    read_run,
    save,
)
from search.judged import Answer, Judged

COOLING, WARMING, IDLE = "为露天岗位开展送清凉三百余场", "岁末年初组织走访慰问", "会议听取了财务情况的说明"
JUDGED = Judged("1", "送清凉", "keyword", (Answer(2, COOLING), Answer(1, WARMING), Answer(0, IDLE)))
OTHER = Judged("2", "慰问", "question", (Answer(2, WARMING),))
BEST = 3 + 1 / math.log2(3)


def test_how_a_query_fared() -> None:
    found = [("a", IDLE), ("b", "别的内容"), ("c", COOLING)]
    fared = outcome(JUDGED, found, 2.5, [Answer(1, WARMING)])
    assert fared.measures == pytest.approx(
        {"ndcg10": 3 / 2 / BEST, "mrr": 1 / 3, "recall1": 0.0, "recall5": 0.5, "recall10": 0.5}
    )
    assert (fared.first, fared.judged, fared.ms) == (3, 2, 2.5)
    assert [(miss.quote, miss.grade, miss.nowhere) for miss in fared.missed] == [(WARMING, 1, True)]


def test_misses_come_best_first_and_only_ten_are_looked_at() -> None:
    judged = Judged("1", "问", "", (Answer(1, WARMING), Answer(2, COOLING)))
    fared = outcome(judged, [("x", IDLE)] * 10 + [("y", COOLING)], 0)
    assert [miss.grade for miss in fared.missed] == [2, 1]
    assert fared.first == 0 and set(fared.measures.values()) == {0.0}


def test_a_run_has_a_mean_for_each_style() -> None:
    run = measure("甲", [JUDGED, OTHER], lambda query: [("a", COOLING)] if query == "送清凉" else [])
    assert {name: run.figures[name] for name in run.figures if "ndcg10" in name} == pytest.approx(
        {"ndcg10": 1.5 / BEST, "ndcg10_keyword": 3 / BEST, "ndcg10_question": 0.0}
    )
    assert [(group.style, group.queries) for group in run.groups] == [("", 2), ("keyword", 1), ("question", 1)]
    whole = run.groups[0].figures["mrr"]
    assert (whole.low, whole.mean, whole.high) == pytest.approx((0.0, 0.5, 1.0))


def test_queries_without_a_style_are_only_in_the_whole() -> None:
    plain = Judged("3", "问", "", (Answer(1, COOLING),))
    assert [group.style for group in measure("甲", [plain], lambda query: []).groups] == [""]


def test_evaluate_a_library(library: Path, embedder: Embedder) -> None:
    engine = Engine.open(library, embedder)
    passage = engine.search("爱心妈咪小屋").hits[0]
    queries = [
        Judged("1", "露天岗位送清凉", "keyword", (Answer(2, COOLING),)),
        Judged(
            "2", "爱心妈咪小屋", "keyword", (Answer(1, passage=passage.passage_id), Answer(1, passage="没有这一段"))
        ),
    ]
    whole, words, bare = evaluate(engine, queries, [configuration(n) for n in ("hybrid", "lexical", "no-lexical")])
    engine.close()
    assert whole.figures["ndcg10"] == pytest.approx((1 + 1 / (1 + 1 / math.log2(3))) / 2)
    assert [miss.nowhere for miss in whole.outcomes[1].missed] == [True]
    assert words.configuration == "lexical" and bare.configuration == "no-lexical"
    assert all(fared.ms > 0 for fared in whole.outcomes)


def test_weights_make_another_ranking(library: Path, embedder: Embedder) -> None:
    engine = Engine.open(library, embedder)
    nothing = configuration("no-lexical").weights
    assert nothing is not None and nothing.lexical == 0
    scores = [engine.search("露天岗位", weights=weights).hits[0].score for weights in (None, nothing)]
    engine.close()
    assert scores[0] > scores[1]


def test_configurations_are_the_modes_and_the_whole_without_a_part() -> None:
    known = configurations()
    assert {"hybrid", "lexical", "semantic", "no-concept", "no-dense", "no-lexical"} <= set(known)
    assert all(known[name].name == name for name in known)
    with pytest.raises(ConfigurationUnknown, match=r"没有“全部”这种配置。可用：hybrid、lexical、semantic、no-"):
        configuration("全部")


def fared(number: int, style: str, value: float) -> Outcome:
    return Outcome(str(number), f"问{number}", style, dict.fromkeys(MEASURES, value), 1, 1, (), 1.0)


def test_compare() -> None:
    first = Run.of("甲", [fared(1, "keyword", 0.9), fared(2, "keyword", 0.5), fared(3, "", 0.4), fared(9, "", 1.0)])
    second = Run.of("乙", [fared(3, "", 0.5), fared(2, "keyword", 0.5), fared(1, "keyword", 0.6)])
    contest = compare(first, second)
    assert (contest.first, contest.second, contest.alone) == ("甲", "乙", 1)
    assert [(c.measure, c.style) for c in contest.contrasts] == [
        *((name, "") for name in MEASURES),
        ("ndcg10", "keyword"),
    ]
    whole, keyword = contest.contrasts[0], contest.contrasts[-1]
    assert (whole.queries, keyword.queries) == (3, 2)
    assert (whole.first, whole.second, whole.test.difference) == pytest.approx((0.6, 1.6 / 3, 0.2 / 3))
    assert (whole.test.wins, whole.test.ties, whole.test.losses) == (1, 1, 1)
    with pytest.raises(NothingInCommon, match="没有一个问题相同"):
        compare(first, Run.of("丙", [fared(7, "", 1.0)]))


def test_a_run_is_kept(tmp_path: Path) -> None:
    run = measure("hybrid", [JUDGED, OTHER], lambda query: [("a", COOLING)])
    save(run, tmp_path / "run.json")
    again = read_run(tmp_path / "run.json")
    assert again == Run("run.json", run.groups, run.outcomes)
    assert compare(run, again).contrasts[0].test.p == 1
    data = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert data == json.loads(json.dumps(as_data(run)))
    assert data["ndcg10_keyword"] == pytest.approx(3 / BEST) and data["configuration"] == "hybrid"


@pytest.mark.parametrize(
    "content", [None, "{", "[]", '{"outcomes": 1}', '{"outcomes": [{"id": "1"}]}', '{"outcomes": [1]}']
)
def test_what_is_no_run_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content, "utf-8")
    with pytest.raises(RunUnreadable, match=r"run\.json"):
        read_run(tmp_path / "run.json")
