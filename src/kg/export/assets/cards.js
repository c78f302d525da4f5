// Evidence cards: an event, and under it each sentence that tells of it.

const groupLabel = (id) => GROUPS.find((group) => group.id === id).label;

function joined(names) {
  return names.flatMap((text, index) => (index ? [", ", name(text)] : [name(text)]));
}

function whoLine(event) {
  const parts = [...joined(event.sources)];
  if (event.targets.length) parts.push(" → ", ...joined(event.targets));
  if (event.brokers.length) parts.push(` · ${term("card", "through")} `, ...joined(event.brokers));
  return el("p", { class: "card-who" }, parts);
}

function chip(text, look) {
  return el("span", { class: `chip ${look}` }, text);
}

function eventCard(number, isAlone) {
  const event = data.events[number];
  const isSaid = !isDone(event.group);
  return el("article", { class: `card ${isSaid ? "card-said" : ""}` },
    el("p", { class: "card-head" }, chip(term("event", event.label), kindOf(event)), event.told ? chip(event.told.replace(/[^:, ][^:,]+/g, (word) => term("status", word)), isSaid ? "said" : "happened") : null,
      event.is_weak ? chip(say("weak"), "weak") : null,
      el("span", { class: "card-when" }, event.when ? dated(event.when) : say("card.undated"))),
    whoLine(event),
    event.is_weak ? el("p", { class: "card-detail" }, say("card.weak", { percent: percent(event.confidence) })) : null,
    event.n_docs > 1 ? el("p", { class: "card-detail" }, say("card.told-by", { n: event.n_docs, independent: say("card.independent", { n: event.n_independent || event.n_docs }) })) : null,
    event.detail ? el("p", { class: "card-detail" }, name(killed(event.detail))) : null,
    event.evidence.length ? null : el("p", { class: "source" }, say("card.no-sentence")),
    event.evidence.map((index) => evidenceBlock(data.evidence[index], event)),
    event.designation === null ? null : designationBlock(data.designations[event.designation]),
    isAlone === true ? null : [disputes(event), event.links.map(linkBlock)]);
}

// An offer and its answer, a promise and the deed that keeps it: the other event, folded away under how it stands to this one.
function linkBlock({ how, event }) {
  const other = data.events[event];
  return el("details", { class: `answer answer-${how.split(" ")[0]}` }, el("summary", {}, `${term("link", how)}: `, chip(term("event", other.label), kindOf(other)), " ", joined(other.sources), other.when ? `, ${dated(other.when)}` : ""), eventCard(event, true));
}

// Sentences that cannot both be right, side by side; nobody wins.
function disputes(event) {
  return data.contradictions.filter(({ one, other }) => event.evidence.includes(one) || event.evidence.includes(other)).map(({ on, one, other }) =>
    el("div", { class: "dispute" }, el("p", { class: "dispute-title" }, say("card.dispute", { on: term("on", on) })),
      [one, other].map((index) => el("div", { class: "evidence" }, quoteOf(data.evidence[index]), sourceLine(data.documents[data.evidence[index].document])))));
}

function designationBlock({ authority, target, states, measures, evidence }) {
  return el("div", { class: "standing" }, el("p", { class: "dispute-title" }, pieces(target ? "card.sanctions-on" : "card.sanctions", { authority: name(authority), target: name(target) }), measures.length ? `: ${measures.map((measure) => term("measure", measure)).join(", ")}` : "", evidence ? ` (${term("tells", evidence)})` : ""),
    el("ul", {}, states.map(([day, text]) => el("li", {}, el("b", {}, day), ` ${standing(text)}`))));
}

const percent = (part) => (part === null ? say("unknown") : `${Math.round(part * 100)}\u00a0%`);

function evidenceBlock(evidence, event) {
  const source = evidence.document === null ? null : data.documents[evidence.document];
  return el("div", { class: "evidence" }, quoteOf(evidence), sourceLine(source), factsLine(evidence, event));
}

function quoteOf(evidence) {
  if (!data.has_quotes) return el("p", { class: "no-quote" }, say("card.no-quote"));
  return el("blockquote", { dir: "auto" }, evidence.quote.map(([text, part]) => (part ? el("mark", { class: part, title: say(`part.${part}`) }, text) : text)));
}

function sourceLine(source) {
  if (!source) return el("p", { class: "source" }, say("card.no-document"));
  return el("p", { class: "source" }, source.url ? link(source.url, term("publisher", source.publisher)) : name(term("publisher", source.publisher)),
    `, ${source.published ? dated(source.published) : say("card.no-date")}`,
    source.title ? [" · ", el("cite", { dir: "auto" }, source.title)] : null,
    source.address ? [" · ", name(source.address)] : null);
}

function factsLine(evidence, event) {
  const facts = [say("fact.status", { status: term("status", evidence.status) })];
  if (evidence.speaker) facts.push(say("fact.speaker", { speaker: evidence.speaker }));
  if (evidence.when && evidence.when !== event.when) facts.push(say("fact.when", { when: dated(evidence.when) }));
  if (evidence.basis) facts.push(say("fact.basis", { basis: term("basis", evidence.basis) }));
  if (evidence.confidence !== null) facts.push(say("fact.confidence", { percent: percent(evidence.confidence) }) + (evidence.is_weak ? `, ${say("weak")}` : ""));
  if (evidence.sentence_no !== null) facts.push(say("fact.sentence", { n: evidence.sentence_no + 1 }));
  if (evidence.start !== null) facts.push(say("fact.span", evidence));
  if (evidence.extractor) facts.push(say("fact.extractor", evidence));
  return el("p", { class: "facts" }, facts.join(" · "));
}
