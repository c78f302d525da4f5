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
  for (const key of ["ground", "ink", "muted", "state", "organisation", "company", "armed_group", ...KINDS.map(({ id }) => id)]) {
    probe.style.color = `var(--${key})`;
    palette[key] = getComputedStyle(probe).color;
  }
  probe.remove();
}

const actorColour = (id) => palette[shapeOf(id)] || palette.organisation;

function actorLook({ id, type }, { x, y, zoom }, isFaint) {
  const isRing = type === "person";
  const { shape, size } = nodesById.get(id);
  const borderWidth = isRing ? 2.2 : 0;
  const colours = { background: isRing ? palette.ground : actorColour(id), border: actorColour(id) };
  return { id, x, y, shape, size: size * zoom, opacity: isFaint ? 0.22 : 1, borderWidth, borderWidthSelected: borderWidth, color: { ...colours, hover: colours, highlight: colours } };
}

const isVerbal = (tie) => tie.kind === "act" && tie.events.every((number) => eventAt(number).is_verbal);

// Of a tie, whether nothing that is switched on and behind it is sure enough to be drawn unasked.
function isWeak(tie) {
  const numbers = eventsOf(tie);
  return numbers.length > 0 && numbers.every((number) => eventAt(number).is_weak);
}

function dashesOf(tie, count) {
  if (count > DASH_LIMIT) return false;
  if (tie.kind === "mediation") return [1.5, 5];
  if (tie.kind === "host") return [8, 4, 1.5, 4];
  if (tie.is_said) return [3, 4];
  return isVerbal(tie) ? [9, 5] : false;
}

// Of each kind, the form of its head, how large it is, and how large on a narrow stage.
const HEADS = { mediation: ["circle", 0.35, 0.35], host: ["box", 0.35, 0.35], conflict: ["arrow", 0.62, 0.45] };
const OTHER_HEAD = ["vee", 0.72, 0.5];

function headOf(tie) {
  if (isStructure(tie)) return false;
  const [type, wide, narrow] = HEADS[kindOf(tie)] || OTHER_HEAD;
  return { enabled: true, type, scaleFactor: stage.isNarrow ? narrow : wide };
}

function opacityOf(tie, count, isFaint) {
  if (isFaint) return 0.1;
  if (isWeak(tie)) return WEAK_OPACITY;
  if (tie.is_said) return 0.7;
  return count > DASH_LIMIT && isVerbal(tie) ? 0.38 : 0.85;
}

// Ties of a pair bend apart: each direction has its side, and weaker ties of it lie further out.
function bends(ties) {
  const inPair = tally(ties.map(pairOf));
  const sameWay = new Map();
  return new Map(ties.map((tie) => {
    const way = endsOf(tie).join("\n");
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
  const head = headOf(tie);
  return {
    id: tie.id,
    from: tie.source,
    to: tie.target,
    width: widthOf(tie) + (isPicked ? 1.6 : 0),
    dashes: dashesOf(tie, count),
    color: { color: palette[kindOf(tie)], opacity: opacityOf(tie, count, isFaint && !isPicked), inherit: false },
    arrows: { to: head, from: tie.is_mutual && head },
    smooth: { enabled: true, type: "curvedCW", roundness: bend },
    selectionWidth: 0,
    hoverWidth: 0.6,
  };
}
