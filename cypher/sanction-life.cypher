// The life of the sanctions on one target: every act in order, with what it did.
// param: target actor required -- actor_id, name or alias of the sanctioned party
MATCH (t:Actor)
WHERE toLower(t.actor_id) = toLower($target) OR toLower(t.name) = toLower($target)
  OR any(alias IN coalesce(t.aliases, []) WHERE toLower(alias) = toLower($target))
MATCH (t)<-[:TARGETS]-(g:Designation)<-[:MODIFIES]-(a:SanctionAct)
OPTIONAL MATCH (a)-[:GRANTS]->(l:Licence)-[:COVERS]->(g)
OPTIONAL MATCH (a)-[:UNDER]->(p:Programme)
RETURN t.name AS target, g.authority AS authority, p.name AS programme, g.state AS state_now, a.act AS act,
       a.occurrence AS occurrence, a.t_start AS first, a.t_end AS last, a.effective_from AS effective_from, a.effective_to AS effective_to,
       l.valid_to AS licence_until, a.reported_count AS reported_count, a.n_docs AS documents,
       a.n_independent AS independent, a.weak AS weak,
       a.event_id AS event_id
ORDER BY target, authority, g.designation_id, coalesce(a.t_start, a.effective_from), act, event_id
