// Places beside somebody, found here: of those who are drawn apart from their side, and of those who are drawn for once but
// stand far outside the first sight.

const FAR = 120; // pixels
const MOST_GUESTS = 25; // a larger crowd would bury what is drawn
const homes = new Map(); // of those who are guests now
const reachOf = (axis) => [...coreEnds].map((id) => nodesById.get(id)[axis]).sort((one, other) => one - other);
const core = [["x", reachOf("x")], ["y", reachOf("y")]];
const isFar = (id) => core.some(([axis, spots]) => nodesById.get(id)[axis] < spots[0] - FAR || nodesById.get(id)[axis] > spots.at(-1) + FAR);

// Whom each stands beside: far-off actors whom they deal with most, those drawn apart their side.
function settleAll(drawn) {
  for (const [id, home] of homes) Object.assign(nodesById.get(id), home);
  homes.clear();
  const hosts = new Map();
  const apart = apartIds();
  const far = new Set([...drawn].filter((id) => !apart.includes(id) && isFar(id)));
  const pairs = state.showsAll || far.size > MOST_GUESTS ? [] : stage.visible.flatMap((tie) => [endsOf(tie), endsOf(tie).reverse()]);
  const isNext = ([guest, host]) => far.has(guest) && !hosts.has(guest) && (!far.has(host) || hosts.has(host));
  for (let pair = pairs.find(isNext); pair; pair = pairs.find(isNext)) hosts.set(...pair);
  for (const id of hosts.keys()) homes.set(id, { ...nodesById.get(id) });
  for (const id of apart) hosts.set(id, sidesOf(id)[0]);
  settle(hosts);
}

// How far a spot lies from a line.
function gap([x, y], [fromX, fromY], [toX, toY]) {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const t = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(fromX + t * dx - x, fromY + t * dy - y);
}

// A place beside the host of each: far from discs (names lie across, so what is beside counts as nearer), upon no tie, and
// from where its own ties run through no disc.
function settle(hosts) {
  for (const [x, y, zoom] of [["x", "y", 1], ["narrow_x", "narrow_y", 0.6]]) {
    const at = (id) => [nodesById.get(id)[x], nodesById.get(id)[y]];
    const lines = coreTies.map((tie) => endsOf(tie).map(at));
    const discs = new Map([...coreEnds].map((id) => [id, at(id)]));
    for (const [id, host] of hosts) {
      discs.set(host, at(host));
      const ends = new Set(stage.visible.map(endsOf).filter((pair) => pair.includes(id)).flat().filter((end) => end !== id && discs.has(end)));
      let most = -Infinity;
      for (let n = 0; n < 48; n += 1) {
        const [angle, reach] = [(n % 16) * Math.PI / 8, zoom * (85 + 30 * Math.floor(n / 16))];
        const spot = [Math.round(at(host)[0] + reach * Math.cos(angle)), Math.round(at(host)[1] + reach * Math.sin(angle))];
        const free = Math.min(...[...discs.values()].map((disc) => Math.hypot((spot[0] - disc[0]) / 1.5, spot[1] - disc[1])));
        const upon = lines.filter((line) => gap(spot, ...line) < 28 * zoom).length;
        const through = [...ends].filter((end) => [...discs].some(([other, disc]) => other !== end && gap(disc, spot, at(end)) < 28 * zoom)).length;
        const worth = Math.min(free, zoom * 90) - reach / 4 - zoom * (12 * Math.min(upon, 3) + 30 * through);
        if (worth > most) [most, nodesById.get(id)[x], nodesById.get(id)[y]] = [worth, ...spot];
      }
      discs.set(id, at(id));
    }
  }
}
