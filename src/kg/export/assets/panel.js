// The right panel: what was picked and the sentences behind it; with nothing picked, the strongest and the latest.

const MAX_CARDS = 60;
const OVERVIEW_TIES = 8;
const OVERVIEW_EVENTS = 6;

function tieSummary(tie) {
  const n = eventsOf(tie).length;
  const kind = KINDS.find((entry) => entry.id === kindOf(tie)).label.toLowerCase();
  if (tie.kind === "structure") return kind;
  return `${kind}, ${say(tie.is_said ? "summary.said" : "events", { n })}${weakNote(tie, n)}`;
}

function weakNote(tie, n) {
  const weak = eventsOf(tie).filter((number) => data.events[number].is_weak).length;
  return weak === 0 ? "" : `, ${weak === n ? say("weak") : say("summary.weak", { n: weak })}`;
}

const NOTE_LABELS = 3;

// What kinds the events of a tie are of, each with its number: deeds before words, and what weighs most first.
function kindsOf(tie) {
  const kinds = new Map();
  for (const number of eventsOf(tie)) {
    const { label, is_verbal, weight } = data.events[number];
    const kind = kinds.get(label) || { label, is_verbal, weight: 0, n: 0 };
    kinds.set(label, { ...kind, weight: kind.weight + weight, n: kind.n + 1 });
  }
  return [...kinds.values()].sort((one, other) => one.is_verbal - other.is_verbal || other.weight - one.weight || other.n - one.n);
}

// The same in a few words: "only said: kill", "missile strike, accuse ×2, warn".
function tieNote(tie) {
  const kinds = kindsOf(tie);
  const labels = kinds.slice(0, NOTE_LABELS).map(({ label, n }) => term("event", label) + (n > 1 ? ` ×${n}` : ""));
  const more = kinds.length > NOTE_LABELS ? ` ${say("note.more", { n: kinds.length - NOTE_LABELS })}` : "";
  const note = tie.is_said ? "said" : tie.kind;
  const how = ["said", "mediation", "host"].includes(note) ? say(`note.${note}`) + " " : "";
  return [`${how}${labels.join(", ")}${more}`, ...standingOf(tie).map(standing)].join(" · ");
}

function bar(tie, part) {
  const filled = el("span", { class: `bar ${kindOf(tie)} ${tie.is_said || isWeak(tie) ? "bar-said" : ""}`, "aria-hidden": "true" });
  filled.style.width = `${Math.round(100 * part)}%`;
  return filled;
}

function tieButton(tie, most) {
  const n = eventsOf(tie).length;
  return el("li", {}, el("button", { type: "button", class: "tie", "data-tie": tie.id, onclick: () => pick({ type: "tie", id: tie.id }) },
    el("span", { class: "tie-title" }, name(actorName(tie.source)), ` ${arrowOf(tie)} `, name(actorName(tie.target))),
    tie.kind === "structure" ? el("span", {}) : el("span", { class: `count ${kindOf(tie)}` }, countText(tie)),
    el("span", { class: "tie-note" }, tieNote(tie)),
    bar(tie, n / most)));
}

// What happened before what was only said, the sure before the weak, most events first; of as many, those that weigh more.
function bySize(ties) {
  const weight = (tie) => eventsOf(tie).reduce((sum, number) => sum + data.events[number].weight, 0);
  return [...ties].sort((one, other) => one.is_said - other.is_said || isWeak(one) - isWeak(other) || eventsOf(other).length - eventsOf(one).length || weight(other) - weight(one));
}

function tieList(ties) {
  const most = Math.max(1, ...ties.map((tie) => eventsOf(tie).length));
  return el("ul", { class: "ties" }, ties.map((tie) => tieButton(tie, most)));
}

const byDay = (one, other) => (data.events[one].day < data.events[other].day ? 1 : data.events[one].day > data.events[other].day ? -1 : one - other);

function cardList(numbers) {
  const shown = numbers.slice(0, MAX_CARDS);
  const rest = numbers.length - shown.length;
  return [shown.map(eventCard), rest > 0 ? el("p", { class: "more" }, say("panel.more", { n: rest })) : null];
}

