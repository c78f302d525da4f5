// Building the page out of elements and text; nothing here or elsewhere takes markup.

const byId = (id) => document.getElementById(id);
const listen = (id, type, hear) => byId(id).addEventListener(type, hear);

function dressed(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  return node;
}

// An element: its tag and classes ("p.card-who"), its attributes where it has any, and children; what is empty or false is none.
function el(look, ...parts) {
  const [tag, ...classes] = look.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  if (parts[0]?.constructor === Object) dressed(node, parts.shift());
  node.append(...parts.flat(Infinity).filter(Boolean));
  return node;
}

const drawing = (tag, attributes) => dressed(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);

const name = (text) => el("bdi", text);

// Bidi controls in a name could turn the words beside it around on the canvas.
const plain = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

// A name written from right to left, kept apart from what stands beside it where there is no element to do so.
const isolated = (text) => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);

function link(url, text) {
  return /^https?:\/\//i.test(url) ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name(text)) : name(text);
}
