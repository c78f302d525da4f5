// Evidence cards: an event, and under it each sentence that tells of it.

const groupLabel = (id) => GROUPS.find((group) => group.id === id).label;

function joined(names) {
  return names.flatMap((text, index) => (index ? [", ", name(text)] : [name(text)]));
}

function whoLine(event) {
  const parts = [...joined(event.sources)];
  if (event.targets.length) parts.push(" → ", ...joined(event.targets));
  if (event.brokers.length) parts.push(" · through ", ...joined(event.brokers));
  return el("p", { class: "card-who" }, parts);
}

function chip(text, look) {
  return el("span", { class: `chip ${look}` }, text);
}

function eventCard(number) {
  const event = data.events[number];
  const isSaid = event.group !== "happened";
  return el("article", { class: `card ${isSaid ? "card-said" : ""}` },
    el("p", { class: "card-head" }, chip(event.label, kindOf(event)), event.told ? chip(event.told, isSaid ? "said" : "happened") : null,
      event.is_weak ? chip("weak", "weak") : null,
      el("span", { class: "card-when" }, event.when || "no date told")),
    whoLine(event),
    event.is_weak ? el("p", { class: "card-detail" }, `Too unsure to be drawn unless asked for: confidence ${percent(event.confidence)}.`) : null,
    event.detail ? el("p", { class: "card-detail" }, name(event.detail)) : null,
    event.evidence.length ? null : el("p", { class: "source" }, "No sentence in this graph tells it."),
    event.evidence.map((index) => evidenceBlock(data.evidence[index], event)));
}

const percent = (part) => (part === null ? "unknown" : `${Math.round(part * 100)}\u00a0%`);

function evidenceBlock(evidence, event) {
  const source = evidence.document === null ? null : data.documents[evidence.document];
  return el("div", { class: "evidence" }, quoteOf(evidence), sourceLine(source), factsLine(evidence, event));
}

function quoteOf(evidence) {
  if (!data.has_quotes) return el("p", { class: "no-quote" }, "The quote was left out of this file.");
  return el("blockquote", { dir: "auto" }, evidence.before, evidence.trigger ? el("mark", {}, evidence.trigger) : null, evidence.after);
}

function sourceLine(source) {
  if (!source) return el("p", { class: "source" }, "The document is not in this graph.");
  return el("p", { class: "source" }, source.url ? link(source.url, source.publisher) : name(source.publisher),
    source.published ? `, ${source.published}` : ", no date",
    source.title ? [" · ", el("cite", { dir: "auto" }, source.title)] : null,
    source.address ? [" · ", name(source.address)] : null);
}

function factsLine(evidence, event) {
  const facts = [`told as ${evidence.status}`];
  if (evidence.speaker) facts.push(`said by ${evidence.speaker}`);
  if (evidence.when && evidence.when !== event.when) facts.push(`about ${evidence.when}`);
  if (evidence.confidence !== null) facts.push(`confidence ${percent(evidence.confidence)}${evidence.is_weak ? ", weak" : ""}`);
  if (evidence.sentence_no !== null) facts.push(`sentence ${evidence.sentence_no + 1}`);
  if (evidence.start !== null) facts.push(`characters ${evidence.start}–${evidence.end}`);
  return el("p", { class: "facts" }, facts.join(" · "));
}
