"""Write ``web/samples/`` anew: what the routes answer of the texts that come with the program.

``python docs/make_examples.py``; a test fails where a sample doesn't fit its route any more. Lists are cut after their
first item, texts after their first words, so that an answer can be taken in at a glance.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from gongzhi.build import ingest_bundled
from gongzhi.drafts import upload_text
from web import examples, openapi
from web.app import create_app

TOKEN = "示例口令"
_MOST_LINES, _LONG = 12, 160
#: What must be there before it can be listed or undone.
_FIRST = ("editTerms", "teachSaying")
#: What can't be asked here: its sample is written by hand and stays.
NOT_ASKED = ("summarize", "sendFiles", "removeSource", "getJob", "cancelJob")
#: What is different each time it is asked.
_FIXED = {"took_ms": 3.2, "made": "2026-01-05T09:30:00+08:00", "batch": "9f2c41d07be8",
          "undone": "2026-01-06T10:00:00+08:00"}  # fmt: skip


def answers() -> Iterator[tuple[str, Any]]:
    """Operation id and its answer (data, or the text of a file), for every operation that can be asked here."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder)
        ingest_bundled(library)
        app = create_app(library, token=TOKEN, drafts=upload_text, keep_queries=False)
        headers = {"Authorization": f"Bearer {TOKEN}".encode()}
        with TestClient(app, headers=headers) as client:
            found = [one for one in openapi.operations(app.openapi()) if one[2]["operationId"] not in NOT_ASKED]
            found.sort(key=lambda one: one[2]["operationId"] not in _FIRST)
            for path, method, operation in found:
                yield operation["operationId"], _asked(client, path, method, operation)


def _asked(client: TestClient, path: str, method: str, operation: dict[str, Any]) -> Any:
    lacking = [one["name"] for one in operation.get("parameters", ()) if "example" not in one]
    if lacking:
        raise SystemExit(f"{method} {path}: parameters without examples: {', '.join(lacking)}")
    query = {}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        elif parameter.get("required") or parameter["name"] in examples.WITH.get(operation["operationId"], ()):
            query[parameter["name"]] = parameter["example"]
    sent = operation.get("requestBody", {}).get("content", {})
    body = sent.get("application/json", {}).get("example")
    files = {"file": ("草稿.txt", examples.DRAFT.encode())} if "multipart/form-data" in sent else None
    response = client.request(method, path, params=query, json=body, files=files)
    if not response.is_success:
        raise SystemExit(f"{method} {path}: {response.status_code} {response.text}")
    return response.json() if "json" in response.headers["content-type"] else response.text


def shortened(value: Any) -> Any:
    """``value`` with its first item of each list, and the beginning of what is long."""
    if isinstance(value, dict):
        return {name: _FIXED[name] if value[name] and name in _FIXED else shortened(value[name]) for name in value}
    if isinstance(value, list):
        # Spans and the like are pairs of numbers: they stay whole.
        return value if all(isinstance(inner, int) for inner in value) else [shortened(inner) for inner in value[:1]]
    if isinstance(value, str) and len(value) > _LONG:
        return f"{value[:_LONG]}…"
    return value


def text_of(answer: Any) -> tuple[str, str]:
    """The suffix of a sample and what is in it."""
    if isinstance(answer, str):
        lines = answer.removeprefix("\ufeff").splitlines()
        shown = [line if len(line) <= _LONG else f"{line[:_LONG]}…" for line in lines[:_MOST_LINES]]
        return "txt", "\n".join([*shown, *(["…"] if len(lines) > _MOST_LINES else [])]) + "\n"
    return "json", json.dumps(shortened(answer), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    made = {name: text_of(answer) for name, answer in answers()}
    for path in examples.SAMPLES.iterdir():
        if path.stem not in NOT_ASKED:
            path.unlink()
    for name, (suffix, text) in made.items():
        (examples.SAMPLES / f"{name}.{suffix}").write_text(text, "utf-8")
