"""The command that measures searching on judged queries, and its tables."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command

if TYPE_CHECKING:
    from search.evaluate import Contest, Outcome, Run

STYLES = {"": "合计", "keyword": "关键词", "question": "提问", "paragraph": "整段", "paraphrase": "大白话"}
_MISSES = 3  # named of each query: --json has them all
_QUOTED = 48  # characters of one


@click.command(cls=Command)
@click.argument("gold", type=click.Path(path_type=Path, exists=True), metavar="判好的问题")
@click.option("--config", "name", default="hybrid", show_default=True, metavar="配置",
              help="怎样检索：hybrid、lexical、semantic，或去掉一部分，如 no-concept、no-dense。")  # fmt: skip
@click.option("--compare", "others", multiple=True, metavar="配置或文件",
              help="与另一种配置，或以前存下的结果相比，成对检验；可以写几次。")  # fmt: skip
@click.option("--style", "styles", multiple=True, metavar="类型", help="只量这一类问题；可以写几次。")
@click.option("--queries", "each", is_flag=True, help="逐问列出，最差的在前，写明漏掉了什么。")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="文件",
              help="把结果存成 JSON，以后可以用 --compare 来比。")  # fmt: skip
@library_option
@json_option
def evaluate(
    gold: Path, name: str, others: tuple[str, ...], styles: tuple[str, ...], each: bool, output: Path | None,
    library: Path, as_json: bool,
) -> None:  # fmt: skip
    """用判好的问题量检索的好坏：nDCG@10、MRR、召回率，各带 95% 区间。

    判好的问题是一个 .jsonl 文件（或含 passages.jsonl 的目录），每行一个问题和对它有用的原句，写法见 docs/evaluate.md。

    如 gongzhi evaluate 我的问题.jsonl --compare lexical --queries。
    """
    from gongzhi.settings import engine
    from search import evaluate as measuring
    from search.judged import read_judged

    codes = {word: code for code, word in STYLES.items()}
    queries = read_judged(gold, [codes.get(style, style) for style in styles])
    saved = {other: measuring.read_run(Path(other)) for other in others if Path(other).is_file()}
    fresh = {other: measuring.configuration(other) for other in (name, *others) if other not in saved}
    runs = dict(zip(fresh, measuring.evaluate(engine(library), queries, list(fresh.values())), strict=True))
    run = runs[name]
    if output:
        measuring.save(run, output)
    comparisons = [measuring.compare(run, (runs | saved)[other]) for other in others]
    rivals = {comparison.second: (runs | saved)[other] for comparison, other in zip(comparisons, others, strict=True)}
    printer(as_json).evaluation(run, comparisons, rivals if each else None)


def show_evaluation(run: "Run", comparisons: Sequence["Contest"], rivals: "dict[str, Run] | None") -> None:
    """The tables of a run; ``rivals`` (not None) asks for every query, beside theirs."""
    from gongzhi.grid import grid

    grid("类型", "问题", "nDCG@10", "95% 区间", "MRR", "召回@1", "召回@5", "召回@10", rows=(
        (STYLES.get(group.style, group.style), group.queries, f"{figures['ndcg10'].mean:.3f}",
         _between(figures["ndcg10"].low, figures["ndcg10"].high),
         *(f"{figures[name].mean:.3f}" for name in ("mrr", "recall1", "recall5", "recall10")))
        for group in run.groups for figures in (group.figures,)
    ))  # fmt: skip
    whole = run.groups[0]
    click.echo(f"每问用时 p50 {whole.p50:.1f} 毫秒，p95 {whole.p95:.1f} 毫秒。")
    lost = sum(miss.nowhere for outcome in run.outcomes for miss in outcome.missed)
    if lost:
        click.secho(
            f"有 {lost} 处判为有用的原句在资料库里没有：请看资料库是不是这些问题所依据的那一个（--queries 逐处标出）。",
            fg="yellow",
        )
    for comparison in comparisons:
        _show_comparison(comparison)
    if rivals is not None:
        for outcome, told in _by_need(run, rivals):
            _show_query(outcome, told)


def _between(low: float, high: float) -> str:
    return f"{low:.3f}～{high:.3f}"


def _show_comparison(comparison: "Contest") -> None:
    from gongzhi.grid import grid

    click.secho(f"\n{comparison.first} 与 {comparison.second} 相比", bold=True)
    names = {"ndcg10": "nDCG@10", "mrr": "MRR", "recall1": "召回@1", "recall5": "召回@5", "recall10": "召回@10"}
    grid("指标", comparison.first, comparison.second, "差", "95% 区间", "p", "胜/平/负", rows=(
        (names[c.measure] + (f"，{STYLES.get(c.style, c.style)}" if c.style else ""),
         f"{c.first:.3f}", f"{c.second:.3f}", f"{c.test.difference:+.3f}",
         f"{c.test.low:+.3f}～{c.test.high:+.3f}", "<0.001" if c.test.p < 0.001 else f"{c.test.p:.3f}",
         f"{c.test.wins}/{c.test.ties}/{c.test.losses}")
        for c in comparison.contrasts
    ))  # fmt: skip
    alone = f"另有 {comparison.alone} 问只在一边，没有算。" if comparison.alone else ""
    click.echo(f"p：若两者其实一样好，差到这样或更多的可能（成对随机化检验）；小于 0.05 才算有差别。{alone}")


def _by_need(run: "Run", rivals: "dict[str, Run]") -> "Iterator[tuple[Outcome, str]]":
    """The queries with what rivals scored: where they did better first, without rivals the worst first."""
    theirs = {
        name: {(other.id, other.query): other.measures["ndcg10"] for other in rival.outcomes}
        for name, rival in rivals.items()
    }

    def scored(outcome: "Outcome") -> dict[str, float]:
        key = (outcome.id, outcome.query)
        return {name: scores[key] for name, scores in theirs.items() if key in scores}

    def need(outcome: "Outcome") -> tuple[float, float]:
        own = outcome.measures["ndcg10"]
        return own - max(scored(outcome).values(), default=own), own

    for outcome in sorted(run.outcomes, key=need):
        yield outcome, "，".join(f"{name} {score:.3f}" for name, score in scored(outcome).items())


def _show_query(outcome: "Outcome", told: str) -> None:
    style = f"（{STYLES.get(outcome.style, outcome.style)}）" if outcome.style else ""
    click.secho(f"\n{outcome.measures['ndcg10']:.3f}　{outcome.id}{style}{_cut(outcome.query)}", bold=True)
    first = f"第一处有用的在第 {outcome.first} 位" if outcome.first else "前十段里没有有用的"
    found = f"{outcome.judged} 处找到 {outcome.judged - len(outcome.missed)} 处"
    click.echo("  " + "；".join(part for part in (first, found, f"{outcome.ms:.1f} 毫秒", told) if part))
    for miss in outcome.missed[:_MISSES]:
        where = "（资料库里没有）" if miss.nowhere else ""
        click.secho(f"  漏掉［{miss.grade}］{_cut(miss.quote or miss.passage)}{where}", dim=True)
    if len(outcome.missed) > _MISSES:
        click.secho(f"  还漏掉 {len(outcome.missed) - _MISSES} 处", dim=True)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED] + "……"
