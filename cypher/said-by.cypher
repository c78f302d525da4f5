// What an actor is quoted as saying, or somebody for a side: the sentence, what it tells of, and who printed it.
// param: actor actor required -- actor_id, name or alias
// param: since date default 1900-01-01 -- first UTC day of the report; what is undated is kept
// param: until date default 2100-01-01 -- last UTC day
MATCH (a:Actor)
WHERE toLower(a.actor_id) = toLower($actor) OR toLower(a.name) = toLower($actor)
  OR any(alias IN coalesce(a.aliases, []) WHERE toLower(alias) = toLower($actor))
MATCH (a)<-[:HOLDS_OFFICE|PART_OF*0..2]-(speaker:Actor)
WITH DISTINCT speaker
MATCH (speaker)-[says:SAYS]->(c:Claim)-[:ASSERTS]->(e:Event)
WHERE c.reported_at IS NULL OR (c.reported_at >= $since AND c.reported_at <= $until)
MATCH (c)-[:FROM]->(d:Document)
RETURN c.reported_at AS reported, speaker.name AS speaker, says.verb AS verb, c.quote AS quote, c.etype AS etype,
       c.status AS status, e.occurrence AS occurrence, d.publisher AS publisher, c.weak AS weak, c.start AS start,
       c.end AS end, d.doc_id AS doc_id, e.event_id AS event_id, c.claim_id AS claim_id
ORDER BY reported, doc_id, start, claim_id, speaker
