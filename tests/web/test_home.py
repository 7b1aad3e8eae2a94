"""The front page: things to try that work, what is new, what is there."""

import re
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient

from corpus.store import Store
from gongzhi.build import ingest_bundled, remove
from web.app import create_app


def _examples(text: str) -> dict[str, list[str]]:
    """Name of a row of examples → the addresses in it."""
    rows = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", text, re.S)
    return {name: [unescape(href) for href in re.findall(r'href="([^"]+)"', links)] for name, links in rows}


def test_every_example_is_answered_as_what_it_is_an_example_of(tmp_path: Path) -> None:
    ingest_bundled(tmp_path)
    with TestClient(create_app(tmp_path, keep_queries=False)) as client:
        rows = _examples(client.get("/").text)
        assert rows.keys() == {"术语", "提问", "原文", "长文"}
        for href in rows["术语"]:
            assert "未见解释" not in client.get(href).text
        assert len(rows["术语"]) >= 3
        for href in rows["提问"]:
            page = client.get(href)
            assert page.url.path == "/places" and 'class="answers"' in page.text
        for href in rows["原文"]:
            page = client.get(href)
            assert page.url.path == "/search" and 'class="hit"' in page.text and "没有把握" not in page.text
        assert client.get(rows["长文"][0]).status_code == 200


def test_what_is_in_the_library_is_told(client: TestClient) -> None:
    text = client.get("/").text
    inside = text[text.index('id="inside"') :]
    documents = client.get("/api/documents").json()["documents"]
    assert f"<b>{len(documents)}</b><span>份文献" in inside
    listed = len(re.findall(r'href="/place/', client.get("/place").text))
    assert f"<b>{listed}</b><span>个地方和单位" in inside
    assert re.search(r"\d{4}-\d\d-\d\d 更新", inside)
    for href in re.findall(r'href="([^"]+)"', inside[: inside.index("</section>")]):
        assert client.get(unescape(href)).status_code == 200


def test_the_newest_terms_lead_to_their_pages(client: TestClient) -> None:
    text = client.get("/").text
    newest = text[text.index('id="newest"') : text.index('id="inside"')]
    links = re.findall(r'href="(/terms/[^"]+)"', newest)
    assert links
    assert all(client.get(link).status_code == 200 for link in links)
    assert client.get("/terms?by=new").status_code == 200


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    with TestClient(create_app(tmp_path, keep_queries=False)) as client:
        text = client.get("/").text
        assert "资料库还是空的" in text and 'id="newest"' not in text and 'class="examples"' not in text


def test_after_a_change_nobody_waits_for_the_examples(tmp_path: Path) -> None:
    ingest_bundled(tmp_path)
    app = create_app(tmp_path, keep_queries=False)
    with TestClient(app) as client:
        source = client.get("/api/documents").json()["documents"][0]["source"]
        before = app.state.shelves.of(app.state.library.engine())
        assert "examples" not in vars(before)
        remove(tmp_path, source)
        client.get("/readyz")  # the first request of any kind notices the change
        app.state.shelves.close()
        shelf = app.state.shelves.of(app.state.library.engine())
        assert shelf is not before and "examples" in vars(shelf)
