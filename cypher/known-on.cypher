// The events that a reader could know of on a day, with the statuses and days told until then.
// param: day date required -- UTC day
// param: etype etype default * -- only this event type; * for all
MATCH (c:Claim)-[:ASSERTS]->(e:Event)
WHERE c.known_from <= $day AND (c.known_to IS NULL OR c.known_to > $day) AND ($etype = '*' OR e.etype = $etype)
WITH e, c.status AS status, count(c) AS n, min(c.known_from) AS known_from, min(c.t_start) AS first,
     max(c.t_end) AS last, min(CASE WHEN c.weak THEN 1 ELSE 0 END) AS weak
ORDER BY status
WITH e, collect(status + ' ' + toString(n)) AS statuses, min(known_from) AS known_from, min(first) AS first,
     max(last) AS last, min(weak) = 1 AS weak
RETURN e.etype AS etype, first AS first, last AS last, statuses AS statuses, known_from AS known_from, weak AS weak,
       e.event_id AS event_id
ORDER BY known_from, etype, event_id
