// The actors of the graph, those of most documents first.
// param: type *|state|person|igo|organisation|company|armed_group|military|group|place|facility default * -- only this type; * for all
MATCH (a:Actor)
WHERE $type = '*' OR a.type = $type
OPTIONAL MATCH (d:Document)-[:MENTIONS]->(a)
RETURN a.name AS name, a.type AS type, a.country AS country, count(d) AS documents, a.aliases AS aliases,
       a.list_ids AS list_ids, a.actor_id AS actor_id
ORDER BY documents DESC, name, actor_id