function fillPanel() {
  const panel = byId("panel");
  const picked = state.picked;
  const content = !picked ? overview() : picked.type === "tie" ? tiePanel(tiesById.get(picked.id))
    : picked.type === "path" ? pathPanel(picked.id) : picked.type === "actor" ? actorPanel(picked.id) : foldedPanel(data.folded[picked.id], picked.id);
  panel.replaceChildren(...content.flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
}

function overview() {
  const ties = bySize(stage.visible.filter((tie) => tie.kind !== "structure")).slice(0, OVERVIEW_TIES);
  const events = [...new Set(stage.visible.filter((tie) => tie.kind !== "structure").flatMap(eventsOf))].sort(byDay);
  const isAhead = (number) => data.as_of && data.events[number].day > data.as_of && !isDone(data.events[number].group);
  const ahead = events.filter(isAhead).reverse().slice(0, OVERVIEW_EVENTS);
  const latest = events.filter((number) => !isAhead(number)).slice(0, OVERVIEW_EVENTS);
  if (!ties.length) return [el("h2", {}, say("panel.nothing")), el("p", {}, say("panel.all-off"))];
  return [
    noteList(),
    el("h2", {}, say("panel.strongest")), tieList(ties),
    ahead.length ? [el("h2", {}, say("panel.ahead")), ahead.map(eventCard)] : null,
    el("h2", {}, say("panel.latest")), latest.map(eventCard),
  ];
}

// A button that does something with what is picked.
function deed(key, onclick, values) {
  return el("button", { type: "button", class: "back", onclick }, say(key, values));
}

function backButton() {
  return el("button", { type: "button", class: "back", onclick: () => pick(null) }, `← ${say("overview")}`);
}

function tiePanel(tie) {
  const others = stage.visible.filter((other) => other.id !== tie.id && other.kind !== "structure" &&
    [other.source, other.target].sort().join("\n") === [tie.source, tie.target].sort().join("\n"));
  return [
    backButton(),
    el("h2", { class: "panel-title" }, name(actorName(tie.source)), ` ${arrowOf(tie)} `, name(actorName(tie.target))),
    el("p", { class: "panel-sub" }, chip(tieSummary(tie), kindOf(tie))),
    tie.is_said ? el("p", { class: "caution" }, say("panel.all-said")) : null,
    standingOf(tie).map((text) => el("p", { class: "caution" }, `${lastDay() || data.as_of}: ${standing(text)}`)),
    isWeak(tie) ? el("p", { class: "caution" }, say("panel.all-weak")) : null,
    noteBox("tie", tie.id),
    cardList(eventsOf(tie)),
    others.length ? [el("h2", {}, say("panel.between")), tieList(others)] : null,
  ];
}

const designationsOf = (target) => data.designations.filter((designation) => designation.target === target);

function actorPanel(id) {
  const actor = actorsById.get(id);
  const ties = data.ties.filter((tie) => (tie.source === id || tie.target === id) && passes(tie));
  const events = [...new Set(ties.flatMap(eventsOf))].sort(byDay);
  const folded = foldsOf(id).filter((index) => !isApart(index)).map((index) => [data.folded[index], index]);
  return [
    backButton(),
    el("h2", { class: "panel-title" }, name(actor.name)),
    el("p", { class: "panel-sub" }, `${term("type", actor.type)} · ${say("ties", { n: ties.length })} · ${say("events", { n: events.length })}`),
    folded.length ? el("p", { class: "speaks" }, `${say("panel.speaks")} `, folded.flatMap(([entry, index], n) => [n ? ", " : "",
      el("button", { type: "button", class: "inline", onclick: () => pick({ type: "folded", id: index }) }, name(entry.name))])) : null,
    el("div", { class: "deeds" }, pathFrom === id ? el("p", { class: "caution" }, say("path.pick")) : deed("path.start", () => startPath(id)),
      deed(state.focus === id ? "focus.off" : "focus.start", () => focusOn(id)), foldButtons(id), pinOf(id) ? deed("unpin", () => unpin(id)) : null),
    noteBox("actor", id),
    designationsOf(actor.name).map(designationBlock),
    ties.length ? [el("h2", {}, say("panel.ties")), tieList(bySize(ties).slice(0, 20)), el("h2", {}, say("panel.events"))] : null,
    cardList(events),
  ];
}

function foldedPanel(entry, index) {
  const events = entry.events.filter((number) => verdicts[number]).sort(byDay);
  return [
    backButton(),
    el("h2", { class: "panel-title" }, name(entry.name)),
    el("p", { class: "panel-sub" }, pieces("panel.acts-for", { side: el("button", { type: "button", class: "inline", onclick: () => pick({ type: "actor", id: entry.side }) },
      name(actorName(entry.side))) })),
    el("div", { class: "deeds" }, deed("unfold-one", () => unfold([foldedIds[index]], true), { side: actorName(entry.side) })),
    events.length ? cardList(events) : el("p", {}, say("panel.off")),
  ];
}
