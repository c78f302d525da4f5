// Who plays which part in the claims behind some events, in the words of each document.
// param: events string[] required -- event_ids
UNWIND $events AS key
MATCH (c:Claim)-[:ASSERTS]->(:Event {event_id: key})
MATCH (c)-[r:ROLE]->(x)
OPTIONAL MATCH (side:Actor {actor_id: r.acts_for})
RETURN c.claim_id AS claim_id, r.role AS role, x.name AS name, r.surface AS surface, r.start AS start, r.end AS end,
       side.name AS acts_for, r.linker AS linker, coalesce(x.actor_id, x.place_id) AS actor_id
ORDER BY claim_id, role, coalesce(start, -1), name, actor_id
