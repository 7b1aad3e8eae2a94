"""The JSON contract on the invented library."""

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.model import Document, Source
from corpus.store import Store
from graph.export import from_graphml

CITY_QUESTION = "哪些城市建了工会驿站？"


def text_of(client: TestClient, document_id: str) -> str:
    text: str = client.get(f"/api/documents/{document_id}").json()["text"]
    return text


def test_documents_are_listed_and_cut(client: TestClient) -> None:
    whole = client.get("/api/documents").json()
    assert whole["total"] == len(whole["documents"]) == 4
    assert {row["place"] for row in whole["documents"]} == {"宜宾市", "衢州市", "漳州市", "福建省"}
    assert set(whole["documents"][0]) == {
        *("id", "title", "place", "province", "level", "type", "period", "date", "meeting", "source", "passages"),
        *("issuer", "speaker", "same_as", "twins", "guessed"),
    }
    cut = client.get("/api/documents?limit=1").json()
    assert (cut["total"], len(cut["documents"])) == (4, 1)


def test_a_document_has_text_outline_and_repairs(client: TestClient, document_ids: dict[str, str]) -> None:
    got = client.get(f"/api/documents/{document_ids['衢州市']}").json()
    assert "柯城区建成工会驿站41个" in got["text"]
    assert got["source"] == "quzhou.txt"
    titles = [heading["title"] for heading in got["outline"]]
    assert any("过去五年的工作" in title for title in titles)
    for heading in got["outline"]:
        assert heading["title"] in got["text"][heading["start"] : heading["end"]].replace("\n", "")
    assert all({"kind", "before", "after", "doubtful", "reason"} <= set(repair) for repair in got["repairs"])


def test_a_term_has_its_definition_verbatim(client: TestClient) -> None:
    got = client.get("/api/terms/灯下三问").json()
    assert got["term"] == "灯下三问"
    assert got["status"] == "explained"
    [definition] = [item for item in got["definitions"] if item["strength"] == "explained"]
    assert definition["components"] == ["问冷暖", "问技能", "问心愿"]
    assert text_of(client, definition["document_id"])[definition["start"] : definition["end"]] == definition["text"]
    assert {use["place"] for use in got["documents"]} == {"宜宾市", "衢州市"}
    assert got["mentions"] >= 3


@pytest.mark.parametrize("label", ["“灯下三问”", "%E2%80%9C灯下三问%E2%80%9D", "dxsw"])
def test_a_variant_finds_the_term(client: TestClient, label: str) -> None:
    assert client.get(f"/api/terms/{label}").json()["term"] == "灯下三问"


