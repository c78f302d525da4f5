// Names and counts over the canvas at constant size, placed so that none lies on another.

const LABEL_GAP = 4;
const NAME_HEIGHT = 22;
const MAX_BADGES = 14;
const BADGE_FONT = '650 11.5px system-ui, "Noto Sans", sans-serif';
const measure = document.createElement("canvas").getContext("2d");

function nameFont(id) {
  const isState = actorsById.get(id).type === "state";
  return { size: isState ? 15 : 12.5, font: `${isState ? "650 15" : "450 12.5"}px system-ui, "Noto Sans", sans-serif` };
}

const labelText = (id) => isolated(plain(nodesById.get(id).label)) + (noteOf("actor", id) ? " ✎" : "");

function nameWidth(id) {
  measure.font = nameFont(id).font;
  return measure.measureText(labelText(id)).width;
}

function drawLabels(context) {
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(context);
  context.restore();
}

function paintLabels(context) {
  const labels = placeLabels(context);
  drawPins(context);
  for (const drawOne of labels.drawings) drawOne();
  stage.labelBoxes = labels.boxes;
}

// Names beside the ties, unless that leaves more actors nameless than names upon them would.
function placeLabels(context) {
  const actors = data.actors.filter((actor) => stage.nodes.get(actor.id)).sort(byUrgency);
  const beside = labelsFor(context, actors, tieDots());
  if (beside.boxes.length === actors.length) return beside;
  const upon = labelsFor(context, actors, []);
  return upon.boxes.length > beside.boxes.length ? upon : beside;
}

function labelsFor(context, actors, inked) {
  const labels = { taken: [...discs(), zoomBox()], inked, boxes: [], drawings: [] };
  const states = actors.filter((actor) => actor.type === "state" || stage.picked === actor.id);
  for (const actor of states) placeName(context, actor, labels);
  placeBadges(context, labels);
  for (const actor of actors) if (!states.includes(actor)) placeName(context, actor, labels);
  return labels;
}

// The buttons lie over the canvas.
function zoomBox() {
  const box = byId("stage").getBoundingClientRect();
  const buttons = ["zoom-in", "zoom-out", "zoom-fit"].map((id) => byId(id).getBoundingClientRect());
  return {
    id: "", left: Math.min(...buttons.map((button) => button.left)) - box.left, top: buttons[0].top - box.top,
    right: buttons[2].right - box.left, bottom: buttons[2].bottom - box.top,
  };
}

function byUrgency(one, other) {
  const bright = (actor) => (stage.bright.has(actor.id) ? 1 : 0);
  return bright(other) - bright(one) || other.n - one.n;
}

function discs() {
  const scale = stage.network.getScale();
  return stage.nodes.get().map((node) => {
    const middle = stage.network.canvasToDOM(stage.network.getPosition(node.id));
    const radius = node.size * scale;
    return { id: node.id, left: middle.x - radius, top: middle.y - radius, right: middle.x + radius, bottom: middle.y + radius };
  });
}

const overlaps = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

function places(middle, radius, width, height) {
  const low = middle.y + radius + LABEL_GAP;
  const high = middle.y - radius - LABEL_GAP - height;
  const beside = middle.y - height / 2;
  const right = middle.x + radius + LABEL_GAP;
  const left = middle.x - radius - LABEL_GAP - width;
  const centred = middle.x - width / 2;
  return [[centred, low], [right, beside], [left, beside], [centred, high], [right, low - 4], [left, low - 4], [right, high + 4], [left, high + 4], [centred, low + 12], [centred, high - 12]];
}

const DOTS = 24;
const DOTS_LIMIT = 150; // ties; of more nobody can tell which one a name hides

// Points along the ties, so that a name finds the side of its disc where it hides the fewest.
function tieDots() {
  if (stage.visible.length > DOTS_LIMIT) return [];
  const dots = [];
  for (const tie of stage.visible) {
    if (isFaintTie(tie)) continue;
    for (let n = 1; n < DOTS; n += 1) {
      const point = tiePoint(tie.id, n / DOTS);
      if (point) dots.push(stage.network.canvasToDOM(point));
    }
  }
  return dots;
}

const holds = (box, dot) => box.left < dot.x && dot.x < box.right && box.top < dot.y && dot.y < box.bottom;

