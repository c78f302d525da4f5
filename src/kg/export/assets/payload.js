// What the file holds: three inert blocks of JSON, read once. Lookups are Maps, so that no name is a key of an object.

const readBlock = (id) => JSON.parse(byId(id).textContent);
const payloadText = byId("kg-data").textContent;
const data = payloadText.startsWith("{") ? JSON.parse(payloadText) : await unpacked(payloadText);

// A large payload is deflated and in base64.
function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

// A list comes as columns: its values, or the different ones and which of them each row has, in digits of base 36. Null
// is as `empty` tells.
function rowsOf({ length, ...columns }, empty) {
  const rows = Array.from({ length }, () => ({ ...empty }));
  for (const [key, column] of Object.entries(columns)) {
    const { values, at } = Array.isArray(column) ? {} : column;
    const width = values && at.length / length;
    rows.forEach((row, n) => {
      const value = !values ? column[n] : values[width ? parseInt(at.slice(n * width, n * width + width), 36) : 0];
      if (value !== null) row[key] = value;
    });
  }
  return rows;
}

// The pieces of a quote, each with its mark.
function piecesOf({ quote, lengths, marks }) {
  let at = 0;
  return marks.map((mark, n) => {
    const from = at;
    at += lengths[n];
    return [quote.slice(from, n < lengths.length ? at : undefined), mark];
  });
}

const nodes = rowsOf(readBlock("kg-nodes"));
const edges = rowsOf(readBlock("kg-edges")).map((edge, n) => ({ ...edge, id: `t:${n}` }));
data.actors = rowsOf(data.actors, { aliases: [] }).map((actor, n) => ({ ...actor, id: nodes[n].id }));
data.folded = rowsOf(data.folded, { aliases: [], events: [] });
data.ties = rowsOf(data.ties, { is_said: false, is_mutual: false, is_core: false, events: [], parts: [] }).map((tie, n) => ({ ...tie, id: edges[n].id, source: edges[n].from, target: edges[n].to }));
data.events = rowsOf(data.events, { is_verbal: false, told: "", sources: [], targets: [], brokers: [], day: "", when: "", detail: "", confidence: null, is_weak: false, evidence: [], last_day: "", precision: "", n_docs: null, n_independent: null, designation: null, links: [] });
data.evidence = rowsOf(data.evidence, { quote: "", lengths: [], marks: [], status: "", when: "", basis: "", confidence: null, is_weak: false, speaker: "", sentence_no: null, start: null, end: null, document: null, extractor: "" });
data.designations = rowsOf(data.designations, { authority: "", target: "", states: [], measures: [], evidence: "" });
data.documents = rowsOf(data.documents, { title: "", url: "", address: "", published: "", retrieved: "", is_entry: false });
data.contradictions = rowsOf(data.contradictions);
for (const row of data.evidence) row.quote = piecesOf(row);
const nodesById = new Map(nodes.map((node) => [node.id, node]));
const actorsById = new Map(data.actors.map((actor) => [actor.id, actor]));
const tiesById = new Map(data.ties.map((tie) => [tie.id, tie]));

const actorName = (id) => (actorsById.has(id) ? actorsById.get(id).name : "");

const KINDS = ["conflict", "cooperation", "neutral", "mediation", "host", "structure"].map((id) => ({ id, label: say(`kind.${id}`) }));

const GROUPS = ["happened", "ongoing", "planned", "offered", "requested", "threatened", "conditional", "denied", "alleged"]
  .map((id) => ({ id, label: say(`group.${id}`) }));

const isDone = (group) => group === "happened" || group === "ongoing";

// The shapes of the canvas are fewer than the types of actors.
const KIN = new Map([["state", "state"], ["person", "person"], ["company", "company"], ["armed_group", "armed_group"], ["organisation", "organisation"], ["igo", "organisation"], ["military", "organisation"]]);
const shapeOf = (id) => KIN.get(actorsById.get(id).type) || "other";

// Of a tie or of an event.
function kindOf(told) {
  if (told.kind !== "act") return told.kind;
  return told.sign < 0 ? "conflict" : told.sign > 0 ? "cooperation" : "neutral";
}

const arrowOf = (tie) => (tie.is_mutual ? "⇄" : "→");
const tieTitle = (tie) => `${isolated(plain(actorName(tie.source)))} ${arrowOf(tie)} ${isolated(plain(actorName(tie.target)))}`;
