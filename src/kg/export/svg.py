"""The first sight of the map as a drawing: SVG for print, slides and word processors."""

from collections.abc import Mapping
from math import atan2, cos, pi, sin
from pathlib import Path
from xml.etree import ElementTree as ET

from kg.export.box import Box
from kg.export.cards import shorten
from kg.export.files import write_whole
from kg.export.language import dictionary
from kg.export.map_model import map_model
from kg.export.map_values import MapModel, MapTie, TieKind
from kg.export.options import ExportOptions, read_options
from kg.export.palette import palette
from kg.export.picture import (
    SAID_DASHES,
    SAID_WIDTH,
    SPOKEN_DASHES,
    Curve,
    Disc,
    Picture,
    Point,
    name_size,
    picture,
    text_width,
)
from kg.export.places import keep_places, places_before
from kg.export.xml_text import xml_text
from kg.model.graph import Graph

NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = "'Noto Sans', 'DejaVu Sans', 'Liberation Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
COUNT_FONTS = f"'DejaVu Sans', {FONTS}"  # Noto Sans comes without a minus sign, and a stranger's is no match
MARGIN = 28.0
HEADING = 62.0  # of title and counts above the map
LEGEND_ROW = 22.0
LEGEND_WIDTH = 2.4
LEAST_WIDTH = 560.0
SAID_OPACITY, WEAK_OPACITY, OPACITY = 0.7, 0.4, 0.9
NO_ORDER = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # characters that turn the rest around
OWN_COLOUR = frozenset({"state", "company", "armed_group"})  # others are drawn in that of organisations
SIGNS = {-1: "conflict", 0: "neutral", 1: "cooperation"}


