"""A report, made up: title, opening, sections of what was done and what is planned, and the answers that stand in it."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from load.names import Name, name, older
from load.places import Reporter, reporter
from load.words import CONTEXT, SAID, fields, said, say, tables, topics

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六")
#: Clauses in a paragraph, and how often.
_CLAUSES = ((1, 2, 3, 4, 5, 6), (14, 34, 32, 13, 5, 2))
_PLANNING = 0.65  # share of the reports that end with what is planned
_DRAFTED = 0.04  # share of the paragraphs of which a draft is kept
_NAMED_MOST = 0.6  # share of the clauses that use a made-up name, at most, where few passages must tell of many
_PAIRED = 0.15  # share of these that use two
_USED = 0.45  # names in a clause, on average
_ON, _LONG = 0.6, 120  # how often a clause goes on, up to so many characters
_MASKED, _BRIEF = 0.035, 0.9  # share of the other clauses with a masked word, and (up to) without figures
_DEEDS = 1.2  # clauses in a report that tell of what is asked for, on average
_BELOW = 0.08  # share of these that tell of a county of the city that reports
#: Names of which every document that tells of them is kept: those with these numbers, modulo.
PROBED = (50, 17)
_YEARS = (2003, 2026)
_FIGURE = re.compile(r"\d[\d.]*[万亿]?[余多]?(?:[家个]?[\u4e00-\u9fff])?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a report is made from: its number, about how many passages, how many names are known before it and how many
    it introduces; ``copied``: the report that it nearly copies."""

    seed: int
    number: int
    passages: int
    known: int
    new: int
    copied: "Plan | None" = None


@dataclass(frozen=True, slots=True)
class Report:
    """``lines`` are the title, the lines below it (``heads`` in all) and the paragraphs; ``rows`` are of the answer key:
    (kind, row). ``told``: (what is asked for, code of a place, status)."""

    title: str
    by: Reporter
    year: int
    date: str
    lines: tuple[str, ...]
    heads: int
    rows: tuple[tuple[str, dict[str, Any]], ...]
    told: tuple[tuple[str, str, str], ...]


def report(plan: Plan) -> Report:
    """The report that a plan makes; the same plan makes the same report."""
    if plan.copied is not None:
        return _changed(_Writer(plan.copied).report(), random.Random(f"{plan.seed}:copy:{plan.number}"))
    return _Writer(plan).report()


def _changed(original: Report, chance: random.Random) -> Report:
    """A near copy: one paragraph left out, one figure another."""
    lines = list(original.lines)
    long = [k for k in range(original.heads, len(lines)) if len(lines[k]) > 80 and "。" in lines[k]]
    figures = [k for k in long if _DIGITS.search(lines[k])]
    if figures:
        k = chance.choice(figures)
        lines[k] = _DIGITS.sub(lambda found: str(chance.randrange(2, 900)), lines[k], count=1)
    if len(long) > 6:
        del lines[chance.choice(long[2:])]
    return Report(original.title, original.by, original.year, original.date, tuple(lines), original.heads, (), ())


