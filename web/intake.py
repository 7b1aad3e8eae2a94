"""Files that are sent to be read into the library: what is asked of whoever reads them, and what it tells of its jobs.

The package that reads files lies above this one, so it is handed to the application (see ``web.app``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Protocol

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from web.errors import IntakeOff

Kind = Literal["read", "remove", "put_back"]
State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
Action = Literal["added", "replaced", "unchanged", "moved", "copy", "removed", "failed"]
#: What becomes of a file whose name another one in the library has, that was sent before.
Same = Literal["replace", "keep"]
#: States in which a job still changes.
OPEN: frozenset[State] = frozenset({"waiting", "running"})
SUFFIXES = (
    *(".docx", ".pdf", ".txt", ".md", ".markdown", ".html", ".htm", ".mhtml", ".mht", ".zip"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be sent at once: bytes of one file, bytes of all, how many files."""

    file: int
    total: int
    files: int


class SentFile(BaseModel):
    """收到的一个文件。"""

    name: str = Field(description="文件名")
    size: int = Field(description="字节数")


class FoundDocument(BaseModel):
    """从文件里读出的一份文献。"""

    id: str = Field(description="文献编号")
    title: str = Field(description="题名")
    place: str = Field(description="地方或单位；没有读出为空")
    date: str = Field(description="日期，没有日期的是时期；没有读出为空")
    guessed: list[str] = Field(description="推断的项目，请核对")
    missing: list[str] = Field(description="没有读出的项目")
    passages: int = Field(description="段落数")
    repairs: int = Field(description="整理了几处")
    doubtful: int = Field(description="存疑几处")
    same_as: str = Field(description="与它几乎相同、代它显示的文献编号；没有为空")
    same_title: str = Field(description="那份文献的题名")


class FileResult(BaseModel):
    """一个文件的结果。"""

    name: str = Field(description="文件名；压缩包里的带路径")
    action: Action = Field(
        description="added 新增，replaced 换成新的，unchanged 没有变化，moved 改了名称，copy 与另一个文件相同，"
        "removed 移出，failed 没有读入"
    )
    reason: str = Field(description="没有读入的原因")
    source: str = Field(description="来源编号；没有读入为空")
    documents: list[FoundDocument] = Field(description="读出的文献")


class Result(BaseModel):
    """一项任务的结果，和全库现在有多少。"""

    files: list[FileResult] = Field(description="每个文件的结果")
    new_terms: list[str] = Field(description="新出现的术语")
    gone_terms: int = Field(description="不再出现的术语有几个")
    bundled_removed: int = Field(description="移出的随附摘编份数")
    documents: int = Field(description="全库有几份文献")
    passages: int = Field(description="全库有几段")
    terms: int = Field(description="全库有几个术语")
    seconds: float = Field(description="用了几秒")


class Job(BaseModel):
    """一项任务：读入、移出或放回。"""

    id: str = Field(description="任务编号")
    kind: Kind = Field(description="read 读入，remove 移出，put_back 放回")
    state: State = Field(
        description="waiting 排队，running 进行中，done 完成，failed 没有做成，cancelled 已取消，interrupted 因服务停止而中断"
    )
    files: list[SentFile] = Field(description="收到的文件；移出、放回的是那一份来源")
    refused: list[FileResult] = Field(description="没有收下的文件")
    made: str = Field(description="提交的时间，ISO 8601")
    ended: str = Field(description="结束的时间；没有结束为空")
    stage: str = Field(description="正在做什么")
    done: int = Field(description="做完几步")
    total: int = Field(description="一共几步；还不知道是 0")
    settled: bool = Field(description="已经写进资料库，不能再取消")
    problem: str = Field(description="没有做成的原因；没有为空")
    again: bool = Field(description="文件还在，可以重新读入")
    result: Result | None = Field(description="结果；没有结束为空")
    version: int = Field(description="每有变化就加一")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def failures(self) -> list[FileResult]:
        """The files that did not go in."""
        read = self.result.files if self.result else []
        return [*self.refused, *(file for file in read if file.action == "failed")]


class RemovedSource(BaseModel):
    """移出后还能放回的一份来源。"""

    id: str
    name: str
    size: int
    made: str = Field(description="移出的时间，ISO 8601")
    documents: list[str] = Field(description="里面文献的题名")
    replaced: bool = Field(description="因同名文件换成新的而移出")


class Intake(Protocol):
    """Reads files into the library and takes sources out of it, one job at a time, beside the server."""

    bounds: Bounds

    def room(self, announced: int) -> None:
        """Ask before receiving ``announced`` bytes (0: not said). Raises IntakeFull, StorageFull and the errors of
        ``corpus.errors``."""

    def tray(self) -> Path:
        """A new empty folder for files that are being sent; whoever asked for it gives it back or removes it."""

    def read(self, tray: Path, files: Sequence[tuple[Path, str]], refused: Sequence[FileResult], same: Same) -> Job:
        """Read the (path, name) in ``tray``, which is the intake's from now on."""

    def remove(self, source_id: str) -> Job:
        """Take a source out; it is kept to be put back. Raises SourceNotFound."""

    def put_back(self, source_id: str) -> Job:
        """Read a source that was taken out again. Raises SourceNotFound."""

    def forget(self, source_id: str) -> None:
        """Delete what is kept of a source that was taken out. Raises SourceNotFound."""

    def removed(self) -> list[RemovedSource]:
        """What can be put back, the last taken out first."""

    def jobs(self) -> list[Job]:
        """The jobs that are remembered, the newest first."""

    def job(self, job_id: str) -> Job:
        """One of them. Raises JobNotFound."""

    def cancel(self, job_id: str) -> Job:
        """Stop a job that has not been settled; the library stays as it was. Raises JobNotFound."""

    def again(self, job_id: str) -> Job:
        """Do a job that was interrupted or failed again. Raises JobNotFound, IntakeFull."""

    def close(self) -> None:
        """Stop; what is being done is interrupted and the library stays as it was."""


def _intake(request: Request) -> Intake:
    intake: Intake | None = request.app.state.intake
    if intake is None:
        raise IntakeOff
    return intake


CurrentIntake = Annotated[Intake, Depends(_intake)]
