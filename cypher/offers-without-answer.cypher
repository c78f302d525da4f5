// Offers and requests that nobody has answered, kept or broken as far as the documents tell.
// param: since date default 1900-01-01 -- first UTC day; an offer without a date is kept
MATCH (e:Event)-[r:ACTOR]->(:Actor)
WHERE e.happened AND e.plover_type IN ['AGREE', 'REQUEST'] AND e.etype <> 'AGREE_TO_COOPERATE'
  AND (e.t_start IS NULL OR e.t_start >= $since)
MATCH (e)-[:CONTENT*0..1]->(t:Event)
OPTIONAL MATCH (t)<-[f:RESPONSE_TO|FULFILS|FAILS]-(:Event)
WITH e, r.acts_for AS actor_id, count(f) AS answers
WHERE answers = 0
MATCH (a:Actor {actor_id: actor_id})
OPTIONAL MATCH (e)-[q:RECIPIENT|ADDRESSEE]->(:Actor)
WITH DISTINCT e, a, q.acts_for AS asked_id
OPTIONAL MATCH (b:Actor {actor_id: asked_id})
WITH e, a, b.name AS name
ORDER BY name
WITH e, a, collect(name) AS asked
RETURN a.name AS actor, e.etype AS etype, asked AS asked, e.t_start AS first, e.t_end AS last, e.n_docs AS documents,
       e.n_independent AS independent,
       e.confidence AS confidence, e.weak AS weak, e.event_id AS event_id
ORDER BY first, actor, etype, event_id
