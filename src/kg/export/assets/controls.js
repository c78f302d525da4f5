// The switches at the left with their counts, and how to read the map.

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

function countEvents(test) {
  const found = new Set();
  for (const tie of data.ties) for (const number of tie.events) if (test(tie, data.events[number])) found.add(number);
  return found.size;
}

function switchRow(entry, chosen, count, picture) {
  const box = el("input", { type: "checkbox", id: `switch-${entry.id}`, checked: chosen.has(entry.id) });
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(entry.id);
    else chosen.delete(entry.id);
    refresh();
  });
  return el("li", {}, el("label", { for: `switch-${entry.id}` }, box, picture, el("span", { class: "switch-label" }, entry.label),
    el("span", { class: "switch-count" }, String(count))));
}

function fillControls() {
  const kinds = KINDS.map((kind) => [kind, countEvents((tie) => kindOf(tie) === kind.id)]).filter(([, n]) => n);
  byId("kinds").replaceChildren(...kinds.map(([kind, n]) => switchRow(kind, state.kinds, n, swatch(kind.id))));
  const groups = GROUPS.map((group) => [group, countEvents((tie, event) => tie.kind !== "structure" && event.group === group.id)]);
  byId("groups").replaceChildren(...groups.filter(([, n]) => n).map(([group, n]) => switchRow(group, state.groups, n, null)));
  fillLegend();
  if (data.ties.some((tie) => !tie.is_core)) addShowAll();
}

function fillLegend() {
  const types = new Set(data.actors.map((actor) => actor.type));
  const rows = [
    ["deed", "Solid: deeds that happened"],
    ["word", "Long dashes: words that were spoken"],
    ["said", "Thin and short: only said, not done"],
    ...(data.events.some((event) => event.is_weak) ? [["weak", "Thin and pale: weak, too unsure to count on"]] : []),
  ];
  const shapes = [["state", "State"], ["person", "Person"], ["organisation", "Organisation"], ["company", "Company"], ["armed_group", "Armed group"], ["other", "Group or place"]];
  const kin = new Map([["organisation", ["organisation", "igo", "military"]], ["other", ["group", "place", "facility"]]]);
  const has = (type) => (kin.get(type) || [type]).some((one) => types.has(one));
  byId("legend-list").replaceChildren(
    ...rows.map(([look, text]) => el("li", {}, swatch(look), text)),
    ...shapes.filter(([type]) => has(type)).map(([type, text]) => el("li", {}, el("span", { class: `shape shape-${type}`, "aria-hidden": "true" }), text)));
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
    el("span", { class: "switch-label" }, many < data.ties.length ? `Draw the strongest ${many}` : `Draw all ${many} ties`))));
}

function fillCounts() {
  const days = data.events.map((event) => event.day).filter(Boolean).sort();
  const span = days.length ? ` · ${days[0]} to ${days[days.length - 1]}` : "";
  const events = new Set(stage.visible.filter((tie) => tie.kind !== "structure").flatMap(eventsOf));
  byId("counts").textContent = `${counted(stage.nodes.length, "actor")} · ${stage.visible.length} of ${counted(data.ties.length, "tie")} · ${counted(events.size, "event")}${span}`;
}

function fillFoot() {
  const sources = new Set(data.documents.map((source) => source.publisher));
  const quotes = data.has_quotes ? `${counted(data.evidence.length, "quote")} from` : "no quotes; its claims are from";
  const asOf = data.as_of ? `, as of ${data.as_of}` : "";
  const inside = data.n_inside ? ` ${counted(data.n_inside, "event")} inside one side ${data.n_inside === 1 ? "is" : "are"} not drawn.` : "";
  byId("foot").textContent = `This file holds ${quotes} ${counted(data.documents.length, "document")} of ${counted(sources.size, "source")}${asOf}.${inside} Whoever gets the file gets them too. Drawn with vis-network (Apache-2.0 or MIT).`;
}
