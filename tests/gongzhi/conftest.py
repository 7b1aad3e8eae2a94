"""Reports made up for a seed: as many as a test needs, no two alike; the command line as a process."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongzhi.cli import main

PLACES = ("荆州市", "宜昌市", "昆明市", "绍兴市", "洛阳市", "泸州市", "长沙市", "遵义市")
DEEDS = (
    "建成户外劳动者驿站{n}个",
    "走访困难职工{n}户",
    "举办技能竞赛{n}场",
    "调处劳动争议{n}件",
    "组织疗休养{n}批",
    "新建基层工会{n}家",
    "培训工会干部{n}人次",
    "发放助学金{n}万元",
    "开办职工夜校{n}期",
    "签订集体合同{n}份",
)
ENDS = ("受到职工好评", "比上年有所增加", "覆盖各县区", "形成了自己的做法", "其中一线职工占多数", "重点放在园区")


def make_report(seed: int, place: str = "", year: int = 0, paragraphs: int = 4) -> str:
    """The text of a report: title, two headings, paragraphs with figures."""
    chance = random.Random(seed)
    place = place or chance.choice(PLACES)
    year = year or chance.randint(2015, 2023)
    lines = [f"{place}总工会{year}年工作总结", "", "一、主要工作", ""]
    for n in range(paragraphs):
        if n == paragraphs - 1:
            lines += ["二、下一步打算", ""]
        chosen = chance.sample(DEEDS, 4)
        sentences = [f"{deed.format(n=chance.randint(3, 900))}，{chance.choice(ENDS)}。" for deed in chosen]
        lines += ["".join(sentences), ""]
    return "\n".join(lines)


@pytest.fixture
def report() -> Callable[..., str]:
    return make_report


REPORT = """海棠市工会工作总结

2023年3月2日

一、过去一年的主要工作

今年以来，荆州市总工会建成户外劳动者驿站32个，服务职工1.5万人次。深入实施“春风行动、夏日行动、秋实行动、冬暖行动”四季行动，帮扶困难职工260户。

二、下一步工作打算

要新建驿站20个，力争年底前覆盖全部街道。

【名词注释】

“四季行动”：春风行动、夏日行动、秋实行动、冬暖行动。
"""


def process(*args: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command of the user does, as a process of its own."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GONGZHI_")}
    return subprocess.run(
        [sys.executable, "-m", "gongzhi", *args],
        cwd=cwd,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Done:
    """What became of a command."""

    returncode: int
    stdout: str
    stderr: str


def gongzhi(*args: str, cwd: Path, **environment: str) -> Done:
    """What a command of the user does, by the same entry point in this process: starting another takes a second."""
    unset = {key: None for key in os.environ if key.startswith("GONGZHI_")}
    runner = CliRunner()
    with pytest.MonkeyPatch.context() as patched, runner.isolation(env=unset | environment) as streams:
        patched.chdir(cwd)
        patched.setattr(sys, "argv", ["gongzhi", *args])
        status = 0
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        sys.stdout.flush()
        return Done(status, streams[0].getvalue().decode(), streams[1].getvalue().decode())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report and the library made of it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "reports").mkdir()
    (folder / "reports" / "总结.txt").write_text(REPORT, "utf-8")
    done = gongzhi("ingest", "reports", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "文献" in done.stdout and "事项" in done.stdout
    return folder
