// Offers and requests that nobody has answered as far as the documents tell.
// param: since date default 1900-01-01 -- first UTC day; an offer without a date is kept
MATCH (e:Event)-[r:ACTOR]->(:Actor)
WHERE e.happened AND e.plover_type IN ['AGREE', 'REQUEST'] AND e.etype <> 'AGREE_TO_COOPERATE'
  AND (e.t_start IS NULL OR e.t_start >= $since)
OPTIONAL MATCH (answer:Event)-[:RESPONSE_TO]->(e)
WITH e, r, count(answer) AS answers
WHERE answers = 0
MATCH (a:Actor {actor_id: r.acts_for})
OPTIONAL MATCH (e)-[q:RECIPIENT|ADDRESSEE]->(:Actor)
OPTIONAL MATCH (b:Actor {actor_id: q.acts_for})
WITH DISTINCT e, a, b
ORDER BY b.name
WITH e, a, collect(b.name) AS asked
RETURN a.name AS actor, e.etype AS etype, asked AS asked, e.t_start AS day, e.n_docs AS documents,
       e.confidence AS confidence, e.event_id AS event_id
ORDER BY day, actor, etype, event_id
