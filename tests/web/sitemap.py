"""Every page of the site by its route, each with addresses worth a look: tests of what all pages must keep go through it."""

from urllib.parse import quote

from starlette.testclient import TestClient

QUESTION = "哪些城市建了工会驿站？"
#: Routes that send files, and what a card is filled with; not pages.
FILES = {
    "/card",
    *("/basket.{kind}", "/places.csv", "/places.xlsx", "/places.md", "/matrix.csv", "/compare.csv"),
    *("/documents/{document_id}/source", "/manage/files/events", "/manage/backup/download", "/manage/queries/export"),
}


def addresses(document: str, passage: str) -> dict[str, list[str]]:
    """Route → addresses under it that answer 200, for a reader of ``document`` and a ``passage`` in it."""
    reader = f"/documents/{document}"
    return {
        "/": ["/"],
        "/about": ["/about"],
        "/api": ["/api"],
        "/search": ["/search", "/search?q=工会驿站&as=search", "/search?q=灯下三问", "/search?q=量子纠缠的超导磁体"],
        "/basket": ["/basket"],
        "/precedents": ["/precedents", "/precedents?text=沿江建设职工驿站，配齐微波炉和急救箱。"],
        "/terms": ["/terms", "/terms?status=explained", "/terms?find=没有这个词"],
        "/terms/{label:path}": ["/terms/灯下三问", "/terms/工会驿站", "/terms/灯下三问?all=1"],
        "/graph": [
            *("/graph", "/graph?group=工会驿站", "/graph?term=灯下三问", "/graph?term=工会驿站&depth=2"),
            "/graph?term=灯下三问&to=橘灯行动",
        ],
        "/places": [
            "/places",
            f"/places?q={QUESTION}",
            f"/places?q={QUESTION}&sort=figures&why=漳州",
            "/places?q=哪些城市养了企鹅？",
        ],
        "/places/table": ["/places/table", f"/places/table?q={QUESTION}"],
        "/place": ["/place"],
        "/place/{name}": ["/place/漳州市", "/place/漳州市?topic=户外劳动者服务站点"],
        "/place/{name}/years": ["/place/漳州市/years"],
        "/compare": ["/compare?a=漳州市&b=衢州市"],
        "/matrix": ["/matrix"],
        "/matrix/cell": ["/matrix/cell?place=漳州市&topic=工会驿站"],
        "/documents": ["/documents", "/documents?find=没有这份"],
        "/documents/{document_id}": [reader, f"{reader}?repairs=1&at=30-80#at"],
        "/documents/{document_id}/similar": [f"{reader}/similar?p={passage}"],
        "/documents/{document_id}/repairs": [f"{reader}/repairs"],
        "/manage/login": ["/manage/login"],
        "/manage": ["/manage"],
        "/manage/documents": ["/manage/documents", "/manage/documents?find=没有这份"],
        "/manage/lint": ["/manage/lint"],
        "/manage/statistics": ["/manage/statistics"],
        "/manage/terms/candidates": ["/manage/terms/candidates"],
        "/manage/documents/{document_id}": [f"/manage{reader}"],
        "/manage/terms": ["/manage/terms", "/manage/terms?find=灯"],
        "/manage/terms/history": ["/manage/terms/history"],
        "/manage/terms/edit": ["/manage/terms/edit?label=灯下三问"],
        "/manage/queries": ["/manage/queries"],
        "/manage/taught": ["/manage/taught"],
        "/manage/files": ["/manage/files", "/manage/files?find=没有这个"],
        "/manage/files/sources/{source_id}": [f"/manage/files/sources/{document.partition('-')[0]}"],
        "/manage/files/jobs/{job_id}": [],  # there are none: see test_browser_manage
        "/manage/backup": ["/manage/backup"],
    }


def everywhere(client: TestClient) -> list[str]:
    """All addresses, as a browser writes them, of a library that ``client`` asks."""
    hit = client.get("/api/search?q=工会&place=宜宾市").json()["hits"][0]
    pages = addresses(hit["document_id"], hit["passage_id"]).values()
    return [quote(address, safe="/?=&#%") for found in pages for address in found]
