// Evidence cards: an event, and under it each sentence that tells of it.

const joined = (names) => names.flatMap((text, index) => [index ? ", " : "", name(text)]);
const chip = (text, look) => el(`span.chip.${look}`, text);
const typeChip = (event) => chip(term("event", event.label), kindOf(event));

function whoLine({ sources, targets, brokers }) {
  return el("p.card-who", joined(sources), targets.length && [" → ", joined(targets)], brokers.length && [` · ${term("card", "through")} `, joined(brokers)]);
}

function eventCard(number, isAlone) {
  const event = eventAt(number);
  const detail = (isTold, tell) => isTold && el("p.card-detail", tell());
  return el("article.card",
    el("p.card-head", typeChip(event), event.told && chip(event.told.replace(/[^:, ][^:,]+/g, (word) => term("status", word)), isDone(event.group) ? "happened" : "said"),
      event.is_weak && chip(say("weak"), "weak"),
      el("span.card-when", event.when ? dated(event.when) : say("card.undated"))),
    whoLine(event),
    detail(event.is_weak, () => say("card.weak", { percent: percent(event.confidence) })),
    detail(event.n_docs > 1, () => say("card.told-by", { n: event.n_docs, independent: say("card.independent", { n: event.n_independent || event.n_docs }) })),
    detail(event.detail, () => name(killed(event.detail))),
    event.evidence.length ? event.evidence.map((index) => evidenceBlock(data.evidence[index], event)) : el("p.source", say("card.no-sentence")),
    event.designation !== null && designationBlock(data.designations[event.designation]),
    isAlone !== true && [disputes(event), event.links.map(linkBlock)]);
}

// An offer and its answer, a promise and the deed that keeps it: the other event, folded away under how it stands to this one.
function linkBlock({ how, event }) {
  const other = eventAt(event);
  return el("details.answer",
    el("summary", `${term("link", how)}: `, typeChip(other), " ", joined(other.sources), other.when && `, ${dated(other.when)}`), eventCard(event, true));
}

// Sentences that cannot both be right, side by side; nobody wins.
function disputes({ evidence }) {
  return data.contradictions.filter(({ one, other }) => evidence.includes(one) || evidence.includes(other)).map(({ on, one, other }) =>
    el("div.dispute", el("p.dispute-title", say("card.dispute", { on: term("on", on) })),
      [one, other].map((index) => el("div.evidence", quoteOf(data.evidence[index]), sourceLine(documentOf(data.evidence[index]))))));
}

function designationBlock({ authority, target, states, measures, evidence }) {
  return el("div.standing",
    el("p.dispute-title", pieces(target ? "card.sanctions-on" : "card.sanctions", { authority: name(authority), target: name(target) }),
      measures.length && `: ${measures.map((measure) => term("measure", measure)).join(", ")}`, evidence && ` (${term("tells", evidence)})`),
    el("ul", states.map(([day, text]) => el("li", el("b", day), ` ${standing(text)}`))));
}

const percent = (part) => (part === null ? say("unknown") : `${Math.round(part * 100)}\u00a0%`);

const evidenceBlock = (evidence, event) => el("div.evidence", quoteOf(evidence), sourceLine(documentOf(evidence)), factsLine(evidence, event));

function quoteOf(evidence) {
  if (!data.has_quotes) return el("p.no-quote", say("card.no-quote"));
  return el("blockquote", { dir: "auto" }, evidence.quote.map(([text, part]) => (part ? el(`mark.${part}`, { title: say(`part.${part}`) }, text) : text)));
}

function sourceLine(source) {
  if (!source) return el("p.source", say("card.no-document"));
  const publisher = term("publisher", source.publisher);
  return el("p.source", source.url ? link(source.url, publisher) : name(publisher),
    `, ${source.published ? dated(source.published) : say("card.no-date")}`,
    source.title && [" · ", el("cite", { dir: "auto" }, source.title)],
    source.address && [" · ", name(source.address)]);
}

function factsLine({ status, speaker, when, basis, confidence, is_weak, sentence_no, start, end, extractor }, event) {
  return el("p.facts", [
    say("fact.status", { status: term("status", status) }),
    speaker && say("fact.speaker", { speaker }),
    when && when !== event.when && say("fact.when", { when: dated(when) }),
    basis && say("fact.basis", { basis: term("basis", basis) }),
    confidence !== null && say("fact.confidence", { percent: percent(confidence) }) + (is_weak ? `, ${say("weak")}` : ""),
    sentence_no !== null && say("fact.sentence", { n: sentence_no + 1 }),
    start !== null && say("fact.span", { start, end }),
    extractor && say("fact.extractor", { extractor }),
  ].filter(Boolean).join(" · "));
}
