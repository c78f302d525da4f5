// The words of the interface: one dictionary for each language, so that no other file holds a text for readers.

const words = JSON.parse(byId("kg-words").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);

// A text that is the end of its key is not told twice; so a word of the graph that the dictionary lacks is shown as it is.
const textOf = (key) => (Object.hasOwn(words, key) ? words[key] : key.slice(key.indexOf(".") + 1));

// A text with its gaps filled, in pieces, since a gap may hold an element. One that counts has a form for each number n.
function pieces(key, values) {
  const told = textOf(key);
  const text = typeof told === "string" ? told : told[plural.select(values.n)];
  return text.split(/\{(\w+)\}/).map((part, n) => (n % 2 ? values[part] : part));
}

const say = (key, values) => pieces(key, values).map((piece, n) => (n % 2 ? isolated(String(piece)) : piece)).join("");

// A word of the graph: a status, a type.
const term = (kind, word) => textOf(`${kind}.${word}`);

// Days as the graph tells them: "2025-06-16 to 2025-06-22 (week)".
const dated = (when) => when.replace(" to ", say("date.to")).replace(/\((\w+)\)$/, (_, precision) => `(${term("precision", precision)})`);

// "28 killed", "20 to 28 killed, as told"; any other detail is of a document.
function killed(detail) {
  const [, n, most] = detail.match(/^(\S+)(?: to (\S+))? killed(?:, as told)?$/) || [];
  return n ? say(most ? "killed.range" : "killed", { n, most }) : detail;
}

// What holds of a sanction: "announced, due on 2025-07-29".
const standing = (text) => text.split(", ").map((part) => {
  const [day] = part.match(/\d{4}-\d\d-\d\d/) || [""];
  return term("standing", day ? part.replace(day, "{day}") : part).replace("{day}", day);
}).join(", ");
