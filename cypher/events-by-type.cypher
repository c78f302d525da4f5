// How many events of each type happened, and how many were only said.
// param: since date default 1900-01-01 -- first UTC day; events without a date are kept
// param: until date default 2100-01-01 -- last UTC day
MATCH (e:Event)
WHERE (e.t_start IS NULL OR e.t_start <= $until) AND (e.t_end IS NULL OR e.t_end >= $since)
RETURN e.plover_type AS plover_type, e.etype AS etype, e.sign AS sign,
       sum(CASE WHEN e.happened THEN 1 ELSE 0 END) AS happened,
       sum(CASE WHEN e.happened THEN 0 ELSE 1 END) AS only_said, sum(CASE WHEN e.weak THEN 1 ELSE 0 END) AS weak,
       sum(e.n_claims) AS claims
ORDER BY happened DESC, only_said DESC, etype
