// Every tie of an actor, in and out, what happened before what was only said.
// param: actor string required -- actor_id, name or alias
MATCH (a:Actor)
WHERE toLower(a.actor_id) = toLower($actor) OR toLower(a.name) = toLower($actor)
  OR any(alias IN coalesce(a.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (a)-[t]-(b:Actor)
WHERE t.event_ids IS NOT NULL
WITH DISTINCT t
WITH t, startNode(t) AS x, endNode(t) AS y
RETURN x.name AS actor, type(t) AS tie, y.name AS other, t.etype AS etype, t.n AS events, t.n_independent AS documents,
       t.first AS first, t.last AS last, t.sign AS sign, t.score_sum AS score_sum, t.status_mix AS status_mix,
       t.confidence AS confidence
ORDER BY CASE WHEN type(t) = 'ONLY_SAID' THEN 1 ELSE 0 END, t.n DESC, actor, tie, other, etype, status_mix,
         x.actor_id, y.actor_id
