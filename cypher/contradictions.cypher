// Claims about one event that cannot both be right.
// param: on string default * -- number or occurrence; * for both
MATCH (a:Claim)-[k:CONTRADICTS]->(b:Claim)
WHERE $on = '*' OR k.on = $on
MATCH (a)-[:ASSERTS]->(e:Event)
MATCH (a)-[:FROM]->(d:Document)
MATCH (b)-[:FROM]->(o:Document)
RETURN e.etype AS etype, e.t_start AS day, k.on AS on_what, a.status AS status, a.numbers AS numbers, a.quote AS quote,
       d.publisher AS publisher, a.weak AS weak, b.status AS other_status, b.numbers AS other_numbers,
       b.quote AS other_quote, o.publisher AS other_publisher, b.weak AS other_weak, e.event_id AS event_id,
       a.claim_id AS claim_id, b.claim_id AS other_claim_id
ORDER BY day, etype, event_id, on_what, claim_id, other_claim_id
