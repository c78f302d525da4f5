// The switches at the left with their counts: how to read the map, and what of it is shown.

const OPEN_HEAD = { head: "M20 1.5 27 5 20 8.5", isOpen: true };
const SWATCHES = {
  conflict: { head: "M20 1.5 28 5 20 8.5Z" },
  cooperation: OPEN_HEAD,
  neutral: OPEN_HEAD,
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
  const picture = drawing("svg", { class: `swatch ${look}`, viewBox: "0 0 30 10", width: 30, height: 10, "aria-hidden": "true" });
  picture.append(drawing("path", { d: head ? "M1 5H24" : "M1 5H29", "stroke-width": width || 2.2, "stroke-dasharray": dashes || "none" }));
  if (head) picture.append(drawing("path", { d: head, class: isOpen ? "" : "filled", "stroke-width": 1.8 }));
  return picture;
}

// Counted once for the whole file: how many events (or actors) each row stands for.
function tally(rows) {
  const counts = new Map();
  for (const value of rows) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

function switchRow(facet, { id, label, picture }, n, values) {
  const key = ["kinds", "groups"].includes(facet) ? `switch-${id}` : `switch-${facet}-${values.indexOf(id)}`;
  const onchange = ({ target }) => {
    state.off[facet][target.checked ? "delete" : "add"](id);
    refreshAll();
  };
  const onclick = () => {
    const others = values.filter((value) => value !== id);
    const isAlone = isOn(facet, id) && !others.some((value) => isOn(facet, value));
    state.off[facet] = new Set(isAlone ? [] : others);
    refreshAll();
  };
  return el("li",
    el("label", { for: key }, el("input", { type: "checkbox", id: key, checked: "", "data-facet": facet, value: id, onchange }), picture,
      el("span.switch-label", { dir: "auto" }, label), el("span.switch-count", String(n))),
    values.length > 1 && el("button.only", { "aria-label": say("only-label", { label }), onclick }, say("only")));
}

function fillFacet(facet, entries, counts) {
  const shown = entries.filter((entry) => counts.has(entry.id));
  const values = shown.map((entry) => entry.id);
  byId(facet).replaceChildren(...shown.map((entry) => switchRow(facet, entry, counts.get(entry.id), values)));
}

const byCount = (counts, kind) => [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([id]) => ({ id, label: term(kind, id) }));

const fillTypes = () => fillFacet("types", SHAPES.map((shape) => ({ ...shape, picture: el(`span.shape.shape-${shape.id}`, { "aria-hidden": "true" }) })),
  tally(data.actors.map((actor) => shapeOf(actor.id))));

function fillControls() {
  const told = toldBy(data.ties, allEventsOf).map(eventAt);
  const kinds = [...Map.groupBy(data.ties, kindOf)].map(([kind, ties]) => [kind, new Set(ties.flatMap(allEventsOf)).size]);
  const labels = tally([...told, ...data.events.filter(isStructure)].map((event) => event.label));
  const sources = tally(told.flatMap((event) => [...new Set(sourcesOf(event))]));
  fillFacet("kinds", KINDS.map((kind) => ({ ...kind, picture: swatch(kind.id) })), new Map(kinds));
  fillFacet("groups", GROUPS.map((group) => ({ ...group, picture: swatch(isDone(group.id) ? "deed" : "said") })), tally(told.map((event) => event.group)));
  fillTypes();
  fillFacet("labels", byCount(labels, "event"), labels);
  fillFacet("sources", byCount(sources, "publisher"), sources);
  fillLegend();
  if (data.ties.some((tie) => !tie.is_core)) addShowAll();
}

function resetFilters() {
  Object.assign(state, unfiltered());
  refreshAll();
}

// The switches stand as the state tells.
function showSwitches() {
  for (const box of document.querySelectorAll("[data-facet]")) box.checked = isOn(box.dataset.facet, box.value);
  if (byId("show-all")) byId("show-all").checked = state.showsAll;
}

function fillLegend() {
  const looks = ["deed", "word", "said", data.events.some((event) => event.is_weak) && "weak"].filter(Boolean);
  byId("legend-list").replaceChildren(...looks.map((look) => el("li", swatch(look), say(`legend.${look}`))), el("li", el("span.count.conflict", "−2"), say("legend.count")));
  const column = document.querySelector(".controls");
  byId("legend").open = true;
  byId("legend").open = column.scrollHeight <= column.clientHeight; // else it is one click away, at the foot of the column
}

function addShowAll() {
  const onchange = ({ target }) => {
    state.showsAll = target.checked;
    refresh();
    fitStage();
  };
  const many = Math.min(data.ties.length, ALL_TIES_LIMIT);
  byId("kinds").append(el("li.show-all", el("label", { for: "show-all" }, el("input", { type: "checkbox", id: "show-all", onchange }),
    el("span.switch-label", say(many < data.ties.length ? "draw-strongest" : "draw-all", { n: many })))));
}

function fillCounts() {
  const events = toldBy(stage.visible, eventsOf).map(eventAt);
  const done = events.filter(({ group }) => isDone(group)).length;
  const said = events.length - done;
  const span = days.length ? [days[0] + say("date.to") + days.at(-1)] : [];
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