@pytest.mark.parametrize("label", ["甲%2F乙", "甲/乙", "%22引号%22", "%2E%2E", "%3Cb%3E", "a%00b"])
def test_a_label_may_hold_any_character(client: TestClient, label: str) -> None:
    answer = client.get(f"/api/terms/{label}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_mention_of_a_term_is_listed_page_by_page(client: TestClient, library: Path) -> None:
    total = client.get("/api/terms/灯下三问").json()["mentions"]
    got = client.get("/api/terms/“灯下三问”/mentions").json()
    assert (got["term"], got["total"], got["offset"], len(got["mentions"])) == ("灯下三问", total, 0, total)
    with Store.open(library) as store:
        sources = {document.id: document.source_id for document in store.select(Document)}
        originals = {source.id: store.content(source.id).decode(source.encoding) for source in store.select(Source)}
    for mention in got["mentions"]:
        text = text_of(client, mention["document_id"])
        named = text[mention["start"] : mention["end"]]
        assert "灯下三问" in named
        assert mention["sentence"][slice(*mention["mark"])] == named
        original = originals[sources[mention["document_id"]]]
        assert original[mention["source_start"] : mention["source_end"]].replace("\n", "") == named
    pages = [client.get(f"/api/terms/灯下三问/mentions?limit=2&offset={at}").json() for at in range(0, total, 2)]
    assert [mention for page in pages for mention in page["mentions"]] == got["mentions"]
    assert client.get("/api/terms/没有这个/mentions").status_code == 404


def test_suggestions(client: TestClient) -> None:
    got = client.get("/api/terms?q=灯下&limit=5").json()
    assert got["query"] == "灯下"
    assert got["suggestions"][0]["label"] == "灯下三问"
    assert got["suggestions"][0]["kind"] == "term"
    listed = client.get("/api/terms?limit=2").json()["suggestions"]
    assert len(listed) == 2


def test_the_signs_of_a_query_and_how_it_was_understood(client: TestClient) -> None:
    got = client.get("/api/search?q=“工会驿站” 地方:宜宾 级别:abc").json()
    assert got["filters"] == {"place": "宜宾市"}
    assert [(sign["kind"], sign["value"]) for sign in got["operators"]] == [
        ("required", "工会驿站"),
        ("filter", "宜宾市"),
    ]
    assert "没有“级别:abc”这个级别" in got["notes"][0] and got["offers"] == []
    assert all("工会驿站" in hit["text"] + "".join(hit["headings"]) for hit in got["hits"])
    assert {hit["place"] for hit in got["hits"]} == {"宜宾市"}


def test_search_hits_point_into_their_documents(client: TestClient) -> None:
    got = client.get("/api/search?q=工会驿站&k=3").json()
    assert got["query"] == "工会驿站"
    assert got["total"] >= len(got["hits"]) > 0
    for hit in got["hits"]:
        assert text_of(client, hit["document_id"])[hit["start"] : hit["end"]] == hit["text"]
        assert all(0 <= start < end <= len(hit["text"]) for start, end in hit["highlights"])
        assert hit["why"]
        assert hit["title"] in hit["citation"]
    assert any("工会驿站" in hit["text"] for hit in got["hits"])


def test_search_pages_do_not_overlap(client: TestClient) -> None:
    first = client.get("/api/search?q=工会驿站&k=2").json()
    second = client.get("/api/search?q=工会驿站&k=2&offset=2").json()
    assert second["offset"] == 2
    assert {hit["passage_id"] for hit in first["hits"]}.isdisjoint(hit["passage_id"] for hit in second["hits"])


@pytest.mark.parametrize(
    ("condition", "places"),
    [
        ("place=衢州市", {"衢州市"}),
        ("province=福建省", {"福建省", "漳州市"}),
        ("level=province", {"福建省"}),
        ("year=2032", {"衢州市"}),
    ],
)
def test_search_keeps_to_its_conditions(client: TestClient, condition: str, places: set[str]) -> None:
    got = client.get(f"/api/search?q=工会驿站&k=50&{condition}").json()
    assert got["hits"]
    assert {hit["place"] for hit in got["hits"]} <= places
    name, _, value = condition.partition("=")
    assert got["filters"][name] == value


def test_documents_can_take_turns(client: TestClient) -> None:
    def turns(query: str, diverse: bool) -> list[int]:
        got = client.get("/api/search", params={"q": query, "k": 20, "diverse": diverse}).json()
        owners = [hit["document_id"] for hit in got["hits"]]
        return [owners[:i].count(owner) for i, owner in enumerate(owners)]

    queries = ("工会", "技能竞赛", "职工", "困难职工帮扶", "开展职工活动")
    assert all(turns(query, True) == sorted(turns(query, True)) for query in queries)
    assert any(turns(query, False) != sorted(turns(query, False)) for query in queries)


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "semantic"])
def test_every_mode_answers(client: TestClient, mode: str) -> None:
    got = client.get(f"/api/search?q=技能竞赛&mode={mode}").json()
    assert got["mode"] == mode
    assert got["hits"]


def test_precedents(client: TestClient) -> None:
    draft = "我市沿江建设一批职工驿站，配微波炉和急救箱，方便夜班职工歇脚。同时举办技能竞赛，让手艺有人接。"
    got = client.post("/api/precedents?k=5", json={"text": draft}).json()
    assert 0 < len(got["hits"]) <= 5
    assert all(hit["citation"] for hit in got["hits"])


def test_places_answer_with_sentences(client: TestClient) -> None:
    got = client.get("/api/places", params={"q": CITY_QUESTION}).json()
    assert got["query"] == CITY_QUESTION
    assert got["topic"]
    assert got["coverage"]["line"]
    done = {answer["place"] for answer in got["answers"] if answer["status"] == "done"}
    assert {"宜宾市", "衢州市", "漳州市"} <= done
    for answer in got["answers"]:
        for evidence in answer["evidence"]:
            text = text_of(client, evidence["document_id"])
            assert text[evidence["start"] : evidence["end"]] == evidence["sentence"]


