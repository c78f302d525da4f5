// What an actor does, event by event: what happened, and what was only said; of a side also what others do for it.
// param: actor actor required -- actor_id, name or alias
// param: since date default 1900-01-01 -- first UTC day; events without a date are kept
// param: until date default 2100-01-01 -- last UTC day
MATCH (a:Actor)
WHERE toLower(a.actor_id) = toLower($actor) OR toLower(a.name) = toLower($actor)
  OR any(alias IN coalesce(a.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (e:Event)-[r:ACTOR|MEDIATOR|HOST]->(x:Actor)
WHERE (x.actor_id = a.actor_id OR r.acts_for = a.actor_id) AND (e.t_start IS NULL OR e.t_start <= $until)
  AND (e.t_end IS NULL OR e.t_end >= $since)
WITH DISTINCT a, e, type(r) AS part, x.name AS who, x.actor_id AS who_id
OPTIONAL MATCH (e)-[q:RECIPIENT|ADDRESSEE|ACTOR]->(y:Actor)
WHERE y.actor_id <> who_id
WITH a, e, part, who, who_id, y.name AS name
ORDER BY name
WITH a, e, part, who, who_id, collect(DISTINCT name) AS others
MATCH (c:Claim)-[:ASSERTS]->(e)
WITH a, e, part, who, who_id, others, c
ORDER BY c.confidence DESC, c.claim_id
WITH a, e, part, who, who_id, others, collect(c.quote) AS quotes
RETURN who AS actor, part AS part, e.etype AS etype, others AS others, e.happened AS happened,
       e.occurrence AS occurrence, e.t_start AS first, e.t_end AS last, quotes[0] AS quote,
       e.n_independent AS independent, e.confidence AS confidence, e.weak AS weak, e.event_id AS event_id
ORDER BY happened DESC, coalesce(toString(first), "9999"), etype, event_id, part, actor, who_id
