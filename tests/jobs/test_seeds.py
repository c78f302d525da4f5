"""The user's two documents, from files to answers: what must be found, and what must never be said."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from jobs.dispatches import write_dump
from kg import graph
from kg.extract.actors import find_actors
from kg.jobs.ask import ask, query
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.sanctions import sanctions
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection, WriteReport

KYIV = (
    ("k1", "Northern Wire", "2025-06-17", "Night in Kyiv", "A Russian strike on Kyiv on Tuesday killed at least 15 people, officials said."),
    ("k2", "Harbour Press", "2025-06-18", "Rubble in Kyiv", "The death toll from Tuesday's Russian strike on Kyiv has risen to 21, rescuers said."),
    ("k3", "Danube Agency", "2025-06-20", "Mourning in Kyiv", "The death toll from Russia's strike on Kyiv on June 17 rose to 30."),
)  # fmt: skip
SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the user's two seed documents are not beside this checkout")


def read_seeds(workplace):
    paths = [str(path) for path in sorted(SEEDS.glob("*.txt"))]
    noon = datetime.fromisoformat("2025-06-27T12:00+00:00")
    return ingest(workplace, sources_of(workplace, paths, retrieved_at=noon))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    workplace = open_workplace(tmp_path_factory.mktemp("seeds") / ".kg")
    return workplace, read_seeds(workplace)


def rows(seeds, cypher, **parameters):
    return query(seeds[0], cypher, parameters)


def happened(seeds, etype, actor, recipient):
    return rows(
        seeds,
        "MATCH (a:Actor)<-[x:ACTOR]-(e:Event)-[y:RECIPIENT]->(b) "
        "WHERE e.etype = $etype AND e.happened AND x.acts_for = $actor AND y.acts_for = $recipient "
        "RETURN e.event_id AS id, e.occurrence AS occurrence",
        etype=etype, actor=actor, recipient=recipient,
    )  # fmt: skip


def strikes(seeds, actor, recipient):
    kinds = ("AIRSTRIKE", "MISSILE_STRIKE", "DRONE_STRIKE", "ATTACK", "BOMBING")
    return [row for kind in kinds for row in happened(seeds, kind, actor, recipient)]


def test_two_files_are_five_documents(seeds):
    assert seeds[1].documents_new == 5
    assert seeds[1].skipped == ()


def test_every_claim_stands_in_its_document_and_again_writes_nothing(seeds):
    workplace, first = seeds
    with workplace.ledger() as ledger:
        for document, found in ledger.read():
            for claim in (claim for extraction in found for claim in extraction.claims):
                assert document.text[claim.start : claim.end] == claim.quote
    again = read_seeds(workplace)
    assert (first.documents_new, again.documents_known, again.documents_new) == (5, 5, 0)
    assert again.written == WriteReport()


@pytest.mark.neo4j
def test_both_stores_hold_the_same_graph_of_the_seeds(seeds, bolt_store, neo4j_server, monkeypatch, tmp_path):
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)
    read_seeds(open_workplace(tmp_path / ".kg", store=neo4j_server.uri))
    with closing(seeds[0].graph_store()) as embedded:
        expected = graph.fingerprint(embedded.read(Selection()))
    assert graph.fingerprint(bolt_store.read(Selection())) == expected


def test_the_offer_of_mediation_is_found_and_its_content_did_not_happen(seeds):
    offers = rows(
        seeds,
        "MATCH (a:Actor)<-[x:ACTOR]-(o:Event {etype: 'OFFER_MEDIATION'})-[:CONTENT]->(m:Event) WHERE x.acts_for = 'RUS' "
        "MATCH (o)-[r:RECIPIENT]->(p:Actor) "
        "RETURN o.event_id AS id, o.occurrence AS made, m.happened AS mediated, collect(DISTINCT r.acts_for) AS parties",
    )
    assert any(o["made"] == "occurred" and {"ISR", "IRN"} <= set(o["parties"]) for o in offers)
    assert not any(o["mediated"] for o in offers)
    assert ask(seeds[0], "mediation", {})


def test_the_rejection_that_one_file_tells_answers_the_offer_that_the_other_tells(seeds):
    answers = rows(
        seeds,
        "MATCH (x:Event {etype: 'REJECT'})-[:RESPONSE_TO]->(o:Event {etype: 'OFFER_MEDIATION'}) "
        "MATCH (x)-[r:ACTOR]->(:Actor) MATCH (c:Claim)-[:ASSERTS]->(x) MATCH (c)-[:FROM]->(d:Document) "
        "MATCH (p:Claim)-[:ASSERTS]->(o) MATCH (p)-[:FROM]->(q:Document) "
        "RETURN r.acts_for AS side, d.name AS told, q.name AS offered",
    )
    found = {(row["side"], Path(row["told"]).name[:3], Path(row["offered"]).name[:3]) for row in answers}
    assert ("USA", "004", "000") in found


def test_the_toll_of_the_strike_on_kyiv_is_one_event_with_its_numbers_by_date(tmp_path):
    """The first seed has no date, so that its number stands among those of dated dispatches without a day."""
    workplace = open_workplace(tmp_path / ".kg")
    dispatches = write_dump(tmp_path / "kyiv.jsonl", KYIV)
    seed = next(str(path) for path in SEEDS.glob("000*.txt"))
    noon = datetime.fromisoformat("2025-06-20T12:00+00:00")
    ingest(workplace, sources_of(workplace, [seed, str(dispatches)], retrieved_at=noon))
    told = query(
        workplace,
        "MATCH (c:Claim)-[:ASSERTS]->(e:Event)-[r:ACTOR]->(:Actor) "
        "WHERE e.plover_type = 'ASSAULT' AND r.acts_for = 'RUS' AND c.dead IS NOT NULL "
        "RETURN DISTINCT e.event_id AS id, e.t_start AS day, e.dead_min AS least, e.dead_max AS most, "
        "c.reported_at AS reported, c.dead AS dead",
        {},
    )
    assert {(row["reported"], row["dead"]) for row in told} == {
        (date(2025, 6, 17), 15), (date(2025, 6, 18), 21), (None, 28), (date(2025, 6, 20), 30)
    }  # fmt: skip
    assert {(row["day"], row["least"], row["most"]) for row in told} == {(date(2025, 6, 17), 15, 30)}
    assert len({row["id"] for row in told}) == 1
    pairs = "MATCH (a:Claim)-[:CONTRADICTS {on: 'number'}]->(b:Claim) RETURN a.dead AS one, b.dead AS other"
    assert {frozenset(row.values()) for row in query(workplace, pairs, {})} == {
        frozenset({21, 28}),
        frozenset({28, 30}),
    }


def test_the_mediators_of_three_processes(seeds):
    told = ask(seeds[0], "mediation", {})
    occurred = {(row["mediator"], row["told"]) for row in told if row["mediation"] == "occurred" and row["first"]}
    assert occurred == {
        (who, etype) for who in ("United States", "Qatar") for etype in ("DECLARE_CEASEFIRE", "MEDIATE")
    }
    offers = [row for row in told if row["mediator"] == "Russia"]
    assert {row["mediation"] for row in offers} == {"unknown"}
    assert any(row["parties"] == ["Iran", "Israel"] and row["answers"] == ["United States: REJECT"] for row in offers)
    assert {row["mediator"] for row in told if {"Hamas", "Israel"} <= set(row["parties"])} == {"Qatar"}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Gulf state", "QAT"),
        ("Islamic republic", "IRN"),
        ("Jerusalem", "ISR"),
        ("Doha", "QAT"),
        ("Cairo", "EGY"),
        ("Kremlin", "RUS"),
        ("St Petersburg", "St Petersburg"),
    ],
)
def test_whom_the_words_for_a_state_stand_for(seeds, words, key):
    with seeds[0].ledger() as ledger:
        for document in [document for document, _ in ledger.read() if words in document.text]:
            found = find_actors(document)
            spans = [span for span in found.spans if document.text[span.start : span.end] == words]
            assert {found.actor(span.local_id).key for span in spans} == {key}
            break
        else:
            pytest.fail(f"no seed says {words!r}")


def test_the_ceasefire_has_its_mediators_as_mediators(seeds):
    found = rows(
        seeds,
        "MATCH (e:Event {etype: 'DECLARE_CEASEFIRE'})-[x:ACTOR]->(:Actor), (e)-[m:MEDIATOR]->(:Actor) "
        "WHERE e.happened RETURN e.event_id AS id, collect(DISTINCT x.acts_for) AS parties, collect(DISTINCT m.acts_for) AS mediators",
    )
    assert any(set(f["parties"]) == {"ISR", "IRN"} and {"USA", "QAT"} <= set(f["mediators"]) for f in found), found


def test_the_life_of_the_sanctions_on_nis(seeds):
    life = ask(seeds[0], "sanction-life", {"target": "NIS"})
    text = str(life)
    assert "announced" in text
    assert "2025, 7, 29" in text or "2025-07-29" in text
    licences = rows(
        seeds,
        "MATCH (a:SanctionAct)-[:GRANTS]->(l:Licence)-[:COVERS]->(d:Designation)-[:TARGETS]->(t:Actor) "
        "WHERE 'NIS' IN t.aliases RETURN l.valid_to AS until",
    )
    assert any(str(row["until"]) == "2025-07-29" for row in licences), licences
    states = rows(seeds, "MATCH (d:Designation)-[:TARGETS]->(t:Actor) WHERE 'NIS' IN t.aliases RETURN d.state AS state")
    assert states
    assert all(row["state"] != "in_force" for row in states)
    due = rows(
        seeds,
        "MATCH (e:SanctionAct)-[:RECIPIENT]->(t:Actor) WHERE 'NIS' IN t.aliases AND e.occurrence = 'expected' "
        "RETURN e.effective_from AS day",
    )
    assert any(str(row["day"]) == "2025-07-29" for row in due), due


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        ("2025-06-27", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-01", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-30", "announced, due since 2025-07-29, no report yet"),
    ],
)
def test_what_holds_for_nis_on_three_dates(seeds, day, holds):
    (answer,) = sanctions(seeds[0], "NIS", date.fromisoformat(day))
    assert [(one.authority, one.standing.words) for one in answer.listings] == [("United States", holds)]
    assert [(hole.first, hole.last) for hole in answer.listings[0].holes] == [(date(2025, 6, 27), date(2025, 7, 29))]
    assert [row["holds"] for row in ask(seeds[0], "sanctions-on", {"target": "NIS", "day": day})] == [holds]


def test_four_extensions_are_a_number_and_no_acts(seeds):
    (answer,) = sanctions(seeds[0], "NIS", date(2025, 7, 1))
    told = [*answer.unplaced, *(act for listing in answer.listings for act in listing.acts)]
    assert [one.act.reported_count for one in told if one.act.reported_count] == [4]


def test_serbia_does_not_sanction_russia(seeds):
    assert not happened(seeds, "IMPOSE_SANCTIONS", "SRB", "RUS")


def test_nobody_killed_khamenei(seeds):
    killed = rows(
        seeds,
        "MATCH (e:Event)-[:RECIPIENT]->(p:Actor) WHERE p.name CONTAINS 'Khamenei' AND e.plover_type = 'ASSAULT' "
        "RETURN e.etype AS etype, e.happened AS happened",
    )
    assert not any(row["happened"] for row in killed)


def test_israel_struck_iran_and_iran_struck_israel(seeds):
    assert strikes(seeds, "ISR", "IRN")
    assert strikes(seeds, "IRN", "ISR")
    assert not strikes(seeds, "IRN", "UKR")
    assert not strikes(seeds, "UKR", "RUS")


def test_qatar_did_not_escalate(seeds):
    assert not strikes(seeds, "QAT", "IRN")
