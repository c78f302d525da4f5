// The right panel: what was picked and the sentences behind it; with nothing picked, the strongest and the latest.

const MAX_CARDS = 60;
const OVERVIEW_TIES = 8;
const OVERVIEW_EVENTS = 6;

function tieSummary(tie) {
  const n = eventsOf(tie).length;
  const kind = labelIn(KINDS, kindOf(tie)).toLowerCase();
  if (isStructure(tie)) return kind;
  return `${kind}, ${say(tie.is_said ? "summary.said" : "events", { n })}${weakNote(tie, n)}`;
}

function weakNote(tie, n) {
  const weak = eventsOf(tie).filter((number) => eventAt(number).is_weak).length;
  return weak === 0 ? "" : `, ${weak === n ? say("weak") : say("summary.weak", { n: weak })}`;
}

const NOTE_LABELS = 3;

// What kinds the events of a tie are of, each with its number: deeds before words, and what weighs most first.
function kindsOf(tie) {
  const kinds = new Map();
  for (const number of eventsOf(tie)) {
    const { label, is_verbal, weight } = eventAt(number);
    const kind = kinds.get(label) || { label, is_verbal, weight: 0, n: 0 };
    kinds.set(label, { ...kind, weight: kind.weight + weight, n: kind.n + 1 });
  }
  return [...kinds.values()].sort((one, other) => one.is_verbal - other.is_verbal || other.weight - one.weight || other.n - one.n);
}

// The same in a few words: "only said: kill", "missile strike, accuse ×2, warn"; which of these beginnings are told.
function tieNote(tie, beginnings = ["said", "mediation", "host"]) {
  const kinds = kindsOf(tie);
  const labels = kinds.slice(0, NOTE_LABELS).map(({ label, n }) => term("event", label) + (n > 1 ? ` ×${n}` : ""));
  const more = kinds.length > NOTE_LABELS ? ` ${say("note.more", { n: kinds.length - NOTE_LABELS })}` : "";
  const note = tie.is_said ? "said" : tie.kind;
  const how = beginnings.includes(note) ? say(`note.${note}`) + " " : "";
  return [`${how}${labels.join(", ")}${more}`, ...standingOf(tie).map(standing)].join(" · ");
}

function bar(tie, part) {
  const line = el(`span.bar.${kindOf(tie)}`, { "aria-hidden": "true" });
  line.classList.toggle("bar-said", tie.is_said || isWeak(tie));
  line.style.width = `${Math.round(100 * part)}%`;
  return line;
}

const tieNames = (tie) => [name(actorName(tie.source)), ` ${arrowOf(tie)} `, name(actorName(tie.target))];

function tieButton(tie, most) {
  return el("li", el("button.tie", { onclick: () => pick({ type: "tie", id: tie.id }) },
    el("span.tie-title", tieNames(tie)),
    isStructure(tie) ? el("span") : el(`span.count.${kindOf(tie)}`, countText(tie)),
    el("span.tie-note", tieNote(tie)),
    bar(tie, eventsOf(tie).length / most)));
}

// What happened before what was only said, the sure before the weak, most events first; of as many, those that weigh more.
function bySize(ties) {
  const weight = (tie) => eventsOf(tie).reduce((sum, number) => sum + eventAt(number).weight, 0);
  return [...ties].sort((one, other) => one.is_said - other.is_said || isWeak(one) - isWeak(other) || eventsOf(other).length - eventsOf(one).length || weight(other) - weight(one));
}

function tieList(ties) {
  const most = Math.max(1, ...ties.map((tie) => eventsOf(tie).length));
  return el("ul.ties", ties.map((tie) => tieButton(tie, most)));
}

function byDay(one, other) {
  const [day, otherDay] = [eventAt(one).day, eventAt(other).day];
  return day === otherDay ? one - other : day < otherDay ? 1 : -1;
}

function cardList(numbers) {
  const shown = numbers.slice(0, MAX_CARDS);
  const rest = numbers.length - shown.length;
  return [shown.map(eventCard), rest > 0 && el("p.more", say("panel.more", { n: rest }))];
}

