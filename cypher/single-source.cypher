// What happened as far as one origin alone tells it: one publisher, one agency, or copies of one text.
// param: actor actor default * -- only what this side does or what is done to it: actor_id or name; * for all
// param: since date default 1900-01-01 -- first UTC day; events without a date are kept
// param: until date default 2100-01-01 -- last UTC day
MATCH (e:Event)
WHERE e.happened AND e.n_independent = 1 AND (e.t_start IS NULL OR e.t_start <= $until)
  AND (e.t_end IS NULL OR e.t_end >= $since)
OPTIONAL MATCH (e)-[r:ACTOR|RECIPIENT]->(x:Actor)
OPTIONAL MATCH (side:Actor {actor_id: r.acts_for})
WITH e, type(r) AS role, x.name AS name, x.actor_id AS own_id, side.name AS side, side.actor_id AS side_id
ORDER BY name, own_id
WITH e, collect(CASE role WHEN 'ACTOR' THEN name END) AS actors,
     collect(CASE role WHEN 'RECIPIENT' THEN name END) AS recipients,
     collect(toLower(name)) + collect(toLower(side)) AS names,
     collect(toLower(own_id)) + collect(toLower(side_id)) AS ids
WHERE $actor = '*' OR toLower($actor) IN names OR toLower($actor) IN ids
MATCH (c:Claim)-[:ASSERTS]->(e)
MATCH (c)-[:FROM]->(d:Document)
WITH e, actors, recipients, c, d.publisher AS publisher
ORDER BY c.confidence DESC, c.claim_id
WITH e, actors, recipients, collect(DISTINCT publisher) AS publishers, collect(c.quote) AS quotes
RETURN e.etype AS etype, actors AS actors, recipients AS recipients, e.t_start AS first, e.t_end AS last,
       publishers AS publishers, e.n_docs AS documents, quotes[0] AS quote, e.confidence AS confidence, e.weak AS weak,
       e.event_id AS event_id
ORDER BY first, etype, event_id
