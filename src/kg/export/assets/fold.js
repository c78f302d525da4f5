// Folding: officials, ministries and armies are drawn as the side they act for, until the reader draws them apart.

const UNFOLDED_AT_ONCE = 8; // the busiest; more would bury the side
const whole = { actors: data.actors, ties: data.ties };
const foldedIds = data.folded.map((entry) => `n:${entry.actor_id}`);
const coreEnds = new Set(whole.ties.filter((tie) => tie.is_core).flatMap((tie) => [tie.source, tie.target]));
const mostEvents = Math.max(1, ...whole.actors.map((actor) => actor.n));
const SHAPES = { person: "dot", military: "square", organisation: "square", armed_group: "triangle" };

data.folded.forEach(({ name: called, label, type, aliases, events }, n) => {
  const id = foldedIds[n];
  if (actorsById.has(id)) return;
  actorsById.set(id, { id, name: called, type, aliases, n: events.length });
  nodesById.set(id, { id, label, shape: SHAPES[type] || "hexagon", size: 7 + 9 * Math.sqrt(events.length / mostEvents) });
});

const isApart = (n) => n >= 0 && state.unfolded.has(foldedIds[n]);
const foldsOf = (side) => data.folded.flatMap((entry, n) => (entry.side === side ? [n] : [])).sort((one, other) => data.folded[other].events.length - data.folded[one].events.length || one - other);
const withApart = (id) => new Set([id, ...foldsOf(id).filter(isApart).map((n) => foldedIds[n])]);
const sidesOf = (id) => data.folded.flatMap((entry, n) => (foldedIds[n] === id ? [entry.side] : []));

// Ties anew, each event at the ends that are drawn now.
function refold() {
  const ties = new Map();
  const put = (tie) => {
    const old = ties.get(tieKey(tie));
    ties.set(tieKey(tie), old ? { ...tie, is_core: old.is_core || tie.is_core, events: [...new Set([...old.events, ...tie.events])].sort(byDay) } : tie);
  };
  for (const tie of whole.ties) {
    const apart = tie.parts.filter(([source, target]) => isApart(source) || isApart(target));
    const left = new Set(tie.parts.filter((part) => !apart.includes(part)).flatMap(([, , events]) => events));
    for (const [one, other, events] of apart) {
      const piece = { ...tie, source: isApart(one) ? foldedIds[one] : tie.source, target: isApart(other) ? foldedIds[other] : tie.target };
      const isCore = coreEnds.has(tie.source) && coreEnds.has(tie.target);
      if (piece.source !== piece.target) put({ ...piece, id: `p:${tieKey(piece)}`, is_core: isCore, events: [...events].sort(byDay), parts: [] });
    }
    if (!apart.length) put(tie);
    else if (left.size) put({ ...tie, events: tie.events.filter((number) => left.has(number)) });
  }
  filed.ties = [...ties.values()].sort((one, other) => other.is_core - one.is_core);
  tiesById.clear();
  knownBefore = null;
  know();
  const known = new Set(whole.actors.map((actor) => actor.id));
  const apart = [...state.unfolded].filter((id) => !known.has(id)).sort();
  data.actors = [...whole.actors, ...apart.map((id) => actorsById.get(id))];
  settle(apart);
  fillTypes();
}

// How far a spot lies from a line.
function gap([x, y], [fromX, fromY], [toX, toY]) {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const t = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(fromX + t * dx - x, fromY + t * dy - y);
}

// A place beside the side for each: far from discs (names lie across, so what is beside counts as nearer), upon no tie, and
// from where its own ties run through no disc.
function settle(ids) {
  for (const [x, y, zoom] of [["x", "y", 1], ["narrow_x", "narrow_y", 0.6]]) {
    const at = (id) => [nodesById.get(id)[x], nodesById.get(id)[y]];
    const lines = whole.ties.filter((tie) => tie.is_core).map((tie) => [at(tie.source), at(tie.target)]);
    const discs = new Map([...coreEnds].map((id) => [id, at(id)]));
    for (const id of ids) {
      const [side] = sidesOf(id);
      discs.set(side, at(side));
      const ends = new Set(data.ties.flatMap((tie) => (tie.source === id ? [tie.target] : tie.target === id ? [tie.source] : [])).filter((end) => discs.has(end)));
      let most = -Infinity;
      for (let n = 0; n < 48; n += 1) {
        const [angle, reach] = [(n % 16) * Math.PI / 8, zoom * (85 + 30 * Math.floor(n / 16))];
        const spot = [Math.round(at(side)[0] + reach * Math.cos(angle)), Math.round(at(side)[1] + reach * Math.sin(angle))];
        const free = Math.min(...[...discs.values()].map((disc) => Math.hypot((spot[0] - disc[0]) / 1.5, spot[1] - disc[1])));
        const upon = lines.filter((line) => gap(spot, ...line) < 28 * zoom).length;
        const through = [...ends].filter((end) => [...discs].some(([other, disc]) => other !== end && gap(disc, spot, at(end)) < 28 * zoom)).length;
        const worth = Math.min(free, zoom * 90) - reach / 4 - zoom * (12 * Math.min(upon, 3) + 30 * through);
        if (worth > most) [most, nodesById.get(id)[x], nodesById.get(id)[y]] = [worth, ...spot];
      }
      discs.set(id, at(id));
    }
  }
}

function unfold(ids, isApartNow) {
  for (const id of ids) state.unfolded[isApartNow ? "add" : "delete"](id);
  const { picked } = state;
  const key = picked && pickedKey(picked);
  refold();
  if (picked?.type === "tie") state.picked = pickOf(`tie*${key}`);
  if (picked?.type === "actor" && !data.actors.some((actor) => actor.id === picked.id)) state.picked = { type: "folded", id: foldedIds.indexOf(picked.id) };
  pick(state.picked && shownPick(state.picked));
}

// Who is drawn apart is picked itself.
const shownPick = (choice) => (choice.type === "folded" && isApart(choice.id) ? { type: "actor", id: foldedIds[choice.id] } : choice);

// A thin line from each to its side: it belongs there, and does nothing by it.
function drawBelonging(context) {
  context.save();
  context.lineWidth = 1;
  context.strokeStyle = palette.structure;
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
    closed.length ? deed("unfold", () => unfold(closed, true), { n: closed.length }) : null,
    open.length ? deed("fold", () => unfold(open, false), { n: open.length }) : null,
    sidesOf(id).slice(0, 1).map((side) => deed(state.unfolded.has(id) ? "fold-into" : "unfold-one", () => unfold([id], !state.unfolded.has(id)), { side: actorName(side) })),
  ];
}
