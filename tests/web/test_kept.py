"""Long pages are made once for each generation and sent as they are asked for."""

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from web.kept import Kept


def asked(encoding: bytes) -> Request:
    return Request({"type": "http", "headers": [(b"accept-encoding", encoding)]})


def test_a_page_is_made_once_and_packed_where_that_is_understood() -> None:
    kept, made = Kept(), []

    def make() -> HTMLResponse:
        made.append(1)
        return HTMLResponse("<p>灯下三问</p>")

    packed = kept.page(asked(b"gzip, br"), "a", make)
    plain = kept.page(asked(b"identity"), "a", make)
    assert len(made) == 1
    assert packed.headers["content-encoding"] == "gzip" and bytes(packed.body)[:2] == b"\x1f\x8b"
    assert bytes(plain.body).decode() == "<p>灯下三问</p>" and "content-encoding" not in plain.headers
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) == len(packed.body)


def test_what_failed_is_not_kept_and_the_oldest_give_way() -> None:
    kept, made = Kept(), []

    def make(status: int = 200) -> HTMLResponse:
        made.append(status)
        return HTMLResponse("", status)

    for _ in range(2):
        assert kept.page(asked(b""), "wrong", lambda: make(404)).status_code == 404
    assert made == [404, 404]
    for number in range(200):
        kept.page(asked(b""), number, make)
    made.clear()
    kept.page(asked(b""), 199, make)
    kept.page(asked(b""), 0, make)
    assert made == [200]
