"""The command line: a thin twin of the Python API. Every listing takes ``--json``."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import click
from click.core import ParameterSource

from gongzhi import __version__
from gongzhi.assistants import mcp
from gongzhi.cite import cite
from gongzhi.doctor import doctor
from gongzhi.evaluation import evaluate
from gongzhi.knowledge import export, graph, import_
from gongzhi.matrix import matrix
from gongzhi.models import adapt, train_embedder
from gongzhi.options import json_option, library_option
from gongzhi.options import printer as _printer
from gongzhi.place import place
from gongzhi.safekeeping import backup, restore
from gongzhi.settle import settle
from gongzhi.teaching import note_places, note_search, queries, teach
from gongzhi.usage import Group, explain
from gongzhi.vocabulary import lint, terms

#: Orders of the places that answer, as ``search.answers.PlaceSort`` has them, and files they are written to.
SORTS = ("strength", "place", "figures", "figures2", "figures3", "figures4")
FORMATS = ("csv", "xlsx", "md")


@click.group(cls=Group)
@click.version_option(__version__, message="工知 %(version)s", help="显示版本并退出。")
def cli() -> None:
    """工知：工会政策文献的知识图谱与语义检索。"""


cli.add_command(cite)
cli.add_command(terms)
cli.add_command(lint)
cli.add_command(graph)
cli.add_command(evaluate)
cli.add_command(matrix)
cli.add_command(export)
cli.add_command(import_)
cli.add_command(place)
cli.add_command(settle)
cli.add_command(teach)
cli.add_command(queries)
cli.add_command(train_embedder)
cli.add_command(adapt)
cli.add_command(backup)
cli.add_command(restore)
cli.add_command(mcp)
cli.add_command(doctor)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="文件或目录…")
@click.option("--bundled", is_flag=True, help="读入随程序附带的摘编（示例），不读其他文件。")
@click.option("--mirror", is_flag=True, help="目录里已经没有的文件，也从资料库移出。")
@click.option("--dry-run", is_flag=True, help="只说会怎样，不写入。")
@click.option("--watch", is_flag=True, help="一直看着这些目录：文件增、改、删，资料库随之更新；按 Ctrl-C 停止。")
@click.option(
    "--jobs", type=click.IntRange(0), default=0, metavar="个数", help="用几个进程读；默认按文件多少和处理器定。"
)
@click.option(
    "--scheduler", envvar="GONGZHI_SCHEDULER", default="", metavar="地址",
    help="交给这个 Dask 集群的各台机器读，如 tcp://host:8786；默认取环境变量 GONGZHI_SCHEDULER，再默认由本机读。",
)  # fmt: skip
@library_option
@json_option
def ingest(
    paths: tuple[Path, ...], bundled: bool, mirror: bool, dry_run: bool, watch: bool, jobs: int, scheduler: str,
    library: Path, as_json: bool,
) -> None:  # fmt: skip
    """读入文件，建成或更新资料库。

    没有变化的文件不再重读，改过的换成新的。读入自己的文件后，随附的摘编自动移出。

    读不了的文件逐一报告，其余照常读入，退出码为 1。中途打断，资料库保持原样。
    """
    context = click.get_current_context()
    if bundled == bool(paths):
        raise click.UsageError("请给出文件或目录，或者只给 --bundled", context)
    if bundled + watch + dry_run > 1:
        raise click.UsageError("--bundled、--watch、--dry-run 不能同时用", context)
    if bundled or watch:
        if context.get_parameter_source("scheduler") is ParameterSource.COMMANDLINE:
            raise click.UsageError("--scheduler 不能和 --bundled、--watch 同时用", context)
    elif jobs and scheduler:
        raise click.UsageError("--jobs 是本机的进程，不能和 --scheduler 同时用", context)

    from gongzhi import build, show
    from gongzhi.settings import limits

    printer, most = _printer(as_json), limits()
    if watch:
        _watch(library, paths, printer)
        return
    with show.progress(enabled=not as_json) as progress:
        if dry_run:
            changes = build.preview(
                library, paths, mirror=mirror, jobs=jobs, scheduler=scheduler, limits=most, progress=progress
            )
        elif bundled:
            report = build.ingest_bundled(library, progress=progress)
        else:
            report = build.ingest(
                library, paths, mirror=mirror, jobs=jobs, scheduler=scheduler, limits=most, progress=progress
            )
    if dry_run:
        printer.preview(changes)
    else:
        printer.ingested(report, library)
        changes = report.changes
    sys.exit(1 if any(change.action == "failed" for change in changes) else 0)


def _watch(library: Path, paths: tuple[Path, ...], printer: Any) -> None:
    """Watch until Ctrl-C, which is how watching ends."""
    from gongzhi.errors import PathsMissing
    from gongzhi.settings import limits
    from gongzhi.watch import watch

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise PathsMissing(missing)
    with suppress(KeyboardInterrupt):
        click.echo("正在看着这些目录，按 Ctrl-C 停止。", err=True)
        watch(library, paths, limits(), printer.watched, lambda message: click.echo(message, err=True))


@cli.command()
@click.argument("name", metavar="来源")
@library_option
def remove(name: str, library: Path) -> None:
    """移出一份来源（文件名或编号），连同由它得出的一切。"""
    from gongzhi import build

    source = build.remove(library, name)
    click.echo(f"已移出 {source.name}（{source.id}）。")


@cli.command()
@library_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听地址。")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), metavar="端口", help="监听端口。"
)
@click.option(
    "--workers", type=click.IntRange(0, 64), metavar="个数",
    help="另开几个进程答检索，0 为不另开；默认每个处理器核一个，最多 4 个，资料库很大时不开。",
)  # fmt: skip
@click.option(
    "--allow-host", "allowed", multiple=True, metavar="名称",
    help="还可以用这个名称访问，如经代理、用域名时；可写几次，* 表示不限。",
)  # fmt: skip
def serve(library: Path, host: str, port: int, workers: int | None, allowed: tuple[str, ...]) -> None:
    """在浏览器里使用：启动网页与接口。

    只认本机（localhost、127.0.0.1）和 --host 的名称，别的名称要写在 --allow-host 或环境变量 GONGZHI_ALLOWED_HOSTS
    （逗号隔开）里；--host 0.0.0.0 时 IP 地址和本机的名称也认。
    """
    from gongzhi.serve import run

    run(library, host, port, workers, allowed)


@cli.command()
@click.argument("query", nargs=-1, required=True, metavar="问题")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 100), help="给出几段。")
@click.option("--mode", type=click.Choice(["hybrid", "lexical", "semantic"]), default="hybrid", show_default=True,
              help="混合、只按字词、只按语义。")  # fmt: skip
@click.option("--place", default="", metavar="地名", help="只看这个地方。")
@click.option("--province", default="", metavar="省", help="只看这个省。")
@click.option("--year", default="", metavar="年", help="只看这一年，或这几年，如 2018-2023。")
@click.option("--status", default="", type=click.Choice(["", "done", "plan"]), metavar="done|plan",
              help="只看已做（done）或计划（plan）部分。")  # fmt: skip
@click.option("--diverse", is_flag=True, help="各篇文献轮流出现，一篇不占几个位置。")
@library_option
@json_option
def search(
    query: tuple[str, ...], k: int, mode: Any, place: str, province: str, year: str, status: str, diverse: bool,
    library: Path, as_json: bool,
) -> None:  # fmt: skip
    """用名称、大白话或关键词找段落。

    可加符号：“双引号”里的话必须一字不差，“不含:词”去掉含它的段落（也可写 -词，这时整句放在引号里），
    地方: 省: 年份: 类型: 级别: 状态: 是条件，如 地方:荆州 年份:2018-2023。拼音和首字母也认。
    """
    from gongzhi.settings import engine
    from search.answers import Filters
    from search.errors import YearUnreadable
    from search.values import year_of

    years = year_of(year.strip())
    if year.strip() and not years:
        raise YearUnreadable(year)
    filters = Filters(place=place, province=province, year=years, status=status)
    answer = engine(library).search(" ".join(query), k, mode, filters, diverse=diverse)
    _printer(as_json).search(answer)
    note_search(library, answer, filters)


@cli.command()
@click.argument("file", type=click.File("rb"), metavar="文件")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 100), help="给出几段。")
@library_option
@json_option
def precedent(file: BinaryIO, k: int, library: Path, as_json: bool) -> None:
    """给一份草稿（.txt .md .docx .pdf 文件，或 - 表示标准输入），逐句找先例。

    还列出别处常写而草稿没有的内容，以及太像来源的句子；最后是整篇的相近段落。
    """
    from gongzhi.drafts import draft_text
    from gongzhi.settings import engine

    draft = draft_text("" if file.name == "<stdin>" else file.name, file.read())
    _printer(as_json).precedents(engine(library).precedents(draft, k))


@cli.command()
@click.argument("label", metavar="术语")
@click.option("--mentions", is_flag=True, help="逐处列出：原句、文献、位置。")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="--mentions 最多几处。")
@click.option("--offset", default=0, show_default=True, type=click.IntRange(0), help="--mentions 从第几处之后开始。")
@library_option
@json_option
def term(label: str, mentions: bool, limit: int, offset: int, library: Path, as_json: bool) -> None:
    """查一个术语：语料怎么解释、谁在用；没有解释就说没有。"""
    from corpus.doubts import Doubts
    from corpus.store import Store
    from corpus.unsettled import notice
    from corpus.unswept import unswept
    from gongzhi.errors import TermNotFound

    with unswept():  # a term is found without any index of the texts
        from search.glossary import GlossaryIndex

        store = Store.open(library)
        doubts = Doubts(store)
        glossary = GlossaryIndex(store, doubts)
        answer = glossary.asked(label)
    with store:
        if answer is None:
            raise TermNotFound(label, glossary.similar(label), notice(store))
        if mentions:
            from search.occurrences import occurrences

            _printer(as_json).occurrences(occurrences(store, doubts, answer.term, offset, limit))
        else:
            _printer(as_json).term(answer)


@cli.command()
@click.argument("query", nargs=-1, required=True, metavar="问题")
@click.option("--level", type=click.Choice(["", "province", "city", "county", "enterprise"]), default="", metavar="层级",
              help="只要这一层级：province、city、county、enterprise。")  # fmt: skip
@click.option("--sort", type=click.Choice(SORTS), default="strength", metavar="排列",
              help="strength 按把握（默认），place 按地方，figures 按第一栏数字从大到小，figures2 按第二栏，以此类推。")  # fmt: skip
@click.option("--why", default="", metavar="地名", help="这个地方为什么在（不在）答案里。")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式",
              help="写成文件：csv、xlsx、md，每一句都列出；不写就看文件名的后缀。")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到这个文件。")
@library_option
@json_option
def places(
    query: tuple[str, ...], level: str, sort: Any, why: str, kind: str | None, output: Path | None,
    library: Path, as_json: bool,
) -> None:  # fmt: skip
    """问哪些地方做了某事，得到完整的表。"""
    from gongzhi.places import write_places
    from gongzhi.settings import engine

    kind = kind or (output.suffix.lower().removeprefix(".") if output else None)
    if output and kind not in FORMATS:
        raise click.UsageError("从文件名看不出格式，请加 --format csv、xlsx 或 md", click.get_current_context())
    if kind == "xlsx" and not output:
        raise click.UsageError("xlsx 要写到文件，请加 --output 文件", click.get_current_context())
    opened, question = engine(library), " ".join(query)
    if why:
        _printer(as_json).verdict(opened.why(question, why, level))
    elif kind:
        write_places(opened.places(question, level, sort, shown=None), kind, output)
    else:
        answer = opened.places(question, level, sort)
        _printer(as_json).places(answer)
        note_places(library, answer, level)


@cli.command()
@click.option("--place", default="", metavar="地名", help="只看这个地方。")
@click.option("--term", default="", metavar="术语", help="只看与这个词有关的数字。")
@click.option("--kind", type=click.Choice(["", "count", "money", "rate", "change", "rank"]), default="", metavar="种类",
              help="只看一种：count 数量，money 金额，rate 比率，change 变化，rank 名次。")  # fmt: skip
@click.option("--min", "least", default="", metavar="数量", help="不小于，如 1000万元、200家、95%。")
@click.option("--max", "most", default="", metavar="数量", help="不大于，写法同 --min。")
@click.option("--sort", "order", type=click.Choice(["text", "value", "place"]), default="text", show_default=True,
              metavar="次序", help="text 按原文先后，value 按大小，place 按地方。")  # fmt: skip
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="最多几行。")
@library_option
@json_option
def facts(
    place: str, term: str, kind: Any, least: str, most: str, order: Any, limit: int, library: Path, as_json: bool
) -> None:
    """列出数字：写法、对象、原句；存疑的另列，不计入。"""
    from gongzhi.settings import engine
    from search.fact_query import FactQuery

    _printer(as_json).facts(engine(library).facts(FactQuery(place, term, kind, least, most, order), limit))


@cli.command()
@click.argument("words", nargs=-1, metavar="[文献] [项目=值…]")
@click.option("--edit", is_flag=True, help="更正：写文献和 项目=值，值留空表示原文没有写明。")
@click.option("--undo", is_flag=True, help="撤销更正：写文献，再写项目；不写项目则全部撤销。")
@click.option("--corrections", is_flag=True, help="列出全部更正；所属文献不在库里的是“未用上”。")
@library_option
@json_option
def documents(words: tuple[str, ...], edit: bool, undo: bool, corrections: bool, library: Path, as_json: bool) -> None:
    """列出文献；写出一份（编号、编号开头或题名的一部分），就看它的各项是怎样读出的。

    读错了的可以更正，如 gongzhi documents --edit 3f2a 地方=荆州市 日期=2023-10-24。更正不改原文，重新读入同一份
    文献时仍然有效。项目有：题名、地方、级别、文种、时期、日期、会议、发文单位、讲话人；重名的地方写全称，
    企业、部门同时写级别。
    """
    from corpus.said import heads
    from corpus.store import Store
    from gongzhi import corrections as desk
    from gongzhi.lookup import find_document

    if edit + undo + corrections > 1 or (corrections and words):
        raise click.UsageError("--edit、--undo、--corrections 只能用一个，--corrections 不带文献")
    if edit or undo:
        words = ((desk.edit if edit else desk.undo)(library, words),)
    with Store.open(library) as store:
        if corrections:
            from graph.corrections import listed

            _printer(as_json).corrections(listed(store))
        elif words:
            _printer(as_json).document(desk.sheet(store, find_document(store, " ".join(words))))
        else:
            _printer(as_json).documents(heads(store, copies=True), store.guesses())


@cli.command()
@click.argument("document", default="", metavar="[文献]")
@click.option("--kind", default="", metavar="种类", help="只看一种，用名称（断行接续）或代号（line_join）。")
@click.option("--doubtful", is_flag=True, help="只看存疑、未改动的地方。")
@library_option
@json_option
def repairs(document: str, kind: str, doubtful: bool, library: Path, as_json: bool) -> None:
    """看收录时改了什么、哪里存疑：一份文献（编号、编号开头或题名的一部分）逐处列出；不写文献则每份一行。"""
    from corpus.repairs import KINDS, kind_named
    from corpus.store import Store
    from gongzhi import repairs as records
    from gongzhi.errors import KindUnknown
    from gongzhi.lookup import find_document

    kind = kind_named(kind)
    if kind and kind not in KINDS:
        raise KindUnknown(kind, tuple(KINDS.values()))
    with Store.open(library) as store:
        if document:
            found = find_document(store, document)
            _printer(as_json).record(records.record(store, found, kind, doubtful))
        else:
            _printer(as_json).summaries(records.summaries(store, kind, doubtful))


def main() -> None:
    """The entry point: errors become one Chinese line on stderr and an exit status."""
    from corpus.errors import GongzhiError

    try:
        cli.main(prog_name="gongzhi", standalone_mode=False)
    except click.ClickException as error:
        _fail(explain(error), 2)
    except click.Abort:
        _fail("已中断，资料库保持原样。", 130)
    except GongzhiError as error:
        _fail(str(error), 1)
    except OSError as error:
        _fail(f"“{error.filename or '输出'}”不能读写（{error.strerror}）。请检查路径和权限后再试。", 1)


def _fail(message: str, status: int) -> None:
    click.echo(message, err=True)
    sys.exit(status)
