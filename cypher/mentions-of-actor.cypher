// In which documents an actor stands, with the words that name it in claims and how many claims it tells itself.
// param: actor actor required -- actor_id, name or alias
MATCH (a:Actor {actor_id: $actor})
MATCH (d:Document)-[m:MENTIONS]->(a)
OPTIONAL MATCH (a)<-[r:ROLE]-(c:Claim)-[:FROM]->(d)
WITH a, d, m, count(DISTINCT c) AS claims, collect(DISTINCT r.surface) AS surfaces, collect(DISTINCT r.raw_id) AS raw_ids
OPTIONAL MATCH (a)-[:SAYS]->(told:Claim)-[:FROM]->(d)
RETURN d.publisher AS publisher, d.published_at AS published, m.count AS mentions, claims AS claims,
       count(DISTINCT told) AS says, surfaces AS surfaces, raw_ids AS raw_ids, d.title AS title, d.doc_id AS doc_id
ORDER BY coalesce(toString(published), "9999"), doc_id
