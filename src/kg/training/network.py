"""The encoder with its heads: which word names which event, its status, and which actor plays which role."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.windows import LEARNT_ROLES, STATUS_SIZES, STATUSES, TRIGGER_SIZES, Marks, event_classes, pair_sizes
from kg.model.ontology import event_types

PAIR = 192
HIDDEN = 256
TYPE = 64
FARTHEST = 128  # word pieces; farther ones are all as far


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder.

    Attributes:
        layers: Of the transformer.
        size: Numbers of a state.
        heads: Of the attention; they share the numbers of a state evenly.
        inner: Numbers inside a layer.
        vocabulary: Word pieces that it knows.
        places: Most word pieces of a window, with the marks of start and end.
        epsilon: Added to the variance where states are normed.
        distances: Classes of the distance between two word pieces, each with a bias on their attention; 0 for none.
    """

    layers: int
    size: int
    heads: int
    inner: int
    vocabulary: int
    places: int
    epsilon: float = 1e-12
    distances: int = 0


class Layer(nn.Module):
    """One layer of the transformer (post-norm)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        """Build it."""
        super().__init__()
        self.heads, self.dropout = shape.heads, dropout
        self.query, self.key, self.value, self.joined = (nn.Linear(shape.size, shape.size) for _ in range(4))
        self.norm = nn.LayerNorm(shape.size, eps=shape.epsilon)
        self.inner, self.outer = nn.Linear(shape.size, shape.inner), nn.Linear(shape.inner, shape.size)
        self.last_norm = nn.LayerNorm(shape.size, eps=shape.epsilon)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the states after this layer; `bias` is added to the attention, very low for what is not there.

        Nothing is dropped inside the attention: with dropout there torch leaves its fused way, and a step takes
        almost twice as long.
        """
        rows, length, size = x.shape
        query, key, value = (
            part(x).view(rows, length, self.heads, size // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(rows, length, size)
        dropout = self.dropout if self.training else 0.0
        x = self.norm(x + functional.dropout(self.joined(mixed), dropout))
        return self.last_norm(x + functional.dropout(self.outer(functional.gelu(self.inner(x))), dropout))


class Encoder(nn.Module):
    """Word pieces and the marks of their words to states."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        """Build it with random weights."""
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.size)
        self.places = nn.Embedding(shape.places, shape.size)
        self.marks = nn.ModuleList(nn.Embedding(n, shape.size) for n in Marks.WORD_SIZES)
        for table in self.marks:
            nn.init.zeros_(table.weight)
        nn.init.normal_(self.marks[1].weight, std=0.02)
        self.norm = nn.LayerNorm(shape.size, eps=shape.epsilon)
        if shape.distances:
            self.register_buffer("distances", distance_classes(shape.places, shape.distances), persistent=False)
            self.register_buffer("distance_bias", torch.zeros(shape.distances, shape.heads))
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Return states.

        Args:
            pieces: B x P ids.
            marks: B x P x 4 fields of the word of each piece.
            mask: B x P, 1 for what is there, 0 for padding.
        """
        x = self.words(pieces) + self.places(torch.arange(pieces.shape[1], device=pieces.device))
        for n, table in enumerate(self.marks):
            x = x + table(marks[..., n])
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        if self.shape.distances:
            classes = self.distances[: pieces.shape[1], : pieces.shape[1]]
            bias = bias + self.distance_bias[classes].permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def distance_classes(places: int, classes: int) -> Tensor:
    """Return the class of the distance of each two of P places, P x P, as T5 and MPNet have it.

    Half of the classes are for what stands before: each near distance has one of its own, far ones share theirs, the
    wider the farther, and from 128 on all share the last.
    """
    at = torch.arange(places)
    ahead = at[None, :] - at[:, None]
    half, near = classes // 2, classes // 4
    far = torch.log(ahead.abs().clamp(min=1) / near) / math.log(FARTHEST / near) * (half - near)
    found = torch.where(ahead.abs() < near, ahead.abs(), (near + far.long()).clamp(max=half - 1))
    return found + half * (ahead > 0)


class Fields(nn.Module):
    """The sum of an embedding for each field."""

    def __init__(self, sizes: tuple[int, ...], size: int) -> None:
        """Build it."""
        super().__init__()
        starts = torch.tensor([sum(sizes[:n]) for n in range(len(sizes))])
        self.register_buffer("starts", starts, persistent=False)
        self.table = nn.EmbeddingBag(sum(sizes), size, mode="sum")
        nn.init.normal_(self.table.weight, std=0.02)

    def forward(self, fields: Tensor) -> Tensor:
        """Return N x size for N rows of fields."""
        return self.table(fields + self.starts)


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, shape: Shape, dropout: float = 0.15) -> None:
        """Build it with random weights."""
        super().__init__()
        size, classes = shape.size, event_classes()
        self.encoder = Encoder(shape)
        self.dropout = nn.Dropout(dropout)
        self.trigger_in, self.trigger_fields = nn.Linear(size, size), Fields(TRIGGER_SIZES, size)
        self.trigger_out = nn.Linear(size, len(classes))
        plovers = sorted({t.plover for t in event_types().values()})
        self.trigger_class = nn.Linear(size, len(plovers))
        parents = [-1] + [plovers.index(event_types()[name].plover) for name in classes[1:]]
        self.register_buffer("parents", torch.tensor(parents), persistent=False)
        self.types = nn.Embedding(len(classes), TYPE)
        self.status_in, self.status_fields = nn.Linear(size + TYPE, HIDDEN), Fields(STATUS_SIZES, HIDDEN)
        self.status_out = nn.Linear(HIDDEN, len(STATUSES))
        self.event_in, self.mention_in = nn.Linear(size + TYPE, PAIR), nn.Linear(size, PAIR)
        self.event_pair, self.mention_pair = nn.Linear(PAIR, HIDDEN), nn.Linear(PAIR, HIDDEN, bias=False)
        self.product_pair, self.pair_fields = nn.Linear(PAIR, HIDDEN, bias=False), Fields(pair_sizes(), HIDDEN)
        self.role_out = nn.Linear(HIDDEN, len(LEARNT_ROLES))

    def event_scores(self, states: Tensor, fields: Tensor) -> Tensor:
        """Return the scores of the event classes of N words."""
        hidden = functional.gelu(self.trigger_in(self.dropout(states)) + self.trigger_fields(fields))
        hidden = self.dropout(hidden)
        families = functional.pad(self.trigger_class(hidden), (1, 0))[:, self.parents + 1]
        return self.trigger_out(hidden) + families

    def status_scores(self, states: Tensor, types: Tensor, fields: Tensor) -> Tensor:
        """Return the scores of the statuses of E events."""
        given = torch.cat([self.dropout(states), self.types(types)], -1)
        return self.status_out(self.dropout(functional.gelu(self.status_in(given) + self.status_fields(fields))))

    def pair_scores(self, events: Tensor, types: Tensor, mentions: Tensor, pairs: Tensor, fields: Tensor) -> Tensor:
        """Return the scores of the roles of N pairs; a score of 0 is that of no role.

        Args:
            events: E states; types: their E classes; mentions: T states.
            pairs: N x 2 indices of an event and a mention.
            fields: N fields.
        """
        e = self.event_in(torch.cat([self.dropout(events), self.types(types)], -1))
        m = self.mention_in(self.dropout(mentions))
        hidden = self.event_pair(e)[pairs[:, 0]] + self.mention_pair(m)[pairs[:, 1]]
        hidden = hidden + self.product_pair(e[pairs[:, 0]] * m[pairs[:, 1]]) + self.pair_fields(fields)
        return self.role_out(self.dropout(functional.gelu(hidden)))
