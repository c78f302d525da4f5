"""A gold folder of own sentences, and a base of two random layers: small enough to train in seconds."""

import json

TEXTS = (
    ("{a} attacked {b} on Monday.", "attacked", "ATTACK", "occurred"),
    ("{a} threatened to attack {b}.", "attack", "ATTACK", "threatened"),
    ("{a} met {b} in Geneva.", "met", "MEET", "occurred"),
    ("{a} condemned {b} on Friday.", "condemned", "CONDEMN", "occurred"),
)
STATES = (
    ("Iran", "IRN"), ("Israel", "ISR"), ("Russia", "RUS"), ("Ukraine", "UKR"), ("China", "CHN"), ("Japan", "JPN"),
    ("France", "FRA"), ("Germany", "DEU"),
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def document(name, numbers, licence="own", wrong=False):
    """Return a text and its annotation: one sentence of TEXTS for each number, its ends taken in turn from STATES.

    Where `wrong`, the annotation turns the ends round, as careless people do.
    """
    sentences, events = ["News of the week"], []
    actors, mentions = {}, {}
    for s, number in enumerate(numbers, 1):
        form, trigger, kind, status = TEXTS[number % len(TEXTS)]
        (a, a_key), (b, b_key) = STATES[number % len(STATES)], STATES[(number * 3 + 1) % len(STATES)]
        sentences.append(form.format(a=a, b=b))
        actors |= {a_key: a, b_key: b}
        mentions[str(s)] = [[a, a_key], [b, b_key]]
        ends = ("RECIPIENT", "ACTOR") if wrong else ("ACTOR", "RECIPIENT")
        roles = [[ends[0], a, a_key], [ends[1], b, b_key]]
        events.append({"s": s, "trig": trigger, "type": kind, "status": status, "roles": roles})
    text = {
        "doc": name,
        "title": sentences[0],
        "publisher": "Test Wire",
        "published_at": "2025-06-18",
        "sentences": sentences,
    }
    if licence:
        text["licence"] = licence
    named = [{"id": key, "name": words, "type": "state", "key": key} for key, words in actors.items()]
    return text, {"doc": name, "actors": named, "events": events, "mentions": mentions}


def write_set(folder, name, documents):
    """Write a set of (text, annotation)."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in zip(("texts", "gold"), zip(*documents, strict=True), strict=True):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.{kind}.jsonl").write_text(lines, encoding="utf-8")


def write_gold(folder, documents=12):
    """Write the sets s1 (own), s2 (of two licences), and t1, to be left out, of which a third is annotated wrongly."""
    for at, name in enumerate(("s1", "s2", "t1")):
        rows = []
        for n in range(documents):
            licence = "own" if name != "s2" else ("CC BY 2.5", None)[n % 2]
            first = 5 * (at * documents + n)
            wrong = name == "t1" and n % 3 == 0
            rows.append(document(f"{name}-{n}", range(first, first + 5), licence, wrong=wrong))
        write_set(folder, name, rows)
    return folder


def write_tokenizer(path, before=(), after=()):
    """Write a vocabulary of letters and of the words of TEXTS; return how many pieces it has.

    Pieces of another kind of encoder stand `before` and `after` those of BERT.
    """
    words = {w.strip(".").lower() for form, *_ in TEXTS for w in form.split() if "{" not in w}
    pieces = [
        *before,
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *".,'",
        *LETTERS,
        *(f"##{x}" for x in LETTERS),
        *sorted(words),
        *after,
    ]
    model = {"type": "WordPiece", "vocab": {piece: n for n, piece in enumerate(pieces)}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"normalizer": {"type": "BertNormalizer", "lowercase": True}, "model": model}))
    return len(pieces)


def write_base(folder, size=24, layers=2, inner=48, places=450):
    """Write model.safetensors and tokenizer.json of a BERT of random weights; needs torch."""
    drawn = _chance()
    vocabulary = write_tokenizer(folder / "tokenizer.json")
    square = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
    held = _embeddings(drawn, vocabulary, places, size) | {"embeddings.token_type_embeddings.weight": drawn(2, size)}
    return _write_base(folder, held | _layers(drawn, layers, size, inner, square, "attention.output.LayerNorm"))


def write_mpnet_base(folder, size=24, layers=2, inner=48, places=452, classes=32, heads=12):
    """Write model.safetensors, tokenizer.json and config.json of an MPNet of random weights; needs torch."""
    drawn = _chance()
    pieces = write_tokenizer(folder / "tokenizer.json", before=("<s>", "<pad>", "</s>", "<unk>"), after=("<mask>",))
    config = {"model_type": "mpnet", "num_attention_heads": heads, "layer_norm_eps": 1e-5}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    square = ("attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o")
    held = _embeddings(drawn, pieces, places, size)
    held["encoder.relative_attention_bias.weight"] = drawn(classes, heads)
    return _write_base(folder, held | _layers(drawn, layers, size, inner, square, "attention.LayerNorm"))


def _chance():
    import torch

    chance = torch.Generator().manual_seed(7)
    return lambda *shape: torch.randn(*shape, generator=chance) * 0.2


def _embeddings(drawn, vocabulary, places, size):
    import torch

    return {
        "embeddings.word_embeddings.weight": drawn(vocabulary, size),
        "embeddings.position_embeddings.weight": drawn(places, size),
        "embeddings.LayerNorm.weight": torch.ones(size),
        "embeddings.LayerNorm.bias": torch.zeros(size),
    }


def _layers(drawn, layers, size, inner, square, norm):
    import torch

    held = {}
    for n in range(layers):
        shapes = dict.fromkeys(square, (size, size))
        shapes |= {"intermediate.dense": (inner, size), "output.dense": (size, inner)}
        for name, shape in shapes.items():
            held[f"encoder.layer.{n}.{name}.weight"] = drawn(*shape)
            held[f"encoder.layer.{n}.{name}.bias"] = torch.zeros(shape[0])
        for name in (norm, "output.LayerNorm"):
            held[f"encoder.layer.{n}.{name}.weight"] = torch.ones(size)
            held[f"encoder.layer.{n}.{name}.bias"] = torch.zeros(size)
    return held


def _write_base(folder, held):
    from safetensors.torch import save_file

    save_file(held, str(folder / "model.safetensors"))
    return folder
