// Who mediates or offers to mediate between whom, and whether it happened.
// param: actor actor default * -- only mediations by this actor or side, or between it and others; * for all
MATCH (e:Event)-[r:ACTOR|MEDIATOR]->(own:Actor)
WHERE (type(r) = 'ACTOR' AND e.etype IN ['OFFER_MEDIATION', 'MEDIATE']) OR type(r) = 'MEDIATOR'
WITH e, r.acts_for AS mediator_id, collect(toLower(own.name)) + collect(toLower(own.actor_id)) AS own
OPTIONAL MATCH (offer:Event {etype: 'OFFER_MEDIATION'})-[:CONTENT]->(e)
WITH e, mediator_id, own, count(offer) AS offers
WHERE e.etype <> 'MEDIATE' OR offers = 0
MATCH (m:Actor {actor_id: mediator_id})
OPTIONAL MATCH (e)-[q:RECIPIENT|ACTOR]->(y:Actor)
WHERE q.acts_for <> m.actor_id AND (type(q) = 'RECIPIENT' OR NOT e.etype IN ['OFFER_MEDIATION', 'MEDIATE'])
WITH e, m, own, q.acts_for AS party_id, toLower(y.name) AS party_name, toLower(y.actor_id) AS party_own_id
OPTIONAL MATCH (p:Actor {actor_id: party_id})
WITH e, m, own, p.name AS party, party_id, party_name, party_own_id
ORDER BY party
WITH e, m, own, collect(DISTINCT party) AS parties, collect(toLower(party)) + collect(party_name) AS names,
     collect(toLower(party_id)) + collect(party_own_id) AS ids
WHERE $actor = '*' OR toLower(m.name) = toLower($actor) OR toLower(m.actor_id) = toLower($actor)
  OR toLower($actor) IN own OR toLower($actor) IN names OR toLower($actor) IN ids
OPTIONAL MATCH (e)-[:CONTENT]->(x:Event {etype: 'MEDIATE'})
WITH e, m, parties, max(x.occurrence) AS content
OPTIONAL MATCH (answer:Event)-[:RESPONSE_TO]->(e)
OPTIONAL MATCH (answer)-[w:ACTOR]->(:Actor)
WITH e, m, parties, content, answer.etype AS answer_type, w.acts_for AS answerer_id
OPTIONAL MATCH (who:Actor {actor_id: answerer_id})
WITH e, m, parties, content, who.name + ': ' + answer_type AS answer
ORDER BY answer
WITH e, m, parties, content, collect(DISTINCT answer) AS answers
RETURN m.name AS mediator, parties AS parties, e.etype AS told,
       CASE WHEN e.etype = 'OFFER_MEDIATION' THEN coalesce(content, 'unknown') ELSE e.occurrence END AS mediation,
       e.t_start AS first, e.t_end AS last, answers AS answers, e.n_docs AS documents,
       e.n_independent AS independent, e.weak AS weak, e.event_id AS event_id
ORDER BY mediator, first, told, event_id