// The free box that hides the fewest dots; an earlier place is worth one of them.
function bestBox(boxes, taken, inked) {
  let best = null;
  let least = Infinity;
  boxes.forEach((box, place) => {
    if (place >= least || isOutside(box) || taken.some((other) => other.id !== box.id && overlaps(box, other))) return;
    const hidden = place + inked.filter((dot) => holds(box, dot)).length;
    if (hidden < least) [best, least] = [box, hidden];
  });
  return best;
}

function placeName(context, actor, { taken, inked, boxes, drawings }) {
  const { size } = nameFont(actor.id);
  const width = nameWidth(actor.id);
  const middle = stage.network.canvasToDOM(stage.network.getPosition(actor.id));
  const radius = stage.nodes.get(actor.id).size * stage.network.getScale();
  const height = size + 3;
  const box = bestBox(places(middle, radius, width, height).map(([left, top]) =>
    ({ id: actor.id, left, top, right: left + width, bottom: top + height })), taken, inked);
  if (!box) return;
  taken.push({ ...box, id: "" });
  boxes.push(box);
  drawings.push(() => drawName(context, actor, box));
}

function drawName(context, actor, box) {
  const { size, font } = nameFont(actor.id);
  const text = labelText(actor.id);
  context.font = font;
  context.globalAlpha = stage.bright.has(actor.id) ? 1 : 0.35;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = palette.ground;
  context.strokeText(text, box.left, box.top + size);
  context.fillStyle = actor.type === "state" ? palette.ink : palette.muted;
  context.fillText(text, box.left, box.top + size);
  context.globalAlpha = 1;
}

function isOutside(box) {
  const stageBox = byId("stage");
  return box.left < 2 || box.top < 2 || box.right > stageBox.clientWidth - 2 || box.bottom > stageBox.clientHeight - 2;
}

function placeBadges(context, labels) {
  const wanted = stage.visible.filter((tie) => tie.kind !== "structure" && !isFaintTie(tie) && (eventsOf(tie).length > 1 || standingOf(tie).length || noteOf("tie", tie.id)));
  for (const tie of wanted.slice(0, MAX_BADGES)) placeBadge(context, tie, labels);
}

function badgeText(tie) {
  const life = standingOf(tie).map((text) => standing(inShort(text)));
  if (life.length > 1) life.splice(1, life.length, say("sanctions", { n: life.length }));
  return [...(life.length && eventsOf(tie).length === 1 ? [] : [countText(tie)]), ...life].join(" · ") + (noteOf("tie", tie.id) ? " ✎" : "");
}

function countText(tie) {
  const n = eventsOf(tie).length;
  return { conflict: `−${n}`, cooperation: `+${n}` }[kindOf(tie)] || `×${n}`;
}

const HEAD = 15; // an arrow's head reaches that far from the disc, pixels

// A count must not lie on the heads of its own tie.
function headsOf(tie) {
  return discs().filter((disc) => disc.id === tie.target || disc.id === tie.source)
    .map((disc) => ({ left: disc.left - HEAD, top: disc.top - HEAD, right: disc.right + HEAD, bottom: disc.bottom + HEAD }));
}

function placeBadge(context, tie, { taken, drawings }) {
  const barred = [...taken, ...headsOf(tie)];
  context.font = BADGE_FONT;
  const width = context.measureText(badgeText(tie)).width + 12;
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
    const point = tiePoint(tie.id, t);
    if (!point) return;
    const middle = stage.network.canvasToDOM(point);
    const box = { id: "", left: middle.x - width / 2, right: middle.x + width / 2, top: middle.y - 9, bottom: middle.y + 9 };
    if (isOutside(box) || barred.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    drawings.push(() => drawBadge(context, tie, box));
    return;
  }
}

function drawBadge(context, tie, box) {
  context.font = BADGE_FONT;
  context.beginPath();
  context.roundRect(box.left, box.top, box.right - box.left, 18, 9);
  context.fillStyle = palette.ground;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = palette[kindOf(tie)];
  context.stroke();
  context.fillStyle = palette[kindOf(tie)];
  context.fillText(badgeText(tie), box.left + 6, box.top + 13);
}
