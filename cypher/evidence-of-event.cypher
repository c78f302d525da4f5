// The sentences behind one event, with document and character span.
// param: event event required -- event_id
MATCH (c:Claim)-[:ASSERTS]->(e:Event {event_id: $event})
MATCH (c)-[f:FROM]->(d:Document)
OPTIONAL MATCH (s:Actor)-[:SAYS]->(c)
RETURN d.publisher AS publisher, d.title AS title, d.published_at AS published, c.status AS status, s.name AS says,
       c.quote AS quote, f.start AS start, f.end AS end, c.cue AS cue, c.confidence AS confidence, c.weak AS weak,
       d.url AS url, d.doc_id AS doc_id, c.claim_id AS claim_id
ORDER BY published, doc_id, start, claim_id, says
