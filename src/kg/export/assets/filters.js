// What the reader has switched off and picked, and which ties that leaves.

const ALL_TIES_LIMIT = 600; // more than that no one reads, and the canvas crawls
const FIRST_TIES = 72;
const FIRST_ACTORS = 25;
const FACETS = ["kinds", "groups", "types", "labels", "sources"];

const unfiltered = () => ({
  off: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  least: 0, // confidence, percent
  independent: 1, // sources
  known: Infinity, // place of the day in publications
  from: 0, // slots of the bar of days
  to: Infinity,
});

const state = {
  ...unfiltered(),
  showsAll: false,
  isTable: false,
  unfolded: new Set(), // actors that are drawn apart from their side
  focus: "", // the actor that all is drawn around
  pins: new Map(), // places that the reader chose
  notes: new Map(), // texts of the reader
  picked: null, // {type: "tie" | "actor" | "folded" | "path", id}; of a path its two ends
};

const isOn = (facet, value) => !state.off[facet].has(value);
const sourcesOf = (event) => event.evidence.flatMap((number) => documentOf(data.evidence[number])?.publisher ?? []);
// Origins that tell of an event, as far as their sources are switched on; of a state of affairs nobody counts them.
const independentOf = (event, sources) => Math.min(event.n_independent ?? Infinity, new Set(sources.filter((source) => isOn("sources", source))).size);
let verdicts = [];

function passesEvent(event) {
  if (event.isUnknown || !isOn("labels", event.label)) return false;
  const sources = state.off.sources.size || state.independent > 1 ? sourcesOf(event) : [];
  if (sources.length && !sources.some((source) => isOn("sources", source))) return false;
  if (isStructure(event)) return true;
  const slot = slotOf(event.day);
  return isOn("groups", event.group) && (slot === undefined || (slot >= state.from && slot <= state.to)) &&
    (event.confidence === null || 100 * event.confidence >= state.least) && (state.independent === 1 || independentOf(event, sources) >= state.independent);
}

const judge = () => { verdicts = data.events.map(passesEvent); };

const isPicked = (type) => state.picked?.type === type;

// Who is drawn for what was picked.
function actorOf({ type, id }) {
  if (type === "folded") return data.folded[id].side;
  return type === "actor" ? id : null;
}

const pickedActor = () => state.picked && actorOf(state.picked);

const eventsOf = (tie) => tie.events.filter((number) => verdicts[number]);

const passes = (tie) => isOn("kinds", kindOf(tie)) && endsOf(tie).every((id) => isOn("types", shapeOf(id))) && eventsOf(tie).length > 0;

const isFiltered = () => FACETS.some((facet) => state.off[facet].size) || state.least > 0 || state.independent > 1 || state.known < Infinity || !isWholeTime();

// The ties that the switches let through, strongest first; those beyond the first sight are drawn on demand, or where
// filters have made room for them.
function visibleTies() {
  const actor = pickedActor();
  const room = isFiltered() || state.focus ? FIRST_TIES : 0;
  const centre = state.focus ? withApart(state.focus) : new Set();
  const near = state.focus ? around(centre) : null;
  const drawn = new Set();
  let n = 0;
  return data.ties.filter((tie, rank) => {
    const ends = endsOf(tie);
    const wanted = tie.is_core || ends.some((end) => centre.has(end)) || (state.showsAll && rank < ALL_TIES_LIMIT);
    const touched = tie.id === state.picked?.id || ends.includes(actor) || stage.way.has(tie.id);
    if (near && !touched && !ends.every((end) => near.has(end))) return false;
    const newcomers = ends.filter((end) => !drawn.has(end));
    const fits = n < room && drawn.size + newcomers.length <= FIRST_ACTORS;
    if (!(wanted || touched || fits) || !passes(tie)) return false;
    n += 1;
    for (const end of newcomers) drawn.add(end);
    return true;
  });
}

// What holds on the last day of the window, or on that of the latest document, for each sanction that a tie tells of.
function standingOf(tie) {
  const day = lastDay() || data.as_of;
  const numbers = new Set(eventsOf(tie).map((number) => eventAt(number).designation));
  return [...numbers].flatMap((number) => {
    const states = data.designations[number]?.states || [];
    const [, text] = states.filter(([since]) => since <= day).pop() || states[0] || [];
    return text || [];
  });
}

// The part of it that a reader needs on the arrow: until when it does not bind, else whether it holds.
function inShort(text) {
  const parts = text.split(", ");
  return parts.find((part) => /^(licensed|postponed|waived|suspended|due)/.test(part)) || parts[0];
}
