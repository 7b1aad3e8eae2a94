"""The OpenAPI document: what FastAPI makes of the routes, completed with what a reader of it needs.

Errors are told as the problem details that are really sent; every tag is explained; fields that mean the same
everywhere are explained once, here; and each operation has an example answer, kept in ``samples/`` and made by
``docs/make_examples.py`` from the texts that come with the program.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from web import examples, problems

#: The version of the routes, not of the program: raised when an answer changes so that programs have to follow.
VERSION = "1.0"
DESCRIPTION = (
    "工会政策文献的知识图谱与语义检索。每个回答都落到一句原文：附所在文献、段落编号、在整理后正文里的起止（按字计）和存疑之处。"
    "没有解释的写明没有解释；文献没有提到，不等于没有开展。错误按 RFC 9457（application/problem+json）用中文说明，"
    "并写明下一步。本机提供，不联网。示例取自随程序附带的摘编。"
)
#: Tag → what its operations are for; in the order in which they are listed.
TAGS = {
    "术语": "术语的解释、组成、别名、相关术语和用例；术语的编辑。",
    "检索": "找原文、找先例、取引文、写成文件；教它大白话。",
    "地方": "哪些地方做了；一个地方、两地对照、各年对照、地方与做法的对照表。",
    "数字": "文献里的数字，每个附原句。",
    "文献": "收录的文献：题录、整理后的全文、提纲、整理记录；题录的更正。",
    "来源": "资料库里的文件：上传、看进度和结果、移出。",
    "图谱": "术语、文献、章节、地方之间的关系，和全部知识的导出。",
    "管理": "收进文件、移出来源、备份一类的管理；都要管理口令。",
    "归纳": "由用户自己配置的外部模型归纳选中的段落，逐句附出处；默认关闭。",
    "运行": "给看护服务器的程序用：是否在运行、能否回答、指标。",
}
_BINARY = "officedocument"
#: What a field means wherever it has this name and says nothing of its own.
FIELDS = {
    "a": "甲的",
    "aliases": "别名",
    "after": "整理后的文字",
    "batch": "同一批的相同",
    "before": "原件里的文字",
    "citations": "引文的三种写法",
    "claim_id": "所在说法的编号",
    "claims": "句数",
    "code": "行政区划代码；没有则为空",
    "components": "组成部分",
    "confidence": "把握，0 到 1",
    "date": "文献的日期，写到已知的精度；不知道则为空",
    "depth": "第几级",
    "document_id": "文献编号",
    "documents": "文献份数",
    "end": "在整理后正文里的终点（按字计，不含）",
    "evidence": "原句",
    "field": "所属的工作领域",
    "headings": "所在的各级标题",
    "hits": "找到的段落",
    "id": "编号",
    "kind": "类别",
    "label": "名称",
    "level": "级别：national 全国，province 省级，city 市级，county 县级，enterprise 企业，department 部门，unknown 不明",
    "mentions": "出现几处",
    "message": "说明",
    "mode": "查找方式：hybrid 综合，lexical 按字词，semantic 按意思",
    "note": "补充说明；没有则为空",
    "number": "序号",
    "offset": "从第几条之后开始",
    "passage_id": "段落编号，可用来取引文",
    "place": "地方或单位；不明为空",
    "province": "所在的省；不在省里的为空",
    "query": "所问的话",
    "reason": "理由",
    "score": "相近的程度，只用来排列",
    "sentence": "原句，一字不改",
    "start": "在整理后正文里的起点（按字计）",
    "status": "情形",
    "subject": "数的是什么",
    "term": "术语",
    "terms": "术语",
    "text": "文字，照原文",
    "title": "所在文献的题名",
    "told": "一句话的说明",
    "took_ms": "用了多少毫秒",
    "topic": "主题",
    "topics": "主题",
    "total": "一共有多少条",
    "unit": "单位，照原文",
    "value": "数值，以所写单位计",
    "who": "谁做的",
}  # fmt: skip


def build(title: str, routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The OpenAPI document of ``routes``."""
    schema = get_openapi(
        title=title,
        version=VERSION,
        description=DESCRIPTION,
        routes=routes,
        tags=[{"name": name, "description": told} for name, told in TAGS.items()],
        servers=[{"url": "/", "description": "本机"}],
    )
    models = schema["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        models.pop(unused, None)
    problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    models |= problem.pop("$defs") | {"Problem": problem}
    for model in models.values():
        _explain(model)
    for path, _, operation in operations(schema):
        _illustrate(path, operation, models)
    return schema


def operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation, in the order of tags, then of paths."""
    found = [(path, method, op) for path, methods in schema["paths"].items() for method, op in methods.items()]
    order = {name: number for number, name in enumerate(TAGS)}
    yield from sorted(found, key=lambda one: (order.get(one[2].get("tags", [""])[0], len(order)), one[0], one[1]))


def _explain(model: dict[str, Any]) -> None:
    """Tell what the fields of a model mean; the titles that pydantic makes of their names tell nothing."""
    for name, field in model.get("properties", {}).items():
        field.pop("title", None)
        if not field.get("description") and name in FIELDS:
            field["description"] = FIELDS[name]


def _illustrate(path: str, operation: dict[str, Any], models: Mapping[str, Any]) -> None:
    """Give an operation its examples: of its parameters, of what is sent, of each answer."""
    values = {}
    for parameter in operation.get("parameters", ()):
        parameter["schema"].pop("title", None)
        if shown := parameter["schema"].pop("examples", None):
            parameter["example"] = values[parameter["name"]] = shown[0]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        shape = _resolved(media["schema"], models)
        if "example" not in media and shape.get("examples"):
            media["example"] = shape["examples"][0]
    address = path
    for name, value in values.items():
        address = address.replace(f"{{{name}}}", str(value))
    for status, response in operation["responses"].items():
        for kind, media in response.get("content", {}).items():
            media.get("schema", {}).pop("title", None)
            if kind == problems.MEDIA_TYPE:
                media["example"] = problems.example(int(status), address)
        if status.startswith("2"):
            _exemplify(response.get("content", {}), examples.answer(operation["operationId"]))
        if response.get("description") == "Successful Response":
            response["description"] = "成功" if status == "200" else "已收下，在后台进行"


def _exemplify(contents: Mapping[str, Any], kept: Any) -> None:
    """Put the answer that is kept to the one media type that it is of."""
    fits = [kind for kind in contents if ("json" in kind) != isinstance(kept, str) and _BINARY not in kind]
    if kept is not None and fits:
        contents[fits[0]].setdefault("example", kept)


def _resolved(schema: Mapping[str, Any], models: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return models[name] if name else schema
