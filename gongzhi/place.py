"""A place on a terminal: what it did, with another place beside it, across its documents."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongzhi.errors import PlaceUnclear, SamePlace
from gongzhi.grid import grid
from gongzhi.options import json_option, library_option
from gongzhi.usage import Command

if TYPE_CHECKING:
    from search.answers import ClaimEvidence
    from search.chronicle import Chronicle
    from search.comparison import Comparison, SharedFigures
    from search.deeds import DeedGroup
    from search.directory import KnownPlace
    from search.engine import Engine
    from search.profile import Figure, Profile

_MOST = 60  # rows of figures and terms: the rest are counted


@click.command(cls=Command)
@click.argument("name", metavar="地方")
@click.option("--with", "other", default="", metavar="地方", help="与另一个地方对照。")
@click.option("--years", is_flag=True, help="同一个地方前后几份文献对照：新提到、继续提到、不再提到。")
@library_option
@json_option
def place(name: str, other: str, years: bool, library: Path, as_json: bool) -> None:
    """看一个地方或单位：做了什么、有哪些数字、用哪些说法、出自哪些文献。"""
    if other and years:
        raise click.UsageError("--with、--years 只能用一个", click.get_current_context())

    from gongzhi.settings import engine
    from search.chronicle import chronicle
    from search.comparison import compare
    from web.profile_schemas import PlaceComparison, PlaceProfile, PlaceYears

    opened = engine(library)
    here, profiler = _named(opened, name), opened.profiler
    if other:
        there = _named(opened, other)
        if there == here:
            raise SamePlace(here.address)
        comparison = compare(profiler.profile(here), profiler.profile(there))
        _json(PlaceComparison.of(comparison)) if as_json else _show_comparison(comparison)
    elif years:
        story = chronicle(profiler, here)
        _json(PlaceYears.of(story)) if as_json else _show_years(story)
    else:
        profile = profiler.profile(here)
        _json(PlaceProfile.of(profile)) if as_json else _show_profile(profile)


def _named(opened: "Engine", name: str) -> "KnownPlace":
    """The place that a name means. Raises PlaceUnclear."""
    answer = opened.profiler.resolve(name)
    if answer.place is None:
        choices, similar = (tuple(place.address for place in places) for places in (answer.choices, answer.similar))
        raise PlaceUnclear(name, choices, similar)
    return answer.place


def _json(answer: object) -> None:
    from pydantic import BaseModel

    assert isinstance(answer, BaseModel)
    click.echo(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=1))


def _quoted(sentence: "ClaimEvidence") -> str:
    from corpus.doubts import warning

    return sentence.sentence + warning(sentence.sentence, sentence.doubtful)


def _heading(words: str, count: int) -> None:
    click.secho(f"\n{words}（{count}）", bold=True)


def _deeds(groups: Iterable["DeedGroup"]) -> Iterator[tuple[str, ...]]:
    from corpus.fields import CLAIM_STATUS

    for group in groups:
        for deed in group.deeds:
            first = deed.sentences[0]
            counts = zip(CLAIM_STATUS, (deed.done, deed.ongoing, deed.planned), strict=True)
            told = "，".join(f"{CLAIM_STATUS[status]} {count}" for status, count in counts if count)
            yield group.name, deed.topic, told, _quoted(first), first.title


def _show_deeds(groups: Iterable["DeedGroup"]) -> None:
    rows = list(_deeds(groups))
    if rows:
        grid("领域", "主题", "句数", "原句", "文献", rows=rows)
    else:
        click.echo("未提及。")


def _show_profile(profile: "Profile") -> None:
    place = profile.place
    click.secho(place.name, bold=True)
    click.echo(f"{place.documents} 份自己的文献，共 {profile.sentences} 句。未提及不等于未开展。")
    _heading("做了什么", sum(len(group.deeds) for group in profile.groups))
    _show_deeds(profile.groups)
    _heading("数字", len(profile.figures))
    if profile.figures:
        grid("数的是什么", "照原文", "时段", "原句", rows=(
            (figure.fact.subject, figure.text, figure.evidence.period, _quoted(figure.evidence))
            for figure in profile.figures[:_MOST]
        ))  # fmt: skip
    if len(profile.figures) > _MOST:
        click.echo(f"其余 {len(profile.figures) - _MOST} 个用 --json 看。")
    for words, terms in (
        ("这里有解释的术语", [used for used in profile.terms if used.explained]),
        ("只有这里用的术语", [used for used in profile.terms if used.only and not used.explained]),
    ):
        _heading(words, len(terms))
        click.echo("、".join(used.term.label for used in terms[:_MOST]) or "未提及。")
    _heading("文献", len(profile.documents) + len(profile.told_in))
    for held in (*profile.documents, *profile.told_in):
        click.echo(f"《{held.document.title}》（{held.period or '时段不明'}，{held.claims} 句）")
    if profile.below:
        _heading("所属地方和单位", len(profile.below))
        click.echo("、".join(told.place.name for told in profile.below[:_MOST]))


def _amounts(figures: Iterable["Figure"]) -> str:
    return "；".join(f"{figure.text}（{figure.fact.subject}，{figure.evidence.period}）" for figure in figures)


def _show_figures(figures: Iterable["SharedFigures"], a: str, b: str) -> None:
    rows = [(shared.subject, _amounts(shared.a), _amounts(shared.b)) for shared in figures]
    if rows:
        _heading("同类数字", len(rows))
        grid("数的是什么", a, b, rows=rows)


def _show_comparison(comparison: "Comparison") -> None:
    a, b = comparison.a.name, comparison.b.name
    click.secho(f"{a}与{b}", bold=True)
    click.echo("未提及不等于未开展。")
    _show_figures(comparison.figures, a, b)
    _heading("都提到", comparison.shared)
    if comparison.both:
        grid("领域", "主题", a, b, rows=(
            (group.name, deed.topic, _quoted(deed.shown_a), _quoted(deed.shown_b))
            for group in comparison.both for deed in group.deeds
        ))  # fmt: skip
    for name, groups in ((a, comparison.only_a), (b, comparison.only_b)):
        _heading(f"只有{name}提到", sum(len(group.deeds) for group in groups))
        _show_deeds(groups)
    _heading("共同的术语", len(comparison.terms))
    click.echo("、".join(used.term.label for used in comparison.terms[:_MOST]) or "没有。")


def _show_years(story: "Chronicle") -> None:
    click.secho(story.place.name, bold=True)
    for held in story.documents:
        click.echo(f"{held.period}　《{held.document.title}》（{held.claims} 句）")
    if not story.steps:
        click.echo("写明时段的文献不到两份，不能前后对照。")
    for step in story.steps:
        a, b = step.earlier.period, step.later.period
        click.secho(f"\n{a} → {b}", bold=True)
        click.echo("没有提到不等于没有做，不再提到不等于停办。")
        _heading("新提到", sum(len(group.deeds) for group in step.new))
        _show_deeds(step.new)
        _show_figures(step.figures, a, b)
        _heading("继续提到", sum(len(group.deeds) for group in step.continued) + len(step.reworded))
        kept = [(d.topic, d.shown_a, d.shown_b) for group in step.continued for d in group.deeds]
        kept += [(told.topic, told.before, told.after) for told in step.reworded]
        if kept:
            grid("主题", a, b, rows=((topic, _quoted(one), _quoted(other)) for topic, one, other in kept))
        _heading("不再提到", sum(len(group.deeds) for group in step.gone))
        _show_deeds(step.gone)
        if step.plans:
            _heading("早先的打算，后来怎样", len(step.plans))
            grid("主题", "打算", "后来", rows=(
                (plan.topic, _quoted(plan.planned), _quoted(plan.done) if plan.done else "未见后续，不等于没有做")
                for plan in step.plans
            ))  # fmt: skip
