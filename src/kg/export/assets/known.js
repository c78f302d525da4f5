// What could be known on a day: the claims of documents that were published (or, undated, read) by then, and what comes of them alone.

const filed = { events: data.events, designations: data.designations, contradictions: data.contradictions, ties: data.ties, as_of: data.as_of };
function publishedOf(claim) {
  const { published, retrieved } = documentOf(claim) || {};
  return (published || retrieved || "").slice(0, 10);
}

const publishedDays = data.evidence.map(publishedOf);
const publications = [...new Set(publishedDays.filter(Boolean))].sort();
const knownDay = () => publications[state.known] || "";
const knownSlot = (value) => (value < publications.length - 1 ? value : Infinity);
let knownBefore = "";

// As kg.graph.occurrence folds claims; a denial that disputes nothing in the whole disputes nothing in a part of it.
function groupOfClaims(claims, group) {
  const latest = new Map();
  for (const claim of claims) latest.set(claim.status, [latest.get(claim.status) || "", publishedOf(claim)].sort().pop());
  const newest = [latest.get("occurred"), latest.get("ongoing")].filter((day) => day !== undefined).sort().pop();
  const isDisputed = !isDone(group) && (latest.has("denied") || latest.get("refused") >= newest);
  if (newest !== undefined && !isDisputed) return latest.get("ongoing") === newest ? "ongoing" : "happened";
  const told = tally(claims.map(({ status }) => ({ possible: "conditional", refused: "denied" })[status] || status));
  const [most] = GROUPS.filter(({ id }) => !isDone(id) && told.has(id)).sort((one, other) => told.get(other.id) - told.get(one.id));
  return most ? most.id : "alleged";
}

function eventAsKnown(event, isKnown) {
  event.isUnknown = event.evidence.length > 0 && !event.evidence.some(isKnown);
  if (event.isUnknown || event.evidence.every(isKnown)) return event;
  const evidence = event.evidence.filter(isKnown);
  const claims = evidence.map((number) => data.evidence[number]);
  const count = (of) => new Set(claims.map(of)).size;
  return {
    ...event,
    evidence,
    group: groupOfClaims(claims, event.group),
    told: [...new Set(claims.map(({ status }) => status))].join(", "),
    detail: "", // numbers of all its claims
    confidence: event.confidence === null ? null : Math.max(...claims.map(({ confidence }) => confidence)),
    is_weak: claims.every((claim) => claim.is_weak),
    n_docs: count(({ document }) => document),
    n_independent: event.n_independent && Math.min(event.n_independent, count((claim) => documentOf(claim).publisher)),
  };
}

// An event that was only said until then leaves the tie of what happened, and the other way round.
function tiesAsKnown(ties) {
  const moved = new Set(data.events.flatMap(({ group }, number) => (isDone(group) === isDone(filed.events[number].group) ? [] : [number])));
  const found = new Map(ties.map((tie) => [tieKey(tie), tie]));
  for (const tie of moved.size ? ties : []) {
    const gone = tie.events.filter((number) => moved.has(number));
    if (!gone.length) continue;
    const twin = { ...tie, id: `${tie.id}*`, is_said: !tie.is_said, events: [] };
    const [own, other] = [found.get(tieKey(tie)), found.get(tieKey(twin)) || twin];
    found.set(tieKey(own), { ...own, events: own.events.filter((number) => !gone.includes(number)) });
    found.set(tieKey(other), { ...other, events: [...other.events, ...gone].sort(byDay) });
  }
  return [...found.values()];
}

// What held of a sanction up to the first act that nobody could know yet.
function statesAsKnown({ states }, acts, day) {
  const bound = acts.filter((act) => act.isUnknown).map((act) => act.day).sort()[0];
  if (!acts.length) return states.filter(([since]) => since <= day);
  return acts.every((act) => act.isUnknown) ? [] : states.filter(([since]) => bound === undefined || since < bound);
}

function know() {
  const day = knownDay();
  if (day === knownBefore) return;
  knownBefore = day;
  Object.assign(data, filed);
  for (const event of data.events) event.isUnknown = false;
  if (day) {
    const isKnown = (number) => publishedDays[number] !== "" && publishedDays[number] <= day;
    const events = filed.events.map((event) => eventAsKnown(event, isKnown));
    const acts = Map.groupBy(events.filter(({ designation }) => designation !== null), ({ designation }) => designation);
    data.events = events.map((event) => (event.links.length ? { ...event, links: event.links.filter((link) => !events[link.event].isUnknown) } : event));
    data.designations = filed.designations.map((designation, n) => ({ ...designation, states: statesAsKnown(designation, acts.get(n) || [], day) }));
    data.contradictions = filed.contradictions.filter(({ one, other }) => isKnown(one) && isKnown(other));
    data.ties = tiesAsKnown(filed.ties);
    data.as_of = day;
  }
  for (const tie of data.ties) tiesById.set(tie.id, tie);
  if (isPicked("tie") && !data.ties.some(({ id }) => id === state.picked.id)) state.picked = null;
}
