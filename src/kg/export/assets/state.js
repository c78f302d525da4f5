// What the reader has chosen, as text in the address: a link opens the same sight, and back and forward walk through it.

const PAUSE = 300; // milliseconds; what a thumb passes on its way is no step of its own
const bare = (id) => id.slice(2); // without the "n:" of the page
const given = document.documentElement.dataset.theme; // with the file

// What names a tie from day to day, while its number changes.
const tieKey = (tie) => [bare(tie.source), bare(tie.target), kindOf(tie), `${tie.is_said ? "said" : "done"}${tie.is_mutual ? "-both" : ""}`].join("*");
const foldedKey = (entry) => [entry.actor_id, bare(entry.side)].join("*");

function pickedKey({ type, id }) {
  if (type === "tie") return tieKey(tiesById.get(id));
  return type === "folded" ? foldedKey(data.folded[id]) : type === "path" ? id.map(bare).join("*") : bare(id);
}

// A link may come from anybody: what this file does not hold is passed over.
function pickOf(text) {
  const [type] = text.split("*", 1);
  const key = text.slice(type.length + 1);
  if (type === "actor" && actorsById.has(`n:${key}`)) return { type, id: `n:${key}` };
  const ends = key.split("*").map((end) => `n:${end}`);
  if (type === "path" && ends.length === 2 && ends.every((end) => actorsById.has(end))) return { type, id: ends };
  const [list, keyOf] = { __proto__: null, tie: [data.ties, tieKey], folded: [data.folded, foldedKey] }[type] || [[]];
  const at = list.findIndex((row) => keyOf(row) === key);
  return at < 0 ? null : { type, id: type === "tie" ? list[at].id : at };
}

// Each row: its name in the address, what to write, how to read it. To keep another choice in the link, add a row.
const FIELDS = [
  ...FACETS.map((facet) => [facet, () => [...state.off[facet]].sort(), (texts) => { state.off[facet] = new Set(texts); }]),
  ["apart", () => [...state.unfolded].map(bare).sort(), (texts) => {
    const before = [...state.unfolded].sort().join();
    state.unfolded = new Set(texts.map((text) => `n:${text}`).filter((id) => foldedIds.includes(id)).sort());
    if ([...state.unfolded].join() !== before) refold();
  }],
  ["known", () => [publications[state.known] || ""], ([day]) => {
    const at = day ? Math.max(0, publications.findLastIndex((key) => key <= day)) : Infinity;
    state.known = at < publications.length - 1 ? at : Infinity;
  }],
  ["independent", () => [state.independent > 1 ? state.independent : ""], ([text]) => { state.independent = Math.max(1, Math.floor(Number(text)) || 1); }],
  ["least", () => [state.least || ""], ([text]) => { state.least = Math.min(100, Math.max(0, Number(text) || 0)); }],
  ["from", () => [state.from > 0 ? firstDay() : ""], ([day]) => { state.from = day ? Math.max(0, slots.findIndex((key) => key >= day)) : 0; }],
  ["to", () => [state.to < slots.length - 1 ? slots.slice(0, state.to + 1).filter(Boolean).pop() : ""],
    ([day]) => { state.to = day ? Math.max(state.from, slots.findLastIndex((key) => key && key <= day)) : Infinity; }],
  ["all", () => [state.showsAll ? 1 : ""], ([text]) => { state.showsAll = text === "1"; }],
  ["table", () => [state.isTable ? 1 : ""], ([text]) => { state.isTable = text === "1"; }],
  ["theme", () => [document.documentElement.dataset.theme === given ? "" : document.documentElement.dataset.theme], ([theme]) => dress(["light", "dark"].includes(theme) ? theme : given)],
  ["focus", () => [bare(state.focus)], ([text]) => { state.focus = actorsById.has(`n:${text}`) ? `n:${text}` : ""; }],
  ["pin", () => [...state.pins].map(([key, [x, y]]) => `${x},${y},${key}`), readPins],
  ["note", () => [...state.notes].map((note) => note.join("\n")), readNotes],
  ["pick", () => [state.picked ? `${state.picked.type}*${pickedKey(state.picked)}` : ""], ([text]) => {
    know();
    state.picked = text ? pickOf(text) : null;
  }],
];

const encoded = () => new URLSearchParams(FIELDS.flatMap(([key, write]) => write().filter((text) => text !== "").map((text) => [key, text]))).toString();

function decode(text) {
  const told = new URLSearchParams(text);
  for (const [key, , read] of FIELDS) read(told.getAll(key));
}

// Steps of the reader are those of the browser's history, so that undo and back are one thing.
const steps = { at: 0, last: 0, timer: 0 };

function note() {
  clearTimeout(steps.timer);
  const text = encoded();
  if (player || text === location.hash.slice(1)) return;
  steps.at += 1;
  steps.last = steps.at;
  keepStep(() => history.pushState({ at: steps.at }, "", `#${text}`));
}

// A page inside another one may have no address of its own.
function keepStep(write) {
  try {
    write();
  } catch {
    steps.at = steps.last = 0;
  }
  showSteps();
}

function showSteps() {
  byId("undo").disabled = steps.at === 0;
  byId("redo").disabled = steps.at === steps.last;
}

function remember() {
  clearTimeout(steps.timer);
  if (document.activeElement?.matches("[type=range], textarea")) steps.timer = setTimeout(note, PAUSE);
  else note();
}

function walk(step) {
  note();
  if (step < 0 ? steps.at > 0 : steps.at < steps.last) history.go(step);
}

function restore() {
  clearTimeout(steps.timer);
  decode(location.hash.slice(1));
  redraw();
  tellPick();
  showAll();
}

function startState() {
  steps.at = steps.last = history.state?.at || 0;
  decode(location.hash.slice(1));
  keepStep(() => history.replaceState({ at: steps.at }, "", location.hash && `#${encoded()}`));
  addEventListener("popstate", ({ state: step }) => {
    steps.at = step ? step.at : steps.at + 1;
    if (!step) keepStep(() => history.replaceState({ at: steps.at }, ""));
    steps.last = step ? Math.max(steps.last, steps.at) : steps.at;
    showSteps();
    restore();
  });
  byId("undo").addEventListener("click", () => walk(-1));
  byId("redo").addEventListener("click", () => walk(1));
  byId("link").addEventListener("click", copyLink);
  addEventListener("keydown", (event) => {
    const isUndo = event.key.toLowerCase() === "z";
    if (!(event.ctrlKey || event.metaKey) || !(isUndo || event.key === "y") || event.target.matches("textarea, [type=text]")) return;
    event.preventDefault();
    walk(isUndo && !event.shiftKey ? -1 : 1);
  });
}

async function copyLink() {
  note();
  try {
    await navigator.clipboard.writeText(location.href);
    announce(say("link-copied"));
  } catch {
    announce(say("link-by-hand"));
  }
}