def test_places_tell_status_doer_figures_and_what_was_looked_through(client: TestClient) -> None:
    got = client.get("/api/places", params={"q": CITY_QUESTION, "sort": "figures"}).json()
    place = next(answer for answer in got["answers"] if answer["place"] == "衢州市")
    assert place["status"] == "done" and {item["status"] for item in place["evidence"]} == {"done", "planned"}
    assert [item["status"] for item in place["evidence"]] == sorted(item["status"] for item in place["evidence"])
    assert place["sentences"] == len(place["evidence"])
    assert got["columns"] and len(place["cells"]) == len(got["columns"])
    for item in place["evidence"]:
        assert item["why"] and 0 < item["confidence"] <= 1
        assert all(item["sentence"][a:b] for a, b in item["marks"])
    inside = next(answer for answer in got["answers"] if answer["place"] == "柯城区")
    doer = inside["evidence"][0]["doer"]
    assert inside["parent"] == "衢州市" and "柯城区" in inside["evidence"][0]["sentence"][slice(*doer)]
    assert got["coverage"]["mentioning"] <= got["coverage"]["documents"]
    figures = [answer["cells"][0][0]["value"] for answer in got["answers"] if answer["cells"][0]]
    assert figures == sorted(figures, reverse=True) and got["sort"] == "figures"


def test_why_a_place_is_or_is_not_an_answer(client: TestClient) -> None:
    got = client.get("/api/places/why", params={"q": CITY_QUESTION, "place": "衢州市总工会"}).json()
    assert got["place"] == "衢州市" and got["answered"] and got["sentences"][0]["counts"]
    text = text_of(client, got["sentences"][0]["evidence"]["document_id"])
    evidence = got["sentences"][0]["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["sentence"]
    got = client.get("/api/places/why", params={"q": CITY_QUESTION, "place": "福建"}).json()
    assert not got["answered"] and any("问的是市县" in near["reason"] for near in got["sentences"])
    got = client.get("/api/places/why", params={"q": CITY_QUESTION, "place": "月球"}).json()
    assert (got["place"], got["answered"], got["sentences"]) == ("", False, [])
    assert got["line"].startswith("没有叫“月球”的地方或单位")


@pytest.mark.parametrize("parameters", [{"q": "驿站"}, {"place": "衢州"}, {"q": "驿站", "place": ""}])
def test_why_needs_a_question_and_a_place(client: TestClient, parameters: dict[str, str]) -> None:
    assert client.get("/api/places/why", params=parameters).status_code == 422


def test_nobody_did_what_no_document_mentions(client: TestClient) -> None:
    got = client.get("/api/places?q=哪些城市建了月球疗养院？").json()
    assert got["answers"] == []
    assert got["coverage"]["documents"] == 4


def test_facts_are_in_the_unit_as_written(client: TestClient) -> None:
    facts = client.get("/api/facts?place=衢州市&limit=5000").json()["facts"]
    assert {fact["place"] for fact in facts} <= {"衢州市", "柯城区", "江山市"}
    assert any(fact["value"] == 3.5 and fact["unit"].startswith("万") for fact in facts)
    assert all(fact["written"] in fact["sentence"] for fact in facts)
    for fact in facts:
        text = client.get(f"/api/documents/{fact['document_id']}").json()["text"]
        assert text[fact["start"] : fact["end"]] == fact["written"]


def test_facts_by_amount_and_kind(client: TestClient) -> None:
    everything = client.get("/api/facts?limit=5000").json()
    assert everything["total"] == len(everything["facts"])
    many = client.get("/api/facts?limit=5000&min=超过1万人次&sort=value").json()["facts"]
    values = [fact["comparable_value"] for fact in many]
    assert values and values == sorted(values, reverse=True) and min(values) >= 10_000
    assert {fact["measure"] for fact in many} == {"人次"}
    assert {f["kind"] for f in client.get("/api/facts?limit=5000&kind=money").json()["facts"]} <= {"money"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("min=很多", "“很多”不是一个数量"),
        ("min=3家&max=5元", "单位不同"),
        ("kind=gold", "kind应为"),
        ("sort=up", "sort应为"),
    ],
)
def test_facts_with_conditions_that_are_none(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"/api/facts?{query}")
    assert answer.status_code == 422 and said in answer.json()["detail"]


def test_the_neighbourhood_of_a_term(client: TestClient) -> None:
    got = client.get("/api/graph/灯下三问?depth=1").json()
    labels = {node["label"] for node in got["nodes"]}
    assert "灯下三问" in labels
    ids = {node["id"] for node in got["nodes"]}
    assert got["edges"]
    assert all(edge["source"] in ids and edge["target"] in ids for edge in got["edges"])
    wider = client.get("/api/graph/灯下三问?depth=2").json()
    assert len(wider["nodes"]) >= len(got["nodes"])
    assert len(client.get("/api/graph/灯下三问?depth=3&limit=2").json()["nodes"]) == 2


