// Finding an actor by any of its names, accents and case aside; those who are shown as their side are found too.

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const searchEntries = [
  ...data.actors.map((actor) => ({ ...actor, note: "", choice: { type: "actor", id: actor.id } })),
  ...data.folded.map((entry, id) => ({ ...entry, note: say("search.shown-as", { side: actorName(entry.side) }), choice: { type: "folded", id } })),
].map((entry) => ({ ...entry, names: [entry.name, ...entry.aliases].map(folded) }));

function found(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const ways = [(text) => text.startsWith(wanted), (text) => text.includes(` ${wanted}`), (text) => text.includes(wanted)];
  return [...new Set(ways.flatMap((fits) => searchEntries.filter(({ names }) => names.some(fits))))].slice(0, 8);
}

function startSearch() {
  const input = byId("search");
  const list = byId("search-list");
  let entries = [];
  let active = 0;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", false);
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (entry) => {
    input.value = "";
    close();
    pick(entry.choice);
    byId("panel").focus();
  };
  const show = () => {
    list.replaceChildren(...entries.map((entry, index) => {
      const onmousedown = (event) => {
        event.preventDefault();
        choose(entry);
      };
      return el("li", { id: `found-${index}`, role: "option", "aria-selected": index === active, onmousedown }, name(entry.name), entry.note && el("span.note", entry.note));
    }));
    list.hidden = !entries.length;
    input.setAttribute("aria-expanded", !list.hidden);
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
