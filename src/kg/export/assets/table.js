// The same ties as a table, for readers without the canvas and for those who want to read down a list.

const COLUMNS = ["from", "", "to", "what", "events", "told-as", "sources", "surest", "latest"];

function tableRow(tie) {
  const events = eventsOf(tie).map(eventAt);
  const told = isStructure(tie) ? [say("holds-now")] : [...new Set(events.map((event) => labelIn(GROUPS, event.group).toLowerCase()))];
  const latest = events.map((event) => event.day).sort().pop();
  const surest = Math.max(...events.map((event) => event.confidence));
  const source = pickButton({ type: "tie", id: tie.id }, actorName(tie.source));
  source.setAttribute("aria-label", say("table.evidence", { tie: tieTitle(tie), summary: tieSummary(tie) }));
  return el("tr",
    el("th", { scope: "row" }, source),
    el("td.arrow", arrowOf(tie)),
    el("td", name(actorName(tie.target))),
    el("td.what", chip(labelIn(KINDS, kindOf(tie)), kindOf(tie)), " ", tieNote(tie, ["said"]), noteOf("tie", tie.id) && el("p.own-note", { dir: "auto" }, noteOf("tie", tie.id))),
    el("td.number", String(events.length)),
    el("td", told.join(", ")),
    el("td.number", String(new Set(events.flatMap(sourcesOf)).size || "–")),
    el("td.number", surest ? percent(surest) : "–"),
    el("td.number", latest || "–"));
}

function fillTable() {
  byId("table-box").replaceChildren(el("table",
    el("caption.sr-only", say("table.caption")),
    el("thead", el("tr", COLUMNS.map((column) => (column ? el("th", { scope: "col" }, say(`table.${column}`)) : el("td"))))),
    el("tbody", stage.visible.map(tableRow))));
}

function showView() {
  const { isTable } = state;
  byId("view-map").setAttribute("aria-pressed", !isTable);
  byId("view-table").setAttribute("aria-pressed", isTable);
  byId("table-box").hidden = !isTable;
  document.body.classList.toggle("with-table", isTable);
}
