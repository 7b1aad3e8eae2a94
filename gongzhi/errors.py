"""What can go wrong at the front door."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import GongzhiError

if TYPE_CHECKING:
    from gongzhi.ledger import Change


class NothingToIngest(GongzhiError):
    """No file went in; ``changes`` says why for each that was tried."""

    def __init__(self, changes: "tuple[Change, ...]" = ()) -> None:
        self.changes = changes
        reasons = [change.reason for change in changes]
        super().__init__(
            "\n".join((*reasons, "没有一份文件读入，资料库保持原样。"))
            if reasons
            else "所给路径下没有可读的文件。请给出 DOCX、PDF、TXT、Markdown、网页或扫描图片，或含有这类文件的压缩包（.zip）、目录。"
        )


class PathsMissing(GongzhiError):
    def __init__(self, paths: Sequence[object]) -> None:
        names = "、".join(f"“{path}”" for path in paths)
        super().__init__(f"{names}不存在，没有可看着的目录。请检查路径后再试。")


class SettingInvalid(GongzhiError):
    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"环境变量 {name} 设成了“{value}”，应为 {wanted}。请改正或取消它再试。")


class SettingMissing(GongzhiError):
    def __init__(self, name: str, given: str) -> None:
        super().__init__(f"设置了环境变量 {given}，还要设置 {name}。请补上，或取消前者再试。")


class KeyInvalid(GongzhiError):
    """Says nothing of the key's value."""

    def __init__(self, name: str) -> None:
        super().__init__(f"环境变量 {name} 里有不能用的字符（换行、汉字等）。请重新复制密钥再试。")


class SourceNotFound(GongzhiError):
    def __init__(self, name: str, several: tuple[str, ...]) -> None:
        super().__init__(
            f"“{name}”对应多份来源：{'、'.join(several)}。请用完整编号。"
            if several
            else f"没有名为“{name}”的来源。用 gongzhi documents 查看资料库里有哪些文献。"
        )


class PassagesMissing(GongzhiError):
    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(
            f"资料库里没有编号为 {'、'.join(ids)} 的段落。段落编号见 gongzhi search 每条结果的末尾；文献换了版本，编号会变。"
        )


class PortInUse(GongzhiError):
    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port} 不能监听（{reason}）。请用 --port 换一个端口，或先停掉占用它的程序。")


class TermNotFound(GongzhiError):
    def __init__(self, label: str, similar: tuple[str, ...], why: str = "") -> None:
        near = f"相近：{'、'.join(similar)}。" if similar else ""
        super().__init__(f"语料中没有“{label}”这个术语。{why}{near}可试 gongzhi search {label}")


class PlaceUnclear(GongzhiError):
    """A name that no place has, or that several may have."""

    def __init__(self, name: str, choices: tuple[str, ...], similar: tuple[str, ...]) -> None:
        near = f"相近：{'、'.join(similar)}。" if similar else ""
        super().__init__(
            f"“{name}”可能是{'、'.join(choices)}。请写全称。"
            if choices
            else f"收录的文献没有写到“{name}”，没有写到不等于没有开展。{near}可试 gongzhi search {name}"
        )


class SamePlace(GongzhiError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"两个名称都是{name}。请另选一个地方；同一个地方前后几年的变化，用 gongzhi place {name} --years 看。"
        )


class KindUnknown(GongzhiError):
    def __init__(self, kind: str, known: tuple[str, ...], of: str = "整理") -> None:
        super().__init__(f"没有“{kind}”这种{of}。--kind 可用：{'、'.join(known)}。")


class DocumentUnclear(GongzhiError):
    """Words that fit no document, or several."""

    _MOST = 8

    def __init__(self, words: str, several: tuple[str, ...]) -> None:
        shown = "、".join(several[: self._MOST]) + ("……" if len(several) > self._MOST else "")
        super().__init__(
            f"“{words}”对应 {len(several)} 份文献：{shown}。请写得更全，或用编号。"
            if several
            else f"没有编号以“{words}”开头、题名里有“{words}”的文献。用 gongzhi documents 查看全部文献。"
        )


class NothingSaid(GongzhiError):
    def __init__(self) -> None:
        super().__init__(
            "请写出哪份文献（编号、编号开头或题名的一部分）和更正成什么，如：gongzhi documents --edit 3f2a 地方=荆州市；"
            "撤销：gongzhi documents --undo 3f2a 地方"
        )


class SentenceAlone(GongzhiError):
    def __init__(self) -> None:
        super().__init__(
            "--sentence 说的是要拆出哪个意思，请与一个 --split 同用，如："
            "gongzhi terms --split 五大行动 五大行动（某市） --sentence 句子开头"
        )


