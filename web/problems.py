"""What went wrong, told to a program (RFC 9457 problem details) or to a reader (a page), in Chinese either way."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from corpus.errors import (
    CorrectionRefused,
    DocumentNotFound,
    InvalidValue,
    LibraryBusy,
    LibraryError,
    NothingToUndo,
)
from graph.errors import (
    EditNotFound,
    EditRefused,
    ExtraMissing,
    LessonNotFound,
    MeaningUnclear,
    MeaningUnknown,
)
from search.errors import BackendError, ConditionInvalid, SpanInvalid
from web.errors import RequestError
from web.security import HEADERS
from web.templating import page

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "请求有误",
    401: "需要口令",
    403: "不允许",
    404: "没有找到",
    405: "不支持这种请求方式",
    409: "资料库正忙",
    413: "内容太长",
    421: "主机名不对",
    422: "参数有误",
    429: "试得太多",
    500: "服务器出错",
    502: "外部服务没有正常回答",
    503: "资料库暂不可用",
    507: "磁盘空间不够",
}
_DETAILS = {
    404: "没有这个地址。请检查网址，或从首页重新查找。",
    405: "这个地址不支持这种请求方式。请改用页面上的链接或表单。",
    400: "请求的内容读不懂。请检查格式后再试。",
}
# What the API is explained with: the words, what to try instead, the mistakes.
_EXAMPLES: dict[int, tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    400: ("没有收到文件。请用表单字段 file 上传草稿。", (), ()),
    401: ("没有管理口令，或者口令不对。请带上请求头 Authorization: Bearer 口令。", (), ()),
    403: ("管理页未启用：启动前设置 GONGZHI_TOKEN（管理口令），再重新启动。", (), ()),
    404: ("资料库里没有这一项。请检查名称或编号，或到原文里检索。", ("四大会战",), ()),
    409: ("资料库正在写入。请过一会儿再试。", (), ()),
    413: ("提交的内容超过 256 KB。请缩短后再试。", (), ()),
    422: ("limit不能小于 1。请改正后再试。", (), (("limit", "不能小于 1"),)),
    429: ("试得太多。请过 60 秒再试。", (), ()),
    502: ("外部模型没有正常回答。请稍后再试，或直接看原文。", (), ()),
    503: ("资料库现在打不开。请稍后再试，或检查资料库目录。", (), ()),
}
# pydantic's error types (https://docs.pydantic.dev/latest/errors/validation_errors/) that these routes can meet.
_MISTAKES = {
    "missing": "必须填写",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数字太大",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "不能超过 {max_length} 项",
    "list_type": "应为列表",
    "string_too_short": "不能为空",
    "string_too_long": "不能超过 {max_length} 字",
    "string_type": "应为文字",
    "string_unicode": "含有无效的字符",
    "string_pattern_mismatch": "格式不对",
    "literal_error": "应为 {expected} 之一",
    "json_invalid": "不是有效的 JSON",
    "model_attributes_type": "应为 JSON 对象",
    "extra_forbidden": "不是可以更正的项目",
    "nothing_said": "应写出至少一个项目",
}
# What to write instead, where the rule alone doesn't tell.
_HINTS = {
    ("year", "string_pattern_mismatch"): "，应为四位年份，如 2018 或 2018-2023",
    ("q", "string_too_long"): "，整段文字请用“找先例”，可贴 2 万字",
}
#: What the pages call the parameters in their addresses and forms.
_CALLED = {
    "q": "问题",
    "text": "草稿",
    "p": "选用的段落",
    "n": "笔记",
    "title": "题目",
    "page": "页码",
    "mode": "查找方式",
    "place": "地方",
    "province": "省份",
    "level": "级别",
    "type": "文种",
    "year": "年份",
    "status": "进展",
}
log = logging.getLogger("gongzhi.web")


class Mistake(BaseModel):
    """一个不合要求的参数。"""

    parameter: str = Field(description="参数名")
    message: str = Field(description="错在哪里")


class Problem(BaseModel):
    """RFC 9457 问题详情。"""

    type: str = Field(default="about:blank", description="问题类型")
    title: str = Field(description="出了什么问题")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="具体说明和下一步")
    instance: str = Field(description="出问题的地址")
    suggestions: list[str] = Field(default_factory=list, description="可以改查的内容")
    errors: list[Mistake] = Field(default_factory=list, description="不合要求的参数")


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a JSON route declares for OpenAPI about the ways it can fail."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": _TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses
    }


def example(status: int, instance: str) -> dict[str, Any]:
    """A problem as it is sent, to explain the API with."""
    detail, suggestions, errors = _EXAMPLES.get(status, (_DETAILS.get(status, ""), (), ()))
    return Problem(
        title=_TITLES[status],
        status=status,
        detail=detail,
        instance=instance,
        suggestions=list(suggestions),
        errors=[Mistake(parameter=name, message=message) for name, message in errors],
    ).model_dump()


def mistakes(errors: Sequence[Any]) -> list[Mistake]:
    """Validation errors of pydantic in Chinese."""
    found = []
    for error in errors:
        # What is wrong with JSON stands at an offset, which is the name of nothing.
        loc = () if error["type"] == "json_invalid" else error["loc"]
        where = [str(part) for part in (loc[1:] if loc and loc[0] in ("query", "path", "body") else loc)]
        told = {name: _listed(value) if name == "expected" else value for name, value in error.get("ctx", {}).items()}
        template = _MISTAKES.get(error["type"], "取值无效")
        name = ".".join(where) or "内容"
        found.append(Mistake(parameter=name, message=template.format_map(told) + _HINTS.get((name, error["type"]), "")))
    return found


def _listed(expected: str) -> str:
    """The values that pydantic expects ('a', 'b' or 'c'), parted as Chinese parts them."""
    values = expected.replace("'", "").replace(" or ", ", ").split(", ")
    return "、".join(filter(None, values))


def _is_for_programs(request: Request) -> bool:
    path = request.url.path
    return path.startswith("/api/") or path in ("/healthz", "/readyz", "/metrics", "/openapi.json")


def _answer(
    request: Request,
    status: int,
    detail: str,
    suggestions: Sequence[str] = (),
    errors: Sequence[Mistake] = (),
    headers: Mapping[str, str] | None = None,
    title: str = "",
) -> Response:
    problem = Problem(
        title=title or _TITLES.get(status, "请求没有成功"),
        status=status,
        detail=detail,
        instance=request.url.path,
        suggestions=list(suggestions),
        errors=list(errors),
    )
    if _is_for_programs(request):
        return JSONResponse(problem.model_dump(), status, headers, MEDIA_TYPE)
    response = page(request, "problem.html", status=status, problem=problem, q=request.query_params.get("q", ""))
    response.headers.update(headers or {})
    return response


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error, RequestError):
        return _answer(
            request, error.status_code, error.detail, error.suggestions, headers=error.headers, title=error.title
        )
    detail = _DETAILS.get(error.status_code, "请求没有成功。请稍后再试。")
    return _answer(request, error.status_code, detail, headers=dict(error.headers or {}))


def refused(request: Request, error: RequestError) -> Response:
    """The answer to a request that is turned away before any route has it."""
    return _http(request, error)


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = mistakes(error.errors())
    told = dict.fromkeys(f"{_called(request, mistake.parameter)}{mistake.message}" for mistake in errors)
    detail = "；".join(told) + "。请改正后再试。"
    return _answer(request, 422, detail, errors=errors)


def _called(request: Request, parameter: str) -> str:
    """A parameter as whoever reads about it knows it."""
    return parameter if _is_for_programs(request) else _CALLED.get(parameter.partition(".")[0], parameter)


def _correction(request: Request, error: Exception) -> Response:
    assert isinstance(error, CorrectionRefused | NothingToUndo)
    refused = error.mistakes if isinstance(error, CorrectionRefused) else ()
    errors = [Mistake(parameter=mistake.field, message=str(mistake)) for mistake in refused]
    suggestions = [value for mistake in refused for value in mistake.suggestions]
    return _answer(request, 422, str(error).replace("\n", ""), suggestions, errors)


def _edit(request: Request, error: Exception) -> Response:
    assert isinstance(error, EditRefused | EditNotFound | LessonNotFound | InvalidValue)
    if isinstance(error, EditNotFound | LessonNotFound):
        return _answer(request, 404, str(error))
    if isinstance(error, MeaningUnknown | MeaningUnclear):
        return _answer(request, 422, str(error), error.suggestions)
    errors = [Mistake(parameter=error.field, message=str(error))] if isinstance(error, InvalidValue) else []
    return _answer(request, 422, str(error), errors=errors)


def _condition(request: Request, error: Exception) -> Response:
    return _answer(request, 422, str(error))


def _library(request: Request, error: Exception) -> Response:
    if isinstance(error, LibraryBusy):
        return _answer(request, 409, str(error))
    if not isinstance(error, DocumentNotFound):
        return _answer(request, 503, str(error))
    # The error's own words name a command; a reader of pages has the list.
    detail = str(error) if _is_for_programs(request) else "没有这份文献，可能已移出或换了版本。请从文献列表里找。"
    return _answer(request, 404, detail)


def _backend(request: Request, error: Exception) -> Response:
    # The error's own words name the server's address and settings, which are for whoever runs this one.
    log.error("%s %s: %s", request.method, request.url.path, error)
    return _answer(request, 503, "存放段落的数据库现在没有回答。请稍后再试；一直这样，请告诉管理资料库的人。")


def _missing(request: Request, error: Exception) -> Response:
    return _answer(request, 503, str(error), title="缺少可选组件")


def _unexpected(request: Request, error: Exception) -> Response:
    # This handler runs outside the middleware that puts HEADERS on every other response.
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer(request, 500, "程序没能完成这个请求，详情已写入服务器日志。请换个说法再试。", headers=HEADERS)


def install(app: FastAPI) -> None:
    """Make ``app`` answer every error in this way."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(CorrectionRefused, _correction)
    app.add_exception_handler(NothingToUndo, _correction)
    for refusal in (EditRefused, EditNotFound, LessonNotFound, InvalidValue):
        app.add_exception_handler(refusal, _edit)
    app.add_exception_handler(ConditionInvalid, _condition)
    app.add_exception_handler(SpanInvalid, _condition)
    app.add_exception_handler(LibraryError, _library)
    app.add_exception_handler(BackendError, _backend)
    app.add_exception_handler(ExtraMissing, _missing)
    app.add_exception_handler(Exception, _unexpected)
