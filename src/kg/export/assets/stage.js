// The canvas: drawing the visible part with vis-network (no physics), the camera, picking.

const stage = { network: null, nodes: null, edges: null, isNarrow: false, visible: [] };

function placeOf(id) {
  const node = nodesById.get(id);
  return stage.isNarrow
    ? { x: node.narrow_x, y: node.narrow_y, zoom: 0.6 }
    : { x: node.x, y: node.y, zoom: 1 };
}

function createStage(onPick) {
  const box = byId("stage");
  stage.nodes = new vis.DataSet();
  stage.edges = new vis.DataSet();
  stage.network = new vis.Network(box, { nodes: stage.nodes, edges: stage.edges }, {
    physics: false,
    layout: { randomSeed: 1 },
    interaction: { hover: true, tooltipDelay: 120, selectConnectedEdges: false, keyboard: false, dragNodes: true, multiselect: false },
    nodes: { label: undefined },
  });
  stage.network.on("click", (event) => {
    if (event.nodes.length) onPick({ type: "actor", id: event.nodes[0] });
    else if (event.edges.length) onPick({ type: "tie", id: event.edges[0] });
    else onPick(null);
  });
  stage.network.on("afterDrawing", drawLabels);
  stage.network.on("hoverEdge", (event) => showTooltip(tieTooltip(tiesById.get(event.edge)), event.event));
  stage.network.on("hoverNode", (event) => showTooltip(actorName(event.node), event.event));
  stage.network.on("blurEdge", hideTooltip);
  stage.network.on("blurNode", hideTooltip);
  stage.network.on("dragStart", hideTooltip);
  stage.network.on("zoom", hideTooltip);
  new ResizeObserver(() => {
    stage.network.redraw();
    fitStage();
  }).observe(box);
}

const tieTooltip = (tie) => `${tieTitle(tie)}: ${tieSummary(tie)}`;

function showTooltip(text, event) {
  const tooltip = byId("tooltip");
  const box = byId("stage").getBoundingClientRect();
  tooltip.textContent = text;
  tooltip.hidden = false;
  const x = Math.min(event.clientX - box.left + 14, box.width - tooltip.offsetWidth - 8);
  tooltip.style.left = `${Math.max(8, x)}px`;
  tooltip.style.top = `${Math.min(event.clientY - box.top + 16, box.height - tooltip.offsetHeight - 8)}px`;
}

function hideTooltip() {
  byId("tooltip").hidden = true;
}

function isFaintTie(tie) {
  if (!state.picked) return false;
  if (state.picked.type === "tie") return tie.id !== state.picked.id;
  const actor = pickedActor();
  return tie.source !== actor && tie.target !== actor;
}

function draw() {
  stage.isNarrow = byId("stage").clientWidth < 0.85 * byId("stage").clientHeight;
  stage.visible = visibleTies();
  const alone = new Map();
  for (const tie of stage.visible) {
    const pair = [tie.source, tie.target].sort().join("\n");
    alone.set(pair, (alone.get(pair) || 0) + 1);
  }
  const bright = new Set();
  const drawn = new Set();
  for (const tie of stage.visible) {
    for (const end of [tie.source, tie.target]) {
      drawn.add(end);
      if (!isFaintTie(tie)) bright.add(end);
    }
  }
  if (pickedActor()) drawn.add(pickedActor()).size && bright.add(pickedActor());
  stage.bright = bright;
  const actors = data.actors.filter((actor) => drawn.has(actor.id));
  const edges = stage.visible.map((tie) => tieLook(tie, {
    count: stage.visible.length,
    isFaint: isFaintTie(tie),
    isPicked: state.picked !== null && state.picked.id === tie.id,
    isAlone: alone.get([tie.source, tie.target].sort().join("\n")) === 1,
  }));
  stage.edges.clear();
  replaceAll(stage.nodes, actors.map((actor) => actorLook(actor, placeOf(actor.id), !bright.has(actor.id))));
  stage.edges.add(edges);
}

function replaceAll(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

// The whole map with room for the names at its rim.
function fitStage() {
  const box = byId("stage");
  const places = stage.nodes.getIds().map(placeOf);
  if (!places.length || !box.clientWidth) return;
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const margin = stage.isNarrow ? { x: 84, y: 76 } : { x: 170, y: 120 };
  const scale = Math.min((box.clientWidth - margin.x) / Math.max(right - left, 1), (box.clientHeight - margin.y) / Math.max(bottom - top, 1));
  stage.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.12, Math.min(scale, 1.35)) });
}

function zoomBy(factor) {
  stage.network.moveTo({ scale: stage.network.getScale() * factor });
}

function panBy(x, y) {
  const position = stage.network.getViewPosition();
  const scale = stage.network.getScale();
  stage.network.moveTo({ position: { x: position.x + x / scale, y: position.y + y / scale } });
}

// A point of a tie, on the canvas of the network; vis-network keeps the curve to itself.
function tiePoint(id, t) {
  const edge = stage.network.body.edges[id];
  return edge && edge.edgeType ? edge.edgeType.getPoint(t) : null;
}
