// Who mediates or offers to mediate between whom, and whether it happened.
// param: actor string default * -- only mediations by this side, or between others and this side; * for all
MATCH (e:Event)-[r:ACTOR|MEDIATOR]->(:Actor)
WHERE (type(r) = 'ACTOR' AND e.etype IN ['OFFER_MEDIATION', 'MEDIATE']) OR type(r) = 'MEDIATOR'
MATCH (m:Actor {actor_id: r.acts_for})
OPTIONAL MATCH (offer:Event {etype: 'OFFER_MEDIATION'})-[:CONTENT]->(e)
WITH e, m, count(offer) AS offers
WHERE e.etype <> 'MEDIATE' OR offers = 0
MATCH (e)-[q:RECIPIENT|ACTOR]->(:Actor)
WHERE q.acts_for <> m.actor_id
MATCH (p:Actor {actor_id: q.acts_for})
WITH DISTINCT e, m, p
ORDER BY p.name
WITH e, m, collect(p.name) AS parties, collect(toLower(p.name)) AS folded, collect(toLower(p.actor_id)) AS ids
WHERE $actor = '*' OR toLower(m.name) = toLower($actor) OR toLower(m.actor_id) = toLower($actor)
  OR toLower($actor) IN folded OR toLower($actor) IN ids
OPTIONAL MATCH (e)-[:CONTENT]->(x:Event {etype: 'MEDIATE'})
WITH e, m, parties, max(x.occurrence) AS content
OPTIONAL MATCH (answer:Event)-[:RESPONSE_TO]->(e)
OPTIONAL MATCH (answer)-[w:ACTOR]->(:Actor)
OPTIONAL MATCH (who:Actor {actor_id: w.acts_for})
WITH e, m, parties, content, who.name + ': ' + answer.etype AS answer
ORDER BY answer
WITH e, m, parties, content, collect(DISTINCT answer) AS answers
RETURN m.name AS mediator, parties AS parties, e.etype AS told,
       CASE WHEN e.etype = 'OFFER_MEDIATION' THEN coalesce(content, 'unknown') ELSE e.occurrence END AS mediation,
       e.t_start AS day, answers AS answers, e.n_docs AS documents, e.event_id AS event_id
ORDER BY mediator, day, told, event_id
