"""Answers of a model on disk, so that what was paid for once is not asked again."""

import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from kg.model.errors import StoreError

log = logging.getLogger(__name__)


class AnswerCache:
    """A folder with one file for each question; a question is a whole request: model, prompt, options and text."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; it is made when the first answer is kept."""
        self._folder = folder

    def get(self, question: bytes) -> str | None:
        """Return the answer to a question, None when it was not asked yet or its file is broken."""
        path = self._path(question)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            log.warning("a kept answer cannot be read and is asked for again", extra={"path": path, "why": str(error)})
            return None
        content = kept.get("content") if isinstance(kept, dict) else None
        return content if isinstance(content, str) else None

    def put(self, question: bytes, content: str) -> None:
        """Keep an answer; a process that is killed meanwhile leaves the whole file or none.

        Raises:
            StoreError: The folder cannot be written.
        """
        path = self._path(question)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
                json.dump({"content": content}, file)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError as error:
            raise StoreError(
                f"the answers of a model cannot be kept in {self._folder}: {error.strerror}; "
                "free the disk, or name another folder as cache of [extract.llm]"
            ) from error

    def _path(self, question: bytes) -> Path:
        digest = hashlib.sha256(question).hexdigest()
        return self._folder / digest[:2] / f"{digest}.json"
