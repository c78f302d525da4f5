// What is planned for a window of days and still open, with the sentence that says so.
// param: since date default 1900-01-01 -- first UTC day
// param: until date default 2100-01-01 -- last UTC day
MATCH (c:Claim {status: 'planned'})-[:ASSERTS]->(e:Event)
WHERE e.occurrence = 'expected' AND c.t_start >= $since AND c.t_start <= $until
OPTIONAL MATCH (e)<-[f:FULFILS|FAILS]-(:Event)
WITH c, e, count(f) AS outcomes
WHERE outcomes = 0
MATCH (c)-[:FROM]->(d:Document)
OPTIONAL MATCH (e)-[r:ACTOR]->(:Actor)
WITH DISTINCT e, c, d, r.acts_for AS actor_id
OPTIONAL MATCH (a:Actor {actor_id: actor_id})
WITH e, c, d, a.name AS name
ORDER BY name
WITH e, c, d, collect(name) AS actors
RETURN c.t_start AS day, c.t_precision AS precision, e.etype AS etype, actors AS actors, c.quote AS quote,
       d.publisher AS publisher, c.reported_at AS reported, c.weak AS weak, c.claim_id AS claim_id
ORDER BY day, etype, reported, claim_id
