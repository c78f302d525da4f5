// Names and counts over the canvas at constant size, placed so that none lies on another.

const LABEL_GAP = 4;
const NAME_HEIGHT = 22;
const MAX_BADGES = 14;
const BADGE_HEIGHT = 18;
const FAMILY = 'system-ui, "Noto Sans", sans-serif';
const BADGE_FONT = `650 11.5px ${FAMILY}`;
const measure = document.createElement("canvas").getContext("2d");

function nameFont(id) {
  const isState = actorsById.get(id).type === "state";
  const size = isState ? 15 : 12.5;
  return { size, font: `${isState ? 650 : 450} ${size}px ${FAMILY}` };
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
  const { names, badges } = placeLabels();
  drawPins(context);
  for (const box of names) drawName(context, box);
  for (const box of badges) drawBadge(context, box);
  stage.labelBoxes = names;
}

// Names beside the ties, unless that leaves more actors nameless than names upon them would.
function placeLabels() {
  const actors = data.actors.filter((actor) => stage.nodes.get(actor.id)).sort(byUrgency);
  const beside = labelsFor(actors, tieDots());
  if (beside.names.length === actors.length) return beside;
  const upon = labelsFor(actors, []);
  return upon.names.length > beside.names.length ? upon : beside;
}

function labelsFor(actors, inked) {
  const labels = { taken: [...discs(), zoomBox()], inked, names: [], badges: [] };
  const isFirst = ({ type, id }) => type === "state" || id === pickedActor() || state.unfolded.has(id);
  for (const actor of actors.filter(isFirst)) placeName(actor, labels);
  placeBadges(labels);
  for (const actor of actors.filter((other) => !isFirst(other))) placeName(actor, labels);
  return labels;
}

const boxOf = (id, left, top, width, height) => ({ id, left, top, right: left + width, bottom: top + height });

// The buttons lie over the canvas.
function zoomBox() {
  const box = byId("stage").getBoundingClientRect();
  const { x, y, width, height } = byId("zoom").getBoundingClientRect();
  return boxOf("", x - box.x, y - box.y, width, height);
}

function byUrgency(one, other) {
  return stage.bright.has(other.id) - stage.bright.has(one.id) || other.n - one.n;
}

// The squares around the discs, with so many pixels more on each side.
function discs(rim = 0) {
  return stage.nodes.get().map(({ id, size }) => {
    const { x, y } = spotOf(id);
    const half = size * stage.network.getScale() + rim;
    return boxOf(id, x - half, y - half, 2 * half, 2 * half);
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
  const parts = Array.from({ length: DOTS - 1 }, (_, n) => (n + 1) / DOTS);
  return stage.visible.filter((tie) => !isFaintTie(tie)).flatMap((tie) => parts.map((t) => tieSpot(tie.id, t))).filter(Boolean);
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

function placeName({ id }, { taken, inked, names }) {
  const height = nameFont(id).size + 3;
  const width = nameWidth(id);
  const radius = stage.nodes.get(id).size * stage.network.getScale();
  const box = bestBox(places(spotOf(id), radius, width, height).map(([left, top]) => boxOf(id, left, top, width, height)), taken, inked);
  if (!box) return;
  taken.push({ ...box, id: "" });
  names.push(box);
}

function drawName(context, { id, left, top }) {
  const { size, font } = nameFont(id);
  const text = labelText(id);
  context.font = font;
  context.globalAlpha = stage.bright.has(id) ? 1 : 0.35;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = palette.ground;
  context.strokeText(text, left, top + size);
  context.fillStyle = actorsById.get(id).type === "state" ? palette.ink : palette.muted;
  context.fillText(text, left, top + size);
  context.globalAlpha = 1;
}

function isOutside(box) {
  const stageBox = byId("stage");
  return box.left < 2 || box.top < 2 || box.right > stageBox.clientWidth - 2 || box.bottom > stageBox.clientHeight - 2;
}

function placeBadges(labels) {
  const wanted = stage.visible.filter((tie) => !isStructure(tie) && !isFaintTie(tie) && (eventsOf(tie).length > 1 || standingOf(tie).length || noteOf("tie", tie.id)));
  for (const tie of wanted.slice(0, MAX_BADGES)) placeBadge(tie, labels);
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
function placeBadge(tie, { taken, badges }) {
  const barred = [...taken, ...discs(HEAD).filter(({ id }) => endsOf(tie).includes(id))];
  measure.font = BADGE_FONT;
  const width = measure.measureText(badgeText(tie)).width + 12;
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
    const spot = tieSpot(tie.id, t);
    if (!spot) return;
    const box = boxOf("", spot.x - width / 2, spot.y - BADGE_HEIGHT / 2, width, BADGE_HEIGHT);
    if (isOutside(box) || barred.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    badges.push({ ...box, width, tie });
    return;
  }
}

function drawBadge(context, { tie, left, top, width }) {
  context.font = BADGE_FONT;
  context.beginPath();
  context.roundRect(left, top, width, BADGE_HEIGHT, BADGE_HEIGHT / 2);
  context.fillStyle = palette.ground;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = palette[kindOf(tie)];
  context.stroke();
  context.fillStyle = palette[kindOf(tie)];
  context.fillText(badgeText(tie), left + 6, top + 13);
}
