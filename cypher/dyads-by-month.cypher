// What one side did to another, month by month: events that happened, the sum of their scores and its bounds.
// param: actor string required -- who does it: actor_id, name or alias
// param: other string required -- to whom
MATCH (one:Actor)
WHERE toLower(one.actor_id) = toLower($actor) OR toLower(one.name) = toLower($actor)
  OR any(alias IN coalesce(one.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (two:Actor)
WHERE two.actor_id <> one.actor_id AND (toLower(two.actor_id) = toLower($other) OR toLower(two.name) = toLower($other)
  OR any(alias IN coalesce(two.aliases, []) WHERE toLower(alias) = toLower($other)))
MATCH (e:Event)-[r:ACTOR]->(x:Actor)
WHERE e.happened AND e.t_start IS NOT NULL AND (r.acts_for = one.actor_id OR x.actor_id = one.actor_id)
MATCH (e)-[q:RECIPIENT|ACTOR]->(y:Actor)
WHERE q.acts_for = two.actor_id OR y.actor_id = two.actor_id
WITH DISTINCT e, one, two
RETURN one.name AS actor, two.name AS other, substring(toString(e.t_start), 0, 7) AS month, count(e) AS events,
       sum(CASE WHEN e.weak THEN 1 ELSE 0 END) AS weak, round(sum(e.score) * 100) / 100 AS score_sum,
       round(sum(CASE WHEN e.weak AND e.score > 0 THEN 0 ELSE e.score END) * 100) / 100 AS score_low,
       round(sum(CASE WHEN e.weak AND e.score < 0 THEN 0 ELSE e.score END) * 100) / 100 AS score_high
ORDER BY actor, other, month
