"""The OpenAPI document: complete, in Chinese, with examples that hold.

A route that is added has to bring what ``flaws`` asks for; the message says what is missing and where it belongs.
"""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from web import openapi
from web.examples import SAMPLES

MAKER = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "make_examples.py"))
CHINESE = re.compile("[一-鿿]")
OPERATION_ID = re.compile(r"^[a-z]+([A-Z][a-z]+)*$")


@pytest.fixture(scope="module")
def schema(client: TestClient) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


def flaws(schema: dict[str, Any]) -> Iterator[str]:
    """What is missing, a sentence each: which operation or model, what, where to write it."""
    known = {tag["name"] for tag in schema["tags"]}
    ids: dict[str, str] = {}
    for path, method, operation in openapi.operations(schema):
        where = f"{method.upper()} {path}"
        name = operation["operationId"]
        if not OPERATION_ID.match(name):
            yield f"{where}: no operation_id in camelCase in the route's decorator (listDocuments), but {name}"
        if ids.setdefault(name, where) != where:
            yield f"{where}: operation_id {name} is that of {ids[name]}, too"
        for part in ("summary", "description"):
            if not CHINESE.search(operation.get(part, "")):
                yield f"{where}: no Chinese {part} (summary= of the decorator; the function's docstring)"
        if not set(operation.get("tags", [])) & known or len(operation["tags"]) != 1:
            yield f"{where}: its tags must be one of web.openapi.TAGS"
        for parameter in operation.get("parameters", ()):
            for part in ("description", "example"):
                if parameter.get(part) in (None, ""):
                    yield f"{where}: parameter {parameter['name']} without {part} (Query/Path(description=, examples=[]))"
        for media in operation.get("requestBody", {}).get("content", {}).values():
            if "example" not in media:
                yield f"{where}: no example of what is sent (examples in the model's json_schema_extra)"
        for status, response in operation["responses"].items():
            contents = response.get("content", {})
            if status[0] == "2" and not contents and method != "head":
                yield f"{where}: doesn't say what it answers (response model, or responses=web.exports.written(…))"
            if status[0] in "45" and list(contents) != ["application/problem+json"]:
                yield f"{where}: {status} is no problem (responses=web.problems.responses(…))"
            if contents and not any("example" in media for media in contents.values()):
                yield f"{where}: {status} without example: python docs/make_examples.py (what can't be asked: NOT_ASKED)"
            for kind, media in contents.items():
                if status[0] == "2" and media.get("schema", {}) in (
                    {},
                    {"type": "object", "additionalProperties": True},
                ):
                    yield f"{where}: {kind} without a model of the answer"
    for name, model in schema["components"]["schemas"].items():
        if "__" in name:
            yield f"{name}: two models share a name; give them names of their own"
        if not CHINESE.search(model.get("description", "")):
            yield f"model {name}: no Chinese docstring"
        for field, about in model.get("properties", {}).items():
            if not CHINESE.search(about.get("description", "")):
                yield f"model {name}: field {field} without description (Field(description=…) or web.openapi.FIELDS)"


def test_nothing_is_missing(schema: dict[str, Any]) -> None:
    found = list(flaws(schema))
    assert not found, "\n".join(["the OpenAPI document lacks:", *found])


def test_what_is_missing_is_told() -> None:
    """The test above can fail: a route without all this is found out."""
    from fastapi import FastAPI

    bare = FastAPI()

    @bare.get("/api/new")
    def new(q: str = "") -> dict[str, Any]:
        return {"q": q}

    told = "\n".join(flaws(openapi.build("试", bare.routes)))
    for part in (
        "operation_id",
        "summary",
        "description",
        "tags",
        "parameter q",
        "without example",
        "model of the answer",
    ):
        assert part in told


def test_it_is_about_this_host_alone(schema: dict[str, Any]) -> None:
    assert [server["url"] for server in schema["servers"]] == ["/"]
    assert "contact" not in schema["info"] and "://" not in schema["info"]["description"]
    assert list(schema["components"]["securitySchemes"]) == ["管理口令"]


def test_routes_that_write_ask_for_the_token(schema: dict[str, Any]) -> None:
    open_to_all = {"findPrecedents", "findPrecedentsForFile", "exportPassages", "summarize"}
    for path, method, operation in openapi.operations(schema):
        if method != "get" and operation["operationId"] not in open_to_all:
            assert operation.get("security") == [{"管理口令": []}], path
            assert {"401", "403", "429"} <= operation["responses"].keys(), path


def test_examples_keep_to_the_models(schema: dict[str, Any]) -> None:
    """Of answers, of what is sent, of errors, of parameters."""
    parts = {"components": schema["components"]}
    for path, method, operation in openapi.operations(schema):
        pairs = [
            (media["schema"], media["example"])
            for response in operation["responses"].values()
            for kind, media in response.get("content", {}).items()
            if "json" in kind and "example" in media and "schema" in media and media["schema"].get("type") != "string"
        ]
        pairs += [
            (media["schema"], media["example"])
            for media in operation.get("requestBody", {}).get("content", {}).values()
        ]
        pairs += [(parameter["schema"], parameter["example"]) for parameter in operation.get("parameters", ())]
        for model, example in pairs:
            errors = [error.message for error in Draft202012Validator(model | parts).iter_errors(example)]
            assert not errors, f"{method} {path}: {errors[:2]}: python docs/make_examples.py"


def test_every_example_can_be_asked() -> None:
    """Of the texts that come with the program: the ids and names that the examples use are there, and are answered."""
    made = {f"{name}.{MAKER['text_of'](answer)[0]}" for name, answer in MAKER["answers"]()}
    kept = {path.name for path in SAMPLES.iterdir() if path.stem not in MAKER["NOT_ASKED"]}
    assert made == kept, "python docs/make_examples.py"


def test_a_long_answer_is_cut_for_show() -> None:
    long = {"hits": [{"text": "字" * 500, "span": [1, 2]}, {"text": "次"}], "took_ms": 99.9}
    assert MAKER["shortened"](long) == {"hits": [{"text": "字" * 160 + "…", "span": [1, 2]}], "took_ms": 3.2}
