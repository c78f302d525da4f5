// Some events as they stand, with who did it and to whom.
// param: events string[] required -- event_ids, or the claim_ids of any claims about them
UNWIND $events AS key
MATCH (c:Claim {claim_id: key})-[:ASSERTS]->(e:Event)
WITH DISTINCT e
OPTIONAL MATCH (e)-[r:ACTOR|RECIPIENT|ADDRESSEE|MEDIATOR|HOST]->(x:Actor)
WITH e, type(r) AS role, x.name AS name
ORDER BY role, name
WITH e, collect(CASE role WHEN 'ACTOR' THEN name END) AS actors,
     collect(CASE role WHEN 'RECIPIENT' THEN name WHEN 'ADDRESSEE' THEN name END) AS recipients,
     collect(CASE role WHEN 'MEDIATOR' THEN name WHEN 'HOST' THEN name END) AS mediators
RETURN e.event_id AS event_id, e.etype AS etype, e.occurrence AS occurrence, e.happened AS happened,
       e.t_start AS first, e.t_end AS last, actors AS actors, recipients AS recipients, mediators AS mediators,
       e.n_claims AS claims, e.n_docs AS documents, e.n_independent AS independent, e.confidence AS confidence,
       e.weak AS weak
ORDER BY CASE WHEN happened THEN 0 ELSE 1 END, coalesce(toString(first), "9999"), etype, event_id
