"""How a model is taken into use: exported by a process of its own, so that the half gigabyte that torch takes is gone afterwards.

That process prints one JSON object a line: {"notice": "…"} as it goes, {"error": "…"} where it ends without an export.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import EncoderError, IsobotError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# ONNX Runtime's official builds report what they run to Microsoft; this is read when it is loaded. Source: its Privacy.md.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ABANDONED_AFTER = 3600  # seconds; an export takes one or two minutes, so an older unfinished one was killed
UNFINISHED = ".unfinished-"
OPSET = 17
SLOWER = ["SkipLayerNormFusion"]  # what it makes of a sum and a normalisation divides number by number: a sixth of an encoder's time

Tell = Callable[[str], None]


def source_of(model: str) -> tuple[str, bool]:
    """The folder or hub name that a model setting stands for, and whether to touch no network. Raises EncoderError for a missing folder."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return str(folder.resolve()), True
    if model.startswith(("/", ".", "~")) or model.count("/") > 1 or "\\" in model:
        raise EncoderError(f"The model folder {model} does not exist. Give the path of a sentence-transformers folder, or a hub name.")
    return model, os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in {"1", "true", "yes", "on"}


def state_of(model: str) -> object:
    """What tells one state of a model's files from another, without reading them."""
    folder = Path(model).expanduser()
    if not folder.is_dir():
        return "hub"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    states = [(path.relative_to(folder).as_posix(), path.stat()) for path in files]
    return [str(folder.resolve()), *((name, state.st_size, state.st_mtime_ns) for name, state in states)]


def named_after(model: str) -> str:
    """A folder's name that shows which model lies in it."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in Path(model).name)[:60]


def export_apart(module: str, model: str, order: dict[str, Any], tell: Tell) -> None:
    """Run `python -m MODULE ORDER`, and pass on what it says. Raises EncoderError where it ends without an export."""
    command = [sys.executable, "-m", module, json.dumps(order)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry or os.curdir for entry in sys.path)}
    error = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        said, complaints = process.communicate()
    for line in said.splitlines():
        words = json.loads(line)
        error = words.get("error", error)
        if "notice" in words:
            tell(words["notice"])
    if error:
        raise EncoderError(error)
    if process.returncode:
        last = complaints.strip().rsplit("\n", 1)[-1]
        raise EncoderError(
            f"The export of the model {model} ended with code {process.returncode} ({last[:300]}). Is there memory and disk space for it?"
        )


def follow_order(export: Callable[[dict[str, Any], Tell], None]) -> int:
    """What the process of its own does with the order on its command line; its exit code."""
    speak = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is not ours to read

    def say(kind: str, words: str) -> None:
        print(json.dumps({kind: words}), file=speak, flush=True)

    try:
        export(json.loads(sys.argv[1]), lambda words: say("notice", words))
    except IsobotError as error:
        say("error", str(error))
        return error.exit_code
    return 0


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """An empty folder beside the one to publish, gone afterwards; what killed exports left there long ago goes too."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f"{UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(left)
    work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def publish(work: Path, folder: Path) -> None:
    """Give the finished folder its name in one step."""
    work.chmod(0o755)  # mkdtemp made it private
    for file in work.iterdir():
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
    try:
        work.replace(folder)
    except OSError:
        if not folder.is_dir():
            raise


def tokenizer_json(tokenizer: Any, model: str, max_tokens: int) -> str:
    """The text of tokenizer.json, cutting at `max_tokens`, of a pair the longer text, and never padding.

    tokenizer: of transformers. Raises EncoderError for a model that has no fast one.
    """
    from tokenizers import Tokenizer

    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise EncoderError(f"The model {model} has no fast tokenizer (tokenizer.json), which isobot needs. Choose another model.")
    exported = Tokenizer.from_str(backend.to_str())
    exported.no_padding()
    exported.enable_truncation(max_tokens, strategy="longest_first")
    return str(exported.to_str())


def weights_digest(network: Any) -> str:
    """SHA-256 over the names, shapes and values of all parameters of a torch module, as hex."""
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        values = np.ascontiguousarray(tensor.detach().float().numpy())
        digest.update(f"{name} {values.shape}".encode())
        digest.update(values.data)
    return digest.hexdigest()


def quantise(full: Path, target: Path) -> None:
    """Weights to int8, one scale a channel: one scale a tensor costs 0.016 of recall, this 0.001."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.disable(logging.WARNING)  # it advises a preparation that changes nothing here
    try:
        untold = {"DefaultTensorType": TensorProto.FLOAT}  # what an operator of ONNX Runtime's own gives
        quantize_dynamic(full, target, per_channel=True, weight_type=QuantType.QInt8, extra_options=untold)
    finally:
        logging.disable(logging.NOTSET)


def open_session(folder: Path, kind: str) -> InferenceSession:
    """The network of an exported model. kind: what it is called. Raises EncoderError when it is not whole."""
    if not (folder / MODEL_FILE).is_file():
        raise _lacking(folder, MODEL_FILE)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # each text on its own thread: see OnnxEncoder
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            folder / MODEL_FILE, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )
    except Exception as error:  # onnxruntime raises kinds of its own
        raise _broken(folder, kind, error) from error


def open_tokenizer(folder: Path, kind: str) -> Tokenizer:
    """The tokenizer of an exported model. kind: what it is called. Raises EncoderError where it is not whole."""
    if not (folder / TOKENIZER_FILE).is_file():
        raise _lacking(folder, TOKENIZER_FILE)
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    except Exception as error:  # tokenizers raises plain Exceptions
        raise _broken(folder, kind, error) from error


def _lacking(folder: Path, name: str) -> EncoderError:
    return EncoderError(f"{folder} lacks {name}. Delete the folder; the model is exported again when next used.")


def _broken(folder: Path, kind: str, error: Exception) -> EncoderError:
    return EncoderError(
        f"The {kind} in {folder} cannot be loaded ({error}). Delete the folder; the model is exported again when next used."
    )


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def sound(text: str) -> str:
    """The text with a replacement mark for each lone surrogate, which no tokenizer takes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
