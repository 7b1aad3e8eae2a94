"""The Jinja environment that every page is rendered in."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import links, marks, tilemap, words

_FOLDER = Path(__file__).with_name("templates")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
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
    """A page; ``q`` fills the search box in its header. Every page knows whether it is ``manageable``."""
    manageable = request.app.state.gate.enabled
    html = _ENVIRONMENT.get_template(template).render(
        request=request, path=request.url.path, q=q, manageable=manageable, **context
    )
    return HTMLResponse(html, status)
