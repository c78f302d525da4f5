// Wiring: one picked thing, one refresh, keys, and the hook for tests.

function announce(text) {
  byId("live").textContent = text;
}

function pickedText(choice) {
  if (!choice) return say("overview");
  if (choice.type === "tie") return tieTooltip(tiesById.get(choice.id));
  return choice.type === "actor" ? actorName(choice.id) : data.folded[choice.id].name;
}

function pick(choice) {
  const wasInPanel = byId("panel").contains(document.activeElement);
  state.picked = choice;
  refresh();
  if (choice) showAll();
  if (wasInPanel) byId("panel").focus({ preventScroll: true });
  announce(pickedText(choice));
  byId("picked-bar").hidden = !choice;
  byId("picked-bar").textContent = `${pickedText(choice)} · ${say("read-on")} ↓`;
}

function refresh() {
  hideTooltip();
  draw();
  fillCounts();
  fillTime();
  fillTable();
  fillPanel();
}

function stepTie(step) {
  const ties = stage.visible;
  if (!ties.length) return;
  const at = state.picked ? ties.findIndex((tie) => tie.id === state.picked.id) : -1;
  const next = at < 0 ? (step > 0 ? 0 : ties.length - 1) : (at + step + ties.length) % ties.length;
  pick({ type: "tie", id: ties[next].id });
}

const KEYS = new Map([
  ["ArrowLeft", () => panBy(-60, 0)],
  ["ArrowRight", () => panBy(60, 0)],
  ["ArrowUp", () => panBy(0, -60)],
  ["ArrowDown", () => panBy(0, 60)],
  ["+", () => zoomBy(1.2)],
  ["=", () => zoomBy(1.2)],
  ["-", () => zoomBy(1 / 1.2)],
  ["n", () => stepTie(1)],
  ["b", () => stepTie(-1)],
  ["Escape", () => pick(null)],
]);

function wear(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  readPalette();
  refresh();
}

function start() {
  readPalette();
  startTime();
  createStage(pick);
  fillControls();
  fillFoot();
  refresh();
  fitStage();
  startSearch();
  byId("stage").addEventListener("keydown", (event) => {
    const action = KEYS.get(event.key);
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  byId("zoom-in").addEventListener("click", () => zoomBy(1.25));
  byId("zoom-out").addEventListener("click", () => zoomBy(0.8));
  byId("zoom-fit").addEventListener("click", fitStage);
  byId("picked-bar").addEventListener("click", () => byId("panel").scrollIntoView());
  byId("view-map").addEventListener("click", () => showView(false));
  byId("view-table").addEventListener("click", () => showView(true));
  const { dataset } = document.documentElement;
  const isDark = () => getComputedStyle(document.documentElement).getPropertyValue("--dark").trim() === "1";
  byId("theme").addEventListener("click", () => wear(isDark() ? "light" : "dark"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => wear(dataset.theme));
  // Paper is light; the canvas is a picture and is drawn again for it.
  let theme;
  addEventListener("beforeprint", () => {
    theme = dataset.theme;
    wear("light");
  });
  addEventListener("afterprint", () => wear(theme));
}

function pagePoint(point) {
  const box = byId("stage").getBoundingClientRect();
  const spot = stage.network.canvasToDOM(point);
  return { x: box.left + spot.x, y: box.top + spot.y };
}

start();

window.kgMap = Object.freeze({
  selectTie: (id) => pick({ type: "tie", id }),
  selectActor: (id) => pick({ type: "actor", id }),
  clear: () => pick(null),
  ties: () => stage.visible.map((tie) => ({ id: tie.id, source: tie.source, target: tie.target, kind: kindOf(tie), isSaid: tie.is_said, isWeak: isWeak(tie) })),
  drawnActors: () => stage.nodes.getIds(),
  drawnTies: () => stage.edges.get().map((edge) => ({ id: edge.id, dashes: edge.dashes, width: edge.width, opacity: edge.color.opacity, arrows: edge.arrows })),
  tiePoint: (id) => pagePoint(tiePoint(id, 0.5)),
  actorPoint: (id) => pagePoint(stage.network.getPosition(id)),
  badge: (id) => badgeText(tiesById.get(id)),
  labelBoxes: () => stage.labelBoxes.map((box) => ({ ...box })),
});
