// What was denied or told as not so, by whom in which words, and how many claims tell it all the same.
// param: actor actor default * -- only what this actor denies, or what it or somebody for it is told of; * for all
MATCH (c:Claim {status: 'denied'})-[:ASSERTS]->(e:Event)
MATCH (c)-[:FROM]->(d:Document)
OPTIONAL MATCH (s:Actor)-[:SAYS]->(c)
OPTIONAL MATCH (c)-[r:ROLE]->(x:Actor)
WHERE r.role IN ['ACTOR', 'RECIPIENT']
OPTIONAL MATCH (side:Actor {actor_id: r.acts_for})
WITH c, e, d, s.name AS speaker, s.actor_id AS speaker_id, r.role AS role, x.name AS name, x.actor_id AS own_id,
     side.name AS side, side.actor_id AS side_id
ORDER BY speaker, name, own_id
WITH c, e, d, collect(DISTINCT speaker) AS denied_by,
     collect(DISTINCT CASE role WHEN 'ACTOR' THEN name END) AS actors,
     collect(DISTINCT CASE role WHEN 'RECIPIENT' THEN name END) AS recipients,
     collect(toLower(speaker)) + collect(CASE role WHEN 'ACTOR' THEN toLower(name) END)
     + collect(CASE role WHEN 'ACTOR' THEN toLower(side) END) AS names,
     collect(toLower(speaker_id)) + collect(CASE role WHEN 'ACTOR' THEN toLower(own_id) END)
     + collect(CASE role WHEN 'ACTOR' THEN toLower(side_id) END) AS ids
WHERE $actor = '*' OR toLower($actor) IN names OR toLower($actor) IN ids
OPTIONAL MATCH (told:Claim)-[:ASSERTS]->(e)
WHERE told.status IN ['occurred', 'ongoing', 'alleged']
RETURN denied_by AS denied_by, e.etype AS etype, actors AS actors, recipients AS recipients, e.t_start AS first,
       e.t_end AS last, c.quote AS quote, d.publisher AS publisher, c.reported_at AS reported,
       count(told) AS claims_telling_it, e.occurrence AS occurrence, c.weak AS weak, e.event_id AS event_id,
       c.claim_id AS claim_id
ORDER BY reported, etype, claim_id
