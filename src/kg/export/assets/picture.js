// The map as a picture for a file: painted once more, on a canvas of twice the size or with a pen that writes SVG.

const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const xmlText = (text) => String(text).replace(NOT_XML, "");
const HEADING = 54;
const KEY = 30;

// That part of a canvas which vis-network and our labels draw with.
class SvgPen {
  constructor(width, height) {
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter", globalAlpha: 1, font: "", dash: [], at: [1, 0, 0], path: "", kept: [] });
    this.picture = drawing("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  }

  save() { this.kept.push({ ...this }); }
  restore() { Object.assign(this, this.kept.pop(), { path: this.path }); }
  translate(x, y) { this.at = [this.at[0], this.at[1] + this.at[0] * x, this.at[2] + this.at[0] * y]; }
  scale(factor) { this.at = [this.at[0] * factor, this.at[1], this.at[2]]; }
  long(length) { return Number((length * this.at[0]).toFixed(2)); }
  x(x) { return Number((this.at[1] + x * this.at[0]).toFixed(2)); }
  y(y) { return Number((this.at[2] + y * this.at[0]).toFixed(2)); }
  add(command, ...points) { this.path += command + points.map(([x, y]) => `${this.x(x)} ${this.y(y)}`).join(" "); }
  beginPath() { this.path = ""; }
  closePath() { this.path += this.path && "Z"; }
  moveTo(...point) { this.add("M", point); }
  lineTo(...point) { this.add(this.path ? "L" : "M", point); }
  quadraticCurveTo(viaX, viaY, x, y) { this.add("Q", [viaX, viaY], [x, y]); }
  rect(x, y, width, height) { this.add("M", [x, y], [x + width, y], [x + width, y + height], [x, y + height]); this.closePath(); }
  bow(r, end) { this.add(`A${this.long(r)} ${this.long(r)} 0 0 1 `, end); }
  arc(x, y, r) { this.add("M", [x - r, y]); this.bow(r, [x + r, y]); this.bow(r, [x - r, y]); }
  roundRect(x, y, width, height, r) {
    this.add("M", [x + r, y], [x + width - r, y]);
    this.bow(r, [x + width - r, y + height]);
    this.add("L", [x + r, y + height]);
    this.bow(r, [x + r, y]);
  }

  setLineDash(dash) { this.dash = dash; }
  measureText(text) { measure.font = this.font; return measure.measureText(text); }

  // Programs that draw know no colour with its opacity in it.
  paint(which, colour) {
    const [parts, opacity = 1] = colour.startsWith("rgb") ? [colour.match(/[\d.]+/g).slice(0, 3), colour.match(/[\d.]+/g)[3]] : [];
    const solid = parts ? `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}` : colour;
    return { [which]: solid, [`${which}-opacity`]: Number((opacity * this.globalAlpha).toFixed(3)) };
  }

  line() {
    const dashes = this.dash.some(Boolean) ? this.dash.map((part) => this.long(part)).join(" ") : "none";
    return { fill: "none", ...this.paint("stroke", this.strokeStyle), "stroke-width": this.long(this.lineWidth), "stroke-linecap": this.lineCap, "stroke-linejoin": this.lineJoin, "stroke-dasharray": dashes };
  }

  put(tag, attributes) { return this.picture.appendChild(drawing(tag, attributes)); }
  fill() { if (this.path) this.put("path", { d: this.path, ...this.paint("fill", this.fillStyle) }); }
  stroke() { if (this.path) this.put("path", { d: this.path, ...this.line() }); }
  write(text, x, y, look) {
    const [, weight, size] = this.font.match(/^(\d+) ([\d.]+)px/);
    this.put("text", { x: this.x(x), y: this.y(y), "font-family": FAMILY, "font-size": size, "font-weight": weight, ...look }).textContent = xmlText(text);
  }

  fillText(text, x, y) { this.write(text, x, y, this.paint("fill", this.fillStyle)); }
  strokeText(text, x, y) { this.write(text, x, y, this.line()); }
}

// What of time the sight leaves out.
const sightNotes = () => [isWholeTime() ? "" : byId("window").textContent, knownDay() && say("known.on", { day: knownDay() })].filter(Boolean);

const pictureSize = () => [byId("stage").clientWidth, byId("stage").clientHeight + HEADING + KEY];

function paintText(context, text, font, colour, x, y) {
  context.font = `${font} ${FAMILY}`;
  context.fillStyle = colour;
  context.fillText(text, x, y);
  return x + context.measureText(text).width;
}

// The title and the counts above, what the colours mean below.
function paintFrame(context, width, height) {
  context.fillStyle = palette.ground;
  context.beginPath();
  context.rect(0, 0, width, height);
  context.fill();
  paintText(context, plain(data.title), "650 17px", palette.ink, 16, 26);
  paintText(context, [byId("counts").textContent, ...sightNotes()].join(" · "), "450 12px", palette.muted, 16, 45);
  let left = 16;
  for (const { id, label } of KINDS.filter((kind) => stage.visible.some((tie) => kindOf(tie) === kind.id))) {
    context.beginPath();
    context.rect(left, height - 18, 20, 3);
    context.fillStyle = palette[id];
    context.fill();
    left = paintText(context, label, "450 12px", palette.muted, left + 26, height - 12) + 18;
  }
}

function paintPicture(context) {
  const [width, height] = pictureSize();
  const { body } = stage.network;
  const edges = body.edgeIndices.map((id) => body.edges[id]);
  paintFrame(context, width, height);
  context.translate(0, HEADING);
  context.save();
  context.translate(body.view.translation.x, body.view.translation.y);
  context.scale(body.view.scale, body.view.scale);
  drawBelonging(context);
  for (const edge of edges) edge.draw(context);
  for (const id of body.nodeIndices) body.nodes[id].draw(context);
  for (const edge of edges) edge.drawArrows(context);
  context.restore();
  paintLabels(context);
}

function svgPicture() {
  const pen = new SvgPen(...pictureSize());
  pen.put("title", {}).textContent = xmlText(data.title);
  paintPicture(pen);
  return xmlFile(new XMLSerializer().serializeToString(pen.picture));
}

function pngPicture() {
  const ratio = Math.max(2, devicePixelRatio);
  const canvas = el("canvas");
  [canvas.width, canvas.height] = pictureSize().map((length) => length * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  paintPicture(context);
  return new Promise((done) => { canvas.toBlob(done); });
}
