// Wiring: one picked thing, one refresh, keys, and the hook for tests.

function announce(text) {
  byId("live").textContent = text;
}

function pickedText(choice) {
  if (!choice) return say("overview");
  if (choice.type === "tie") return tieTooltip(tiesById.get(choice.id));
  if (choice.type === "path") return choice.id.map(actorName).join(" ⋯ ");
  return choice.type === "actor" ? actorName(choice.id) : data.folded[choice.id].name;
}

let pathFrom = ""; // who waits for the other end of a path

function startPath(id) {
  pathFrom = id;
  redraw();
  byId("panel").focus();
  announce(say("path.pick"));
}

// A second actor, picked with Shift or after asking for a path, is the end of a path.
function endOf(choice, isJoined) {
  const from = pathFrom || (isJoined && pickedActor());
  const to = choice && (choice.type === "folded" ? data.folded[choice.id].side : choice.id);
  return from && choice && actorsById.has(to) && to !== from ? { type: "path", id: [from, to] } : choice && shownPick(choice);
}

function pick(asked, isJoined = false) {
  const choice = endOf(asked, isJoined);
  pathFrom = "";
  const wasInPanel = byId("panel").contains(document.activeElement);
  state.picked = choice;
  refresh();
  tellPick();
  if (choice) showAll();
  if (wasInPanel) byId("panel").focus({ preventScroll: true });
}

function tellPick() {
  announce(pickedText(state.picked));
  byId("picked-bar").hidden = !state.picked;
  byId("picked-bar").textContent = state.picked ? `${pickedText(state.picked)} · ${say("read-on")} ↓` : "";
}

function refresh() {
  redraw();
  remember();
}

function redraw() {
  hideTooltip();
  know();
  showSwitches();
  showView();
  showFocus();
  draw();
  fillCounts();
  fillTime();
  fillKnown();
  fillDownloads();
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
  ["Escape", () => (state.picked || !state.focus ? pick(null) : focusOn(state.focus))],
]);

function dress(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  readPalette();
}

function wear(theme) {
  dress(theme);
  redraw();
}

function showTable(isTable) {
  state.isTable = isTable;
  refresh();
}

function start() {
  readPalette();
  startTime();
  startKnown();
  startDownloads();
  createStage(pick);
  fillControls();
  fillFoot();
  startState();
  redraw();
  if (state.picked) tellPick();
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
  byId("focus-bar").addEventListener("click", () => focusOn(state.focus));
  byId("picked-bar").addEventListener("click", () => byId("panel").scrollIntoView());
  byId("view-map").addEventListener("click", () => showTable(false));
  byId("view-table").addEventListener("click", () => showTable(true));
  const { dataset } = document.documentElement;
  const isDark = () => getComputedStyle(document.documentElement).getPropertyValue("--dark").trim() === "1";
  byId("theme").addEventListener("click", () => {
    wear(isDark() ? "light" : "dark");
    remember();
  });
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
  actors: () => data.actors.map((actor) => actor.id),
  passing: () => data.ties.filter(passes).map((tie) => [tie.source, tie.target]),
  path: (from, to) => pathBetween(data.ties.filter(passes), from, to),
  events: () => [...new Set(data.ties.filter(passes).flatMap(eventsOf))].sort((one, other) => one - other),
  actorPlace: (id) => stage.network.getPosition(id),
  badge: (id) => badgeText(tiesById.get(id)),
  labelBoxes: () => stage.labelBoxes.map((box) => ({ ...box })),
});
