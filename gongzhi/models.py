"""Commands about models: training the bundled one, fine-tuning it on a library."""

import os
import sys
from pathlib import Path

import click

from gongzhi.options import json_option, library_option
from gongzhi.usage import Command


def _one_thread() -> None:
    """On small matrices the threads of the algebra library only wait for each other, and the sums of one are always the
    same. Before numpy is imported."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.command("train-embedder", cls=Command)
@click.argument("texts", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="语料")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, metavar="目录", help="模型写到这里。")
@click.option("--seed", default=7, show_default=True, help="随机种子；同一种子得到同一模型。")
@click.option("--steps", type=click.IntRange(0), metavar="步数", help="微调几步；默认见 TrainingPlan。")
@click.option("--held-out", default=0.0, show_default=True, type=click.FloatRange(0, 0.5), metavar="份额",
              help="留出这么多大白话不学，用来量效果。")  # fmt: skip
def train_embedder(texts: Path, output: Path, seed: int, steps: int | None, held_out: float) -> None:
    """用通用公文（每行一个 JSON，含 title 与 text，可为 .xz）和概念词表训练静态向量模型。"""
    _one_thread()
    from dataclasses import replace

    from corpus.lexicon import lexicon
    from gongzhi.show import progress
    from search.embedders.texts import read_texts
    from search.embedders.train import TrainingPlan, train

    plan = TrainingPlan(seed=seed, held_out=held_out)
    plan = plan if steps is None else replace(plan, steps=steps)
    with progress(enabled=True) as shown:
        report = train(read_texts(texts, plan.characters, seed), lexicon(), output, plan, shown)
    click.echo(f"模型在 {output}：{report.tokens} 个词元，学了 {report.labels} 个大白话说法。")
    if held_out:
        for size, after in report.after.items():
            before = report.before[size]
            click.echo(
                f"{size} 维：留出的说法找对主题 {before.first:.1%} → {after.first:.1%}，"
                f"前四个里有 {before.four:.1%} → {after.four:.1%}。"
            )


@click.command(cls=Command)
@click.option("--from", "source", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="目录",
              help="从这个静态模型开始；默认从自带模型开始。")  # fmt: skip
@click.option("--seed", default=7, show_default=True, help="随机种子；同一种子得到同一模型。")
@click.option("--reset", is_flag=True, help="去掉微调的模型，换回自带模型。")
@library_option
@json_option
def adapt(source: Path | None, seed: int, reset: bool, library: Path, as_json: bool) -> None:
    """用资料库自己的文字微调向量模型，更懂本地的说法；留出的标题找得更准才采用。

    学的是标题与段落、术语与解释、同一术语的几种叫法、相邻的句子，不需要人工标注。几十秒，不联网。
    """
    _one_thread()
    from gongzhi import adapting
    from gongzhi.options import printer
    from gongzhi.settings import models
    from gongzhi.show import progress
    from search.embedders.adapt import AdaptationPlan

    if reset:
        done = adapting.reset(library)
        click.echo("已去掉微调的模型，换回自带模型。" if done else "这个资料库没有微调过的模型。")
        return
    with progress(enabled=not as_json) as shown:
        found = adapting.adapt_library(library, models(), source, AdaptationPlan(seed=seed), shown)
    printer(as_json).adaptation(found)
    sys.exit(0 if found.better else 1)
