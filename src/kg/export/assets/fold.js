// Folding: officials, ministries and armies are drawn as the side they act for, until the reader draws them apart.

const UNFOLDED_AT_ONCE = 8; // the busiest; more would bury the side
const whole = { actors: data.actors, ties: data.ties };
const foldedIds = data.folded.map((entry) => `n:${entry.actor_id}`);
const coreTies = whole.ties.filter((tie) => tie.is_core);
const coreEnds = new Set(coreTies.flatMap(endsOf));
const mostEvents = Math.max(1, ...whole.actors.map((actor) => actor.n));
const DISCS = { person: "dot", organisation: "square", armed_group: "triangle", other: "hexagon" }; // of those who act for a side

data.folded.forEach(({ name: called, label, type, aliases, events }, n) => {
  const id = foldedIds[n];
  if (actorsById.has(id)) return;
  actorsById.set(id, { id, name: called, type, aliases, n: events.length });
  nodesById.set(id, { id, label, shape: DISCS[shapeOf(id)], size: 7 + 9 * Math.sqrt(events.length / mostEvents) });
});

// Those drawn apart who have no place of their own in the file.
const placed = new Set(nodes.map((node) => node.id));
const apartIds = () => [...state.unfolded].filter((id) => !placed.has(id)).sort();
const isApart = (n) => n >= 0 && state.unfolded.has(foldedIds[n]);
const foldsOf = (side) => data.folded.flatMap((entry, n) => (entry.side === side ? [n] : [])).sort((one, other) => data.folded[other].events.length - data.folded[one].events.length || one - other);
const withApart = (id) => new Set([id, ...foldsOf(id).filter(isApart).map((n) => foldedIds[n])]);
const sidesOf = (id) => data.folded.flatMap((entry, n) => (foldedIds[n] === id ? [entry.side] : []));

// Ties anew, each event at the ends that are drawn now; what passes inside a side is drawn where these are two.
function refold() {
  const ties = new Map();
  const put = (tie) => {
    if (tie.source === tie.target) return;
    const old = ties.get(tieKey(tie));
    ties.set(tieKey(tie), old ? { ...tie, is_core: old.is_core || tie.is_core, events: [...new Set([...old.events, ...tie.events])].sort(byDay) } : tie);
  };
  for (const tie of [...whole.ties, ...data.inside]) {
    const apart = tie.parts.filter(([source, target]) => isApart(source) || isApart(target));
    const left = new Set(tie.parts.filter((part) => !apart.includes(part)).flatMap(([, , events]) => events));
    for (const [one, other, events] of apart) {
      const piece = { ...tie, source: isApart(one) ? foldedIds[one] : tie.source, target: isApart(other) ? foldedIds[other] : tie.target };
      put({ ...piece, id: `p:${tieKey(piece)}`, is_core: endsOf(tie).every((end) => coreEnds.has(end)), events: [...events].sort(byDay), parts: [] });
    }
    if (!apart.length) put(tie);
    else if (left.size) put({ ...tie, events: tie.events.filter((number) => left.has(number)) });
  }
  filed.ties = [...ties.values()].sort((one, other) => other.is_core - one.is_core);
  tiesById.clear();
  knownBefore = null;
  know();
  data.actors = [...whole.actors, ...apartIds().map((id) => actorsById.get(id))];
  fillTypes();
}

function unfold(ids, isApartNow) {
  for (const id of ids) state.unfolded[isApartNow ? "add" : "delete"](id);
  const { picked } = state;
  const key = isPicked("tie") && keyOf(picked);
  refold();
  if (key) state.picked = pickOf(key);
  if (isPicked("actor") && !data.actors.some((actor) => actor.id === picked.id)) state.picked = { type: "folded", id: foldedIds.indexOf(picked.id) };
  pick(state.picked && shownPick(state.picked));
}

// Who is drawn apart is picked itself.
const shownPick = (choice) => (choice.type === "folded" && isApart(choice.id) ? { type: "actor", id: foldedIds[choice.id] } : choice);

// A thin line from each to its side: it belongs there, and does nothing by it.
function drawBelonging(context) {
  context.save();
  context.lineWidth = 1.5;
  context.strokeStyle = palette.muted;
  context.setLineDash([2, 3]);
  for (const id of state.unfolded) {
    for (const side of sidesOf(id)) {
      if (!stage.nodes.get(id) || !stage.nodes.get(side)) continue;
      const [from, to] = [id, side].map((end) => stage.network.getPosition(end));
      context.globalAlpha = stage.bright.has(id) ? 1 : 0.25;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
  }
  context.restore();
}

function foldButtons(id) {
  const folds = foldsOf(id);
  const closed = folds.filter((n) => !isApart(n)).slice(0, UNFOLDED_AT_ONCE).map((n) => foldedIds[n]);
  const open = folds.filter(isApart).map((n) => foldedIds[n]);
  return [
    closed.length && deed("unfold", () => unfold(closed, true), { n: closed.length }),
    open.length && deed("fold", () => unfold(open, false), { n: open.length }),
    sidesOf(id).slice(0, 1).map((side) => deed(state.unfolded.has(id) ? "fold-into" : "unfold-one", () => unfold([id], !state.unfolded.has(id)), { side: actorName(side) })),
  ];
}
