// The shortest way between two actors along the ties that the switches let through, and who is around one of them.

// Of several as short the one that most events tell of; null when there is none.
function pathBetween(ties, from, to) {
  const beside = new Map();
  for (const tie of ties) {
    for (const [one, other] of [endsOf(tie), endsOf(tie).reverse()]) {
      if (!beside.has(one)) beside.set(one, new Map());
      beside.get(one).set(other, (beside.get(one).get(other) || 0) + eventsOf(tie).length);
    }
  }
  const best = new Map([[from, { n: 0 }]]);
  let front = [from];
  while (front.length && !best.has(to)) {
    const next = new Map();
    for (const before of front) {
      for (const [id, events] of beside.get(before) || []) {
        const n = best.get(before).n + events;
        if (!best.has(id) && !(next.get(id)?.n >= n)) next.set(id, { n, before });
      }
    }
    for (const [id, step] of next) best.set(id, step);
    front = [...next.keys()];
  }
  if (!best.has(to)) return null;
  const way = [to];
  while (way[0] !== from) way.unshift(best.get(way[0]).before);
  return way;
}

// The steps of the picked path, each with its ties.
function pathSteps() {
  const ties = data.ties.filter(passes);
  const way = pathBetween(ties, ...state.picked.id) || [];
  return way.slice(1).map((id, n) => ({ from: way[n], to: id, ties: bySize(ties.filter((tie) => pairOf(tie) === [way[n], id].sort().join("\n"))) }));
}

const STEP_CARDS = 2;

function pathPanel([from, to]) {
  const steps = pathSteps();
  return [
    panelHead([name(actorName(from)), " ⋯ ", name(actorName(to))], steps.length ? say("path.steps", { n: steps.length }) : say("path.none")),
    steps.map((step, n) => [
      el("h2.path-step", el("span.path-number", String(n + 1)), name(actorName(step.from)), " – ", name(actorName(step.to))),
      tieList(step.ties),
      step.ties.slice(0, STEP_CARDS).map((tie) => eventCard(eventsOf(tie)[0])),
    ]),
  ];
}

// Those around some actors, with them: their strongest neighbours, no more than a first sight holds.
function around(centre) {
  const found = new Set(centre);
  for (const tie of data.ties) {
    if (found.size < FIRST_ACTORS && endsOf(tie).some((end) => centre.has(end)) && passes(tie)) found.add(tie.source).add(tie.target);
  }
  return found;
}

function focusOn(id) {
  state.focus = state.focus === id ? "" : id;
  refresh();
  fitStage();
}

function showFocus() {
  byId("focus-bar").hidden = !state.focus;
  byId("focus-bar").replaceChildren(...(state.focus ? [...pieces("focus.on", { actor: name(actorName(state.focus)) }), " ✕"] : []));
}
