// What became known on a day or later: what nobody told before, and what more is told of; undated documents aside.
// param: since date required -- UTC day
// param: actor actor default * -- only what this side does or what is done to it: actor_id or name; * for all
MATCH (c:Claim)-[:ASSERTS]->(e:Event)
WHERE c.known_from >= $since AND c.known_to IS NULL
MATCH (c)-[:FROM]->(d:Document)
WITH e, c, d.publisher AS publisher
ORDER BY c.known_from, c.confidence DESC, c.claim_id
WITH e, min(c.known_from) AS known_from, collect(c.status) AS statuses, collect(c.quote) AS quotes,
     collect(DISTINCT publisher) AS publishers
OPTIONAL MATCH (before:Claim)-[:ASSERTS]->(e)
WHERE before.known_from IS NULL OR before.known_from < $since
WITH e, known_from, statuses, quotes, publishers, count(before) AS told_before
OPTIONAL MATCH (e)-[r:ACTOR|RECIPIENT]->(x:Actor)
OPTIONAL MATCH (side:Actor {actor_id: r.acts_for})
WITH e, known_from, statuses, quotes, publishers, told_before, type(r) AS role, x.name AS name, x.actor_id AS own_id,
     side.name AS side, side.actor_id AS side_id
ORDER BY name, own_id
WITH e, known_from, statuses, quotes, publishers, told_before, collect(CASE role WHEN 'ACTOR' THEN name END) AS actors,
     collect(CASE role WHEN 'RECIPIENT' THEN name END) AS recipients,
     collect(toLower(name)) + collect(toLower(side)) AS names,
     collect(toLower(own_id)) + collect(toLower(side_id)) AS ids
WHERE $actor = '*' OR toLower($actor) IN names OR toLower($actor) IN ids
RETURN known_from AS known_from, told_before = 0 AS is_new, e.etype AS etype, actors AS actors,
       recipients AS recipients, e.happened AS happened, e.t_start AS first, e.t_end AS last, statuses AS told_as,
       publishers AS publishers, quotes[0] AS quote, e.weak AS weak, e.event_id AS event_id
ORDER BY known_from, is_new DESC, etype, event_id
