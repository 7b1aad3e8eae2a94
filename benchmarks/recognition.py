"""What recognition of scans gets wrong, and how much of that is marked. Writes ``benchmarks/recognition.md``.

Needs the extra ``ocr`` and a Chinese font. An invented page is printed, rendered at several resolutions, and spoilt in
the ways that scanners, fax machines and phones spoil pages; takes some minutes.
"""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import ocr

FONT, SIZE, PITCH, MARGIN, WIDTH, HEIGHT = "STSong-Light", 12.0, 21.0, 85.0, 595.0, 842.0
TEXT = (
    "石桥市总工会第九届委员会第四次全体会议工作报告",
    "一、去年工作回顾",
    "全市各级工会坚持以职工为中心，新建基层工会1,284个，发展会员9.63万人，建会率达到87.5%；补助困难企业工会经费2456.8万元，"
    "比前年增加318.2万元，增长14.9%。",
    "（一）技能提升有成效。举办钳工、焊工、护理、快递等工种竞赛137场，参赛职工52,418人次，产生技术能手746名，完成小发明"
    "1,093项，节约成本6,271.4万元。",
    "（二）权益维护有力量。设立法律服务点205处，接待咨询11,860人次，调解成功率96.7%，为3,942名农民工讨回工资4,518.3万元；"
    "女职工专项合同覆盖企业2,637家。",
    "（三）关爱服务有温度。“夏送凉、冬送暖”筹集款物1,759.6万元，走访一线职工68,305名；建成爱心托管班94个，照看儿童7,148名，"
    "互助保障理赔12,476笔。",
    "（四）阵地建设有变化。改造工人文化宫8座，新增骑手之家63处、职工书屋152家，图书总量达41.7万册，全年接待职工23.5万人次。",
    "二、今年工作安排",
    "力争年底前会员突破110万人，驿站总数达到680座，培训新业态劳动者15,000名以上，帮助4,200名困难职工子女圆梦上学，经费收缴"
    "增幅不低于3.8%。",
)
RESOLUTIONS = (72, 100, 150, 200)


@dataclass
class Tally:
    """Characters and figures of recognised pages: all, wrong, marked doubtful, wrong and marked."""

    characters: int = 0
    wrong: int = 0
    marked: int = 0
    caught: int = 0
    figures: int = 0
    wrong_figures: int = 0
    marked_figures: int = 0
    caught_figures: int = 0

    def row(self) -> str:
        """The cells of a table row."""
        unmarked = self.wrong_figures - self.caught_figures
        return " | ".join(
            f"{value}"
            for value in (
                self.characters, self.wrong, f"{self.caught / self.wrong:.0%}" if self.wrong else "—",
                f"{self.marked / max(1, self.characters):.1%}",
                f"{self.caught / self.marked:.0%}" if self.marked else "—",
                self.figures, self.wrong_figures, unmarked, self.marked_figures,
            )
        )  # fmt: skip


