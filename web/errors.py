"""What a request can ask for in vain. Every message is one Chinese sentence that names the next step."""

from starlette.exceptions import HTTPException


class RequestError(HTTPException):
    """The base of what a visitor can put right; ``suggestions`` are things to try instead."""

    status = 400

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(self.status, message)
        self.suggestions = suggestions


class TermNotFound(RequestError):
    status = 404

    def __init__(self, label: str, suggestions: tuple[str, ...]) -> None:
        near = "可以看看相近的术语" if suggestions else "可以换一种说法"
        super().__init__(f"资料库里没有术语“{label}”。{near}，或到原文里检索。", suggestions)


class RequestTooLarge(RequestError):
    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(f"提交的内容超过 {limit // 1024} KB。请缩短后再试。")


class FormUnreadable(RequestError):
    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(f"提交的内容{reason}。请改正后再试。")
