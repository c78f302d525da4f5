// What the reader has switched on and picked, and which ties that leaves.

const ALL_TIES_LIMIT = 600; // more than that no one reads, and the canvas crawls

const state = {
  kinds: new Set(KINDS.map((kind) => kind.id)),
  groups: new Set(GROUPS.map((group) => group.id)),
  showsAll: false,
  picked: null, // {type: "tie" | "actor" | "folded", id}
};

function pickedActor() {
  if (!state.picked || state.picked.type === "tie") return null;
  return state.picked.type === "actor" ? state.picked.id : data.folded[state.picked.id].side;
}

function eventsOf(tie) {
  if (tie.kind === "structure") return tie.events;
  return tie.events.filter((number) => state.groups.has(data.events[number].group));
}

const passes = (tie) => state.kinds.has(kindOf(tie)) && eventsOf(tie).length > 0;

// All ties that the switches let through, strongest first; those beyond the first sight are drawn on demand.
function visibleTies() {
  const actor = pickedActor();
  const pickedTie = state.picked && state.picked.type === "tie" ? state.picked.id : null;
  return data.ties.filter((tie, rank) => {
    const wanted = tie.is_core || (state.showsAll && rank < ALL_TIES_LIMIT);
    const touched = tie.id === pickedTie || tie.source === actor || tie.target === actor;
    return passes(tie) && (wanted || touched);
  });
}