def printed() -> bytes:
    """The page as a PDF file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    canvas.setFont(FONT, SIZE)
    y = HEIGHT - MARGIN
    for paragraph in TEXT:
        line = "\u3000\u3000"
        for word in [*re.findall(r"[0-9A-Za-z.,%]+[，。、；：”]?|.[，。、；：”]?", paragraph), None]:
            if word is None or pdfmetrics.stringWidth(line + word, FONT, SIZE) > WIDTH - 2 * MARGIN:
                canvas.drawString(MARGIN, y, line)
                y, line = y - PITCH, ""
            line += word or ""
    canvas.save()
    return buffer.getvalue()


def noisy(picture: Image.Image, strength: float) -> Image.Image:
    """Grey grain, as of a sensor in bad light."""
    grain = np.random.default_rng(7).normal(0, strength, (picture.height, picture.width, 1))
    return Image.fromarray((np.asarray(picture) + grain).clip(0, 255).astype("uint8"))


def pressed(picture: Image.Image) -> Image.Image:
    """As a messenger sends photographs."""
    file = io.BytesIO()
    noisy(picture, 15).save(file, "JPEG", quality=12)
    return Image.open(file).convert("RGB")


def faded(picture: Image.Image) -> Image.Image:
    """A photocopy of a photocopy."""
    return noisy(Image.fromarray((255 - (255 - np.asarray(picture)) * 0.25).astype("uint8")), 25)


SPOILT: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda picture: picture,
    "noise": lambda picture: noisy(picture, 40),
    "heavy noise": lambda picture: noisy(picture, 80),
    "blurred": lambda picture: picture.filter(ImageFilter.GaussianBlur(picture.width / 800)),
    "skewed by 1.2°": lambda picture: noisy(picture.rotate(1.2, Image.Resampling.BICUBIC, fillcolor="white"), 15),
    "JPEG 12": pressed,
    "faded": faded,
    "fax": lambda picture: noisy(picture, 60).point(lambda value: 255 if value > 150 else 0),
}


def folded(text: str) -> str:
    """Widths and quotation marks made the same: they are repaired or matched elsewhere, and nobody is misled."""
    forms = (unicodedata.normalize("NFKC", char).replace("”", "“") for char in text)
    return "".join(form if len(form) == 1 else char for form, char in zip(forms, text, strict=True))


def figures(text: str) -> list[re.Match[str]]:
    """The numbers in a text, with their per cent sign."""
    return [*re.finditer(r"\d(?:[\d.,]*\d)?%?", text)]


def measure(picture: Image.Image) -> Tally:
    """What of a page is read wrongly and what is marked."""
    page = ocr.page(np.asarray(picture)[:, :, ::-1], 1.0, 1)
    text, marked = "", list[bool]()
    for piece in sorted(page.pieces, key=lambda piece: piece.base):
        flags = [bool(page.doubt)] * len(piece.text)
        for start, end, _ in piece.doubts:
            flags[start:end] = [True] * (end - start)
        text += piece.text
        marked += flags
    read, truth = folded(text), folded("".join(TEXT))
    wrong = [False] * len(read)
    for step in Levenshtein.opcodes(read, truth):
        if step.tag in ("replace", "delete"):
            wrong[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
    # Punctuation read for other punctuation misleads nobody either; what stands in figures is judged with them.
    wrong = [flag and char.isalnum() for flag, char in zip(wrong, read, strict=True)]
    known = {match[0].replace(",", "") for match in figures(truth)}
    found = [(match[0].replace(",", "") not in known, any(marked[slice(*match.span())])) for match in figures(read)]
    return Tally(
        len(read), sum(wrong), sum(marked), sum(a and b for a, b in zip(wrong, marked, strict=True)),
        len(found), sum(a for a, _ in found), sum(b for _, b in found), sum(a and b for a, b in found),
    )  # fmt: skip


def main() -> None:
    document = pypdfium2.PdfDocument(printed())
    rows = []
    for resolution in RESOLUTIONS:
        picture = document[0].render(scale=resolution / 72).to_pil().convert("RGB")
        for name, spoil in SPOILT.items():
            rows.append(f"| {resolution} dpi, {name} | {measure(spoil(picture)).row()} |")
            print(rows[-1], flush=True)
    head = (
        "| page | characters | letters and digits wrong | of them marked | marked of all | of the marked wrong | figures "
        "| wrong | wrong, not marked | marked |\n|---" + "|---:" * 9 + "|\n"
    )
    about = (
        f"# Recognition\n\nOne invented page, 12 point, read by the extra `ocr`; `benchmarks/recognition.py`.\n"
        f"A character surer than {ocr.CHARACTER_SURE} is not marked; the figures of a page are all marked where its letters "
        f"and digits average below {ocr.FIGURES_SURE}, the whole page where below {ocr.PAGE_SURE}.\n\n"
    )
    Path(__file__).with_suffix(".md").write_text(about + head + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