def test_the_way_from_one_term_to_another(client: TestClient) -> None:
    near = client.get("/api/graph/灯下三问?depth=2").json()
    other = next(n for n in near["nodes"] if n["type"] == "term" and n["label"] != "灯下三问")
    got = client.get("/api/graph/灯下三问", params={"to": other["label"]}).json()
    labels = {node["id"]: node["label"] for node in got["nodes"]}
    path = [labels[node] for node in got["graph"]["path"]]
    assert path[0] == "灯下三问" and path[-1] == other["label"] and len(got["edges"]) >= len(path) - 1
    assert client.get("/api/graph/灯下三问?to=无中生有之术").status_code == 404


def test_related_terms_say_why(client: TestClient) -> None:
    shown = 0
    for label in [item["label"] for item in client.get("/api/terms?limit=100").json()["suggestions"]]:
        for other in client.get(f"/api/terms/{label}").json()["related"]:
            assert other["reason"] and 0 < other["weight"] <= 1
            if other["evidence"]:
                shown += 1
                document = client.get(f"/api/documents/{other['evidence']['document_id']}").json()
                said = document["text"][other["evidence"]["start"] : other["evidence"]["end"]]
                assert said == other["evidence"]["sentence"]
    assert shown


def test_skos_of_all_and_of_one(client: TestClient) -> None:
    pytest.importorskip("rdflib", reason="the extra rdf is not installed")
    whole = client.get("/api/export/skos.ttl")
    assert whole.headers["content-type"] == "text/turtle; charset=utf-8" and "灯下三问" in whole.text
    one = client.get("/api/export/skos.ttl?term=灯下三问")
    assert "skos:Concept ;" in one.text and one.text.count("a skos:Concept ") == 1
    assert client.get("/api/export/jsonld?term=灯下三问").json()["@graph"]
    assert client.get("/api/export/json").json()["nodes"]
    assert client.get("/api/export/jsonld?term=无中生有之术").status_code == 404


def test_graphml_reads_back(client: TestClient) -> None:
    answer = client.get("/api/export/graphml")
    assert answer.headers["content-type"].startswith("application/xml")
    labels = {data["label"] for _, data in from_graphml(answer.text).nodes(data=True)}
    assert {"灯下三问", "宜宾市"} <= labels


def test_the_glossary_as_a_table(client: TestClient) -> None:
    answer = client.get("/api/export/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    [row] = [row for row in rows if row["术语"] == "灯下三问" and row["解释情况"] == "原文有解释"]
    assert row["组成部分"] == "问冷暖；问技能；问心愿"
    assert "灯下三问" in row["原句"]
    assert any(row["解释情况"] == "语料中未见解释" and not row["原句"] for row in rows)


def test_alive_ready_and_counted(client: TestClient, library: object) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json() == {"status": "ready", "generation": 1}
    client.get("/api/terms/灯下三问")
    client.get("/no/such/page")
    metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = metrics.text.splitlines()
    assert 'gongzhi_library_records{kind="documents"} 4' in lines
    assert any(
        line.startswith('gongzhi_requests_total{route="/api/terms/{label:path}",status="200"}') for line in lines
    )
    assert any(line.startswith('gongzhi_requests_total{route="(none)",status="404"}') for line in lines)
    assert any(line.startswith('gongzhi_request_duration_seconds_count{route="/healthz"}') for line in lines)


def test_the_schema_tells_of_problems(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert "Problem" in schema["components"]["schemas"]
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            for status, response in operation["responses"].items():
                if status[0] in "45":
                    assert list(response["content"]) == ["application/problem+json"], path


def test_a_change_of_the_library_is_taken_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    from gongzhi.build import ingest, remove
    from web.app import create_app

    folder, reports = tmp_path_factory.mktemp("changing"), tmp_path_factory.mktemp("reports")
    (reports / "甲.txt").write_text("宜宾市总工会2031年工作总结\n\n全市新建工会驿站9个。\n", "utf-8")
    (reports / "乙.txt").write_text("漳州市总工会2031年工作总结\n\n全市新建工会驿站8个。\n", "utf-8")
    ingest(folder, [reports])
    with TestClient(create_app(folder)) as client:
        assert client.get("/api/documents").json()["total"] == 2
        remove(folder, "乙.txt")
        assert client.get("/api/documents").json()["total"] == 1
        with Store.open(folder) as store:
            assert client.get("/readyz").json()["generation"] == store.generation
