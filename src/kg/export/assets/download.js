// Files of what is shown: a row or an edge for each event of a tie, in the words of kg.export.to_networkx.

const PAIR_KINDS = { act: "actor", mediation: "mediator" };
const CSV_HEADER = "event_id,kind,status,happened,t_start,t_end,t_precision,source,source_name,source_type,target,target_name,target_type,mutual,etype,sign,score,confidence,weak,n_claims,n_docs,n_independent,actors,recipients,brokers,quote,speaker,publisher,published,url";

const filled = (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== ""));

function eventColumns(event) {
  return {
    event_id: event.event_id, status: event.group, happened: isDone(event.group), sign: event.sign, score: event.sign ? event.sign * event.weight : null,
    t_start: event.day, t_end: event.last_day || event.day, t_precision: event.day && event.precision, confidence: event.confidence, weak: event.is_weak,
    n_claims: event.evidence.length, n_docs: event.n_docs, n_independent: event.n_independent,
    actors: event.sources.join("; "), recipients: event.targets.join("; "), brokers: event.brokers.join("; "),
  };
}

function edgeOf(tie, event) {
  const kind = PAIR_KINDS[tie.kind] || tie.kind;
  const [source, target] = endsOf(tie).map(bare);
  return filled({ source, target, key: `${event.event_id}:${kind}`, kind, mutual: tie.is_mutual, etype: event.label.toUpperCase().replaceAll(" ", "_"), ...(isStructure(tie) ? {} : eventColumns(event)) });
}

function sentenceOf({ quote, status, speaker, sentence_no, start, end, document }) {
  const { publisher, title, published, url, address } = data.documents[document] || {};
  return filled({ quote: quote.map(([text]) => text).join(""), told: status, speaker, sentence_no, start, end, publisher, title, published, url: url || address });
}

// Nodes and edges, each edge with the sentences behind it.
function shownGraph() {
  const nodes = data.actors.filter(({ id }) => stage.nodes.get(id)).map(({ id, name: text, type, aliases }) => filled({ id: bare(id), name: text, type, aliases: aliases.join("; ") }));
  const edges = stage.visible.flatMap((tie) => eventsOf(tie).map(eventAt).map((event) => ({ ...edgeOf(tie, event), evidence: event.evidence.map((n) => sentenceOf(data.evidence[n])) })));
  return { nodes, edges };
}

function jsonText() {
  const graph = filled({ title: data.title, as_of: data.as_of, first_day: firstKey(), last_day: lastKey(), known_on: knownDay(), link: location.hash });
  return `${JSON.stringify({ directed: true, multigraph: true, graph, ...shownGraph() }, null, 1)}\n`;
}

// What begins like a formula is none to the programs that open tables.
function csvCell(value) {
  const text = typeof value === "string" ? value.replace(/^[=+\-@\t\r]/, "'$&") : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvText() {
  const { nodes, edges } = shownGraph();
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const rows = edges.map((edge) => {
    const ends = Object.fromEntries(["source", "target"].flatMap((end) => ["name", "type"].map((told) => [`${end}_${told}`, nodeOf.get(edge[end])[told]])));
    return CSV_HEADER.split(",").map((column) => csvCell({ ...edge, ...ends, ...edge.evidence[0] }[column])).join(",");
  });
  return `${[CSV_HEADER, ...rows].join("\r\n")}\r\n`;
}

const xml = (text) => xmlText(text).replace(/[<>&"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const attributesOf = (about) => Object.entries(about).map(([key, value]) => ` ${key}="${xml(value)}"`).join("");
const tag = (called, about, inner = "") => `<${called}${attributesOf(about)}>${[inner].flat(2).join("")}</${called}>`;
const xmlFile = (root) => `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;

// The attributes of some rows with their types: [name, type], by name.
function typesOf(rows) {
  const types = new Map();
  for (const [key, value] of rows.flatMap(([, told]) => Object.entries(told))) {
    types.set(key, typeof value === "number" ? (Number.isInteger(value) && types.get(key) !== "double" ? "long" : "double") : typeof value);
  }
  return [...types].sort();
}

// Rows with their attributes apart from what the format itself names.
function xmlRows() {
  const { nodes, edges } = shownGraph();
  return [["node", nodes.map(({ id, ...told }) => [{ id }, told])],
    ["edge", edges.map(({ source, target, key, evidence, ...told }) => [{ id: `${key}:${source}:${target}`, source, target }, told])]];
}

function graphmlText() {
  const all = xmlRows();
  const valuesOf = (of, told) => Object.entries(told).map(([key, value]) => tag("data", { key: `${of}-${key}` }, xml(value)));
  return xmlFile(tag("graphml", { xmlns: "http://graphml.graphdrawing.org/xmlns" }, [
    all.map(([of, rows]) => typesOf(rows).map(([key, type]) => tag("key", { id: `${of}-${key}`, for: of, "attr.name": key, "attr.type": type })).join("")),
    tag("graph", { edgedefault: "directed" }, all.map(([of, rows]) => rows.map(([about, told]) => tag(of, about, valuesOf(of, told))))),
  ]));
}

function gexfText() {
  const all = xmlRows();
  const valuesOf = (told) => tag("attvalues", {}, Object.entries(told).map(([key, value]) => tag("attvalue", { for: key, value })));
  const labelOf = ({ name: called, etype }) => called || etype.replaceAll("_", " ").toLowerCase();
  return xmlFile(tag("gexf", { xmlns: "http://www.gexf.net/1.2draft", version: "1.2" }, [
    tag("meta", {}, [tag("creator", {}, "kg"), tag("description", {}, xml(data.title))]),
    tag("graph", { defaultedgetype: "directed", mode: "dynamic", timeformat: "date" }, [
      all.map(([of, rows]) => tag("attributes", { class: of }, typesOf(rows).map(([title, type]) => tag("attribute", { id: title, title, type })))),
      all.map(([of, rows]) => tag(`${of}s`, { count: rows.length }, rows.map(([about, told]) => tag(of, filled({ ...about, label: labelOf(told), start: told.t_start, end: told.t_end }), valuesOf(told))))),
    ]),
  ]));
}

const FORMATS = new Map([
  ["png", ["image/png", pngPicture]], ["svg", ["image/svg+xml", svgPicture]], ["csv", ["text/csv", csvText]],
  ["json", ["application/json", jsonText]], ["graphml", ["application/xml", graphmlText]], ["gexf", ["application/xml", gexfText]],
]);

async function download(format) {
  const [type, make] = FORMATS.get(format);
  const href = URL.createObjectURL(new Blob([await make()], { type }));
  el("a", { href, download: `kg-map.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
  announce(say("download.done", { file: `kg-map.${format}` }));
}

function fillDownloads() {
  const rows = stage.visible.reduce((sum, tie) => sum + eventsOf(tie).length, 0);
  byId("download-what").textContent = say("download.what", { actors: say("actors", { n: stage.nodes.length }), ties: say("ties", { n: stage.visible.length }), rows: say("rows", { n: rows }) });
}

function startDownloads() {
  const menu = byId("downloads");
  byId("download-list").replaceChildren(...[...FORMATS.keys()].map((format) => el("button", { "data-format": format, onclick: () => download(format) }, format === "graphml" ? "GraphML" : format.toUpperCase())));
  listen("downloads", "toggle", fillDownloads);
  listen("downloads", "keydown", ({ key }) => { if (key === "Escape") menu.open = false; });
  addEventListener("click", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
}
