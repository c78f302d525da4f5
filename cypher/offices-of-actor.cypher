// Offices of an actor or in it, and what it is part of or what is part of it, with the days on which documents show it.
// param: actor actor required -- actor_id, name or alias
MATCH (x:Actor)-[r:HOLDS_OFFICE|PART_OF]->(y:Actor)
WHERE x.actor_id = $actor OR y.actor_id = $actor
RETURN x.name AS holder, CASE type(r) WHEN 'PART_OF' THEN 'part' ELSE r.office END AS office, y.name AS of,
       r.first_seen AS first_seen, r.last_seen AS last_seen, x.actor_id = $actor AS is_its_own,
       x.actor_id AS holder_id, y.actor_id AS of_id
ORDER BY is_its_own DESC, coalesce(toString(last_seen), "") DESC, holder, office, of, holder_id, of_id
