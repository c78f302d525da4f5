"""Claims that a language model reads, each word of them checked against the text."""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from kg.extract.actors import find_actors
from kg.extract.llm.answers import Answer, read_answer
from kg.extract.llm.cache import AnswerCache
from kg.extract.llm.cast import cast_actors
from kg.extract.llm.checking import Signature, checked_claims, located_events
from kg.extract.llm.client import (
    Completion,
    CutAnswerError,
    Endpoint,
    LlmError,
    Patience,
    Spent,
    UnusableAnswerError,
)
from kg.extract.llm.prompt import (
    Piece,
    ResponseFormat,
    answer_schema,
    cut_into_pieces,
    guidelines,
    request_body,
)
from kg.model.claims import Extraction
from kg.model.documents import Document, MediaType
from kg.text.tables import with_facts

log = logging.getLogger(__name__)

VERSION = "1"  # of the checks; the digest beside it tells prompt and settings
MIN_PIECE_TOKENS = 100
MIN_LOST = 3  # events of an answer none of which stands in the text: the model did not read this text
DEFAULT_OPTIONS: Mapping[str, object] = {"temperature": 0}
_OWN_KEYS = frozenset({"model", "messages", "response_format", "stream", "n", "tools"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What an extractor has read and spent since it was made.

    Attributes:
        cached: Answers that were on disk and cost nothing.
        dropped: Parts of answers that did not stand in the text or were of no known kind.
    """

    documents: int = 0
    claims: int = 0
    cached: int = 0
    dropped: int = 0
    spent: Spent = field(default_factory=Spent)


class LlmExtractor:
    """Reads claims with a language model behind any OpenAI-compatible endpoint.

    It alone of all extractors asks a network, through `kg.extract.llm.client` and nowhere else, and raises LlmError on
    a document without a usable answer. Answers are kept in a folder: once a document is answered, the same extractor
    gives the same extraction without any request.

    Attributes:
        totals: What was read and spent so far.
    """

    name = "llm"
    media_types = frozenset({MediaType.TEXT, MediaType.HTML, MediaType.KG_DOCUMENT})

    def __init__(  # noqa: PLR0913 - an argument is a setting of [extract.llm]
        self,
        *,
        url: str,
        model: str,
        cache: str | Path,
        key_variable: str | None = None,
        response_format: str = "json_schema",
        options: dict[str, object] | None = None,
        max_piece_tokens: int = 1500,
        max_pieces: int = 50,
        timeout_seconds: float = 180.0,
        deadline_seconds: float = 600.0,
        retries: int = 4,
        requests_per_minute: float | None = None,
        confidence: float = 0.6,
    ) -> None:
        """Take the settings of [extract.llm]; nothing is sent.

        Args:
            url: Base of the endpoint ("https://host/v1").
            cache: Folder for answers.
            key_variable: Environment variable with the key; None for KG_LLM_API_KEY, which may then be unset.
            response_format: "json_schema", or "json_object" or "none" for endpoints that do not take it.
            options: More keys of the request, in place of `temperature = 0`.
            max_piece_tokens: Tokens of text in one request, as far as they are estimated; a longer text is cut.
            max_pieces: Requests that one document may need before it is refused.
            timeout_seconds: For one whole answer.
            deadline_seconds: For one piece with all its retries.
            retries: After the first try, on 429, 5xx, lost connections, timeouts and unusable answers.
            confidence: Of the claims, in [0, 1]; measure it with `kg eval`.

        Raises:
            ValueError: A value is out of its range.
            TypeError: `options` is no table.
        """
        _check_settings(
            {"max_piece_tokens": (max_piece_tokens, MIN_PIECE_TOKENS), "max_pieces": (max_pieces, 1)}
            | {"retries": (retries, 0), "timeout_seconds": (timeout_seconds, 0.01)}
            | {"deadline_seconds": (deadline_seconds, 0.01)}
            | {"requests_per_minute": (1 if requests_per_minute is None else requests_per_minute, 0.01)}
        )
        if not model.strip():
            raise ValueError("model is empty; name the model as the endpoint calls it")
        if not 0 <= confidence <= 1:
            raise ValueError(f"confidence = {confidence}: it is a probability, from 0 to 1")
        self._format = _checked_format(response_format)
        self._options = _checked_options(DEFAULT_OPTIONS if options is None else options)
        self._model = model
        self._max_piece_tokens = max_piece_tokens
        self._max_pieces = max_pieces
        self._cache = AnswerCache(Path(cache))
        self._endpoint = Endpoint(
            url,
            model,
            key_variable=key_variable,
            patience=Patience(
                timeout_seconds=timeout_seconds,
                deadline_seconds=deadline_seconds,
                retries=retries,
                requests_per_minute=requests_per_minute,
            ),
        )
        asked = [guidelines(), answer_schema(), self._format, self._options, max_piece_tokens, confidence]
        digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode("ascii")).hexdigest()[:12]
        self.version = with_facts(f"{VERSION} {model} {digest}")
        self._signature = Signature(extractor=self.name, version=self.version, confidence=confidence)
        self.totals = Totals()

    def extract(self, document: Document) -> Extraction:
        """Return the actors, mentions and claims of a document.

        Raises:
            LlmError: The model gives no usable answer on it.
            StoreError: Answers cannot be kept.
        """
        before = self._endpoint.spent
        try:
            answers = list(self._answers(document))
        finally:
            self.totals = replace(self.totals, spent=self._endpoint.spent)
        cast = cast_actors(document, find_actors(document), answers)
        claims = {
            claim.claim_id: claim
            for number, (piece, answer) in enumerate(answers)
            for claim in checked_claims(document, number, piece, answer, cast, self._signature)
        }
        extraction = Extraction(
            doc_id=document.doc_id,
            extractor=self.name,
            extractor_version=self.version,
            actors=cast.actors,
            mentions=cast.mentions,
            claims=tuple(claims.values()),
        )
        self._tell(document, answers, extraction, self._endpoint.spent - before)
        return extraction

    def _answers(self, document: Document) -> Iterator[tuple[Piece, Answer]]:
        """Yield the pieces of a document, each with its answer; one that is too much for the model is halved."""
        left = list(cut_into_pieces(document, self._max_piece_tokens))
        if len(left) > self._max_pieces:
            raise LlmError(
                f"{document.name}: its text needs {len(left)} requests, more than max_pieces = {self._max_pieces} of "
                "[extract.llm]; raise that if it is worth it"
            )
        while left:
            piece = left.pop(0)
            try:
                yield piece, self._answer(document, piece)
            except CutAnswerError as error:
                if len(piece) == 1:
                    raise LlmError(
                        f"{document.name}, sentence {piece[0].number}: {self._model} ends before its answer does; "
                        "raise max_tokens in options of [extract.llm], or lower max_piece_tokens"
                    ) from error
                left[:0] = [piece[: len(piece) // 2], piece[len(piece) // 2 :]]

    def _answer(self, document: Document, piece: Piece) -> Answer:
        body = request_body(document, piece, model=self._model, options=self._options, response_format=self._format)
        kept = self._cache.get(body)
        if kept is not None:
            try:
                answer = _usable(document, piece, kept)
            except UnusableAnswerError as error:
                log.info("a kept answer is asked for again", extra={"document": document.doc_id, "why": str(error)})
            else:
                self.totals = replace(self.totals, cached=self.totals.cached + 1)
                return answer

        def use(completion: Completion) -> tuple[str, Answer]:
            if completion.is_cut:
                raise CutAnswerError
            return completion.content, _usable(document, piece, completion.content)

        content, answer = self._endpoint.ask(body, use)
        self._cache.put(body, content)
        return answer

    def _tell(
        self, document: Document, answers: list[tuple[Piece, Answer]], extraction: Extraction, spent: Spent
    ) -> None:
        """Log what one document gave and cost, and what all did so far."""
        dropped: Counter[str] = sum((answer.dropped for _, answer in answers), Counter())
        claims = len(extraction.claims)
        self.totals = replace(
            self.totals,
            documents=self.totals.documents + 1,
            claims=self.totals.claims + claims,
            dropped=self.totals.dropped + dropped.total(),
        )
        log.info(
            "read by a model",
            extra={
                "document": document.doc_id,
                "claims": claims,
                "dropped": dict(dropped),
                "spent": spent,
                "totals": self.totals,
            },
        )


def _usable(document: Document, piece: Piece, content: str) -> Answer:
    """Return an answer that has the right form and is about this text, as far as it tells anything."""
    answer = read_answer(content)
    if answer.given >= MIN_LOST and not any(located_events(document.text, piece, answer)):
        raise UnusableAnswerError(f"none of its {answer.given} events stands in the text")
    return answer


def _check_settings(settings: Mapping[str, tuple[float, float]]) -> None:
    for name, (value, least) in settings.items():
        if not least <= value < float("inf"):
            raise ValueError(f"{name} = {value}: it must be at least {least}")


def _checked_format(name: str) -> ResponseFormat:
    for known in get_args(ResponseFormat):
        if name == known:
            return known  # type: ignore[no-any-return]  # get_args() tells no types
    raise ValueError(f"response_format = {name!r}: it is one of {', '.join(get_args(ResponseFormat))}")


def _checked_options(options: Mapping[str, object]) -> Mapping[str, object]:
    if not isinstance(options, Mapping):
        raise TypeError(f"options = {options!r}: it is a table, such as {{ temperature = 0 }}")
    if own := sorted(_OWN_KEYS & options.keys()):
        raise ValueError(f"options: {', '.join(own)} is set by kg itself; leave it out")
    try:
        json.dumps(options, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValueError(f"options: {error}; only what JSON can tell is sent") from error
    return dict(options)
