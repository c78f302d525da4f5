// Every tie of an actor and of those who hold office in it or are part of it; what was only said comes last.
// param: actor actor required -- actor_id, name or alias
MATCH (a:Actor)
WHERE toLower(a.actor_id) = toLower($actor) OR toLower(a.name) = toLower($actor)
  OR any(alias IN coalesce(a.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (a)<-[:HOLDS_OFFICE|PART_OF*0..2]-(member:Actor)
MATCH (member)-[t]-(:Actor)
WHERE t.event_ids IS NOT NULL
WITH DISTINCT t
WITH t, startNode(t) AS x, endNode(t) AS y, CASE WHEN type(t) = 'ONLY_SAID' THEN 1 ELSE 0 END AS only_said
RETURN x.name AS actor, type(t) AS tie, y.name AS other, t.etype AS etype, t.n AS events, t.n_docs AS documents,
       t.n_independent AS independent,
       t.first AS first, t.last AS last, t.sign AS sign, t.score_sum AS score_sum, t.score_low AS score_low,
       t.score_high AS score_high, t.status_mix AS status_mix, t.confidence AS confidence, t.weak AS weak
ORDER BY only_said, events DESC, actor, tie, other, etype, status_mix[0], x.actor_id, y.actor_id
