"""Files printed to PDF: by LibreOffice, by Chromium, and once more as pictures of their pages."""

import io
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from press import web

SOFFICE = shutil.which("soffice")
CHROMIUM = shutil.which("chromium")
_CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
_LINE = '<div style="font-size:9px;width:100%;text-align:center">{}</div>'


def by_libreoffice(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDF file of each DOCX file, by its name; one run of LibreOffice for all, in an empty ``folder``."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in files)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def by_chromium(pages: Sequence[tuple[str, web.Setting]]) -> list[bytes]:
    """The PDF file of each page, printed by one Chromium."""
    from playwright.sync_api import sync_playwright

    found: list[bytes] = []
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=_CHROMIUM)
        tab = browser.new_page()
        for markup, setting in pages:
            tab.set_content(markup)
            number = '<span class="pageNumber"></span>'
            footer = setting.footer.format(number, total='<span class="totalPages"></span>')
            margin = dict.fromkeys(("top", "bottom", "left", "right"), setting.margin)
            found.append(
                tab.pdf(
                    format="A4",
                    margin=margin,
                    display_header_footer=bool(setting.header or setting.footer),
                    header_template=_LINE.format(setting.header),
                    footer_template=_LINE.format(footer),
                )
            )
        browser.close()
    return found


def scanned(content: bytes, dpi: int = 200) -> bytes:
    """A PDF file of nothing but pictures of the pages of ``content``."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pictures = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    document.close()
    file = io.BytesIO()
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return file.getvalue()
