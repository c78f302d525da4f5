// The bar of days: what happened and what was said on each, and the window that two thumbs cut out.

const MAX_SLOTS = 120;
const QUIET_DAYS = 4; // a longer pause is one mark
const DAY = 864e5;
const THUMB = 14;
const BAR = { height: 58, middle: 26, most: 20 };
// The pieces of a bar, from its top down; the first two stand above the line.
const PIECES = ["conflict day-said", "conflict", "cooperation", "cooperation day-said", "neutral", "neutral day-said"];
const ABOVE = 2;

const days = [...new Set(toldBy([...data.ties, ...data.inside], allEventsOf).map((number) => eventAt(number).day).filter(Boolean))].sort();
const cut = [10, 7, 4].find((length) => new Set(days.map((day) => day.slice(0, length))).size <= MAX_SLOTS) || 4;
const slots = [...new Set(days.map((day) => day.slice(0, cut)))].flatMap((key, n, keys) =>
  (n && cut === 10 && Date.parse(key) - Date.parse(keys[n - 1]) > QUIET_DAYS * DAY ? ["", key] : [key]));
const lastSlot = slots.length - 1;
const slotByKey = new Map(slots.flatMap((key, n) => (key ? [[key, n]] : [])));
const slotOf = (day) => slotByKey.get(day.slice(0, cut));
const isWholeTime = () => state.from === 0 && state.to >= lastSlot;
const firstKey = () => slots.slice(state.from).find(Boolean) || "";
const lastKey = () => slots.slice(0, state.to + 1).filter(Boolean).pop() || "";
// A month or a year ends after all its days.
const lastDay = () => (isWholeTime() ? "" : `${lastKey()}${cut < 10 ? "-99" : ""}`);
let player = 0;

let counted = { ties: null, counts: null };

// How many events each piece of each slot stands for: the same until another day of knowledge is set.
function countsOfDays(ties) {
  if (counted.ties === ties) return counted.counts;
  const counts = slots.map(() => PIECES.map(() => 0));
  for (const event of toldBy(ties, allEventsOf).map(eventAt)) {
    const kind = PIECES.includes(kindOf(event)) ? kindOf(event) : "neutral";
    const piece = PIECES.indexOf(isDone(event.group) ? kind : `${kind} day-said`);
    if (!event.isUnknown && slotOf(event.day) !== undefined) counts[slotOf(event.day)][piece] += 1;
  }
  counted = { ties, counts };
  return counts;
}

function fillTime() {
  if (lastSlot < 1) return;
  const width = byId("bars").clientWidth;
  const at = (n) => THUMB / 2 + (n * (width - THUMB)) / lastSlot;
  const picture = drawing("svg", { viewBox: `0 0 ${width} ${BAR.height}`, width, height: BAR.height, "aria-hidden": "true" });
  const counts = countsOfDays(data.ties);
  const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
  const unit = BAR.most / Math.max(...counts.flatMap((row) => [sum(row.slice(0, ABOVE)), sum(row.slice(ABOVE))]));
  const thick = Math.max(2, Math.min(12, (0.7 * (width - THUMB)) / slots.length));
  counts.forEach((row, slot) => {
    let y = BAR.middle - 1 - unit * sum(row.slice(0, ABOVE));
    row.forEach((n, piece) => {
      if (piece === ABOVE) y = BAR.middle + 1;
      const isOut = slot < state.from || slot > state.to;
      if (n) picture.append(drawing("rect", { x: at(slot) - thick / 2, y, width: thick, height: n * unit, class: `${PIECES[piece]} ${isOut ? "day-out" : ""}` }));
      y += n * unit;
    });
  });
  let free = -Infinity;
  const told = new Set();
  slots.forEach((key, n) => {
    const month = key.slice(0, cut === 10 ? 7 : 4);
    if (!key) picture.append(drawing("path", { class: "day-gap", d: `M${at(n) - 3} ${BAR.middle + 5}l3 -10m1 10l3 -10` }));
    else if (at(n) > free && !told.has(month)) {
      picture.appendChild(drawing("text", { x: Math.min(at(n) - 4, width - 50), y: BAR.height - 1 })).textContent = month;
      free = at(n) + 56;
    }
    told.add(month);
  });
  byId("bars").replaceChildren(picture);
  byId("window").textContent = `${firstKey()} – ${lastKey()}`;
}

function play() {
  const isPlaying = player !== 0;
  clearInterval(player);
  player = 0;
  byId("play").setAttribute("aria-pressed", !isPlaying);
  byId("play").textContent = isPlaying ? "▶" : "❚❚";
  if (isPlaying) return;
  if (state.to >= lastSlot) state.to = state.from;
  player = setInterval(() => {
    state.to = Math.min(state.to + 1, lastSlot);
    refresh();
    if (state.to >= lastSlot) play();
  }, 700);
  refresh();
}
