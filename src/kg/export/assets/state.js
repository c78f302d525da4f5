// What the reader has chosen, as text in the address: a link opens the same sight, and back and forward walk through it.

const PAUSE = 300; // milliseconds; what a thumb passes on its way is no step of its own
const bare = (id) => id.slice(2); // without the "n:" of the page

// What names a tie from day to day, while its number changes.
const tieKey = (tie) => [...endsOf(tie).map(bare), kindOf(tie), `${tie.is_said ? "said" : "done"}${tie.is_mutual ? "-both" : ""}`].join("*");

const KEY_OF = {
  tie: (id) => tieKey(tiesById.get(id)),
  folded: (n) => `${data.folded[n].actor_id}*${bare(data.folded[n].side)}`,
  path: (ends) => ends.map(bare).join("*"),
  actor: bare,
};
const keyOf = ({ type, id }) => `${type}*${KEY_OF[type](id)}`;

// A link may come from anybody: what this file does not hold is passed over.
function pickOf(text) {
  const [type, ...keys] = text.split("*");
  const id = `n:${keys.join("*")}`;
  if (type === "actor") return actorsById.has(id) ? { type, id } : null;
  const ends = keys.map((end) => `n:${end}`);
  if (type === "path") return ends.length === 2 && ends.every((end) => actorsById.has(end)) ? { type, id: ends } : null;
  const choices = [...data.ties.map((tie) => ({ type: "tie", id: tie.id })), ...data.folded.map((_, n) => ({ type: "folded", id: n }))];
  return choices.find((choice) => keyOf(choice) === text) || null;
}

const theme = () => document.documentElement.dataset.theme;
const given = theme(); // with the file

// Each row: its name in the address, the texts to write (an empty one is left out), how to read them. To keep another
// choice in the link, add a row.
const flag = (key, choice) => [key, () => [state[choice] && 1], ([text]) => { state[choice] = text === "1"; }];
const number = (key, least, most) => [key, () => [state[key] > least && state[key]], ([text]) => { state[key] = Math.min(most, Math.max(least, Math.floor(Number(text)) || least)); }];
const FIELDS = [
  ...FACETS.map((facet) => [facet, () => [...state.off[facet]].sort(), (texts) => { state.off[facet] = new Set(texts); }]),
  ["apart", () => [...state.unfolded].map(bare).sort(), (texts) => {
    const before = [...state.unfolded].sort().join();
    state.unfolded = new Set(texts.map((text) => `n:${text}`).filter((id) => foldedIds.includes(id)).sort());
    if ([...state.unfolded].join() !== before) refold();
  }],
  ["known", () => [publications[state.known]], ([day]) => { state.known = day ? knownSlot(Math.max(0, publications.findLastIndex((key) => key <= day))) : Infinity; }],
  number("independent", 1, Infinity),
  number("least", 0, 100),
  ["from", () => [state.from > 0 && firstKey()], ([day]) => { state.from = day ? Math.max(0, slots.findIndex((key) => key >= day)) : 0; }],
  ["to", () => [state.to < lastSlot && lastKey()], ([day]) => { state.to = day ? Math.max(state.from, slots.findLastIndex((key) => key && key <= day)) : Infinity; }],
  flag("all", "showsAll"),
  flag("table", "isTable"),
  ["theme", () => [theme() !== given && theme()], ([text]) => dress(["light", "dark"].includes(text) ? text : given)],
  ["focus", () => [bare(state.focus)], ([text]) => { state.focus = actorsById.has(`n:${text}`) ? `n:${text}` : ""; }],
  ["pin", () => [...state.pins].map(([key, [x, y]]) => `${x},${y},${key}`), readPins],
  ["note", () => [...state.notes].map((note) => note.join("\n")), readNotes],
  ["pick", () => [state.picked && keyOf(state.picked)], ([text]) => {
    know();
    state.picked = text ? pickOf(text) : null;
  }],
];

const encoded = () => new URLSearchParams(FIELDS.flatMap(([key, write]) => write().filter(Boolean).map((text) => [key, text]))).toString();

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
  addEventListener("keydown", (event) => {
    const isUndo = event.key.toLowerCase() === "z";
    if (!(event.ctrlKey || event.metaKey) || !(isUndo || event.key === "y") || event.target.matches("textarea, [type=text]")) return;
    event.preventDefault();
    walk(isUndo && !event.shiftKey ? -1 : 1);
  });
}

async function copyLink() {
  note();
  const copied = navigator.clipboard?.writeText(location.href).then(() => true, () => false);
  announce(say(await copied ? "link-copied" : "link-by-hand"));
}
