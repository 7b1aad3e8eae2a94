"""Pictures of all pages for the README, made in Chromium from the bundled library: run in an installed environment.

    python docs/make_images.py            # writes docs/images/NAME.png and NAME-phone.png
    python docs/make_images.py 首页 reader  # only those whose name or file holds one of these

Nothing of any other library may get in: the pictures are part of what is published.
"""

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from gongzhi.backup import backup
from gongzhi.build import TEXTS, ingest
from gongzhi.intake import LibraryIntake
from gongzhi.serve import listening
from ingest.limits import DEFAULTS
from web.app import create_app

IMAGES = Path(__file__).with_name("images")
TOKEN = "示例口令"
SIZES = {"": {"width": 1280, "height": 900}, "-phone": {"width": 390, "height": 844}}
COLOURS = 128
DRAFT = "依托沿街门店建设户外劳动者驿站，配齐饮水机、微波炉和急救箱，方便环卫工人、外卖骑手歇脚。"
#: File name → (what it shows, address); {document} and {passage} are of a search, {chosen} are a few passages.
SHOTS = {
    "home": ("首页", "/"),
    "results": ("检索结果", "/search?q=给在太阳底下干活的人送水&as=search"),
    "card": ("查到术语的结果", "/search?q=四季歌"),
    "nothing": ("没有把握", "/search?q=量子纠缠的超导磁体"),
    "term": ("术语页", "/terms/四季歌"),
    "unexplained": ("未见解释的术语", "/terms/职工书屋"),
    "terms": ("术语表", "/terms"),
    "numbers": ("术语表，按数字", "/terms?by=number"),
    "reader": ("阅读", "/documents/{document}"),
    "similar": ("相近段落", "/documents/{document}/similar?p={passage}"),
    "repairs": ("整理记录", "/documents/{document}/repairs"),
    "documents": ("文献", "/documents"),
    "places": ("哪些地方", "/places?q=哪些城市有劳模创新工作室？"),
    "table": ("可以贴走的表", "/places/table?q=哪些城市有劳模创新工作室？"),
    "place": ("一个地方", "/place/荆州市"),
    "compare": ("两地对照", "/compare?a=荆州市&b=咸宁市"),
    "matrix": ("做法矩阵", "/matrix"),
    "precedents": ("找先例", f"/precedents?text={DRAFT}"),
    "basket": ("素材篮", "/basket?{chosen}&title=送清凉素材"),
    "graph": ("关系图", "/graph"),
    "group": ("关系图的一群", "/graph?group=劳动竞赛"),
    "around": ("一个术语的关系", "/graph?term=四季歌"),
    "way": ("两个术语之间", "/graph?term=四季歌&to=小三级"),
    "api": ("接口", "/api"),
    "manage": ("管理", "/manage"),
    "files": ("导入文件", "/manage/files"),
    "candidates": ("候选术语", "/manage/terms/candidates"),
    "curation": ("编辑术语", "/manage/terms/edit?label=四季歌"),
    "lint": ("检查", "/manage/lint"),
    "statistics": ("统计", "/manage/statistics"),
    "backup": ("备份", "/manage/backup"),
}  # fmt: skip


@contextmanager
def bundled() -> Iterator[str]:
    """The address of a server of a new library of nothing but the bundled digests."""
    folder = Path(tempfile.mkdtemp())
    ingest(folder, [TEXTS], bundled=True)
    bound = listening("127.0.0.1", 0)
    app = create_app(
        folder,
        token=TOKEN,
        keep_queries=False,
        intake=LibraryIntake(folder, DEFAULTS),
        archive=lambda file: backup(folder, file).size,
    )
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        shutil.rmtree(folder)


def shoot(page: Page, path: Path) -> None:
    """What is on the screen, as a PNG of few colours: a tenth of the size, and nobody sees the difference."""
    page.screenshot(path=path)
    with Image.open(path) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    wanted = {
        name: address
        for name, (told, address) in SHOTS.items()
        if not sys.argv[1:] or any(part in name or part in told for part in sys.argv[1:])
    }
    IMAGES.mkdir(exist_ok=True)
    with bundled() as site, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for suffix, size in SIZES.items():
            page = browser.new_context(base_url=site, viewport=size, locale="zh-CN").new_page()
            page.goto("/manage/login")
            page.get_by_label("口令").fill(TOKEN)
            page.get_by_role("button", name="登录").click()
            hits = page.request.get("/api/search", params={"q": DRAFT, "k": 3}).json()["hits"]
            chosen = "&".join(f"p={hit['passage_id']}" for hit in hits)
            hit = page.request.get("/api/search", params={"q": "工会", "place": "荆州市"}).json()["hits"][0]
            known = {"document": hit["document_id"], "passage": hit["passage_id"], "chosen": chosen}
            for name, address in wanted.items():
                answer = page.goto(address.format(**known), wait_until="networkidle")
                assert answer is not None and answer.ok, address
                shoot(page, IMAGES / f"{name}{suffix}.png")
        browser.close()


if __name__ == "__main__":
    main()
