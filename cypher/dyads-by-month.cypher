// What one side did to another by month, or by year where no month is told: what happened, its scores and their bounds.
// param: actor actor required -- who does it: actor_id, name or alias
// param: other actor required -- to whom
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
WITH e, one, two, toString(e.t_start) AS first, toString(coalesce(e.t_end, e.t_start)) AS last
RETURN one.name AS actor, two.name AS other,
       CASE WHEN substring(first, 0, 7) = substring(last, 0, 7) THEN substring(first, 0, 7)
       WHEN substring(first, 0, 4) = substring(last, 0, 4) THEN substring(first, 0, 4)
       ELSE substring(first, 0, 4) + ' to ' + substring(last, 0, 4) END AS month, count(e) AS events,
       sum(CASE WHEN e.weak THEN 1 ELSE 0 END) AS weak, round(sum(e.score) * 100) / 100 AS score_sum,
       round(sum(CASE WHEN e.weak AND e.score > 0 THEN 0 ELSE e.score END) * 100) / 100 AS score_low,
       round(sum(CASE WHEN e.weak AND e.score < 0 THEN 0 ELSE e.score END) * 100) / 100 AS score_high
ORDER BY actor, other, month
