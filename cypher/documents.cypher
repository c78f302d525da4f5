// The documents that the graph holds, newest first, with the ids and addresses by which they can be named.
// param: publisher string default * -- only of publishers whose name holds this; * for all
// param: since date default 1900-01-01 -- first UTC day of publication; a document without a date is kept
MATCH (d:Document)
WHERE ($publisher = '*' OR toLower(d.publisher) CONTAINS toLower($publisher))
  AND (d.published_at IS NULL OR date(d.published_at) >= $since)
OPTIONAL MATCH (c:Claim)-[:FROM]->(d)
RETURN d.published_at AS published, d.publisher AS publisher, d.title AS title, count(c) AS claims, d.url AS url,
       d.doc_id AS doc_id
ORDER BY coalesce(toString(d.published_at), "") DESC, coalesce(publisher, ""), title, doc_id
