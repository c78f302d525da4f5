// Wiring: one picked thing, one refresh, keys.

const announce = (text) => { byId("live").textContent = text; };

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
  const to = choice && actorOf(choice);
  return from && to && to !== from ? { type: "path", id: [from, to] } : choice && shownPick(choice);
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
  byId("picked-bar").textContent = state.picked && `${pickedText(state.picked)} · ${say("read-on")} ↓`;
}

function refresh() {
  redraw();
  remember();
}

// The same where what is drawn now may lie outside the view.
function refreshAll() {
  refresh();
  showAll();
}

function redraw() {
  hideTooltip();
  know();
  showSwitches();
  showSliders();
  showView();
  showFocus();
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

const KEYS = new Map(Object.entries({
  ArrowLeft: () => panBy(-60, 0),
  ArrowRight: () => panBy(60, 0),
  ArrowUp: () => panBy(0, -60),
  ArrowDown: () => panBy(0, 60),
  "+": () => zoomBy(1.2),
  "=": () => zoomBy(1.2),
  "-": () => zoomBy(1 / 1.2),
  n: () => stepTie(1),
  b: () => stepTie(-1),
  Escape: () => (state.picked || !state.focus ? pick(null) : focusOn(state.focus)),
}));

function dress(asked) {
  const { dataset } = document.documentElement;
  if (asked) dataset.theme = asked;
  else delete dataset.theme;
  readPalette();
}

function wear(asked) {
  dress(asked);
  redraw();
}

function showTable(isTable) {
  state.isTable = isTable;
  refresh();
}

function onKey(event) {
  const action = KEYS.get(event.key);
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
}

const DARK = matchMedia("(prefers-color-scheme: dark)");

function switchTheme() {
  const shown = theme() || (DARK.matches ? "dark" : "light");
  wear(shown === "dark" ? "light" : "dark");
  remember();
}

const BUTTONS = {
  undo: () => walk(-1),
  redo: () => walk(1),
  link: copyLink,
  theme: switchTheme,
  reset: resetFilters,
  play,
  "view-map": () => showTable(false),
  "view-table": () => showTable(true),
  "zoom-in": () => zoomBy(1.25),
  "zoom-out": () => zoomBy(0.8),
  "zoom-fit": fitStage,
  "focus-bar": () => focusOn(state.focus),
  "picked-bar": () => byId("panel").scrollIntoView(),
};

function start() {
  readPalette();
  startSliders();
  startDownloads();
  createStage(pick);
  fillControls();
  fillFoot();
  startState();
  redraw();
  if (state.picked) tellPick();
  fitStage();
  startSearch();
  listen("stage", "keydown", onKey);
  for (const [id, act] of Object.entries(BUTTONS)) listen(id, "click", act);
  DARK.addEventListener("change", () => wear(theme()));
  // Paper is light and cannot be clicked; the canvas is a picture and is drawn again for it.
  let before = [];
  addEventListener("beforeprint", () => {
    before = [theme(), byId("legend").open];
    byId("legend").open = true;
    wear("light");
  });
  addEventListener("afterprint", () => {
    byId("legend").open = before[1];
    wear(before[0]);
  });
}

start();

// For the console and for tests.
window.kgMap = Object.freeze({ badgeText, data, eventsOf, isWeak, kindOf, passes, pathBetween, pick, stage, state, tiePoint, tiesById });
