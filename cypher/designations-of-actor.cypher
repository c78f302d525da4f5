// Designations of an actor: by whom, since when, and how they stand.
// param: actor actor required -- actor_id, name or alias
MATCH (g:Designation)-[:TARGETS]->(a:Actor {actor_id: $actor})
RETURN g.authority AS authority, g.list_id AS list_id, g.state AS state, g.since AS since, g.until AS until,
       g.measures AS measures, g.evidence AS evidence, g.designation_id AS designation_id
ORDER BY CASE state WHEN 'in_force' THEN 0 WHEN 'announced' THEN 1 WHEN 'suspended' THEN 2 WHEN 'ended' THEN 3 ELSE 4 END,
         authority, coalesce(list_id, ""), designation_id
