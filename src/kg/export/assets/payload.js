// What the file holds: three inert blocks of JSON, read once. Lookups are Maps, so that no name is a key of an object.

const readBlock = (id) => JSON.parse(byId(id).textContent);
const payloadText = byId("kg-data").textContent;
const data = payloadText.startsWith("{") ? JSON.parse(payloadText) : await unpacked(payloadText);

// A large payload is deflated and in base64.
function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

// A list comes as columns: its values, or the different ones and which of them each row has, in digits of base 36.
function rowsOf({ length, ...columns }) {
  const rows = Array.from({ length }, () => ({}));
  for (const [key, column] of Object.entries(columns)) {
    const width = Array.isArray(column) ? 0 : column.at.length / length;
    rows.forEach((row, n) => {
      row[key] = Array.isArray(column) ? column[n] : column.values[width && parseInt(column.at.slice(n * width, n * width + width), 36)];
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
for (const list of ["actors", "folded", "ties", "inside", "events", "evidence", "designations", "documents", "contradictions"]) data[list] = rowsOf(data[list]);
data.actors.forEach((actor, n) => { actor.id = nodes[n].id; });
rowsOf(readBlock("kg-edges")).forEach(({ from, to }, n) => Object.assign(data.ties[n], { id: `t:${n}`, source: from, target: to }));
for (const tie of data.inside) tie.source = tie.target = tie.side;
for (const row of data.evidence) row.quote = piecesOf(row);
const byTheirId = (rows) => new Map(rows.map((row) => [row.id, row]));
const nodesById = byTheirId(nodes);
const actorsById = byTheirId(data.actors);
const tiesById = byTheirId(data.ties);

const actorName = (id) => (actorsById.has(id) ? actorsById.get(id).name : "");
const documentOf = ({ document }) => data.documents[document];
const eventAt = (number) => data.events[number];

const labelled = (kind, ids) => ids.map((id) => ({ id, label: say(`${kind}.${id}`) }));
const KINDS = labelled("kind", ["conflict", "cooperation", "neutral", "mediation", "host", "structure"]);
const GROUPS = labelled("group", ["happened", "ongoing", "planned", "offered", "requested", "threatened", "conditional", "denied", "alleged"]);
const SHAPES = labelled("shape", ["state", "person", "organisation", "company", "armed_group", "other"]);
const labelIn = (list, id) => list.find((entry) => entry.id === id).label;

const isDone = (group) => group === "happened" || group === "ongoing";

// The shapes of the canvas are fewer than the types of actors.
function shapeOf(id) {
  const { type } = actorsById.get(id);
  if (type === "igo" || type === "military") return "organisation";
  return SHAPES.some((shape) => shape.id === type) ? type : "other";
}

// Of a tie or of an event.
function kindOf(told) {
  if (told.kind !== "act") return told.kind;
  return told.sign < 0 ? "conflict" : told.sign > 0 ? "cooperation" : "neutral";
}

const isStructure = ({ kind }) => kind === "structure";
const endsOf = (tie) => [tie.source, tie.target];
const pairOf = (tie) => endsOf(tie).sort().join("\n");
const arrowOf = (tie) => (tie.is_mutual ? "⇄" : "→");
const tieTitle = (tie) => endsOf(tie).map((end) => isolated(plain(actorName(end)))).join(` ${arrowOf(tie)} `);

// The numbers of the events that some ties tell of; of states of affairs none.
const toldBy = (ties, numbersOf) => [...new Set(ties.filter((tie) => !isStructure(tie)).flatMap(numbersOf))];
const allEventsOf = (tie) => tie.events;
