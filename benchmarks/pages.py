"""How long the server takes for each page, and how many bytes come over the wire.

    python benchmarks/pages.py 资料库 > benchmarks/pages.md

A server of its own answers over HTTP on a kept connection, with gzip, as a browser asks; the browser's own time is not in
it. Each page is asked ROUNDS times, the pages taking turns; the first round, which fills caches, is a column of its own.
"""

import gzip
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import httpx

ROUNDS = 15
PAGES = (
    "/", "/search?q=给在太阳底下干活的人送水", "/search?q=劳模创新工作室&as=search", "/search?q=工会&as=search&page=2",
    "/terms", "/terms/{term}", "/terms/{term}?all=1", "/documents", "/documents/{document}",
    "/documents/{document}?repairs=1", "/documents/{document}/repairs", "/documents/{document}/similar?p={passage}",
    "/places", "/places?q=哪些城市有劳模创新工作室？",
    "/places/table?q=哪些城市有劳模创新工作室？",
    "/place", "/place/{place}", "/compare?a={place}&b={other}", "/matrix", "/graph", "/graph?term={term}",
    "/terms?by=place", "/terms?by=new",
    "/precedents", "/precedents?text={draft}", "/basket", "/api", "/about",
)  # fmt: skip
DRAFT = "依托沿街门店建设户外劳动者驿站，配齐饮水机、微波炉和急救箱，方便环卫工人、外卖骑手歇脚。"


def linked(html: str) -> set[str]:
    """What a page loads before it is shown."""
    return set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html))


def imported(script: str) -> set[str]:
    return {f"/static/{name}" for name in re.findall(r'from "\./([\w.-]+\.js)"', script)}


def statics(client: httpx.Client, html: str) -> int:
    """Bytes of style sheets and scripts, packed as they are sent."""
    todo, seen, size = linked(html), set(), 0
    while todo:
        path = todo.pop()
        seen.add(path)
        text = client.get(path).text
        size += len(gzip.compress(text.encode(), 4))
        todo |= imported(text) - seen
    return size


def main() -> None:
    library = Path(sys.argv[1])
    port = 8931
    command = [sys.executable, "-m", "gongzhi", "serve", "--library", str(library), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"accept-encoding": "gzip"}, timeout=60)
        while True:
            try:
                client.get("/readyz").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        _report(client)
    finally:
        server.terminate()
        server.wait()


def _report(client: httpx.Client) -> None:
    listed = client.get("/api/documents?limit=1000").json()["documents"]
    places = [row["place"] for row in listed if row["level"] == "city"]
    found = client.get("/api/terms?q=劳动竞赛").json()["suggestions"]
    term = next(row["label"] for row in found if row["kind"] == "term")
    longest = max(listed, key=lambda row: row["passages"])
    hit = client.get("/api/search", params={"q": "工会", "place": longest["place"]}).json()["hits"][0]
    known = {
        "term": term,
        "document": hit["document_id"],
        "passage": hit["passage_id"],
        "place": places[0],
        "other": next(place for place in places if place != places[0]),
        "draft": DRAFT,
    }
    addresses = [quote(page.format(**known), safe="/?=&") for page in PAGES]
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(ROUNDS + 1):
        for address in addresses:
            start = time.perf_counter()
            client.get(address).raise_for_status()
            times[address].append(1000 * (time.perf_counter() - start))
    print("# 网页的快慢和轻重\n")
    print(
        f"`python benchmarks/pages.py`：{len(listed)} 份文献、{sum(row['passages'] for row in listed):,} 段；每页轮流问 {ROUNDS} 次。"
    )
    print(
        "时间是服务器答完一页（毫秒，经 HTTP）；大小是第一次打开时经网络传来的字节（压缩后，含样式和脚本，不含图片）。\n"
    )
    print("| 页面 | 头一次 | 中位 | 最慢 | 大小（kB） |\n|---|---|---|---|---|")
    for page, address in zip(PAGES, addresses, strict=True):
        answer = client.get(address)
        weight = len(gzip.compress(answer.content, 4)) + statics(client, answer.text)
        first, *rest = times[address]
        print(f"| `{page}` | {first:.1f} | {statistics.median(rest):.1f} | {max(rest):.1f} | {weight / 1000:.1f} |")


if __name__ == "__main__":
    main()
