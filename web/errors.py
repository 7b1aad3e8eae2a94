"""What a request can ask for in vain. Every message is one Chinese sentence that names the next step."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.exceptions import HTTPException


class RequestError(HTTPException):
    """The base of what a visitor can put right; ``suggestions`` are things to try instead."""

    status = 400
    #: What to call it where the status alone says too little.
    title = ""

    def __init__(self, message: str, suggestions: tuple[str, ...] = (), headers: dict[str, str] | None = None) -> None:
        super().__init__(self.status, message, headers)
        self.suggestions = suggestions


class TermNotFound(RequestError):
    status = 404

    def __init__(self, label: str, suggestions: tuple[str, ...], why: str = "") -> None:
        near = "可以看看相近的术语" if suggestions else "可以换一种说法"
        super().__init__(f"资料库里没有术语“{label}”。{why}{near}，或到原文里检索。", suggestions)


class PlaceNotFound(RequestError):
    """No place has the name, or several have; ``choices`` are those."""

    status = 404

    def __init__(self, name: str, choices: tuple[str, ...], similar: tuple[str, ...]) -> None:
        if choices:
            message = f"“{name}”可能是{'、'.join(choices)}。请写全称再查。"
        else:
            near = f"可以看看{'、'.join(similar)}" if similar else "可以换一个名称"
            message = f"收录的文献没有写到“{name}”，没有写到不等于没有开展。{near}，或在原文里检索。"
        super().__init__(message, choices or similar)


class RequestTooLarge(RequestError):
    status = 413

    def __init__(self, limit: int) -> None:
        most = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit >> 10} KB"
        super().__init__(f"提交的内容超过 {most}。请缩短后再试。")


class FormUnreadable(RequestError):
    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(f"提交的内容{reason}。请改正后再试。")


class DraftUnreadable(RequestError):
    """A file that was sent along as a draft can't be read; ``reason`` is a Chinese sentence."""

    status = 422
    title = "草稿读不了"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class ManagementOff(RequestError):
    status = 403
    title = "管理页未启用"

    def __init__(self) -> None:
        super().__init__("管理页未启用：启动前设置 GONGZHI_TOKEN（管理口令），再重新启动。")


class TokenWrong(RequestError):
    status = 401

    def __init__(self) -> None:
        super().__init__(
            "没有管理口令，或者口令不对。请带上请求头 Authorization: Bearer 口令。",
            headers={"WWW-Authenticate": "Bearer"},
        )


class TooManyAttempts(RequestError):
    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__(f"口令错了多次。请过 {wait} 秒再试。", headers={"Retry-After": str(wait)})


class LoginFirst(RequestError):
    """Leads to the login page, and from there to ``path``."""

    status = 303

    def __init__(self, path: str) -> None:
        super().__init__("请先登录。", headers={"Location": f"/manage/login?{urlencode({'to': path})}"})


class HostUnknown(RequestError):
    """The server isn't known by the name that it was called by (RFC 9110, 15.5.20)."""

    status = 421
    title = "主机名不对"

    def __init__(self, host: str) -> None:
        name = (host.partition(":")[0] if host.count(":") == 1 else host)[:100]
        super().__init__(
            f"这里不以“{name}”的名义提供服务。请用启动时显示的网址打开；要用这个名称，请让管理的人在启动时加 "
            f"--allow-host {name}。"
        )


class CrossSite(RequestError):
    status = 403

    def __init__(self) -> None:
        super().__init__("这个请求不是从管理页发出的，没有执行。请回到管理页重新提交。")


class PassagesNotFound(RequestError):
    status = 404

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"资料库里没有这些段落：{'、'.join(missing[:5])}{f' 等 {len(missing)} 段' if len(missing) > 5 else ''}。"
            "文献可能已移出或换了版本，请重新检索。"
        )


class IntakeOff(RequestError):
    status = 404

    def __init__(self) -> None:
        super().__init__("这里不收文件。请在服务器上用 gongzhi ingest 读入。")


class IntakeFull(RequestError):
    status = 429
    title = "排队已满"

    def __init__(self, most: int) -> None:
        super().__init__(f"已有 {most} 项任务在排队。请等前面的做完再试。", headers={"Retry-After": "30"})


class StorageFull(RequestError):
    status = 507
    title = "磁盘空间不够"

    def __init__(self) -> None:
        super().__init__("服务器的磁盘空间不够，没有收下文件。请清理磁盘或分几次上传。")


class FilesTooLarge(RequestError):
    status = 413
    title = "文件太大"

    def __init__(self, most: int) -> None:
        super().__init__(f"这一次上传超过 {most >> 20:,} MB，没有收下。请分几次上传。")


class TooManyFiles(RequestError):
    status = 413
    title = "文件太多"

    def __init__(self, most: int) -> None:
        super().__init__(f"一次最多上传 {most} 个文件，没有收下。请分几次上传，或打成一个压缩包（.zip）。")


class NoFileSent(RequestError):
    status = 422
    title = "没有选文件"

    def __init__(self) -> None:
        super().__init__("没有收到文件。请先选择文件再上传。")


class UploadCut(RequestError):
    status = 400
    title = "上传中断"

    def __init__(self) -> None:
        super().__init__("文件没有传完，没有收下。请重新上传。")


class JobNotFound(RequestError):
    status = 404

    def __init__(self) -> None:
        super().__init__("没有这项任务，或者已过去太久。请回到导入文献页查看。")


class SourceNotFound(RequestError):
    status = 404

    def __init__(self) -> None:
        super().__init__("资料库里没有这份来源，可能已经移出。请回到导入文献页查看。")


class UploadRefused(RequestError):
    """No file of a form was taken; ``reason`` is a Chinese sentence."""

    status = 413
    title = "文件没有收下"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class SummaryOff(RequestError):
    status = 403
    title = "归纳未启用"

    def __init__(self) -> None:
        super().__init__("归纳没有启用：它要用外部模型，由管理员在启动前设置 GONGZHI_SUMMARY_URL 等。请直接看原文。")


class SummaryFailed(RequestError):
    """The model that writes summaries gave none; ``reason`` says why, in a few Chinese words."""

    status = 502
    title = "归纳没有成功"

    def __init__(self, reason: str) -> None:
        super().__init__(f"外部模型{reason}。请稍后再试，或直接看原文。")


class TooOften(RequestError):
    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__(f"归纳用得太多。请过 {wait} 秒再试，或直接看原文。", headers={"Retry-After": str(wait)})


class ArchiveBusy(RequestError):
    status = 429
    title = "正在打包"

    def __init__(self) -> None:
        super().__init__("另一份备份正在打包。请过一会儿再试。", headers={"Retry-After": "30"})
