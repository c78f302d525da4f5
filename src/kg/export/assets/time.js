// The bar of days: what happened and what was said on each, and the window that two thumbs cut out.

const MAX_SLOTS = 120;
const QUIET_DAYS = 4; // a longer pause is one mark
const DAY = 864e5;
const THUMB = 14;
const BAR = { height: 58, middle: 26, most: 20 };

const days = [...new Set(data.ties.flatMap((tie) => (tie.kind === "structure" ? [] : tie.events)).map((number) => data.events[number].day).filter(Boolean))].sort();
const cut = [10, 7, 4].find((length) => new Set(days.map((day) => day.slice(0, length))).size <= MAX_SLOTS) || 4;
const slots = [...new Set(days.map((day) => day.slice(0, cut)))].flatMap((key, n, keys) =>
  (n && cut === 10 && Date.parse(key) - Date.parse(keys[n - 1]) > QUIET_DAYS * DAY ? ["", key] : [key]));
const slotByKey = new Map(slots.flatMap((key, n) => (key ? [[key, n]] : [])));
const slotOf = (day) => slotByKey.get(day.slice(0, cut));
const isWholeTime = () => state.from === 0 && state.to >= slots.length - 1;
const firstDay = () => slots.slice(state.from).find(Boolean) || "";
// A month or a year ends after all its days.
const lastDay = () => (isWholeTime() ? "" : `${slots.slice(0, state.to + 1).filter(Boolean).pop() || ""}${cut < 10 ? "-99" : ""}`);
let player = 0;

let dayCounts = { ties: null, counts: null };

// How many events lie in each slot, by kind and by whether they happened: the same until another day of knowledge is set.
function countsOfDays(ties) {
  if (dayCounts.ties === ties) return dayCounts.counts;
  const counts = new Map();
  for (const event of new Set(ties.filter((tie) => tie.kind !== "structure").flatMap((tie) => tie.events))) {
    const { group, day, isUnknown } = data.events[event];
    if (isUnknown) continue;
    const kind = kindOf(data.events[event]);
    const key = [slotOf(day), kind === "conflict" ? 0 : kind === "cooperation" ? 1 : 2, isDone(group) ? 0 : 1].join();
    if (slotOf(day) !== undefined) counts.set(key, (counts.get(key) || 0) + 1);
  }
  dayCounts = { ties, counts };
  return counts;
}

function fillTime() {
  if (slots.length < 2) return;
  const width = byId("bars").clientWidth;
  const at = (n) => THUMB / 2 + (n * (width - THUMB)) / (slots.length - 1);
  const picture = drawing("svg", { viewBox: `0 0 ${width} ${BAR.height}`, width, height: BAR.height, "aria-hidden": "true" });
  const counts = countsOfDays(data.ties);
  const piles = new Map();
  const pileOf = ([slot, kind]) => `${slot},${kind > 0}`;
  const rows = [...counts].map(([key, n]) => [key.split(",").map(Number), n]).sort(([one], [other]) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
  for (const [key, n] of rows) piles.set(pileOf(key), (piles.get(pileOf(key)) || 0) + n);
  const unit = BAR.most / Math.max(...piles.values());
  piles.clear();
  const thick = Math.max(2, Math.min(12, (0.7 * (width - THUMB)) / slots.length));
  for (const [key, n] of rows) {
    const below = piles.get(pileOf(key)) || 0;
    piles.set(pileOf(key), below + n);
    const y = key[1] ? BAR.middle + 1 + below * unit : BAR.middle - 1 - (below + n) * unit;
    const isOut = key[0] < state.from || key[0] > state.to;
    picture.append(drawing("rect", { x: at(key[0]) - thick / 2, y, width: thick, height: n * unit,
      class: `day-${["conflict", "cooperation", "neutral"][key[1]]} ${key[2] ? "day-said" : ""} ${isOut ? "day-out" : ""}` }));
  }
  let free = -Infinity;
  slots.forEach((key, n) => {
    const month = key.slice(0, cut === 10 ? 7 : 4);
    if (!key) picture.append(drawing("path", { class: "day-gap", d: `M${at(n) - 3} ${BAR.middle + 5}l3 -10m1 10l3 -10` }));
    else if (at(n) > free && (n === 0 || !slots.slice(0, n).some((other) => other.startsWith(month)))) {
      const label = picture.appendChild(drawing("text", { x: Math.min(at(n) - 4, width - 50), y: BAR.height - 1 }));
      label.textContent = month;
      free = at(n) + 56;
    }
  });
  byId("bars").replaceChildren(picture);
  byId("from").value = String(state.from);
  byId("to").value = String(Math.min(state.to, slots.length - 1));
  for (const [id, day] of [["from", firstDay()], ["to", slots.slice(0, state.to + 1).filter(Boolean).pop()]]) byId(id).setAttribute("aria-valuetext", day);
  byId("window").textContent = `${firstDay()} – ${slots.slice(0, state.to + 1).filter(Boolean).pop()}`;
}

function play() {
  const isPlaying = player !== 0;
  clearInterval(player);
  player = 0;
  byId("play").setAttribute("aria-pressed", String(!isPlaying));
  byId("play").textContent = isPlaying ? "▶" : "❚❚";
  if (isPlaying) return;
  if (state.to >= slots.length - 1) state.to = state.from;
  player = setInterval(() => {
    state.to = Math.min(state.to + 1, slots.length - 1);
    refresh();
    if (state.to >= slots.length - 1) play();
  }, 700);
  refresh();
}

// Before the canvas is made, which takes the room that is left.
function startTime() {
  byId("time").hidden = slots.length < 2;
  for (const id of ["from", "to"]) {
    byId(id).max = String(Math.max(slots.length - 1, 1));
    byId(id).addEventListener("input", () => {
      const value = Number(byId(id).value);
      state[id] = id === "from" ? Math.min(value, Math.min(state.to, slots.length - 1)) : Math.max(value, state.from);
      refresh();
    });
  }
  byId("play").addEventListener("click", play);
}
