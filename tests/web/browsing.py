"""A real browser for tests of pages: Debian's Chromium with Chinese letters, installed through apt where we may.

Elsewhere such tests are skipped and say why; with GONGZHI_BROWSER=required, as in CI, they fail.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")
axe = pytest.importorskip("axe_playwright_python.base", reason="没有安装 axe-playwright-python")
_ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # A name that browsers don't take for this machine: an office server without https.
    "--host-resolver-rules=MAP office.test 127.0.0.1",
]
_PACKAGES = ("chromium", "fonts-noto-cjk", "fontconfig")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def _installed() -> str | None:
    """Chromium's path, where Chinese letters are there to be shown, too."""
    fonts = shutil.which("fc-list")
    chinese = fonts and subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False).stdout.strip()
    return shutil.which("chromium") if chinese else None


@cache
def _chromium() -> str:
    """Chromium's path; "" where there is none and it can't be installed."""
    if found := _installed():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "capture_output": True, "check": False}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *_PACKAGES]):
            subprocess.run(["apt-get", *command], **quiet)
    return _installed() or ""


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    path = _chromium()
    if not path:
        reason = "没有 chromium 和中文字体，也不能用 apt 安装（不是 root，或者装不上）"
        if os.environ.get("GONGZHI_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


#: Of what axe-core finds only what is wrong leaves the browser: the rest of its report is many times the page.
_CHECK = """
rules => axe.run({resultTypes: ["violations"], ...(rules.length ? {runOnly: rules} : {})}).then(found =>
    found.violations.map(broken => [broken.id, broken.impact, broken.nodes[0].html]))
"""


def violations(page: "playwright.Page", rules: Sequence[str] = (), *, serious: bool = True) -> list[tuple[str, str]]:
    """(rule, the first element that breaks it) of what axe-core finds on a page, after all rules or those with certain
    tags or names; with ``serious`` only what is in somebody's way."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate(_CHECK, list(rules))
    return [(rule, html) for rule, impact, html in found if not serious or impact in ("serious", "critical")]


class Visit:
    """A page whose console errors and requests are kept."""

    def __init__(self, browser: "playwright.Browser", site: str, **options: object) -> None:
        self.context = browser.new_context(base_url=site, **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        self.page.on("console", lambda message: self._complain(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.addresses.append(request.url))

    def _complain(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)


@pytest.fixture
def visit(browser: "playwright.Browser", site: str) -> Iterator[Visit]:
    """A visit at a desk; in the end the console is empty and no request left the host."""
    visit = Visit(browser, site, viewport=DESKTOP)
    yield visit
    visit.context.close()
    assert visit.complaints == []
    assert all(address.startswith(f"{site}/") for address in visit.addresses)
