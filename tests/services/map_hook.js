// What tests ask of a map that is open, in terms of the parts that its page hands out.
Object.defineProperty(window, "kgMap", {
  configurable: true,
  set: (parts) => {
    const { badgeText, data, eventsOf, isWeak, kindOf, passes, pathBetween, pick, stage, tiePoint, tiesById } = parts;
    const passing = () => data.ties.filter(passes);
    const inPage = (point) => {
      const box = document.getElementById("stage").getBoundingClientRect();
      const { x, y } = stage.network.canvasToDOM(point);
      return { x: box.left + x, y: box.top + y };
    };
    const value = Object.freeze({
      selectTie: (id) => pick({ type: "tie", id }),
      selectActor: (id) => pick({ type: "actor", id }),
      pick,
      clear: () => pick(null),
      ties: () => stage.visible.map((tie) => ({ id: tie.id, source: tie.source, target: tie.target, kind: kindOf(tie), isSaid: tie.is_said, isWeak: isWeak(tie) })),
      drawnActors: () => stage.nodes.getIds(),
      drawnTies: () => stage.edges.get().map(({ id, dashes, width, color, arrows }) => ({ id, dashes, width, opacity: color.opacity, arrows })),
      tiePoint: (id) => inPage(tiePoint(id, 0.5)),
      actorPoint: (id) => inPage(stage.network.getPosition(id)),
      scale: () => stage.network.getScale(),
      actorPlace: (id) => stage.network.getPosition(id),
      actors: () => data.actors.map((actor) => actor.id),
      passing: () => passing().map((tie) => [tie.source, tie.target]),
      path: (from, to) => pathBetween(passing(), from, to),
      events: () => [...new Set(passing().flatMap(eventsOf))].sort((one, other) => one - other),
      badge: (id) => badgeText(tiesById.get(id)),
      labelBoxes: () => stage.labelBoxes.map((box) => ({ ...box })),
    });
    Object.defineProperty(window, "kgMap", { value });
  },
});
