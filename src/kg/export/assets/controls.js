// The switches at the left with their counts: how to read the map, and what of it is shown.

const SVG = "http://www.w3.org/2000/svg";

function drawing(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

const SWATCHES = {
  conflict: { head: "M20 1.5 28 5 20 8.5Z" },
  cooperation: { head: "M20 1.5 27 5 20 8.5", isOpen: true },
  neutral: { head: "M20 1.5 27 5 20 8.5", isOpen: true },
  mediation: { head: "M24 5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0Z", dashes: "1.5 3.5" },
  host: { head: "M24 2.5h4.5v5H24Z", dashes: "6 3 1 3" },
  structure: {},
  deed: { width: 3 },
  word: { dashes: "7 4" },
  said: { dashes: "3 3", width: 1.2 },
  weak: { width: 1.2 },
};

// A short line that looks as the ties on the canvas do.
function swatch(look) {
  const { head, isOpen, dashes, width } = SWATCHES[look];
  const picture = drawing("svg", { class: `swatch swatch-${look}`, viewBox: "0 0 30 10", width: "30", height: "10", "aria-hidden": "true" });
  picture.append(drawing("path", { d: head ? "M1 5H24" : "M1 5H29", "stroke-width": String(width || 2.2), ...(dashes ? { "stroke-dasharray": dashes } : {}) }));
  if (head) picture.append(drawing("path", { d: head, class: isOpen ? "" : "filled", "stroke-width": "1.8" }));
  return picture;
}

// Counted once for the whole file: how many events (or actors) each row stands for.
function tally(rows) {
  const counts = new Map();
  for (const value of rows) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

function setOff(facet, off) {
  state.off[facet] = off;
  refresh();
  showAll();
}

function switchRow(facet, { id, label, picture }, n, values) {
  const key = ["kinds", "groups"].includes(facet) ? id : `${facet}-${values.indexOf(id)}`;
  const box = el("input", { type: "checkbox", id: `switch-${key}`, checked: true, "data-facet": facet, value: id });
  box.addEventListener("change", () => {
    if (box.checked) state.off[facet].delete(id);
    else state.off[facet].add(id);
    refresh();
    showAll();
  });
  const only = () => {
    const others = values.filter((value) => value !== id);
    setOff(facet, new Set(others.every((value) => state.off[facet].has(value)) && isOn(facet, id) ? [] : others));
  };
  return el("li", {}, el("label", { for: `switch-${key}` }, box, picture, el("span", { class: "switch-label", dir: "auto" }, label), el("span", { class: "switch-count" }, String(n))),
    values.length > 1 ? el("button", { type: "button", class: "only", "aria-label": say("only-label", { label }), onclick: only }, say("only")) : null);
}

function fillFacet(facet, entries, counts) {
  const shown = entries.filter((entry) => counts.has(entry.id));
  const values = shown.map((entry) => entry.id);
  byId(facet).replaceChildren(...shown.map((entry) => switchRow(facet, entry, counts.get(entry.id), values)));
}

const byCount = (counts, kind) => [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([id]) => ({ id, label: term(kind, id) }));
const SHAPE_IDS = ["state", "person", "organisation", "company", "armed_group", "other"];

function fillTypes() {
  fillFacet("types", SHAPE_IDS.map((id) => ({ id, label: say(`shape.${id}`), picture: el("span", { class: `shape shape-${id}`, "aria-hidden": "true" }) })), tally(data.actors.map((actor) => shapeOf(actor.id))));
}

function fillControls() {
  const told = [...new Set(data.ties.flatMap((tie) => (tie.kind === "structure" ? [] : tie.events)))].map((number) => data.events[number]);
  const pairs = new Set(data.ties.flatMap((tie) => tie.events.map((number) => `${kindOf(tie)} ${number}`)));
  const labels = tally(data.ties.length ? [...told, ...data.events.filter((event) => event.kind === "structure")].map((event) => event.label) : []);
  const sources = tally(told.flatMap((event) => [...new Set(sourcesOf(event))]));
  fillFacet("kinds", KINDS.map((kind) => ({ ...kind, picture: swatch(kind.id) })), tally([...pairs].map((pair) => pair.split(" ")[0])));
  fillFacet("groups", GROUPS.map((group) => ({ ...group, picture: swatch(isDone(group.id) ? "deed" : "said") })), tally(told.map((event) => event.group)));
  fillTypes();
  fillFacet("labels", byCount(labels, "event"), labels);
  fillFacet("sources", byCount(sources, "publisher"), sources);
  const hasConfidence = told.some((event) => event.confidence !== null);
  byId("confidence-box").hidden = !hasConfidence;
  byId("least").addEventListener("input", () => {
    state.least = Number(byId("least").value);
    refresh();
  });
  const most = Math.max(0, ...told.map((event) => event.n_independent || 0));
  byId("independent-box").hidden = most < 2;
  byId("independent").max = most;
  byId("independent").addEventListener("input", () => {
    state.independent = Number(byId("independent").value);
    refresh();
  });
  byId("reset").addEventListener("click", resetFilters);
  fillLegend();
  if (data.ties.some((tie) => !tie.is_core)) addShowAll();
}

function resetFilters() {
  [state.least, state.independent, state.known, state.from, state.to] = [0, 1, Infinity, 0, Infinity];
  state.off = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
  refresh();
  showAll();
}

// The switches stand as the state tells.
function showSwitches() {
  for (const box of document.querySelectorAll("[data-facet]")) box.checked = isOn(box.dataset.facet, box.value);
  byId("least").value = state.least;
  byId("least-told").textContent = `${state.least} %`;
  byId("independent").value = state.independent;
  byId("independent-told").textContent = state.independent;
  if (byId("show-all")) byId("show-all").checked = state.showsAll;
}

function fillLegend() {
  byId("legend-list").replaceChildren(...[
    ["deed", say("legend.deed")],
    ["word", say("legend.word")],
    ["said", say("legend.said")],
    ...(data.events.some((event) => event.is_weak) ? [["weak", say("legend.weak")]] : []),
  ].map(([look, text]) => el("li", {}, swatch(look), text)));
  const column = document.querySelector(".controls");
  byId("legend").open = true;
  byId("legend").open = column.scrollHeight <= column.clientHeight; // else it is one click away, at the foot of the column
}

function addShowAll() {
  const box = el("input", { type: "checkbox", id: "show-all" });
  box.addEventListener("change", () => {
    state.showsAll = box.checked;
    refresh();
    fitStage();
  });
  const many = Math.min(data.ties.length, ALL_TIES_LIMIT);
  byId("kinds").append(el("li", { class: "show-all" }, el("label", { for: "show-all" }, box,
    el("span", { class: "switch-label" }, say(many < data.ties.length ? "draw-strongest" : "draw-all", { n: many })))));
}

function fillCounts() {
  const events = [...new Set(stage.visible.filter((tie) => tie.kind !== "structure").flatMap(eventsOf))];
  const done = events.filter((number) => isDone(data.events[number].group)).length;
  const said = events.length - done;
  const span = days.length ? [days[0] + say("date.to") + days[days.length - 1]] : [];
  byId("counts").textContent = [say("actors", { n: stage.nodes.length }), say("ties-of", { shown: stage.visible.length, n: data.ties.length }),
    say("happened", { n: done }) + (said ? `, ${say("only-said", { n: said })}` : ""), ...span].join(" · ");
  byId("reset").hidden = !isFiltered();
}

function fillFoot() {
  const sources = new Set(data.documents.map((source) => source.publisher));
  byId("foot").textContent = [
    say(data.has_quotes ? "foot.holds" : "foot.holds-no-quotes", {
      quotes: say("foot.quotes", { n: data.evidence.length }), documents: say("foot.documents", { n: data.documents.length }),
      sources: say("foot.sources", { n: sources.size }), as_of: data.as_of && say("foot.as-of", { day: data.as_of }),
    }),
    data.n_inside ? say("foot.inside", { n: data.n_inside }) : "", say("foot.shared"), say("foot.drawn"),
  ].filter(Boolean).join(" ");
}
