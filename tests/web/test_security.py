import pytest
from starlette.testclient import TestClient

from web.security import HEADERS, MAX_BODY


@pytest.mark.parametrize("path", ["/", "/api/documents", "/static/base.css", "/no/such/page", "/api/search"])
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_nothing_may_be_loaded_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/precedents", "/api/precedents"])
def test_a_body_over_the_limit_is_refused(client: TestClient, path: str) -> None:
    answer = client.post(path, content=b"text=" + b"a" * MAX_BODY)
    assert answer.status_code == 413
    assert "256 KB" in answer.text


@pytest.mark.parametrize("path", ["/", "/terms", "/api/documents", "/healthz", "/no/such/page"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


def test_other_methods_are_refused_with_what_is_allowed(client: TestClient) -> None:
    answer = client.delete("/api/documents")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.json()["title"] == "不支持这种请求方式"


def test_pages_are_sent_compressed_to_whoever_takes_that(client: TestClient) -> None:
    plain = client.get("/terms", headers={"accept-encoding": "identity"})
    small = client.get("/terms", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert small.text == plain.text
