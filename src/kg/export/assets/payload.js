// What the file holds: three inert JSON blocks, read once. Lookups are Maps, so that no name is a key of an object.

const readBlock = (id) => JSON.parse(byId(id).textContent);
const data = readBlock("kg-data");
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
  { id: "planned", label: "Planned" },
  { id: "offered", label: "Offered" },
  { id: "requested", label: "Requested" },
  { id: "threatened", label: "Threatened" },
  { id: "open", label: "Conditional or possible" },
  { id: "denied", label: "Denied or refused" },
  { id: "alleged", label: "Alleged" },
];

// Of a tie or of an event.
function kindOf(told) {
  if (told.kind !== "act") return told.kind;
  return told.sign < 0 ? "conflict" : told.sign > 0 ? "cooperation" : "neutral";
}

const arrowOf = (tie) => (tie.is_mutual ? "⇄" : "→");
const tieTitle = (tie) => `${actorName(tie.source)} ${arrowOf(tie)} ${actorName(tie.target)}`;
