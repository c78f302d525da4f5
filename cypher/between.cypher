// What two sides did to each other in a window, and what was only said.
// param: actor actor required -- one side: actor_id, name or alias
// param: other actor required -- the other side
// param: since date default 1900-01-01 -- first UTC day
// param: until date default 2100-01-01 -- last UTC day
MATCH (one:Actor)
WHERE toLower(one.actor_id) = toLower($actor) OR toLower(one.name) = toLower($actor)
  OR any(alias IN coalesce(one.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (two:Actor)
WHERE two.actor_id <> one.actor_id AND (toLower(two.actor_id) = toLower($other) OR toLower(two.name) = toLower($other)
  OR any(alias IN coalesce(two.aliases, []) WHERE toLower(alias) = toLower($other)))
MATCH (e:Event)-[r:ACTOR]->(x:Actor)
WHERE r.acts_for IN [one.actor_id, two.actor_id] OR x.actor_id IN [one.actor_id, two.actor_id]
MATCH (e)-[q:RECIPIENT|ADDRESSEE|ACTOR]->(y:Actor)
WHERE (q.acts_for IN [one.actor_id, two.actor_id] OR y.actor_id IN [one.actor_id, two.actor_id])
  AND (e.t_start IS NULL OR e.t_start <= $until) AND (e.t_end IS NULL OR e.t_end >= $since)
WITH e, one, two, type(q) AS part,
     CASE WHEN r.acts_for = one.actor_id OR x.actor_id = one.actor_id THEN one.name ELSE two.name END AS doer,
     CASE WHEN q.acts_for = one.actor_id OR y.actor_id = one.actor_id THEN one.name ELSE two.name END AS other
WHERE doer <> other AND (part <> 'ACTOR' OR doer = one.name)
RETURN DISTINCT doer AS actor, e.etype AS etype, other AS other, e.happened AS happened, e.occurrence AS occurrence,
       e.t_start AS first, e.t_end AS last, e.statuses AS statuses, e.n_docs AS documents,
       e.n_independent AS independent, e.confidence AS confidence,
       e.weak AS weak, e.event_id AS event_id
ORDER BY first, actor, etype, event_id
