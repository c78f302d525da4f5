// Every promise - offered, requested, threatened or planned - with its answers and its outcome as known on a day.
// param: day date required -- UTC day; what was told later is left out
// param: actor actor default * -- only promises of this actor or side: actor_id or name; * for all
// param: state *|unanswered|accepted|refused|done|failed|open|due|happened|did_not_happen|disputed default * -- only those in this state; * for all
MATCH (c:Claim)-[:ASSERTS]->(e:Event)
WHERE (c.known_from IS NULL OR c.known_from <= $day) AND (c.known_to IS NULL OR c.known_to > $day)
  AND (c.status IN ['planned', 'offered', 'requested', 'threatened'] OR (c.status IN ['occurred', 'ongoing']
  AND e.plover_type IN ['AGREE', 'REQUEST', 'THREATEN'] AND e.etype <> 'AGREE_TO_COOPERATE'))
WITH e, c
ORDER BY c.known_from, c.claim_id
WITH e, collect(c) AS told, collect(c.status) AS statuses,
     max(CASE WHEN c.status IN ['occurred', 'ongoing'] THEN null ELSE c.t_end END) AS own_due
WITH e, told[0] AS promise, own_due, any(status IN statuses WHERE status IN ['occurred', 'ongoing']) AS is_act,
     CASE WHEN 'planned' IN statuses THEN 'planned' WHEN 'offered' IN statuses THEN 'offered'
     WHEN 'requested' IN statuses THEN 'requested' WHEN 'threatened' IN statuses THEN 'threatened'
     WHEN e.plover_type = 'AGREE' THEN 'offered' WHEN e.plover_type = 'REQUEST' THEN 'requested'
     ELSE 'threatened' END AS kind
OPTIONAL MATCH (act:Event)-[:CONTENT]->(e)
WHERE act.happened AND act.plover_type IN ['AGREE', 'REQUEST', 'THREATEN'] AND act.etype <> 'AGREE_TO_COOPERATE'
WITH e, promise, own_due, is_act, kind, count(act) AS acts
WHERE is_act OR acts = 0
OPTIONAL MATCH (reply:Event)-[r:RESPONSE_TO]->(e)
OPTIONAL MATCH (said:Claim)-[:ASSERTS]->(reply)
WHERE said.claim_id = r.claim_id AND (said.known_from IS NULL OR said.known_from <= $day)
  AND (said.known_to IS NULL OR said.known_to > $day)
OPTIONAL MATCH (reply)-[w:ACTOR]->(:Actor)
WITH DISTINCT e, promise, own_due, is_act, kind, reply, said, w.acts_for AS answerer_id
OPTIONAL MATCH (who:Actor {actor_id: answerer_id})
WITH e, promise, own_due, is_act, kind, reply, said, who.name + ': ' + reply.etype AS answer
ORDER BY said.known_from, said.claim_id, answer
WITH e, promise, own_due, is_act, kind, collect(DISTINCT CASE WHEN said IS NULL THEN null ELSE answer END) AS answers,
     collect(DISTINCT CASE WHEN reply.etype = 'REJECT' THEN said END) AS rejected,
     collect(DISTINCT CASE WHEN reply.etype <> 'REJECT' THEN said END) AS accepted
MATCH (e)-[:CONTENT*0..1]->(t:Event)
OPTIONAL MATCH (own:Claim)-[:ASSERTS]->(t)
WHERE (t.event_id <> e.event_id OR NOT is_act) AND own.status IN ['occurred', 'ongoing', 'denied', 'refused']
  AND (own.known_from IS NULL OR own.known_from <= $day) AND (own.known_to IS NULL OR own.known_to > $day)
  AND (own.t_start IS NULL OR own.reported_at IS NULL OR own.t_start <= own.reported_at)
OPTIONAL MATCH (t)<-[f:FULFILS|FAILS]-(deed:Event)
OPTIONAL MATCH (k:Claim)-[:ASSERTS]->(deed)
WHERE k.claim_id = f.claim_id AND (k.known_from IS NULL OR k.known_from <= $day)
  AND (k.known_to IS NULL OR k.known_to > $day)
WITH e, promise, own_due, kind, answers, rejected, accepted, t, own, type(f) AS outcome, k
ORDER BY k.known_from, k.claim_id, own.known_from, own.claim_id
WITH e, promise, kind, answers, rejected, accepted, own_due,
     max(CASE WHEN t.event_id = e.event_id THEN null ELSE t.t_end END) AS content_due,
     collect(DISTINCT CASE WHEN own.status IN ['occurred', 'ongoing'] THEN own END) AS happened,
     collect(DISTINCT CASE WHEN own.status = 'denied' THEN own END) AS denied,
     collect(DISTINCT CASE WHEN own.status = 'refused' THEN own END) AS declined,
     collect(DISTINCT CASE WHEN outcome = 'FULFILS' THEN k END) AS kept,
     collect(DISTINCT CASE WHEN outcome = 'FAILS' AND k.status = 'refused' THEN k END) AS turned_down,
     collect(DISTINCT CASE WHEN outcome = 'FAILS' AND k.status <> 'refused' THEN k END) AS broken
WITH e, promise, kind, answers, coalesce(own_due, content_due) AS due, happened + kept AS done,
     denied + broken AS failed, rejected + declined + turned_down AS refused, accepted,
     size(happened) > 0 AND size(denied) > 0 AS is_disputed
WITH e, promise, kind, answers, due, done, failed, refused, accepted,
     CASE WHEN is_disputed THEN 'disputed'
     WHEN size(done) > 0 THEN CASE kind WHEN 'planned' THEN 'happened' ELSE 'done' END
     WHEN kind = 'planned' AND size(failed) + size(refused) > 0 THEN 'did_not_happen'
     WHEN kind = 'planned' THEN CASE WHEN due < $day THEN 'due' ELSE 'open' END
     WHEN size(refused) > 0 THEN 'refused'
     WHEN size(failed) > 0 THEN 'failed'
     WHEN size(accepted) > 0 THEN 'accepted' ELSE 'unanswered' END AS state
WITH e, promise, kind, answers, due, state,
     CASE state WHEN 'disputed' THEN failed[0] WHEN 'happened' THEN done[0] WHEN 'done' THEN done[0]
     WHEN 'did_not_happen' THEN coalesce(failed[0], refused[0]) WHEN 'refused' THEN refused[0]
     WHEN 'failed' THEN failed[0] WHEN 'accepted' THEN accepted[0] END AS shown
WHERE $state = '*' OR state = $state
OPTIONAL MATCH (e)-[p:ACTOR]->(own:Actor)
WITH e, promise, kind, answers, due, state, shown, own, p.acts_for AS side
OPTIONAL MATCH (a:Actor {actor_id: side})
WITH e, promise, kind, answers, due, state, shown, a.name AS name, side, own
ORDER BY name, side
WITH e, promise, kind, answers, due, state, shown, collect(DISTINCT name) AS actors,
     collect(toLower(name)) + collect(toLower(own.name)) AS folded,
     collect(toLower(side)) + collect(toLower(own.actor_id)) AS ids
WHERE $actor = '*' OR toLower($actor) IN folded OR toLower($actor) IN ids
RETURN state AS state, kind AS kind, actors AS actors, e.etype AS etype, promise.known_from AS made, due AS due,
       promise.quote AS quote, answers AS answers, shown.quote AS shown_by, shown.known_from AS shown_on,
       e.weak AS weak, e.event_id AS event_id, shown.claim_id AS shown_id
ORDER BY made, etype, event_id
