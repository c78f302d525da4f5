// What was planned for a day that has passed, and of which no document tells whether it happened.
// param: today date required -- UTC day; plans for earlier days are shown
MATCH (c:Claim {status: 'planned'})-[:ASSERTS]->(e:Event)
WHERE e.occurrence = 'expected' AND c.t_end < $today
MATCH (c)-[:FROM]->(d:Document)
RETURN c.t_end AS due, e.etype AS etype, c.quote AS quote, d.publisher AS publisher, c.reported_at AS reported,
       c.weak AS weak, e.event_id AS event_id, c.claim_id AS claim_id
ORDER BY due, etype, event_id, reported, claim_id