@dataclass
class _Writer:
    """Writes one report."""

    plan: Plan
    lines: list[str] = field(default_factory=list)
    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    status: str = "done"
    left: int = 0

    def __post_init__(self) -> None:
        self.all = random.Random(f"{self.plan.seed}:{self.plan.number}")
        self.chance: Callable[[], float] = self.all.random
        self.by = reporter(self.all)
        self.year = self.all.randint(*_YEARS)
        self.context: list[str | list[str]] = [""] * len(CONTEXT)
        ordinal = _NUMERALS[self.all.randrange(3, 16)]
        time = ("五年来", "过去五年", f"{self.year}年以来", "近年来", "一年来")[self.all.randrange(5)]
        of = self.by
        for word, value in zip(
            "全 市 党 地 短 年 次 届 时 系".split(),
            (*of.forms, of.name, of.short, str(self.year), str(self.year + 1), ordinal, time, of.system),
            strict=True,
        ):
            self.context[CONTEXT[word]] = value
        numbers = range(self.plan.known, self.plan.known + self.plan.new)
        made = [(number, name(number)) for number in numbers]
        self.glossary = [one for _, one in made if one.way == "glossary"]
        self.explained = [one for _, one in made if one.way and one.way != "glossary"]
        self.introduced = [(number, one) for number, one in made if not one.way or one.way == "glossary"]
        self.left = self.plan.passages
        # What must stand in so many clauses.
        clauses = max(1.0, 2.7 * self.plan.passages)
        self.named = min(_NAMED_MOST, max(_USED, len(self.introduced) / clauses))
        self.teaching = min(1.0, 1.3 * len(self.explained) / clauses)
        self.asking = _DEEDS / clauses if of.code else 0.0

    def report(self) -> Report:
        """The report."""
        kind = self.by.level if self.by.level in ("enterprise", "department") else "place"
        title = say(said("titles", kind), self.context, self.chance)
        self.lines.append(title)
        date = f"{self.year + 1}年{self.all.randint(1, 12)}月{self.all.randint(1, 28)}日"
        if self.chance() < 0.5:
            self.lines.append(f"（{date}）" if self.chance() < 0.5 else date)
        if "报告" in title and self.chance() < 0.7:
            self.lines.append("各位代表、同志们：")
        heads = len(self.lines)
        self._field()
        self._paragraph(lead=say(said("deeds", "opening"), self.context, self.chance))
        planning = self.chance() < _PLANNING and self.plan.passages > 6
        ahead = max(2, int(self.left * self.all.uniform(0.15, 0.4))) if planning else 0
        if self.chance() < 0.55:
            self._topical(ahead)
        else:
            self._reporting(ahead)
        if self.glossary:
            self._glossary()
        row = {"title": title, "place": self.by.name, "code": self.by.code, "level": self.by.level, "year": self.year}
        self.rows.append(("documents", row))
        return Report(title, self.by, self.year, date, tuple(self.lines), heads, tuple(self.rows), tuple(self.told))

    def _topical(self, ahead: int) -> None:
        """Sections by topic, the last one of what is planned."""
        number = 0
        while self.left > ahead:
            self._field()
            self.lines.append(f"{_NUMERALS[number]}、{self._heading('done')}")
            self._body(min(self.left - ahead, self.all.randint(2, 7)), self.chance() < 0.15)
            number = min(number + 1, len(_NUMERALS) - 2)
        if ahead:
            self.status = "planned"
            self.lines.append(f"{_NUMERALS[number]}、{self._heading('ahead')}")
            self._plans(ahead, self.chance() < 0.2)

    def _reporting(self, ahead: int) -> None:
        """一、what was done, by topic; 二、what is planned."""
        self.lines.append(f"一、{self._heading('back')}")
        number = 0
        while self.left > ahead:
            self._field()
            self.lines.append(f"（{_NUMERALS[number]}）{self._heading('done')}")
            self._body(min(self.left - ahead, self.all.randint(2, 6)), self.chance() < 0.05)
            number = min(number + 1, len(_NUMERALS) - 1)
        if ahead:
            self.status = "planned"
            self.lines.append(f"二、{self._heading('ahead')}")
            self._plans(ahead, self.chance() < 0.25)

    def _plans(self, ahead: int, itemised: bool) -> None:
        self._field()
        self._paragraph(lead=say(said("plans", "opening"), self.context, self.chance))
        self._body(ahead - 2, itemised)
        self._paragraph(lead=say(said("plans", "closing"), self.context, self.chance), clauses=0)

    def _body(self, paragraphs: int, itemised: bool) -> None:
        for k in range(paragraphs):
            heading = (
                say(said("headings", "item"), self.context, self.chance) if itemised and k < len(_NUMERALS) else ""
            )
            self._paragraph(f"{_NUMERALS[k]}是{heading}" if heading else "")

    def _glossary(self) -> None:
        self.lines.append("名词注释")
        for k, one in enumerate(self.glossary):
            self._set(one)
            sentence = say(said("explained", "glossary"), self.context, self.chance)
            self.lines.append(f"{k + 1}.{sentence}。")
            self._explains(one, sentence)

    def _field(self) -> None:
        """Speak of another field from here on."""
        tables_of = fields()
        self.context[CONTEXT["概"]] = tables_of[int(self.chance() * len(tables_of))]

    def _heading(self, kind: str) -> str:
        return say(said("headings", kind), self.context, self.chance)

    def _paragraph(self, lead: str = "", clauses: int = -1) -> None:
        """A paragraph, which begins with ``lead``; of so many clauses, or as many as it happens."""
        wanted = clauses if clauses >= 0 else self.all.choices(*_CLAUSES)[0] - (1 if len(lead) > 30 else 0)
        made = [self._clause() for _ in range(wanted)]
        ends = ["；" if self.chance() < 0.25 else "。" for _ in made[1:]] + ["。"]
        text = (f"{lead}。" if lead else "") + "".join(map("".join, zip(made, ends, strict=False)))
        self.lines.append(text)
        self.left -= 1
        if len(made) > 1 and self.chance() < _DRAFTED:
            self._draft(made)

    def _draft(self, made: list[str]) -> None:
        """Keep what a writer would paste who looks for this paragraph."""
        if self.chance() < 0.5:
            row = {"kind": "piece", "text": "，".join(made[:2]) + "。"}
        else:
            row = {
                "kind": "paraphrase",
                "text": "；".join(_reworded(one, self.chance) for one in (*made[1:], made[0])) + "。",
            }
        self.rows.append(("drafts", row | {"sentence": made[0]}))

    def _clause(self) -> str:
        drawn = self.chance()
        if drawn < self.asking:
            return self._asked()
        part = "deeds" if self.status == "done" else "plans"
        if self.explained and (self.chance() < self.teaching or self.left <= 3):
            return self._explanation()
        if self.chance() < self.named:
            return self._named(part)
        drawn = self.chance()
        if drawn < _MASKED:
            return say(said("deeds", "masked"), self.context, self.chance)
        if part == "deeds" and drawn < _BRIEF:
            return self._and(say(said(part, "brief"), self.context, self.chance))
        return self._and(say(said(part, "plain"), self.context, self.chance))

    def _and(self, text: str) -> str:
        """A clause that may go on to say what came of it, and of that."""
        while self.chance() < _ON and len(text) < _LONG:
            text = f"{text}，{say(said('deeds', 'tails'), self.context, self.chance)}"
        return text

    def _named(self, part: str) -> str:
        """A clause that uses made-up names: those to be introduced first, then older ones."""
        kind = "paired" if part == "deeds" and self.chance() < _PAIRED else "named"
        used = [self._next() for _ in range(1 + (kind == "paired"))]
        for word, (_, one) in zip(("名", "名二"), used, strict=False):
            self.context[CONTEXT[word]] = one.quoted
        text = self._and(say(said(part, kind), self.context, self.chance))
        if self.by.code:
            for number, one in used:
                if number % PROBED[0] == PROBED[1] and not one.way:
                    self._tells(one.quoted, text)
        return text

    def _next(self) -> tuple[int, Name]:
        if self.introduced and (self.plan.known < 100 or self.chance() < 0.8):
            return self.introduced.pop()
        number = older(self.plan.known + 1, self.chance)
        return number, name(number)

    def _tells(self, topic: str, text: str, code: str = "") -> None:
        code = code or self.by.code
        self.told.append((topic, code, self.status))
        figure = _FIGURE.search(text)
        row = {"topic": topic, "code": code, "status": self.status, "sentence": text}
        self.rows.append(("deeds", row | {"figure": figure[0] if figure else ""}))

    def _asked(self) -> str:
        """A clause that tells of a concept which place questions ask for."""
        asked = topics()
        topic = asked[older(len(asked), self.chance, 1)]
        self.context[CONTEXT["询"]] = topic.label
        part = "deeds" if self.status == "done" else "plans"
        if part == "deeds" and self.by.below and self.chance() < _BELOW:
            county = self.all.choice(self.by.below)
            self.context[CONTEXT["县"]] = county.name
            text = say(said("deeds", "below"), self.context, self.chance)
            self._tells(topic.label, text, county.code)
            return text
        text = say(said(part, "asked"), self.context, self.chance)
        self._tells(topic.label, text)
        return text

    def _explanation(self) -> str:
        one = self.explained.pop()
        self._set(one)
        if one.way == "is_phrase":
            self.context[CONTEXT["旨意"]] = say(said("names", "aims"), self.context, self.chance)
        text = say(said("explained", one.way), self.context, self.chance)
        self._explains(one, text)
        return text

    def _set(self, one: Name) -> None:
        parts = one.components
        listed = "、".join(parts)
        ended = f"{'、'.join(parts[:-1])}和{parts[-1]}" if parts else ""
        for word, value in zip("核 头 列 末".split(), (one.core, one.head, listed, ended), strict=True):
            self.context[CONTEXT[word]] = value

    def _explains(self, one: Name, sentence: str) -> None:
        row = {"term": one.core, "head": one.head, "how": one.way, "components": one.components, "sentence": sentence}
        self.rows.append(("terms", row))


def _reworded(text: str, chance: Callable[[], float]) -> str:
    """The same said otherwise: other words of manner, other figures."""
    for pool in ("状", "动"):
        for word in SAID["words"][pool]:
            if word in text:
                others: Sequence[str] = tables()[pool]
                text = text.replace(word, others[int(chance() * len(others))], 1)
                break
    return _DIGITS.sub(lambda _: str(2 + int(chance() * 900)), text)
