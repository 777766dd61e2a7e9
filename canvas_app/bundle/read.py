"""Opens a bundle only when it is whole, and runs it only when it is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import Cancelled, CanvasError, Where
from canvas_app.base.words import counted
from canvas_app.bundle.manifest import NAME, Manifest
from canvas_app.data.files import error_about
from canvas_app.jobs.job import Job, Report

if TYPE_CHECKING:
    from canvas_app.runtime.predictor import Predictor


@dataclass(frozen=True)
class Bundle:
    """A bundle whose every file is as its manifest says."""

    folder: Path
    manifest: Manifest
    made_here: bool

    def require_trust(self, trusted: bool) -> None:
        """Raise ``CanvasError`` where the bundle comes from elsewhere and nobody said that it may run."""
        if not self.made_here and not trusted:
            raise CanvasError(
                f"{self.folder.name} is whole, but was not made by this installation, so it is not run.",
                hint="Say that you trust it (--trust) if you know who made it: a model can be made to harm.",
            )


@dataclass(frozen=True)
class Verified:
    """A bundle that answered its examples as it was exported with."""

    rows: int
    largest_difference: float
    format: str
    made_here: bool


@dataclass(frozen=True)
class Predicted:
    """A file of rows that was answered."""

    rows: int
    path: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class VerifyJob(Job[Verified]):
    """Check every file of a bundle, then replay its examples."""

    title = "Verify bundle"
    result = Verified

    bundle: str
    trusted: bool = False

    def run(self, report: Report) -> Verified:
        """See ``verify``."""
        return verify(Path(self.bundle), report, trusted=self.trusted)


@dataclass(frozen=True)
class PredictJob(Job[Predicted]):
    """Answer a file of rows with a bundle, or with a model of the project."""

    title = "Predict a file"
    result = Predicted

    folder: str
    """Of a bundle, or of a model in the project."""
    input: str
    output: str
    trusted: bool = False

    @property
    def subject(self) -> str:
        """The file of rows."""
        return Path(self.input).name

    def run(self, report: Report) -> Predicted:
        """Check, decode, answer piece by piece; the answers appear when all are written."""
        folder = Path(self.folder)
        require_output(Path(self.output))
        report(0.0, "Opening the model")
        if (folder / NAME).exists():
            open_bundle(folder).require_trust(self.trusted)
        with door("The rows can't be answered"):
            from canvas_app.runtime.predictor import Predictor

            done = Predictor(folder).answer_file(Path(self.input), Path(self.output), report)
        report(1.0, f"{counted(done.rows, 'row')} answered")
        return Predicted(done.rows, self.output, done.notes)


def require_output(path: Path) -> None:
    """Raise ``CanvasError`` unless answers can be written under that name; nothing else is looked at."""
    with door("The answers can't be written"):
        from canvas_app.runtime.table_file import require_place

        require_place(path)


def open_bundle(path: Path) -> Bundle:
    """Read the manifest, then check every byte against it; nothing else is decoded.

    Raises ``CanvasError`` that names the file which is missing, was changed, or does not belong there.
    """
    from canvas_app.runtime.whole import NotWhole, manifest_bytes, require_files

    folder = Path(path)
    try:
        manifest = Manifest.load(manifest_bytes(folder))
        require_files(folder, {entry.path: (entry.size, entry.sha256) for entry in manifest.files})
    except NotWhole as error:
        raise CanvasError(error.message, hint=error.hint, where=Where(field=error.file)) from error
    return Bundle(folder, manifest, manifest.made_here)


def load_bundle(path: Path, *, trusted: bool = False) -> Predictor:
    """A bundle ready to answer; checked first, and refused where it is not trusted."""
    bundle = open_bundle(path)
    bundle.require_trust(trusted)
    return load_model(bundle.folder)


def load_model(folder: Path) -> Predictor:
    """A model's folder ready to answer; raises ``CanvasError`` where it can't be decoded."""
    with door("The model can't be opened"):
        from canvas_app.runtime.predictor import Predictor

        return Predictor(Path(folder))


def verify(path: Path, report: Report, *, trusted: bool = False) -> Verified:
    """Check every file, then replay the examples; raises ``CanvasError`` where anything differs."""
    report(0.1, "Checking every file")
    bundle = open_bundle(path)
    bundle.require_trust(trusted)
    report(0.4, "Answering the examples")
    with door("The bundle can't be run"):
        from canvas_app.runtime.replay import replay

        done = replay(bundle.folder)
    report(1.0, "Whole, and answers as it should")
    return Verified(done.rows, done.largest_difference, bundle.manifest.model.format, bundle.made_here)


@contextmanager
def door(failed: str) -> Iterator[None]:
    """Foreign errors become ``CanvasError`` here: ``failed`` begins the message."""
    from canvas_app.runtime.errors import BundleError

    try:
        yield
    except (CanvasError, Cancelled):
        raise
    except BundleError as error:
        raise CanvasError(error.message, hint=error.hint) from error
    except Exception as error:  # (noqa: house) whatever a library says of bytes that it can't read
        if isinstance(error, OSError) and error.errno and error.filename:
            raise error_about(Path(str(error.filename)), error) from error
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise CanvasError(
            f"{failed}: {first[:200]}", hint="Ask for the bundle again, or export it again."
        ) from error
