// The five sliders: how far each goes, what it sets and what it tells; one with nowhere to go is hidden.

const SLIDERS = {
  least: { most: data.events.some(({ confidence }) => confidence !== null) ? 100 : 0, tell: () => `${state.least} %` },
  independent: { most: Math.max(0, ...data.events.map((event) => event.n_independent)), tell: () => state.independent },
  known: { most: publications.length - 1, read: knownSlot, tell: () => knownDay() || say("known.all") },
  from: { most: lastSlot, read: (slot) => Math.min(slot, state.to), tell: firstKey },
  to: { most: lastSlot, read: (slot) => Math.max(slot, state.from), tell: lastKey },
};

// Before the canvas is made, which takes the room that is left.
function startSliders() {
  for (const [id, { most, read = Number }] of Object.entries(SLIDERS)) {
    const input = byId(id);
    input.max = most;
    input.closest(".slider").hidden = most <= Number(input.min);
    listen(id, "input", () => {
      state[id] = read(Number(input.value));
      refresh();
    });
  }
}

function showSliders() {
  for (const [id, { most, tell }] of Object.entries(SLIDERS)) {
    byId(id).value = Math.min(state[id], most);
    byId(id).setAttribute("aria-valuetext", tell());
    if (byId(`${id}-told`)) byId(`${id}-told`).textContent = tell();
  }
}
