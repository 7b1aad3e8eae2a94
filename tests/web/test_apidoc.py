"""The page that explains the API."""

import re
import shlex
from typing import Any

from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from web import apidoc, openapi


def test_every_operation_is_on_the_page(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    page = LexborHTMLParser(client.get("/api").text)
    shown = {node.attributes["id"] for node in page.css("article h3")}
    assert shown == {operation["operationId"] for _, _, operation in openapi.operations(schema)}
    assert len(page.css("nav.api-toc li")) == len(shown)
    for link in page.css("nav.api-toc a"):
        assert page.css_first(link.attributes["href"] or "") is not None


def test_it_is_linked_and_asks_nobody_else(client: TestClient) -> None:
    for path in ("/about", "/"):
        assert 'href="/api"' in client.get(path).text
    text = client.get("/api").text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


def test_the_calls_can_be_made(client: TestClient) -> None:
    """Each curl is one command whose address answers here; what needs a token or a file isn't tried."""
    schema = client.get("/openapi.json").json()
    tried = 0
    for chapter in apidoc.chapters(schema, "http://testserver"):
        for operation in chapter.operations:
            parts = shlex.split(operation.curl)
            assert parts[0] == "curl"
            if operation.method == "GET" and not operation.guarded:
                # This library holds other texts than those of the examples: what isn't there is told as such.
                assert client.get(parts[1]).status_code in (200, 404), operation.curl
                tried += 1
    assert tried > 20


def test_what_is_sent_is_told_field_by_field(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    operations = {op.id: op for chapter in apidoc.chapters(schema, "http://h") for op in chapter.operations}
    fields = {row.name: row for row in operations["editTerms"].fields}
    assert fields["edits"].required and fields["edits[].kind"].required and not fields["note"].required
    assert "merge" in fields["edits[].kind"].kind
    assert {row.name: row.kind for row in operations["findPrecedentsForFile"].fields} == {"file": "文件"}
    assert operations["editTerms"].guarded and "$GONGZHI_TOKEN" in operations["editTerms"].curl


def test_a_call_is_quoted_for_the_shell() -> None:
    """Nothing of an example ends the command that is to be pasted."""
    value = "甲'; rm -rf ~ #"
    operation: dict[str, Any] = {
        "tags": ["检索"], "operationId": "x", "summary": "试", "description": "试",
        "parameters": [{"name": "q", "in": "query", "required": True, "example": value, "description": "", "schema": {}}],
        "requestBody": {"content": {"application/json": {"schema": {}, "example": {"text": value}}}},
        "responses": {"200": {}},
    }  # fmt: skip
    schema = {
        "tags": [{"name": "检索", "description": ""}],
        "paths": {"/p": {"post": operation}},
        "components": {"schemas": {}},
    }
    (chapter,) = apidoc.chapters(schema, "http://h")
    parts = shlex.split(chapter.operations[0].curl)
    assert parts[:3] == ["curl", "-X", "POST"] and parts[3].startswith("http://h/p?q=%E7%94%B2%27")
    assert parts[-1] == '{"text": "甲\'; rm -rf ~ #"}'