class SvgExporter:
    """Draws what the page shows at first: same actors, ties, places and colours."""

    name = "svg"
    options = frozenset({"language", "layout", "places", "theme"})

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file; its options are those of a page, and there are no quotes in it to leave out."""
        told = read_options(options, self.name, *self.options)
        before = places_before(told)
        model = map_model(graph, told, before)
        write_whole(path, svg_text(model, told).encode("utf-8"))
        keep_places(told, before, model.actors)


def svg_text(model: MapModel, told: ExportOptions) -> str:
    """Return the drawing; the same model and options give the same text."""
    shown = picture(model)
    drawing = _Drawing(model, shown, told)
    ET.indent(drawing.root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(drawing.root, encoding="unicode") + "\n"


def kind_of(tie: MapTie) -> str:
    """Return the name of the colour of a tie and of its row in the legend."""
    return SIGNS[tie.sign] if tie.kind is TieKind.ACT else str(tie.kind)


_Item = tuple[str, tuple[float, ...], str]
"""A line of the legend: colour, dashes, words."""


class _Drawing:
    """The elements of a drawing, put together from what lies below to what lies above."""

    def __init__(self, model: MapModel, shown: Picture, told: ExportOptions) -> None:
        self._model = model
        self._shown = shown
        self._colours = palette(is_dark=told.theme == "dark")
        self._words = dictionary(told.language)
        self._names = {actor.actor_id: actor.name for actor in model.actors}
        width = max(shown.frame.width, LEAST_WIDTH)
        rows = self._legend_rows(width)
        height = HEADING + shown.frame.height + MARGIN + LEGEND_ROW * len(rows)
        left = shown.frame.left - (width - shown.frame.width) / 2
        self._page = Box.of(left, shown.frame.top - HEADING, width, height).grown(MARGIN)
        self.root = self._sheet(told.language)
        self._heading(left)
        for curve in reversed(shown.curves):  # the strongest lie on top
            self._tie(curve)
        for disc in shown.discs:
            self._actor(disc)
        for disc in shown.discs:
            self._name(disc)
        for curve in shown.curves:
            self._count(curve)
        top = shown.frame.top + shown.frame.height + MARGIN + LEGEND_ROW / 2
        for number, row in enumerate(rows):
            self._legend(row, left, top + number * LEGEND_ROW)

    def _word(self, key: str) -> str:
        return str(self._words[key])

    def _sheet(self, language: str) -> ET.Element:
        page = self._page
        about = {
            "xmlns": NAMESPACE, "width": _number(page.width), "height": _number(page.height),
            "viewBox": " ".join(map(_number, (page.left, page.top, page.width, page.height))),
            "role": "img", "aria-labelledby": "title counts", "font-family": FONTS, "lang": language,
        }  # fmt: skip
        root = ET.Element("svg", about)
        ET.SubElement(root, "title", {"id": "title"}).text = _clean(self._model.title)
        ET.SubElement(root, "desc", {"id": "counts"}).text = self._counts()
        box = {"x": page.left, "y": page.top, "width": page.width, "height": page.height}
        ET.SubElement(root, "rect", {**_numbers(box), "fill": self._colours["ground"]})
        return root

    def _counts(self) -> str:
        events = {number for curve in self._shown.curves for number in curve.tie.events}
        numbers = (
            ("page.actors", len(self._shown.discs), len(self._model.actors)),
            ("page.ties", len(self._shown.curves), len(self._model.ties)),
            ("table.events", len(events), len({number for tie in self._model.ties for number in tie.events})),
        )
        told = (f"{self._word(key)}: {n}" + (f" / {of}" if of != n else "") for key, n, of in numbers)
        as_of = self._word("foot.as-of").replace("{day}", self._model.as_of) if self._model.as_of else ""
        return " · ".join(told) + as_of

    def _heading(self, left: float) -> None:
        title = shorten(self._model.title, int(self._page.width / 12))
        top = self._page.top + MARGIN
        self._text(title, (left, top + 18), 20, "ink", weight="700")
        self._text(self._counts(), (left, top + 40), 13, "muted")

    def _tie(self, curve: Curve) -> None:
        tie = curve.tie
        kind = kind_of(tie)
        colour = self._colours[kind]
        opacity = WEAK_OPACITY if curve.is_weak else SAID_OPACITY if tie.is_said else OPACITY
        told = {"class": f"tie {kind}{' said' if tie.is_said else ''}", "opacity": str(opacity)}
        group = ET.SubElement(self.root, "g", told)
        arrow = "↔" if tie.is_mutual else "→"
        names = (_clean(self._names[end]) for end in (tie.source, tie.target))
        events = f"{self._word('table.events')}: {len(tie.events)}"
        ET.SubElement(group, "title").text = f"{f' {arrow} '.join(names)}: {self._word(f'kind.{kind}')}, {events}"
        points = (curve.start, curve.bend, curve.end)
        x0, y0, x1, y1, x2, y2 = (_number(value) for point in points for value in point)
        line = {"d": f"M{x0} {y0}Q{x1} {y1} {x2} {y2}", "fill": "none", "stroke": colour}
        line["stroke-width"] = _number(curve.width)
        if curve.dashes:
            line["stroke-dasharray"] = " ".join(map(_number, curve.dashes))
        ET.SubElement(group, "path", line)
        for tip, back in ((curve.end, curve.bend), (curve.start, curve.bend))[: 1 + tie.is_mutual]:
            _add_head(group, kind, colour, tip, back, curve.width)

    def _actor(self, disc: Disc) -> None:
        actor = disc.actor
        group = ET.SubElement(self.root, "g", {"class": f"actor {actor.type}"})
        ET.SubElement(group, "title").text = _clean(actor.name)
        colour = self._colours[actor.type if actor.type in OWN_COLOUR else "organisation"]
        look = {"fill": colour}
        if actor.type == "person":
            look = {"fill": self._colours["ground"], "stroke": colour, "stroke-width": "2.2"}
        if disc.shape == "dot":
            about = _numbers({"cx": actor.x, "cy": actor.y, "r": disc.radius})
            ET.SubElement(group, "circle", {**about, **look})
        else:
            corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in _corners(disc))
            ET.SubElement(group, "polygon", {"points": corners, **look})

    def _name(self, disc: Disc) -> None:
        if disc.name:
            is_state = disc.actor.type == "state"
            size = name_size(disc.actor)
            spot = (disc.name.left, disc.name.top + size)
            label = self._text(
                disc.actor.label, spot, size, "ink" if is_state else "muted", weight="700" if is_state else "400"
            )
            halo = {"stroke": self._colours["ground"], "stroke-width": "4", "stroke-linejoin": "round"}
            label.attrib |= {**halo, "paint-order": "stroke", "class": "name"}

    def _count(self, curve: Curve) -> None:
        if curve.badge:
            colour = kind_of(curve.tie)
            box = curve.badge
            about = {"x": box.left, "y": box.top, "width": box.width, "height": box.height, "rx": box.height / 2}
            look = {"fill": self._colours["ground"], "stroke": self._colours[colour], "stroke-width": "1.2"}
            ET.SubElement(self.root, "rect", {**_numbers(about), **look})
            spot = (box.left + box.width / 2, box.top + 13)
            count = self._text(curve.count, spot, 11.5, colour, weight="700")
            count.attrib |= {"text-anchor": "middle", "font-family": COUNT_FONTS, "class": "count"}

    def _legend_rows(self, width: float) -> list[list[_Item]]:
        """What the legend explains, in rows that are not too wide."""
        kinds = {kind_of(curve.tie): curve for curve in reversed(self._shown.curves)}
        items: list[_Item] = []
        for kind in ("conflict", "cooperation", "neutral", "mediation", "host", "structure"):
            if kind in kinds:
                dashes = kinds[kind].dashes if kind in ("mediation", "host") else ()
                items.append((kind, dashes, self._word(f"kind.{kind}")))
        used = {curve.dashes for curve in self._shown.curves}
        marks = (((), "legend.deed"), (SPOKEN_DASHES, "legend.word"), (SAID_DASHES, "legend.said"))
        items += [("ink", dashes, self._word(key)) for dashes, key in marks if dashes in used]
        rows: list[list[_Item]] = [[]]
        left = 0.0
        for item in items:
            wide = text_width(item[2], 12) + 60
            if rows[-1] and left + wide > width:
                rows.append([])
                left = 0.0
            rows[-1].append(item)
            left += wide
        return rows

    def _legend(self, row: list[_Item], left: float, y: float) -> None:
        for colour, dashes, words in row:
            line = {"x1": left, "y1": y, "x2": left + 28, "y2": y}
            width = SAID_WIDTH if dashes == SAID_DASHES else LEGEND_WIDTH
            look = {"stroke": self._colours[colour], "stroke-width": _number(width)}
            if dashes:
                look["stroke-dasharray"] = " ".join(map(_number, dashes))
            ET.SubElement(self.root, "line", {**_numbers(line), **look})
            self._text(words, (left + 36, y + 4), 12, "muted")
            left += text_width(words, 12) + 60

    def _text(self, text: str, spot: Point, size: float, colour: str, *, weight: str = "400") -> ET.Element:
        about = {**_numbers({"x": spot[0], "y": spot[1], "font-size": size}), "font-weight": weight}
        element = ET.SubElement(self.root, "text", {**about, "fill": self._colours[colour]})
        element.text = _clean(text)
        return element


def _add_head(group: ET.Element, kind: str, colour: str, tip: Point, back: Point, width: float) -> None:
    """The head: filled for conflict, open for other acts, a disc for who mediates, a square for who hosts."""
    if kind == "structure":
        return
    if kind == "mediation":
        ET.SubElement(group, "circle", {**_numbers({"cx": tip[0], "cy": tip[1], "r": 3.2}), "fill": colour})
        return
    if kind == "host":
        square = {"x": tip[0] - 3.2, "y": tip[1] - 3.2, "width": 6.4, "height": 6.4}
        ET.SubElement(group, "rect", {**_numbers(square), "fill": colour})
        return
    angle = atan2(tip[1] - back[1], tip[0] - back[0])
    length = 8 + width
    wings = [(tip[0] - length * cos(angle + turn), tip[1] - length * sin(angle + turn)) for turn in (-pi / 7, pi / 7)]
    (ax, ay), (bx, by) = wings
    path = f"M{_number(ax)} {_number(ay)}L{_number(tip[0])} {_number(tip[1])}L{_number(bx)} {_number(by)}"
    if kind == "conflict":
        ET.SubElement(group, "path", {"d": f"{path}Z", "fill": colour})
    else:
        look = {"fill": "none", "stroke": colour, "stroke-width": "1.8", "stroke-linejoin": "round"}
        ET.SubElement(group, "path", {"d": path, **look})


def _corners(disc: Disc) -> list[Point]:
    """The corners of a shape that is no disc, the first on top or at its right."""
    x, y, r = disc.actor.x, disc.actor.y, disc.radius
    if disc.shape == "square":
        return [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
    turns = {"diamond": (4, 0.0), "triangle": (3, 0.0), "hexagon": (6, pi / 6)}
    number, first = turns[disc.shape]
    return [(x + r * sin(first + 2 * pi * n / number), y - r * cos(first + 2 * pi * n / number)) for n in range(number)]


def _clean(text: str) -> str:
    return xml_text(text).translate(NO_ORDER)


def _number(value: float) -> str:
    return f"{round(value, 1):g}"


def _numbers(values: Mapping[str, float]) -> dict[str, str]:
    return {name: _number(value) for name, value in values.items()}
