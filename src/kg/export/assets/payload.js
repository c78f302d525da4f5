// What the file holds: three inert JSON blocks, read once. Lookups are Maps, so that no name is a key of an object.

const readBlock = (id) => JSON.parse(byId(id).textContent);
const data = readBlock("kg-data");

// What is empty, false or unknown is left out of the file.
const filled = (rows, empty) => rows.map((row) => ({ ...empty, ...row }));
data.ties = filled(data.ties, { is_said: false, is_mutual: false, is_core: false, events: [] });
data.events = filled(data.events, { is_verbal: false, told: "", sources: [], targets: [], brokers: [], day: "", when: "", detail: "", confidence: null, is_weak: false, evidence: [], n_docs: null, n_independent: null, designation: null, links: [] });
data.evidence = filled(data.evidence, { quote: [], status: "", when: "", basis: "", confidence: null, is_weak: false, speaker: "", sentence_no: null, start: null, end: null, document: null, extractor: "" });
data.designations = filled(data.designations, { authority: "", target: "", states: [], measures: [], evidence: "" });
data.documents = filled(data.documents, { title: "", url: "", address: "", published: "", is_entry: false });
const nodesById = new Map(readBlock("kg-nodes").map((node) => [node.id, node]));
const edgesById = new Map(readBlock("kg-edges").map((edge) => [edge.id, edge]));
const actorsById = new Map(data.actors.map((actor) => [actor.id, actor]));
const tiesById = new Map(data.ties.map((tie) => [tie.id, tie]));

const actorName = (id) => (actorsById.has(id) ? actorsById.get(id).name : "");

const KINDS = [
  { id: "conflict", label: "Conflict" },
  { id: "cooperation", label: "Cooperation" },
  { id: "neutral", label: "Requests" },
  { id: "mediation", label: "Mediates, hosts" },
  { id: "structure", label: "Owns, belongs to" },
];

const GROUPS = [
  { id: "happened", label: "Happened" },
  { id: "ongoing", label: "Ongoing" },
  { id: "planned", label: "Planned" },
  { id: "offered", label: "Offered" },
  { id: "requested", label: "Requested" },
  { id: "threatened", label: "Threatened" },
  { id: "conditional", label: "Conditional or possible" },
  { id: "denied", label: "Denied or refused" },
  { id: "alleged", label: "Alleged" },
];

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
const tieTitle = (tie) => `${actorName(tie.source)} ${arrowOf(tie)} ${actorName(tie.target)}`;
