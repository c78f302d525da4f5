// How actors and ties look. Colours are those of the style sheet, so that light and dark are told in one place.

const DASH_LIMIT = 150; // dashes cost up to six times the drawing; above, fainter lines say the same
const SAID_WIDTH = 1.1;
const MEDIATION_WIDTH = 2.4;
const WEAK_OPACITY = 0.4;
const palette = {};
const mostOfTie = Math.max(1, ...data.ties.map((tie) => tie.events.length));

// A colour that is told for light and for dark is read off an element that wears it.
function readPalette() {
  const probe = document.body.appendChild(el("span", { hidden: true }));
  for (const key of ["ground", "ink", "muted", "conflict", "cooperation", "neutral", "mediation", "host", "structure", "state", "organisation", "company", "armed", "panel"]) {
    probe.style.color = `var(--${key})`;
    palette[key] = getComputedStyle(probe).color;
  }
  probe.remove();
}

function actorColour(type) {
  if (type === "state") return palette.state;
  if (type === "company") return palette.company;
  if (type === "armed_group") return palette.armed;
  return palette.organisation;
}

function actorLook(actor, place, isFaint) {
  const colour = actorColour(actor.type);
  const ring = actor.type === "person";
  const node = nodesById.get(actor.id);
  return {
    id: actor.id,
    x: place.x,
    y: place.y,
    shape: node.shape,
    size: node.size * place.zoom,
    opacity: isFaint ? 0.22 : 1,
    borderWidth: ring ? 2.2 : 0,
    borderWidthSelected: ring ? 2.2 : 0,
    color: { background: ring ? palette.ground : colour, border: colour },
  };
}

const isVerbal = (tie) => tie.kind === "act" && tie.events.every((number) => data.events[number].is_verbal);

// Of a tie, whether nothing that is switched on and behind it is sure enough to be drawn unasked.
function isWeak(tie) {
  const numbers = eventsOf(tie);
  return numbers.length > 0 && numbers.every((number) => data.events[number].is_weak);
}

function dashesOf(tie, count) {
  if (count > DASH_LIMIT) return false;
  if (tie.kind === "mediation") return [1.5, 5];
  if (tie.kind === "host") return [8, 4, 1.5, 4];
  if (tie.is_said) return [3, 4];
  return isVerbal(tie) ? [9, 5] : false;
}

function headOf(tie) {
  if (tie.kind === "structure") return null;
  if (tie.kind === "mediation") return { enabled: true, type: "circle", scaleFactor: 0.35 };
  if (tie.kind === "host") return { enabled: true, type: "box", scaleFactor: 0.35 };
  if (tie.sign < 0) return { enabled: true, type: "arrow", scaleFactor: stage.isNarrow ? 0.45 : 0.62 };
  return { enabled: true, type: "vee", scaleFactor: stage.isNarrow ? 0.5 : 0.72 };
}

function opacityOf(tie, count, isFaint) {
  if (isFaint) return 0.1;
  if (isWeak(tie)) return WEAK_OPACITY;
  if (tie.is_said) return 0.7;
  return count > DASH_LIMIT && isVerbal(tie) ? 0.38 : 0.85;
}

// Ties of a pair bend apart: each direction has its side, and weaker ties of it lie further out.
function bends(ties) {
  const pairOf = (tie) => [tie.source, tie.target].sort().join("\n");
  const inPair = new Map();
  for (const tie of ties) inPair.set(pairOf(tie), (inPair.get(pairOf(tie)) || 0) + 1);
  const sameWay = new Map();
  return new Map(ties.map((tie) => {
    const way = `${tie.source}\n${tie.target}`;
    const lane = sameWay.get(way) || 0;
    sameWay.set(way, lane + 1);
    return [tie.id, inPair.get(pairOf(tie)) === 1 ? 0.06 : 0.1 + 0.12 * lane];
  }));
}

function widthOf(tie) {
  if (tie.is_said || isWeak(tie)) return SAID_WIDTH;
  const width = (1.7 + 4.8 * Math.sqrt((tie.events.length - 1) / Math.max(1, mostOfTie - 1))) * (stage.isNarrow ? 0.7 : 1);
  return tie.kind === "act" ? width : Math.min(width, MEDIATION_WIDTH);
}

function tieLook(tie, { count, isFaint, isPicked, bend }) {
  const width = widthOf(tie);
  const head = headOf(tie);
  return {
    id: tie.id,
    from: tie.source,
    to: tie.target,
    width: isPicked ? width + 1.6 : width,
    dashes: dashesOf(tie, count),
    color: { color: palette[kindOf(tie)], opacity: opacityOf(tie, count, isFaint && !isPicked), inherit: false },
    arrows: { to: head || false, from: head && tie.is_mutual ? head : false },
    smooth: { enabled: true, type: "curvedCW", roundness: bend },
    selectionWidth: 0,
    hoverWidth: 0.6,
  };
}