const PANELS = { tie: tiePanel, path: pathPanel, actor: actorPanel, folded: foldedPanel };

function fillPanel() {
  const content = state.picked ? PANELS[state.picked.type](state.picked.id) : overview();
  byId("panel").replaceChildren(...content.flat(Infinity).filter(Boolean));
  byId("panel").scrollTop = 0;
}

const section = (key, ...content) => [el("h2", say(key)), content];

function overview() {
  const ties = bySize(stage.visible.filter((tie) => !isStructure(tie))).slice(0, OVERVIEW_TIES);
  const events = toldBy(stage.visible, eventsOf).sort(byDay);
  const isAhead = (number) => data.as_of && eventAt(number).day > data.as_of && !isDone(eventAt(number).group);
  const ahead = events.filter(isAhead).reverse().slice(0, OVERVIEW_EVENTS);
  const latest = events.filter((number) => !isAhead(number)).slice(0, OVERVIEW_EVENTS);
  if (!ties.length) return section("panel.nothing", el("p", say("panel.all-off")));
  return [
    noteList(),
    section("panel.strongest", tieList(ties)),
    ahead.length && section("panel.ahead", ahead.map(eventCard)),
    section("panel.latest", latest.map(eventCard)),
  ];
}

// A button that does something with what is picked.
const deed = (key, onclick, values) => el("button.back", { onclick }, say(key, values));

// One within a text, that picks another thing.
const pickButton = (choice, text) => el("button.inline", { onclick: () => pick(choice) }, name(text));

const panelHead = (title, sub) => [
  el("button.back", { onclick: () => pick(null) }, `← ${say("overview")}`),
  el("h2.panel-title", title),
  el("p.panel-sub", sub),
];

const caution = (text) => el("p.caution", text);

function tiePanel(id) {
  const tie = tiesById.get(id);
  const others = stage.visible.filter((other) => other.id !== id && !isStructure(other) && pairOf(other) === pairOf(tie));
  return [
    panelHead(tieNames(tie), chip(tieSummary(tie), kindOf(tie))),
    tie.is_said && caution(say("panel.all-said")),
    standingOf(tie).map((text) => caution(`${lastDay() || data.as_of}: ${standing(text)}`)),
    isWeak(tie) && caution(say("panel.all-weak")),
    noteBox("tie", id),
    cardList(eventsOf(tie)),
    others.length && section("panel.between", tieList(others)),
  ];
}

function actorPanel(id) {
  const actor = actorsById.get(id);
  const ties = data.ties.filter((tie) => endsOf(tie).includes(id) && passes(tie));
  const events = [...new Set(ties.flatMap(eventsOf))].sort(byDay);
  const folded = foldsOf(id).filter((index) => !isApart(index));
  return [
    panelHead(name(actor.name), [term("type", actor.type), say("ties", { n: ties.length }), say("events", { n: events.length })].join(" · ")),
    folded.length && el("p.speaks", `${say("panel.speaks")} `, folded.map((index, n) => [n ? ", " : "", pickButton({ type: "folded", id: index }, data.folded[index].name)])),
    el("div.deeds", pathFrom === id ? caution(say("path.pick")) : deed("path.start", () => startPath(id)),
      deed(state.focus === id ? "focus.off" : "focus.start", () => focusOn(id)), foldButtons(id), pinOf(id) && deed("unpin", () => unpin(id))),
    noteBox("actor", id),
    data.designations.filter(({ target }) => target === actor.name).map(designationBlock),
    ties.length && [section("panel.ties", tieList(bySize(ties).slice(0, 20))), section("panel.events")],
    cardList(events),
  ];
}

function foldedPanel(index) {
  const { name: called, side, events } = data.folded[index];
  const told = events.filter((number) => verdicts[number]).sort(byDay);
  return [
    panelHead(name(called), pieces("panel.acts-for", { side: pickButton({ type: "actor", id: side }, actorName(side)) })),
    el("div.deeds", deed("unfold-one", () => unfold([foldedIds[index]], true), { side: actorName(side) })),
    told.length ? cardList(told) : el("p", say("panel.off")),
  ];
}
