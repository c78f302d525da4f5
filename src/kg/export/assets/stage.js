// The canvas: drawing the visible part with vis-network (no physics), the camera, picking.

const stage = { visible: [], way: new Set(), bright: new Set(), labelBoxes: [] };

function placeOf(id) {
  const node = nodesById.get(id);
  const [x, y] = pinOf(id) || (stage.isNarrow ? [node.narrow_x, node.narrow_y] : [node.x, node.y]);
  return { x, y, zoom: stage.isNarrow ? 0.6 : 1 };
}

function createStage(onPick) {
  const box = byId("stage");
  stage.nodes = new vis.DataSet();
  stage.edges = new vis.DataSet();
  stage.network = new vis.Network(box, { nodes: stage.nodes, edges: stage.edges }, {
    physics: false,
    layout: { randomSeed: 1 },
    interaction: { hover: true, tooltipDelay: 120, selectConnectedEdges: false },
  });
  const hear = {
    click: ({ nodes: [actor], edges: [tie], event }) => {
      if (actor) onPick({ type: "actor", id: actor }, event.srcEvent.shiftKey);
      else onPick(tie ? { type: "tie", id: tie } : null);
    },
    dragEnd: (event) => event.nodes.forEach(pin),
    beforeDrawing: drawBelonging,
    afterDrawing: drawLabels,
    hoverEdge: ({ edge, event }) => showTooltip(tieTooltip(tiesById.get(edge)), event),
    hoverNode: ({ node, event }) => showTooltip(actorName(node), event),
    blurEdge: hideTooltip,
    blurNode: hideTooltip,
    dragStart: hideTooltip,
    zoom: hideTooltip,
  };
  for (const [type, heard] of Object.entries(hear)) stage.network.on(type, heard);
  box.addEventListener("dblclick", (event) => {
    const { left, top } = box.getBoundingClientRect();
    const id = stage.network.getNodeAt({ x: event.clientX - left, y: event.clientY - top });
    if (id !== undefined) focusOn(id);
  });
  new ResizeObserver(onResize).observe(box);
}

const isNarrowStage = () => byId("stage").clientWidth < 0.85 * byId("stage").clientHeight;

// A phone changes the height of the window whenever its address bar slides: that must not undo the reader's zoom.
function onResize() {
  const { clientWidth, clientHeight } = byId("stage");
  const isAnother = clientWidth !== stage.width || Math.abs(clientHeight - stage.height) > 120;
  if (isNarrowStage() !== stage.isNarrow) refresh();
  stage.network.redraw();
  fillTime();
  if (isAnother) fitStage();
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

const hideTooltip = () => { byId("tooltip").hidden = true; };

function isFaintTie(tie) {
  if (!state.picked || tie.id === state.picked.id) return false;
  return !stage.way.has(tie.id) && !endsOf(tie).includes(pickedActor());
}

function draw() {
  stage.isNarrow = isNarrowStage();
  judge();
  stage.way = new Set(isPicked("path") ? pathSteps().flatMap((step) => step.ties.map((tie) => tie.id)) : []);
  stage.visible = visibleTies();
  const drawn = new Set(stage.visible.flatMap(endsOf));
  const bright = new Set(stage.visible.filter((tie) => !isFaintTie(tie)).flatMap(endsOf));
  for (const id of isPicked("path") ? state.picked.id : [pickedActor() || state.focus].filter(Boolean)) {
    drawn.add(id);
    if (id !== state.focus || !state.picked) bright.add(id);
  }
  for (const id of pickedActor() ? withApart(pickedActor()) : []) if (drawn.has(id)) bright.add(id);
  stage.bright = bright;
  settleAll(drawn);
  const actors = data.actors.filter((actor) => drawn.has(actor.id));
  const bendOf = bends(stage.visible);
  const edges = stage.visible.map((tie) => tieLook(tie, {
    count: stage.visible.length,
    isFaint: isFaintTie(tie),
    isPicked: state.picked?.id === tie.id,
    bend: bendOf.get(tie.id),
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

const RIM = 14;
const ZOOM_ROW = 40;
const LARGEST_SCALE = 1.5;
const SMALLEST_SCALE = 0.1;

// How far the drawn actors with their names reach to each side, in pixels at a scale.
function extent(actors, scale) {
  const reach = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { place, radius, halfName } of actors) {
    const half = Math.max(radius * scale, halfName);
    reach.left = Math.min(reach.left, place.x * scale - half);
    reach.right = Math.max(reach.right, place.x * scale + half);
    reach.top = Math.min(reach.top, (place.y - radius) * scale);
    reach.bottom = Math.max(reach.bottom, (place.y + radius) * scale + NAME_HEIGHT);
  }
  return reach;
}

// The whole map, as large as the names at its rim allow.
function fitStage() {
  const box = byId("stage");
  stage.width = box.clientWidth;
  stage.height = box.clientHeight;
  const actors = stage.nodes.get().map((node) => ({ place: node, radius: node.size, halfName: nameWidth(node.id) / 2 }));
  if (!actors.length || !box.clientWidth) return;
  const top = stage.isNarrow || state.focus ? ZOOM_ROW : 0; // the zoom buttons lie in a row above a narrow map
  const right = stage.isNarrow ? 0 : ZOOM_ROW; // and in a column beside a wide one
  const foot = byId("picked-bar").offsetHeight; // lies over the foot of a narrow one
  const [width, height] = [box.clientWidth - 2 * RIM - right, box.clientHeight - 2 * RIM - top - foot];
  let scale = LARGEST_SCALE;
  let reach = extent(actors, scale);
  while (scale > SMALLEST_SCALE && (reach.right - reach.left > width || reach.bottom - reach.top > height)) {
    scale *= 0.98;
    reach = extent(actors, scale);
  }
  const middle = { x: ((reach.left + reach.right) / 2 + right / 2) / scale, y: ((reach.top + reach.bottom) / 2 - (top - foot) / 2) / scale };
  stage.network.moveTo({ position: middle, scale });
}

// What was picked, or what a filter has made room for, may lie outside the part that is in view.
function showAll() {
  const box = byId("stage");
  const isOut = (id) => {
    const { x, y } = spotOf(id);
    return x < 0 || y < 0 || x > box.clientWidth || y > box.clientHeight - byId("picked-bar").offsetHeight;
  };
  if ([...stage.bright].some(isOut)) fitStage();
}

const zoomBy = (factor) => stage.network.moveTo({ scale: stage.network.getScale() * factor });

function panBy(x, y) {
  const position = stage.network.getViewPosition();
  const scale = stage.network.getScale();
  stage.network.moveTo({ position: { x: position.x + x / scale, y: position.y + y / scale } });
}

// A point of a tie, on the canvas of the network; vis-network keeps the curve to itself.
function tiePoint(id, t) {
  return stage.network.body.edges[id]?.edgeType?.getPoint(t);
}

// The same, and the middle of a disc, in pixels of the stage.
function tieSpot(id, t) {
  const point = tiePoint(id, t);
  return point && stage.network.canvasToDOM(point);
}

const spotOf = (id) => stage.network.canvasToDOM(stage.network.getPosition(id));
