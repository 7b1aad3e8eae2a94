"""DOCX files for the tests, written part by part; every text is invented."""

import io
import zipfile
from collections.abc import Callable

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)

Package = Callable[..., bytes]


def _rels(rows: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(rows.items())
    )
    return f'<Relationships xmlns="{_RELS}">{items}</Relationships>'


@pytest.fixture(scope="session")
def package() -> Package:
    """A DOCX file: the body and the other parts as WordprocessingML without their root elements."""

    def run(body: str, strict: bool = False, **parts: str) -> bytes:
        files = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _rels({"officeDocument": "word/document.xml"}),
            # Some programs leave a relationship to a picture that isn't there.
            "word/_rels/document.xml.rels": _rels({kind: f"{kind}.xml" for kind in parts} | {"image": "../NULL"}),
        }
        for kind, words in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            files[f"word/{kind}.xml"] = f"<w:{kind} {_NAMESPACES}>{words}</w:{kind}>"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
            for name, words in files.items():
                if strict:
                    words = words.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
                        _OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
                    )
                container.writestr(name, words)
        return file.getvalue()

    return run
