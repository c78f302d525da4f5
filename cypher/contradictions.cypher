// Claims that cannot both be right, side by side with who tells them and when; none of the two wins.
// param: on *|number|occurrence|actor|date default * -- what they differ on; * for all
MATCH (a:Claim)-[k:CONTRADICTS]->(b:Claim)
WHERE $on = '*' OR k.on = $on
MATCH (a)-[:ASSERTS]->(e:Event)
MATCH (b)-[:ASSERTS]->(g:Event)
MATCH (a)-[:FROM]->(d:Document)
MATCH (b)-[:FROM]->(o:Document)
OPTIONAL MATCH (a)-[:ROLE {role: 'ACTOR'}]->(x:Actor)
WITH a, b, k, e, g, d, o, x.name AS name
ORDER BY name
WITH a, b, k, e, g, d, o, collect(name) AS actors
OPTIONAL MATCH (b)-[:ROLE {role: 'ACTOR'}]->(y:Actor)
WITH a, b, k, e, g, d, o, actors, y.name AS name
ORDER BY name
WITH a, b, k, e, g, d, o, actors, collect(name) AS other_actors
RETURN e.etype AS etype, e.t_start AS first, e.t_end AS last, k.on AS on_what, a.status AS status, actors AS actors, a.numbers AS numbers,
       a.quote AS quote, d.publisher AS publisher, a.reported_at AS reported, a.weak AS weak, b.status AS other_status,
       other_actors AS other_actors, b.numbers AS other_numbers, g.t_start AS other_first, g.t_end AS other_last, b.quote AS other_quote,
       o.publisher AS other_publisher, b.reported_at AS other_reported, b.weak AS other_weak, e.event_id AS event_id,
       g.event_id AS other_event_id, a.claim_id AS claim_id, b.claim_id AS other_claim_id, a.confidence AS confidence,
       b.confidence AS other_confidence
ORDER BY first, etype, event_id, on_what, claim_id, other_claim_id
