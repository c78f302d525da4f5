// What some events hold, answer, fulfil or fail, and what does so to them.
// param: events string[] required -- event_ids
UNWIND $events AS key
MATCH (e:Event {event_id: key})-[l:CONTENT|RESPONSE_TO|FULFILS|FAILS]-(o:Event)
OPTIONAL MATCH (o)-[r:ACTOR]->(x:Actor)
WITH e, l, o, x.name AS name
ORDER BY name
WITH e, l, o, collect(DISTINCT name) AS actors
OPTIONAL MATCH (c:Claim {claim_id: l.claim_id})
RETURN e.event_id AS event_id, type(l) AS link, startNode(l) = e AS is_from, l.kind AS kind,
       o.event_id AS other_id, o.etype AS etype, o.occurrence AS occurrence, o.t_start AS first, o.t_end AS last,
       actors AS actors, o.weak AS weak, c.quote AS quote, l.confidence AS confidence
ORDER BY event_id, link, is_from, coalesce(toString(first), "9999"), other_id, kind
