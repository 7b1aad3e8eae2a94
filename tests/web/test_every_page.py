"""What every page must keep: nothing in the way of a reader with a screen reader, little to load, nothing from elsewhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from gongzhi.build import ingest
from tests.web import sitemap
from tests.web.browsing import DESKTOP, PHONE, Visit, browser, playwright, violations
from tests.web.conftest import serving
from web import pages
from web.app import create_app

__all__ = ["browser"]  # a fixture
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
MOST = 100_000
# Level A and AA of WCAG 2.2, and what axe-core recommends beyond them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast"]  # the rest of a page is the same in the dark


def test_no_page_is_left_out() -> None:
    """Whoever adds a page adds it to the site map."""
    routers = [module.router for module in vars(pages).values() if hasattr(module, "router")]
    routes = {
        route.path
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    }
    assert routes == sitemap.addresses("", "").keys() | sitemap.FILES


@pytest.fixture
def desk(browser: playwright.Browser, managed_site: str, token: str) -> Iterator[Visit]:
    """A visit by whoever keeps the library, logged in; in the end the console is empty and no request left the host."""
    visit = Visit(browser, managed_site, viewport=DESKTOP)
    _log_in(visit, token)
    yield visit
    visit.context.close()
    assert visit.complaints == []
    assert {address.partition("/manage")[0].startswith(managed_site) for address in visit.addresses} == {True}


def _log_in(visit: Visit, token: str) -> None:
    visit.page.goto("/manage/login")
    visit.page.get_by_label("口令").fill(token)
    visit.page.get_by_role("button", name="登录").click()
    visit.page.wait_for_url("**/manage")


@pytest.mark.long
def test_nothing_is_in_the_way_of_a_screen_reader_and_a_first_view_is_light(desk: Visit, client: TestClient) -> None:
    page, scale = desk.page, _Scale(desk)
    found, heavy = [], []
    for address in sitemap.everywhere(client):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)
        if not 1000 < (weight := scale.weigh(address)) <= MOST:
            heavy.append((address, weight))
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
            found += [(address, *one) for one in violations(page, RULES)]
        page.emulate_media(color_scheme="dark")  # colours are the same on a phone
        found += [(address, *one) for one in violations(page, COLOURS)]
    assert found == [] and heavy == []


class _Scale:
    """Weighs what comes over the wire on a first view of a page, images not counted."""

    def __init__(self, visit: Visit) -> None:
        self._page = visit.page
        self._kinds: dict[str, str] = {}
        self._sizes: dict[str, float] = {}
        session = visit.context.new_cdp_session(visit.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", self._begins)
        session.on("Network.loadingFinished", self._ends)

    def _begins(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _ends(self, event: dict[str, Any]) -> None:
        self._sizes[event["requestId"]] = event["encodedDataLength"]

    def weigh(self, address: str) -> int:
        """Go to a page that answers; the bytes that took."""
        self._kinds.clear()
        self._sizes.clear()
        answer = self._page.goto(address)  # with all its scripts: modules are loaded before that
        assert answer.status < 400, address
        return round(sum(size for name, size in self._sizes.items() if self._kinds.get(name) != "Image"))


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not CORPUS.is_dir():
        pytest.skip("没有参考语料 ../shared/corpus")
    folder = tmp_path_factory.mktemp("real")
    ingest(folder, [CORPUS])
    with serving(create_app(folder, keep_queries=False)) as address:
        yield address
    shutil.rmtree(folder)


def test_a_first_view_of_real_reports_is_light(browser: playwright.Browser, real_site: str) -> None:
    visit = Visit(browser, real_site)
    listed = visit.page.request.get("/api/documents?limit=1000").json()["documents"]
    visit.context.close()
    longest = max(listed, key=lambda row: row["passages"])["id"]
    pages = ["/", "/terms", "/terms/劳动竞赛", "/graph", "/graph?term=劳动竞赛", "/matrix", "/documents", "/place"]
    pages += [f"/documents/{longest}", f"/documents/{longest}?repairs=1", f"/documents/{longest}/repairs"]
    pages += ["/search?q=工会&as=search", "/places?q=哪些城市有劳模创新工作室？"]
    visit = Visit(browser, real_site, viewport=DESKTOP)
    scale = _Scale(visit)
    weights = {address: scale.weigh(address) for address in pages}
    visit.context.close()
    assert {address: weight for address, weight in weights.items() if weight > MOST} == {}
