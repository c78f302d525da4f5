// The same ties as a table, for readers without the canvas and for those who want to read down a list.

const COLUMNS = ["from", "", "to", "kind", "what", "events", "told-as", "sources", "surest", "latest"];

function tableRow(tie) {
  const events = eventsOf(tie).map((number) => data.events[number]);
  const told = tie.kind === "structure" ? [say("holds-now")] : [...new Set(events.map((event) => groupLabel(event.group).toLowerCase()))];
  const latest = events.map((event) => event.day).sort().pop();
  const surest = events.reduce((most, { confidence }) => (confidence > most ? confidence : most), null);
  const kind = KINDS.find((entry) => entry.id === kindOf(tie)).label;
  return el("tr", {},
    el("th", { scope: "row" }, el("button", { type: "button", class: "inline", onclick: () => pick({ type: "tie", id: tie.id }),
      "aria-label": say("table.evidence", { tie: tieTitle(tie), summary: tieSummary(tie) }) }, name(actorName(tie.source)))),
    el("td", { class: "arrow" }, arrowOf(tie)),
    el("td", {}, name(actorName(tie.target))),
    el("td", {}, chip(kind, kindOf(tie))),
    el("td", { class: "what" }, tieNote(tie), noteOf("tie", tie.id) ? el("p", { class: "own-note", dir: "auto" }, noteOf("tie", tie.id)) : null),
    el("td", { class: "number" }, String(events.length)),
    el("td", {}, told.join(", ")),
    el("td", { class: "number" }, String(new Set(events.flatMap(sourcesOf)).size || "–")),
    el("td", { class: "number" }, surest === null ? "–" : percent(surest)),
    el("td", { class: "number" }, latest || "–"));
}

function fillTable() {
  const table = el("table", {},
    el("caption", { class: "sr-only" }, say("table.caption")),
    el("thead", {}, el("tr", {}, COLUMNS.map((column) => (column ? el("th", { scope: "col" }, say(`table.${column}`)) : el("td", {}))))),
    el("tbody", {}, stage.visible.map(tableRow)));
  byId("table-box").replaceChildren(table);
}

function showView() {
  const { isTable } = state;
  byId("view-map").setAttribute("aria-pressed", String(!isTable));
  byId("view-table").setAttribute("aria-pressed", String(isTable));
  byId("table-box").hidden = !isTable;
  document.body.classList.toggle("with-table", isTable);
}
