// What a side has to do with others, event by event; officials and offices count for the side they act for there.
// param: actor actor required -- actor_id, name or alias
MATCH (e:Event)-[r:ACTOR|RECIPIENT|ADDRESSEE|MEDIATOR]->(x:Actor)
WHERE x.actor_id = $actor OR r.acts_for = $actor
MATCH (e)-[q:ACTOR|RECIPIENT|ADDRESSEE|MEDIATOR]->(y:Actor)
WHERE y.actor_id <> $actor AND q.acts_for <> $actor
WITH DISTINCT e, type(r) AS part, type(q) AS other_part, q.acts_for AS other_id
MATCH (o:Actor {actor_id: other_id})
RETURN o.name AS other, part AS part, other_part AS other_part, e.etype AS etype, e.happened AS happened,
       e.occurrence AS occurrence, e.sign AS sign, e.t_start AS first, e.t_end AS last, e.weak AS weak,
       e.event_id AS event_id, other_id AS other_id
ORDER BY other, coalesce(toString(first), "9999"), etype, event_id, part, other_part, other_id
