// Building the page out of elements and text; nothing here or elsewhere takes markup.

const byId = (id) => document.getElementById(id);

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "class") node.className = value;
    else if (name === "onclick") node.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== "") node.append(child);
  }
  return node;
}

const name = (text) => el("bdi", { dir: "auto" }, text);

// Bidi controls in a name could turn the words beside it around on the canvas.
const plain = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

// A name written from right to left, kept apart from what stands beside it where there is no element to do so.
const isolated = (text) => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);

function link(url, text) {
  if (!/^https?:\/\//i.test(url)) return name(text);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name(text));
}
