// What the reader adds: notes on actors and ties, and actors that stand where the reader set them. Both live in the link.

const MAX_NOTE = 2000;
const pinKey = (id) => (stage.isNarrow ? "~" : "") + bare(id);
const pinOf = (id) => state.pins.get(pinKey(id));
const noteOf = (type, id) => (state.notes.size && state.notes.get(keyOf({ type, id }))) || "";

function pin(id) {
  const { x, y } = stage.network.getPosition(id);
  state.pins.set(pinKey(id), [Math.round(x), Math.round(y)]);
  refresh();
}

function unpin(id) {
  state.pins.delete(pinKey(id));
  refresh();
}

function readPins(texts) {
  const found = texts.map((text) => /^(-?\d{1,5}),(-?\d{1,5}),(.+)$/s.exec(text)).filter(Boolean);
  state.pins = new Map(found.map(([, x, y, key]) => [key, [Number(x), Number(y)]]));
}

function readNotes(texts) {
  state.notes = new Map(texts.filter((text) => text.includes("\n")).map((text) => {
    const at = text.indexOf("\n");
    return [text.slice(0, at), text.slice(at + 1, at + 1 + MAX_NOTE)];
  }));
}

function noteBox(type, id) {
  const key = keyOf({ type, id });
  const oninput = ({ target }) => {
    if (target.value.trim()) state.notes.set(key, target.value);
    else state.notes.delete(key);
    stage.network.redraw();
    remember();
  };
  return el("div.note-box", el("label", { for: "note" }, say("note")),
    el("textarea", { id: "note", rows: 1, maxlength: MAX_NOTE, dir: "auto", placeholder: say("note.hint"), oninput }, noteOf(type, id)));
}

function noteList() {
  return state.notes.size && [el("h2", say("notes")), el("ul.notes", [...state.notes].map(([key, text]) => {
    const choice = pickOf(key);
    return el("li", choice && pickButton(choice, choice.type === "tie" ? tieTitle(tiesById.get(choice.id)) : actorName(choice.id)), el("p", { dir: "auto" }, text));
  }))];
}

// A dot in the disc of who was pinned.
function drawPins(context) {
  for (const { id } of stage.nodes.get()) {
    if (!pinOf(id)) continue;
    const middle = spotOf(id);
    context.beginPath();
    context.arc(middle.x, middle.y, 2.5, 0, 2 * Math.PI);
    context.fillStyle = actorsById.get(id).type === "person" ? palette.organisation : palette.ground;
    context.fill();
  }
}
