// Every claim behind some events, with all that is kept of it.
// param: events string[] required -- event_ids
UNWIND $events AS key
MATCH (c:Claim)-[:ASSERTS]->(e:Event {event_id: key})
MATCH (c)-[f:FROM]->(d:Document)
OPTIONAL MATCH (s:Actor)-[says:SAYS]->(c)
RETURN e.event_id AS event_id, c.claim_id AS claim_id, c.etype AS etype, c.status AS status, c.cue AS cue,
       c.quote AS quote, f.start AS start, f.end AS end, c.trigger AS trigger, c.t_start AS first, c.t_end AS last,
       c.t_precision AS precision, c.t_basis AS basis, c.numbers AS numbers, s.name AS says, says.verb AS verb,
       c.confidence AS confidence, c.weak AS weak, c.extractor AS extractor, c.extractor_version AS extractor_version,
       c.known_from AS known_from, c.known_to AS known_to, d.publisher AS publisher, d.title AS title,
       d.published_at AS published, d.published_precision AS published_precision, d.url AS url, d.name AS document,
       d.doc_id AS doc_id
ORDER BY event_id, coalesce(toString(published), "9999"), doc_id, start, claim_id, says
