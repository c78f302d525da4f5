// What holds for a target on a day by all that is known, and how far that reaches: of later days it knows dates alone.
// param: target actor required -- actor_id, name, alias or list number of the sanctioned party
// param: day date required -- UTC day
MATCH (t:Actor)<-[:TARGETS]-(g:Designation)<-[:MODIFIES]-(a:SanctionAct)
WHERE toLower(t.actor_id) = toLower($target) OR toLower(t.name) = toLower($target) OR toLower(g.list_id) = toLower($target)
  OR any(alias IN coalesce(t.aliases, []) WHERE toLower(alias) = toLower($target))
  OR any(number IN coalesce(t.list_ids, []) WHERE toLower(number) = toLower($target))
WITH t, g, min(CASE WHEN a.weak THEN 1 ELSE 0 END) = 1 AS weak,
     [line IN coalesce(g.states, []) WHERE left(line, 10) <= toString($day)] AS begun
WITH t, g, weak, CASE WHEN size(begun) = 0 THEN NULL ELSE begun[size(begun) - 1] END AS line
RETURN t.name AS target, g.authority AS authority, g.list_id AS list_id,
       coalesce(substring(line, 11), 'unknown') AS holds, left(line, 10) AS holds_from, g.evidence AS evidence,
       g.newest_report AS newest_report, weak AS weak, g.designation_id AS designation_id
ORDER BY target, authority, designation_id
