"""The raw bytes that documents were cut out of, named by their hash."""

import gzip
import hashlib
import os
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import StoreError

_PART = ".part"


@dataclass(frozen=True, slots=True)
class RawStore:
    """A folder of gzip files, `ab/<sha256>.gz`; the same bytes are kept once."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep bytes, whole or not at all, and return their SHA-256 as hex digits.

        Raises:
            StoreError: The folder cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, gzip.compress(content, mtime=0))
        except OSError as error:
            raise StoreError(
                f"{path} cannot be written: {error.strerror or error}; free the disk or move --home"
            ) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes of that hash.

        Raises:
            StoreError: They are not here, or the file is damaged.
        """
        path = self._path(sha256)
        try:
            content = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise StoreError(f"{path} cannot be read: {error}; fetch the source again") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"{path} does not hold the bytes that it is named after; fetch the source again")
        return content

    def hashes(self) -> tuple[str, ...]:
        """Return the hashes of all bytes that are kept, sorted."""
        return tuple(sorted(path.name.removesuffix(".gz") for path in self.folder.glob("??/*.gz")))

    def remove(self, sha256: str) -> bool:
        """Delete the bytes of that hash, and what a killed process wrote of them; False when they are not here.

        Raises:
            StoreError: The file cannot be deleted.
        """
        path = self._path(sha256)
        kept = [path] if path.exists() else []
        for one in (*kept, *path.parent.glob(f"{sha256}.*{_PART}")):
            try:
                one.unlink(missing_ok=True)
            except OSError as error:
                raise StoreError(f"{one} cannot be deleted: {error.strerror or error}; delete it by hand") from error
        return bool(kept)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.gz"


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that a killed process leaves no half file under the final name."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.stem}.", suffix=_PART, delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
