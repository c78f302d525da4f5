"""Who did what to whom, read by the trained encoder and by the grammar together."""

from importlib.resources import as_file, files
from pathlib import Path

from kg.extract.encoder import load_encoder
from kg.extract.patterns import claims_of
from kg.extract.reading import signature
from kg.model.claims import Extraction
from kg.model.documents import Document, MediaType


class EncoderExtractor:
    """Reads claims out of English news with the weights that come with kg; needs no network, no key and no server."""

    name = "encoder"
    supersedes = frozenset({"patterns"})
    media_types = frozenset({MediaType.TEXT, MediaType.HTML, MediaType.KG_DOCUMENT})

    def __init__(self, weights: str | None = None) -> None:
        """Load the weights.

        Args:
            weights: A folder that `kg train` wrote; None for the weights that come with kg.

        Raises:
            WeightsError: They are missing, broken or of another version.
        """
        if weights is not None:
            self._encoder = load_encoder(Path(weights))
        else:
            with as_file(files("kg.extract").joinpath("data", "encoder")) as folder:
                self._encoder = load_encoder(folder)

    @property
    def version(self) -> str:
        """Changes with the rules, the weights and the user's facts."""
        return signature(self._encoder)[1]

    def extract(self, document: Document) -> Extraction:
        """Return the actors, mentions and claims of a document."""
        return claims_of(document, self._encoder)
