// What the reader has switched off and picked, and which ties that leaves.

const ALL_TIES_LIMIT = 600; // more than that no one reads, and the canvas crawls
const FIRST_TIES = 72;
const FIRST_ACTORS = 25;
const FACETS = ["kinds", "groups", "types", "labels", "sources"];

const state = {
  off: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  least: 0, // confidence, percent
  independent: 1, // sources
  known: Infinity, // place of the day in publications
  from: 0, // slots of the bar of days
  to: Infinity,
  showsAll: false,
  isTable: false,
  unfolded: new Set(), // actors that are drawn apart from their side
  focus: "", // the actor that all is drawn around
  pins: new Map(), // places that the reader chose
  notes: new Map(), // texts of the reader
  picked: null, // {type: "tie" | "actor" | "folded" | "path", id}; of a path its two ends
};

const isOn = (facet, value) => !state.off[facet].has(value);
const sourcesOf = (event) => event.evidence.map((index) => data.evidence[index].document).filter((n) => n !== null).map((n) => data.documents[n].publisher);
// Origins that tell of an event, as far as their sources are switched on; of a state of affairs nobody counts them.
const independentOf = (event, sources) => Math.min(event.n_independent ?? Infinity, new Set(sources.filter((source) => isOn("sources", source))).size);
let verdicts = [];

function passesEvent(event) {
  if (event.isUnknown || !isOn("labels", event.label)) return false;
  const sources = state.off.sources.size || state.independent > 1 ? sourcesOf(event) : [];
  if (sources.length && !sources.some((source) => isOn("sources", source))) return false;
  if (event.kind === "structure") return true;
  const slot = slotOf(event.day);
  return isOn("groups", event.group) && (slot === undefined || (slot >= state.from && slot <= state.to)) &&
    (event.confidence === null || 100 * event.confidence >= state.least) && (state.independent === 1 || independentOf(event, sources) >= state.independent);
}

const judge = () => { verdicts = data.events.map(passesEvent); };

function pickedActor() {
  if (!state.picked || state.picked.type === "tie" || isPath()) return null;
  return state.picked.type === "actor" ? state.picked.id : data.folded[state.picked.id].side;
}

const eventsOf = (tie) => tie.events.filter((number) => verdicts[number]);

const passes = (tie) => isOn("kinds", kindOf(tie)) && isOn("types", shapeOf(tie.source)) && isOn("types", shapeOf(tie.target)) && eventsOf(tie).length > 0;

const isFiltered = () => FACETS.some((facet) => state.off[facet].size) || state.least > 0 || state.independent > 1 || state.known < Infinity || !isWholeTime();

// The ties that the switches let through, strongest first; those beyond the first sight are drawn on demand, or where
// filters have made room for them.
function visibleTies() {
  const actor = pickedActor();
  const pickedTie = state.picked && state.picked.type === "tie" ? state.picked.id : null;
  const room = isFiltered() || state.focus ? FIRST_TIES : 0;
  const centre = state.focus ? withApart(state.focus) : new Set();
  const near = state.focus ? around(centre) : null;
  const ends = new Set();
  let n = 0;
  return data.ties.filter((tie, rank) => {
    const wanted = tie.is_core || centre.has(tie.source) || centre.has(tie.target) || (state.showsAll && rank < ALL_TIES_LIMIT);
    const touched = tie.id === pickedTie || tie.source === actor || tie.target === actor || stage.way.has(tie.id);
    if (near && !touched && !(near.has(tie.source) && near.has(tie.target))) return false;
    if (!wanted && !touched && n >= room) return false;
    const newcomers = [tie.source, tie.target].filter((end) => !ends.has(end));
    const fits = n < room && ends.size + newcomers.length <= FIRST_ACTORS;
    if (!(wanted || touched || fits) || !passes(tie)) return false;
    n += 1;
    for (const end of newcomers) ends.add(end);
    return true;
  });
}

// What holds on the last day of the window, or on that of the latest document, for each sanction that a tie tells of.
function standingOf(tie) {
  const day = lastDay() || data.as_of;
  const numbers = new Set(eventsOf(tie).map((number) => data.events[number].designation).filter((n) => n !== null));
  return [...numbers].flatMap((number) => {
    const { states } = data.designations[number];
    const [, text] = states.filter(([since]) => since <= day).pop() || states[0] || [];
    return text ? [text] : [];
  });
}

// The part of it that a reader needs on the arrow: until when it does not bind, else whether it holds.
const inShort = (text) => text.split(", ").sort((one, other) => /^(licensed|postponed|waived|suspended|due)/.test(other) - /^(licensed|postponed|waived|suspended|due)/.test(one))[0];
