"""Counts for a Prometheus scraper (text exposition format 0.0.4)."""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Requests by route and status, and the time they took, since the process started."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def record(self, route: str, status: int, seconds: float) -> None:
        """Count one finished request; ``route`` is the path pattern, so that labels stay few."""
        with self._lock:
            self._requests[route, status] += 1
            self._seconds[route] += seconds

    def text(self, library: Mapping[str, int], answerers: int = 0) -> str:
        """The exposition; ``library`` maps what is counted in the library (documents, terms, …) to how many,
        ``answerers`` are the processes that answer beside the server."""
        with self._lock:
            requests, seconds = dict(self._requests), dict(self._seconds)
        counts: Counter[str] = Counter()
        for (route, _), count in requests.items():
            counts[route] += count
        lines = ["# HELP gongzhi_requests_total 请求数。", "# TYPE gongzhi_requests_total counter"]
        lines += [
            f'gongzhi_requests_total{{route="{route}",status="{status}"}} {count}'
            for (route, status), count in sorted(requests.items())
        ]
        lines += [
            "# HELP gongzhi_request_duration_seconds 处理请求所用的时间。",
            "# TYPE gongzhi_request_duration_seconds summary",
        ]
        for route in sorted(seconds):
            lines.append(f'gongzhi_request_duration_seconds_sum{{route="{route}"}} {seconds[route]:.6f}')
            lines.append(f'gongzhi_request_duration_seconds_count{{route="{route}"}} {counts[route]}')
        lines += ["# HELP gongzhi_answerers 另开的进程里正在回答的个数。", "# TYPE gongzhi_answerers gauge"]
        lines.append(f"gongzhi_answerers {answerers}")
        lines += ["# HELP gongzhi_library_records 资料库里各类记录的数量。", "# TYPE gongzhi_library_records gauge"]
        lines += [f'gongzhi_library_records{{kind="{kind}"}} {count}' for kind, count in library.items()]
        return "\n".join(lines) + "\n"


class MetricsMiddleware:
    """Records every HTTP request; one that matches no route counts as ``(none)``."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = 500, time.perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            route = getattr(scope.get("route"), "path", "(none)")
            self._metrics.record(route, status, time.perf_counter() - started)
