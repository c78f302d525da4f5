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

function eventCard(number, isAlone) {
  const event = data.events[number];
  const isSaid = !isDone(event.group);
  return el("article", { class: `card ${isSaid ? "card-said" : ""}` },
    el("p", { class: "card-head" }, chip(event.label, kindOf(event)), event.told ? chip(event.told, isSaid ? "said" : "happened") : null,
      event.is_weak ? chip("weak", "weak") : null,
      el("span", { class: "card-when" }, event.when || "no date told")),
    whoLine(event),
    event.is_weak ? el("p", { class: "card-detail" }, `Too unsure to be drawn unless asked for: confidence ${percent(event.confidence)}.`) : null,
    event.n_docs > 1 ? el("p", { class: "card-detail" }, `Told by ${event.n_docs} documents, ${counted(event.n_independent || event.n_docs, "independent source")}.`) : null,
    event.detail ? el("p", { class: "card-detail" }, name(event.detail)) : null,
    event.evidence.length ? null : el("p", { class: "source" }, "No sentence in this graph tells it."),
    event.evidence.map((index) => evidenceBlock(data.evidence[index], event)),
    event.designation === null ? null : designationBlock(data.designations[event.designation]),
    isAlone === true ? null : [disputes(event), event.links.map(linkBlock)]);
}

// An offer and its answer, a promise and the deed that keeps it: the other event, folded away under how it stands to this one.
function linkBlock({ how, event }) {
  const other = data.events[event];
  return el("details", { class: `answer answer-${how.split(" ")[0]}` }, el("summary", {}, `${how}: `, chip(other.label, kindOf(other)), " ", joined(other.sources), other.when ? `, ${other.when}` : ""), eventCard(event, true));
}

// Sentences that cannot both be right, side by side; nobody wins.
function disputes(event) {
  return data.contradictions.filter(({ one, other }) => event.evidence.includes(one) || event.evidence.includes(other)).map(({ on, one, other }) =>
    el("div", { class: "dispute" }, el("p", { class: "dispute-title" }, `They contradict each other on the ${on}`),
      [one, other].map((index) => el("div", { class: "evidence" }, quoteOf(data.evidence[index]), sourceLine(data.documents[data.evidence[index].document])))));
}

function designationBlock({ authority, target, states, measures, evidence }) {
  return el("div", { class: "standing" }, el("p", { class: "dispute-title" }, "Sanctions of ", name(authority), target ? [" on ", name(target)] : null, measures.length ? `: ${measures.join(", ")}` : "", evidence ? ` (${evidence})` : ""),
    el("ul", {}, states.map(([day, text]) => el("li", {}, el("b", {}, day), ` ${text}`))));
}

const percent = (part) => (part === null ? "unknown" : `${Math.round(part * 100)}\u00a0%`);

function evidenceBlock(evidence, event) {
  const source = evidence.document === null ? null : data.documents[evidence.document];
  return el("div", { class: "evidence" }, quoteOf(evidence), sourceLine(source), factsLine(evidence, event));
}

const PARTS = { trigger: "what is told", actor: "who does it", recipient: "to whom", broker: "through whom" };

function quoteOf(evidence) {
  if (!data.has_quotes) return el("p", { class: "no-quote" }, "The quote was left out of this file.");
  return el("blockquote", { dir: "auto" }, evidence.quote.map(([text, part]) => (part ? el("mark", { class: part, title: PARTS[part] }, text) : text)));
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
  if (evidence.basis) facts.push(`day ${evidence.basis}`);
  if (evidence.confidence !== null) facts.push(`confidence ${percent(evidence.confidence)}${evidence.is_weak ? ", weak" : ""}`);
  if (evidence.sentence_no !== null) facts.push(`sentence ${evidence.sentence_no + 1}`);
  if (evidence.start !== null) facts.push(`characters ${evidence.start}–${evidence.end}`);
  if (evidence.extractor) facts.push(`read by ${evidence.extractor}`);
  return el("p", { class: "facts" }, facts.join(" · "));
}
