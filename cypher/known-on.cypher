// The events that a reader could know of on a day, with the statuses told until then.
// param: day date required -- UTC day
// param: etype etype default * -- only this event type; * for all
MATCH (c:Claim)-[:ASSERTS]->(e:Event)
WHERE c.known_from <= $day AND (c.known_to IS NULL OR c.known_to > $day) AND ($etype = '*' OR e.etype = $etype)
WITH e, c.status AS status, count(c) AS n, min(c.known_from) AS first
ORDER BY status
WITH e, collect(status + ' ' + toString(n)) AS statuses, min(first) AS known_from
RETURN e.etype AS etype, e.t_start AS first, e.t_end AS last, statuses AS statuses, known_from AS known_from, e.weak AS weak,
       e.event_id AS event_id
ORDER BY known_from, etype, event_id
