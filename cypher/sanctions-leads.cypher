// Where lists and news do not meet, of the authorities whose lists are read: leads to check, never the same by name alone.
// param: since date default 1900-01-01 -- only what has been in force since that UTC day or a later one
MATCH (listing:Designation)
WHERE listing.evidence <> 'news'
WITH collect(DISTINCT listing.authority) AS authorities
MATCH (g:Designation)-[:TARGETS]->(t:Actor)
MATCH (a:SanctionAct)-[:MODIFIES]->(g)
WHERE g.evidence <> 'both' AND g.authority IN authorities AND g.since >= $since
WITH g, t, min(CASE WHEN a.weak THEN 1 ELSE 0 END) = 1 AS weak
OPTIONAL MATCH (o:Designation)-[:TARGETS]->(n:Actor)
WHERE o.authority = g.authority AND o.evidence <> g.evidence AND n.actor_id <> t.actor_id
  AND (toLower(n.name) = toLower(t.name) OR any(alias IN coalesce(t.aliases, []) WHERE toLower(alias) = toLower(n.name))
  OR any(alias IN coalesce(n.aliases, []) WHERE toLower(alias) = toLower(t.name)))
WITH g, t, weak, n.name AS name, n.actor_id AS namesake_id, o.list_id AS number
ORDER BY namesake_id, number
WITH g, t, weak, collect(DISTINCT name) AS namesakes, collect(DISTINCT namesake_id) AS namesake_ids,
     collect(DISTINCT number) AS numbers
WITH g, t, weak, namesakes, namesake_ids, numbers,
     CASE WHEN g.evidence = 'list' THEN 'listed, not told in the news'
          WHEN size(namesakes) > 0 THEN 'told in the news, a namesake is listed'
          ELSE 'told in the news, not listed' END AS lead
WHERE g.evidence = 'news' OR size(namesakes) = 0
RETURN lead AS lead, t.name AS target, g.authority AS authority, g.state AS state, g.since AS since,
       coalesce(g.list_id, numbers[0]) AS list_id, namesakes AS namesakes, namesake_ids AS namesake_ids,
       weak AS weak, t.actor_id AS actor_id, g.designation_id AS designation_id
ORDER BY lead DESC, since, target, actor_id, designation_id