class EdgeKindUnknown(GongzhiError):
    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        super().__init__(f"没有“{kind}”这种关系。--kind 可用：{'、'.join(known)}。")


class FormUnknown(GongzhiError):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不是能读回的格式。请用导出的 CSV（.csv）、Turtle（.ttl）或 JSON-LD（.jsonld）。")


class DraftKindUnknown(GongzhiError):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不是能读的草稿。请用 .txt、.md、.docx 或 .pdf，或把文字贴进来。")


class DraftTooLarge(GongzhiError):
    def __init__(self, name: str, most: int) -> None:
        super().__init__(f"“{name}”超过 {most >> 20} MB。请去掉图片，或把文字贴进来再试。")


class DraftTooLong(GongzhiError):
    def __init__(self, name: str, length: int, most: int) -> None:
        super().__init__(f"“{name}”有 {length:,} 字，超过 {most:,} 字。请分成几份再试。")


class DraftBroken(GongzhiError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"“{name}”读不了（{reason}）。请用原来的软件另存为 .docx，或把文字贴进来。")


class DraftSlow(GongzhiError):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”读了半分钟还没读完。请另存为 .docx 或 .txt 再试，或把文字贴进来。")


class BackupExists(GongzhiError):
    def __init__(self, file: object) -> None:
        super().__init__(f"“{file}”已经有了。请换一个文件名，或加 --force 覆盖。")


class BackupFull(GongzhiError):
    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"“{path}”写不进去（{reason}）。请检查路径、权限和磁盘剩余空间后再试。")


class LibraryDamaged(GongzhiError):
    def __init__(self, faults: str) -> None:
        super().__init__(f"资料库已损坏（{faults[:200]}），没有备份。请从以前的备份恢复，或把原来的文件重新 ingest。")


class NotABackup(GongzhiError):
    def __init__(self, file: object) -> None:
        super().__init__(f"“{file}”不是工知的备份，或者不完整。请选 gongzhi backup 写出的文件。")


class BackupBroken(GongzhiError):
    def __init__(self, file: object) -> None:
        super().__init__(f"备份“{file}”已损坏，资料库保持原样。请重新复制一份，或换一份备份。")


class BackupDiffers(GongzhiError):
    def __init__(self, file: object) -> None:
        super().__init__(f"备份“{file}”的内容与它的清单不符，资料库保持原样。请换一份备份。")


class LibraryNotEmpty(GongzhiError):
    def __init__(self, folder: object) -> None:
        super().__init__(
            f"资料库“{folder}”里已有内容，没有恢复。确要替换请加 --force（原来的留作备份），或用 --library 换一个目录。"
        )


class ClusterExtraMissing(GongzhiError):
    def __init__(self, address: str) -> None:
        super().__init__(
            f"用集群 {address} 读入需要 dask.distributed。请先运行 pip install 'gongzhi[cluster]'，或不用 --scheduler。"
        )


class SchedulerUnreachable(GongzhiError):
    def __init__(self, address: str, reason: object) -> None:
        super().__init__(
            f"连不上集群的调度器 {address}（{reason}），资料库保持原样。请确认地址，并在那台机器上运行 dask scheduler 后再试。"
        )


class SchedulerLost(GongzhiError):
    def __init__(self, address: str) -> None:
        super().__init__(
            f"读到一半，与集群的调度器 {address} 断了联系，资料库保持原样。请确认调度器还在运行，再读入一次。"
        )


class WorkersMissing(GongzhiError):
    def __init__(self, address: str, seconds: float) -> None:
        super().__init__(
            f"集群 {address} 等了 {seconds:.0f} 秒没有工作进程，资料库保持原样。"
            f"请在各台机器上运行 dask worker {address} 后再试。"
        )


class WorkerDiffers(GongzhiError):
    """A worker reads by other rules, or encodes with another model, than the library is made by."""

    def __init__(self, worker: str, what: str, hint: str) -> None:
        super().__init__(f"工作进程 {worker} 的{what}与这里的不同，资料库保持原样。请{hint}，重启它后再试。")


class WorkerUnfit(GongzhiError):
    def __init__(self, worker: str, reason: str) -> None:
        super().__init__(
            f"{worker}读不了文件（{reason}），资料库保持原样。"
            "请在调度器和各台机器上装同一版本的 gongzhi[cluster]，重启它们后再试。"
        )


class NotBrought(GongzhiError):
    """The library stands, and what is to hold its passages elsewhere does not hold all of them."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"本机的资料库已经写好，没有全部送到 Milvus：{error}再运行一次同样的命令，会补送其余。")
