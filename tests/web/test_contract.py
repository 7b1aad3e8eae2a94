"""The OpenAPI schema, fuzzed: what the routes answer is what the schema says, and nothing ends in a 500."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.conftest import serving
from web.app import create_app

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [
    "DELETE /api/jobs/{job_id}",
    "DELETE /api/sources/{source_id}",
    "DELETE /api/taught/{ordinal}",
    "DELETE /api/terms/edits/{ordinal}",
    "GET /api/citations",
    "GET /api/compare",
    "GET /api/documents",
    "GET /api/documents/{document_id}",
    "GET /api/documents/{document_id}/excerpt",
    "GET /api/export/csv",
    "GET /api/export/graphml",
    "GET /api/export/json",
    "GET /api/export/jsonld",
    "GET /api/export/skos.ttl",
    "GET /api/facts",
    "GET /api/graph/{term}",
    "GET /api/jobs/{job_id}",
    "GET /api/matrix",
    "GET /api/place/{name}",
    "GET /api/place/{name}/years",
    "GET /api/places",
    "GET /api/places/why",
    "GET /api/search",
    "GET /api/sources",
    "GET /api/statistics",
    "GET /api/taught",
    "GET /api/terms",
    "GET /api/terms/changes",
    "GET /api/terms/edits",
    "GET /api/terms/{label}",
    "GET /api/terms/{label}/mentions",
    "GET /healthz",
    "GET /metrics",
    "GET /readyz",
    "PATCH /api/documents/{document_id}",
    "POST /api/basket.{kind}",
    "POST /api/precedents",
    "POST /api/precedents/file",
    "POST /api/sources",
    "POST /api/summary",
    "POST /api/taught",
    "POST /api/terms/edits",
]


@pytest.fixture(scope="module")
def schema(library: Path, token: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """Of a server that takes no files into its library: a hundred invented ones would keep it busy for minutes."""
    copy = shutil.copytree(library, tmp_path_factory.mktemp("fuzzed") / "library")
    with serving(create_app(copy, token=token)) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


def test_every_operation_is_fuzzed(schema: BaseSchema) -> None:
    found = [result.ok() for result in schema.get_all_operations()]
    assert sorted(f"{operation.method.upper()} {operation.path}" for operation in found) == OPERATIONS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answers_keep_to_the_schema(schema: BaseSchema, operation: str, bearer: dict[str, bytes]) -> None:
    method, path = operation.split()

    @settings(
        max_examples=25,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy())
    def keeps(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, headers=bearer)

    keeps()


def test_corrections_of_a_document_that_is_there_keep_to_the_schema(
    schema: BaseSchema, bearer: dict[str, bytes], document_ids: dict[str, str]
) -> None:
    @settings(
        max_examples=25,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema["/api/documents/{document_id}"]["PATCH"].as_strategy())
    def keeps(case: schemathesis.Case) -> None:
        case.path_parameters["document_id"] = document_ids["宜宾市"]
        case.call_and_validate(checks=CHECKS, headers=bearer)

    keeps()
