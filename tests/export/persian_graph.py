"""The sample with the names that Persian and Russian readers give its actors, and quotes in their languages."""

from dataclasses import replace

from export.sample_graph import sample_graph
from kg.model.graph import Graph

NAMES = {
    "RUS": "روسیه",
    "IRN": "ایران",
    "ISR": "اسرائیل",
    "USA": "ایالات متحده آمریکا",
    "QAT": "قطر",
    "UKR": "Украина",
    "SRB": "Сербия",
    "EU": "Европейский союз",
    "OMN": "عمان (سلطنت)",
    "IAEA": "آژانس بین‌المللی انرژی اتمی",
    "act_khamenei": "علی خامنه‌ای",
    "act_araghchi": "عباس عراقچی",
    "act_putin": "Владимир Путин",
    "act_nis": "НИС (NIS)",
}
QUOTE = "ایران روز پنجشنبه (19 June) یک موشک به بئرشبع شلیک کرد، ارتش گفت."


def persian_graph() -> Graph:
    """The sample graph, renamed; the claim of `e02` quotes a Persian sentence whose trigger is «شلیک کرد»."""
    graph = sample_graph()
    nodes = []
    for node in graph.nodes:
        told = dict(node.properties)
        if node.key in NAMES:
            told["name"] = NAMES[node.key]
        if told.get("quote", "").startswith("An Iranian missile hit"):
            at = told["start"] + QUOTE.index("شلیک کرد")
            told |= {
                "quote": QUOTE,
                "trigger_start": at,
                "trigger_end": at + len("شلیک کرد"),
                "end": told["start"] + len(QUOTE),
            }
        nodes.append(replace(node, properties=told))
    return Graph(nodes=tuple(nodes), relationships=graph.relationships)
