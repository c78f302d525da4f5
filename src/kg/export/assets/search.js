// Finding an actor by any of its names, accents and case aside; those who are shown as their side are found too.

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const searchEntries = [
  ...data.actors.map((actor) => ({ title: actor.name, note: "", names: [actor.name, ...actor.aliases].map(folded), pick: { type: "actor", id: actor.id } })),
  ...data.folded.map((entry, index) => ({ title: entry.name, note: say("search.shown-as", { side: actorName(entry.side) }), names: [entry.name, ...entry.aliases].map(folded), pick: { type: "folded", id: index } })),
];

function found(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const rank = (entry) => Math.min(...entry.names.map((text) => (text.startsWith(wanted) ? 0 : text.includes(` ${wanted}`) ? 1 : text.includes(wanted) ? 2 : 9)));
  return searchEntries.map((entry) => [rank(entry), entry]).filter(([place]) => place < 9).sort((one, other) => one[0] - other[0]).slice(0, 8).map(([, entry]) => entry);
}

function startSearch() {
  const input = byId("search");
  const list = byId("search-list");
  let entries = [];
  let active = 0;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (entry) => {
    input.value = "";
    close();
    pick(entry.pick);
    byId("panel").focus();
  };
  const show = () => {
    list.replaceChildren(...entries.map((entry, index) => {
      const row = el("li", { id: `found-${index}`, role: "option", "aria-selected": String(index === active) }, name(entry.title), entry.note ? el("span", { class: "note" }, entry.note) : null);
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(entry);
      });
      return row;
    }));
    list.hidden = !entries.length;
    input.setAttribute("aria-expanded", String(entries.length > 0));
    if (entries.length) input.setAttribute("aria-activedescendant", `found-${active}`);
  };
  input.addEventListener("input", () => {
    entries = found(input.value);
    active = 0;
    show();
    if (input.value.trim()) announce(entries.length ? say("search.found", { n: entries.length }) : say("search.none"));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && entries.length && !list.hidden) choose(entries[active]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : entries.length - 1)) % Math.max(entries.length, 1);
      show();
    }
  });
  input.addEventListener("blur", close);
}
