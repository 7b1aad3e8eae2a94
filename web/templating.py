"""The Jinja environment that every page is rendered in."""

import re
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import links, marks, tilemap, words

_FOLDER = Path(__file__).with_name("templates")
# Signs that turn the order of what follows them: in a name or a question they would turn the page's own words, too.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _shown(value: object) -> object:
    """What a template puts out, without signs that turn the order of text (https://www.unicode.org/reports/tr9/)."""
    return type(value)(_TURNING.sub("", value)) if isinstance(value, str) and _TURNING.search(value) else value


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(
        links=links, words=words, map_size=(tilemap.WIDTH, tilemap.HEIGHT), tile_side=tilemap.SIZE
    )
    environment.filters["highlighted"] = marks.highlighted
    environment.filters["pointed"] = marks.pointed
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment


_ENVIRONMENT = _environment()


def page(request: Request, template: str, *, status: int = 200, q: str = "", **context: Any) -> HTMLResponse:
    """A page; ``q`` fills the search box in its header. Every page knows whether it is
    ``manageable``, and the ``summary_host`` that summaries come from, or ""."""
    manageable = request.app.state.gate.enabled
    summariser = request.app.state.summariser
    html = _ENVIRONMENT.get_template(template).render(
        request=request,
        path=request.url.path,
        q=q,
        manageable=manageable,
        summary_host=summariser.host if summariser else "",
        **context,
    )
    return HTMLResponse(html, status)
