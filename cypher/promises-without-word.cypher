// What was promised or planned for a day that has passed, and of which no document tells what came of it.
// param: today date required -- UTC day; what was due on earlier days is shown
MATCH (c:Claim)-[:ASSERTS]->(e:Event)
WHERE c.status IN ['planned', 'offered', 'requested', 'threatened'] AND e.occurrence IN ['expected', 'unknown']
  AND c.t_end < $today AND (c.reported_at IS NULL OR c.reported_at <= c.t_end)
OPTIONAL MATCH (e)<-[f:FULFILS|FAILS]-(:Event)
WITH c, e, count(f) AS outcomes
WHERE outcomes = 0
OPTIONAL MATCH (act:Event)-[:CONTENT]->(e)
OPTIONAL MATCH (act)<-[r:RESPONSE_TO|FULFILS|FAILS]-(:Event)
WITH c, e, count(r) AS answers
WHERE answers = 0
MATCH (c)-[:FROM]->(d:Document)
RETURN c.t_end AS due, e.etype AS etype, c.status AS kind, c.quote AS quote, d.publisher AS publisher,
       c.reported_at AS reported, c.weak AS weak, e.event_id AS event_id, c.claim_id AS claim_id
ORDER BY due, etype, event_id, reported, claim_id
