"""The API page: what the OpenAPI document says, in the shapes that a page shows it in."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from web import examples, openapi

_TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "真或假", "object": "对象", "null": "空"}
_MEDIA = {"application/json": "JSON", "multipart/form-data": "表单", "application/problem+json": "JSON"}


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, or a field of what is sent: name, kind of value, what it means, an example of it."""

    name: str
    kind: str
    told: str
    example: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API. ``status`` maps each status to what it means; ``media`` is what it answers with."""

    id: str
    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[Row, ...]
    fields: tuple[Row, ...]
    guarded: bool
    curl: str
    answer: str
    media: str
    status: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of a tag."""

    name: str
    told: str
    operations: tuple[Operation, ...]


def chapters(schema: Mapping[str, Any], host: str) -> tuple[Chapter, ...]:
    """The operations of an OpenAPI document by tag; ``host`` (http://127.0.0.1:8000) is what the examples call."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in schema["tags"]}
    for path, method, operation in openapi.operations(schema):
        found.setdefault(next(iter(operation.get("tags", ())), ""), []).append(
            _operation(schema, path, method, operation, host)
        )
    told = {tag["name"]: tag["description"] for tag in schema["tags"]}
    return tuple(Chapter(name, told.get(name, ""), tuple(held)) for name, held in found.items() if held)


def _operation(schema: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any], host: str) -> Operation:
    parameters = operation.get("parameters", ())
    sent = operation.get("requestBody", {}).get("content", {})
    kind = next(iter(sent), "")
    body: Mapping[str, Any] = sent.get(kind, {})
    contents: Mapping[str, Any] = next(
        (r.get("content", {}) for s, r in operation["responses"].items() if s.startswith("2")), {}
    )
    media = next((kind for kind, held in contents.items() if isinstance(held.get("example"), dict)), "")
    media = media or next(iter(contents), "")
    answer: Mapping[str, Any] = contents.get(media, {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        told=operation.get("description", ""),
        parameters=tuple(
            Row(
                p["name"],
                _kind(p["schema"]),
                p.get("description", ""),
                _shown(p.get("example", "")),
                p.get("required", False),
            )
            for p in parameters
        ),
        fields=tuple(_fields(schema, body.get("schema", {}))),
        guarded=bool(operation.get("security")),
        curl=_curl(host, path, method, operation, kind, body.get("example")),
        answer=_written(answer.get("example", "")),
        media=_MEDIA.get(media, media),
        status=tuple((s, r["description"]) for s, r in operation["responses"].items() if not s.startswith("2")),
    )


def _fields(schema: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[Row]:
    """The fields of what is sent; those of a list's items are told as ``edits[].kind``."""
    shape = _resolved(schema, body)
    needed = shape.get("required", ())
    for name, field in shape.get("properties", {}).items():
        told = field.get("description", "")
        yield Row(name, _kind(field), told, "", name in needed)
        for inner in _fields(schema, field.get("items", {})):
            yield Row(f"{name}[].{inner.name}", inner.kind, inner.told, inner.example, inner.required)


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = schema["components"]["schemas"][name] if name else part
    return found


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value is, in a few Chinese words."""
    if "enum" in schema:
        return "、".join(str(value) for value in schema["enum"] if value != "")
    if "anyOf" in schema:
        return "或".join(dict.fromkeys(_kind(part) for part in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"{_kind(schema['items'])}，可几个"
    if schema.get("contentMediaType") == "application/octet-stream":
        return "文件"
    kind = _TYPES.get(schema.get("type", "object"), "文字")
    least, most = schema.get("minimum"), schema.get("maximum", schema.get("maxLength"))
    if least is not None and most is not None:
        return f"{kind}，{least} 到 {most}"
    return f"{kind}，至多 {most} 字" if most is not None and kind == "文字" else kind


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (bool, dict)) else str(value)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _curl(host: str, path: str, method: str, operation: Mapping[str, Any], kind: str, body: Any) -> str:
    """The call on a command line, with the parameters that it needs."""
    query = []
    for parameter in operation.get("parameters", ()):
        value = parameter.get("example", "")
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(str(value), safe=""))
        elif parameter.get("required") or parameter["name"] in examples.WITH.get(operation["operationId"], ()):
            query += [(parameter["name"], one) for one in (value if isinstance(value, list) else [value])]
    address = f"{host}{path}" + (f"?{urlencode(query)}" if query else "")
    parts = ["curl", *([] if method == "get" else ["-X", method.upper()]), shlex.quote(address)]
    if operation.get("security"):
        parts += ["-H", '"Authorization: Bearer $GONGZHI_TOKEN"']
    if kind == "multipart/form-data":
        parts += ["-F", "file=@草稿.docx"]
    elif body is not None:
        written = json.dumps(body, ensure_ascii=False)
        parts += ["-H", "'Content-Type: application/json'", "-d", shlex.quote(written)]
    return " ".join(parts)
