// Names and counts over the canvas at constant size, placed so that none lies on another.

const LABEL_GAP = 4;
const NAME_HEIGHT = 22;
const MAX_BADGES = 14;
const measure = document.createElement("canvas").getContext("2d");

function nameFont(id) {
  const isState = actorsById.get(id).type === "state";
  return { size: isState ? 15 : 12.5, font: `${isState ? "650 15" : "450 12.5"}px system-ui, "Noto Sans", sans-serif` };
}

function nameWidth(id) {
  measure.font = nameFont(id).font;
  return measure.measureText(plain(nodesById.get(id).label)).width;
}

function drawLabels(context) {
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const taken = discs();
  stage.labelBoxes = [];
  const actors = data.actors.filter((actor) => stage.nodes.get(actor.id)).sort(byUrgency);
  const states = actors.filter((actor) => actor.type === "state" || stage.picked === actor.id);
  for (const actor of states) drawName(context, actor, taken);
  drawBadges(context, taken);
  for (const actor of actors) if (!states.includes(actor)) drawName(context, actor, taken);
  context.restore();
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

function drawName(context, actor, taken) {
  const isState = actor.type === "state";
  const { size, font } = nameFont(actor.id);
  const isFaint = !stage.bright.has(actor.id);
  context.font = font;
  const text = plain(nodesById.get(actor.id).label);
  const width = nameWidth(actor.id);
  const middle = stage.network.canvasToDOM(stage.network.getPosition(actor.id));
  const radius = stage.nodes.get(actor.id).size * stage.network.getScale();
  for (const [left, top] of places(middle, radius, width, size + 3)) {
    const box = { id: actor.id, left, top, right: left + width, bottom: top + size + 3 };
    if (isOutside(box) || taken.some((other) => other.id !== actor.id && overlaps(box, other))) continue;
    context.globalAlpha = isFaint ? 0.35 : 1;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = palette.ground;
    context.strokeText(text, left, top + size);
    context.fillStyle = isState ? palette.ink : palette.muted;
    context.fillText(text, left, top + size);
    context.globalAlpha = 1;
    taken.push({ ...box, id: "" });
    stage.labelBoxes.push(box);
    return;
  }
}

function isOutside(box) {
  const stageBox = byId("stage");
  return box.left < 2 || box.top < 2 || box.right > stageBox.clientWidth - 2 || box.bottom > stageBox.clientHeight - 2;
}

function drawBadges(context, taken) {
  const wanted = stage.visible.filter((tie) => tie.kind !== "structure" && !isFaintTie(tie) && eventsOf(tie).length > 1);
  for (const tie of wanted.slice(0, MAX_BADGES)) drawBadge(context, tie, taken);
}

function badgeText(tie) {
  const n = eventsOf(tie).length;
  return { conflict: `−${n}`, cooperation: `+${n}` }[kindOf(tie)] || `×${n}`;
}

function drawBadge(context, tie, taken) {
  context.font = '650 11.5px system-ui, "Noto Sans", sans-serif';
  const text = badgeText(tie);
  const width = context.measureText(text).width + 12;
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
    const point = tiePoint(tie.id, t);
    if (!point) return;
    const middle = stage.network.canvasToDOM(point);
    const box = { id: "", left: middle.x - width / 2, right: middle.x + width / 2, top: middle.y - 9, bottom: middle.y + 9 };
    if (isOutside(box) || taken.some((other) => overlaps(box, other))) continue;
    context.beginPath();
    context.roundRect(box.left, box.top, width, 18, 9);
    context.fillStyle = palette.ground;
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = palette[kindOf(tie)];
    context.stroke();
    context.fillStyle = palette[kindOf(tie)];
    context.fillText(text, box.left + 6, middle.y + 4);
    taken.push(box);
    return;
  }
}
