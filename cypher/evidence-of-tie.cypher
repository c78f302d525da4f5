// The sentences behind the tie from one side to another, what happened before what was only said.
// param: actor actor required -- who does it: actor_id, name or alias
// param: other actor required -- to whom
MATCH (one:Actor)
WHERE toLower(one.actor_id) = toLower($actor) OR toLower(one.name) = toLower($actor)
  OR any(alias IN coalesce(one.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (two:Actor)
WHERE two.actor_id <> one.actor_id AND (toLower(two.actor_id) = toLower($other) OR toLower(two.name) = toLower($other)
  OR any(alias IN coalesce(two.aliases, []) WHERE toLower(alias) = toLower($other)))
MATCH (e:Event)-[r:ACTOR]->(x:Actor)
WHERE r.acts_for = one.actor_id OR x.actor_id = one.actor_id
MATCH (e)-[q:RECIPIENT|ACTOR]->(y:Actor)
WHERE q.acts_for = two.actor_id OR y.actor_id = two.actor_id
WITH DISTINCT e
MATCH (c:Claim)-[:ASSERTS]->(e)
MATCH (c)-[f:FROM]->(d:Document)
RETURN e.etype AS etype, e.occurrence AS occurrence, e.t_start AS first, e.t_end AS last, c.status AS status, c.quote AS quote,
       d.publisher AS publisher, d.published_at AS published, c.weak AS weak, f.start AS start, f.end AS end,
       d.doc_id AS doc_id, e.event_id AS event_id, c.claim_id AS claim_id
ORDER BY CASE WHEN e.happened THEN 0 ELSE 1 END, first, etype, event_id, published, doc_id, start, claim_id
