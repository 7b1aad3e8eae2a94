"""Files of reports, as they are received: one report or a compilation of many, with the damage that is to be repaired."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from load.names import count
from load.reports import Plan, Report, report

#: Files in a folder.
IN_FOLDER = 1_000
_COMPILED, _TOGETHER = 0.0145, (6, 20)  # share of the files that hold many reports, how many
_COPIED, _RECENT = 100, 500  # of so many files one is a near copy of one of the last so many
_MEDIAN, _SIGMA, _FEWEST, _MOST = 18, 0.68, 4, 90  # passages of a report, lognormal
_PAGED, _PAGE = 0.85, 450  # share of the files with page breaks in their sentences, characters of a page
_SPACED = 0.025  # share with spaces around figures
_INDENTED = 0.5
_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])(\d[\d.]*)(?=[\u4e00-\u9fff])")
# A page may end between two characters of a word, not beside a mark or a figure.
_WITHIN = re.compile(r"(?<=[\u4e00-\u9fff]{4})(?=[\u4e00-\u9fff]{4})")


@dataclass(frozen=True, slots=True)
class File:
    """A file: ``name`` within the folder of files, the plans of its reports; ``copied``: the file that it nearly copies."""

    name: str
    seed: int
    number: int
    plans: tuple[Plan, ...]
    copied: str = ""


def plan(seed: int, passages: int) -> Iterator[File]:
    """The files of a corpus of about so many passages."""
    chance = random.Random(f"{seed}:files")
    recent: list[File] = []
    written = document = number = 0
    while written < passages:
        name = f"{number // IN_FOLDER:04d}/{number:07d}.txt"
        if recent and number % _COPIED == _COPIED // 3:
            original = chance.choice(recent)
            plans = tuple(replace(one, number=document + k, copied=one) for k, one in enumerate(original.plans))
            made = File(name, seed, number, plans, original.name)
            written += plans[0].passages
        else:
            together = chance.randint(*_TOGETHER) if chance.random() < _COMPILED else 1
            ours = []
            for k in range(together):
                size = int(min(max(chance.lognormvariate(0, _SIGMA) * _MEDIAN, _FEWEST), _MOST))
                known = count(written)
                written += size
                ours.append(Plan(seed, document + k, size, known, count(written) - known))
            made = File(name, seed, number, tuple(ours))
            if together == 1:
                recent = [*recent[1 - _RECENT :], made]
        document += len(made.plans)
        number += 1
        yield made


def write(file: File, folder: Path) -> list[Report]:
    """Write a file; returns its reports."""
    chance = random.Random(f"{file.seed}:file:{file.number}")
    reports = [report(one) for one in file.plans]
    # Two reports of a compilation with one title could not be told apart by its contents.
    reports = list({one.title: one for one in reports}.values())
    (folder / file.name).write_text(_text(reports, chance), "utf-8")
    return reports


def _text(reports: Sequence[Report], chance: random.Random) -> str:
    paged = chance.random() < _PAGED
    spaced = chance.random() < _SPACED
    indent = "\u3000\u3000" if chance.random() < _INDENTED else ""
    bodies = [_body(one, chance, paged, spaced, indent, len(reports) > 1) for one in reports]
    if len(reports) == 1:
        return bodies[0]
    page, lines = 1, ["工会工作总结、工作报告汇编", "", "目\u3000录", ""]
    for one, body in zip(reports, bodies, strict=True):
        lines += [f"{one.title}\u3000\u3000{page}", ""]
        page += 1 + len(body) // _PAGE
    return "\n".join([*lines, *bodies])


def _body(one: Report, chance: random.Random, paged: bool, spaced: bool, indent: str, together: bool) -> str:
    heads = [one.lines[0], "", *(() if together else one.lines[1 : one.heads])]
    paragraphs = one.lines[one.heads :]
    if spaced:
        paragraphs = tuple(_NUMBER.sub(r" \1 ", text) for text in paragraphs)
    if paged:
        paragraphs = tuple(_breaks(paragraphs, chance))
    return "\n\n".join([*filter(None, heads), *(indent + text for text in paragraphs)]) + "\n\n"


def _breaks(paragraphs: Sequence[str], chance: random.Random) -> Iterator[str]:
    """The paragraphs, some cut in two where a page ends."""
    room = chance.randrange(_PAGE)
    for text in paragraphs:
        room -= len(text)
        if room < 0 and len(text) > 60:
            cut = _WITHIN.search(text, chance.randrange(20, len(text) - 30))
            if cut and len(text) - cut.start() > 12:
                text = f"{text[: cut.start()]}\n\n{text[cut.start() :]}"
            room = _PAGE
        yield text
