// Names of sanctions lists that also stand in the news: leads to check, never the same person by themselves.
MATCH (a:Actor)
UNWIND [a.name] + coalesce(a.aliases, []) AS spelling
WITH DISTINCT toLower(spelling) AS spelling, a
WITH spelling, collect(a) AS bearers
WHERE size(bearers) > 1
UNWIND bearers AS listed
UNWIND bearers AS told
WITH spelling, listed, told
WHERE size(coalesce(listed.list_ids, [])) > 0 AND size(coalesce(told.list_ids, [])) = 0
MATCH (d:Document)-[:MENTIONS]->(told)
RETURN spelling AS spelling, listed.name AS listed, listed.list_ids AS list_ids, told.name AS told, told.type AS type,
       count(DISTINCT d) AS documents, listed.actor_id AS listed_id, told.actor_id AS told_id
ORDER BY listed, spelling, told, listed_id, told_id
