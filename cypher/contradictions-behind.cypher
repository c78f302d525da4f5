// Which claims behind some events cannot both be right.
// param: events string[] required -- event_ids
UNWIND $events AS key
MATCH (a:Claim)-[:ASSERTS]->(e:Event {event_id: key})
MATCH (a)-[k:CONTRADICTS]->(b:Claim)
RETURN e.event_id AS event_id, k.on AS on_what, a.claim_id AS claim_id, b.claim_id AS other_claim_id, a.weak AS weak,
       b.weak AS other_weak
ORDER BY event_id, on_what, claim_id, other_claim_id
