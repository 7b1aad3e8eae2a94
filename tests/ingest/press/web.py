"""A report as an HTML page, set for the screen or for print."""

from dataclasses import dataclass
from html import escape

from press.report import Block, Report

_TAGS = {"title": "h1", "heading": "h2"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is printed; ``size`` and ``margin`` are CSS lengths."""

    size: str = "16px"
    margin: str = "2cm"
    font: str = "Noto Serif CJK SC"
    indent: bool = True
    gap: str = "0"
    align: str = "justify"
    columns: int = 1
    spacing: str = "0"
    header: str = ""
    footer: str = ""


SETTINGS = (
    Setting(footer="第 {} 页 共 {total} 页"),
    Setting("14px", "1.5cm", indent=False, gap="0.8em", align="left", header="云溪县工会网", footer="{} / {total}"),
    Setting("13px", "1.8cm", columns=2, footer="{}"),
    Setting("18px", "2.5cm", "Noto Sans CJK SC", spacing="0.05em", footer="— {} —"),
)


def _block(block: Block) -> str:
    if block.kind == "table":
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in block.rows)
        return f"<table>{rows}</table>"
    tag = _TAGS.get(block.kind, "p")
    words = escape(block.line)
    if block.level and block.kind == "prose":
        head, stop, rest = words.partition("。")
        words = f"<strong>{head}{stop}</strong>{rest}"
    return f'<{tag} class="{block.kind}">{words}</{tag}>'


def page(*reports: Report, setting: Setting = SETTINGS[0]) -> str:
    """The markup of the page."""
    inner = "\n".join(_block(block) for report in reports for block in report.blocks)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(reports[0].title)}</title><style>
body {{ font: {setting.size}/1.75 "{setting.font}"; letter-spacing: {setting.spacing}; margin: 0;
  column-count: {setting.columns}; column-gap: 2.5em }}
p, h2 {{ text-align: {setting.align}; text-indent: {"2em" if setting.indent else "0"}; margin: 0 0 {setting.gap};
  font-size: 1em; orphans: 1; widows: 1 }}
h1 {{ font-size: 1.4em; text-align: center; column-span: all }}
.subtitle, .date {{ text-align: center; text-indent: 0 }}
.salutation {{ text-indent: 0 }}
.sign {{ text-align: right; text-indent: 0 }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border: 1px solid; padding: 2px 6px }}
</style></head><body>
{inner}
</body></html>
"""
