"""The words by which MLflow finds its way in a bundle: ``MLmodel`` and ``python_env.yaml``."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version

from canvas_app.bundle.manifest import canonical
from canvas_app.runtime.contract import Contract

_OUTPUT_TYPES = {"number": "double", "whole": "long", "switch": "boolean"}


def mlmodel(contract: Contract, origin: str, made_at: str) -> bytes:
    """The text of ``MLmodel``: YAML, of which JSON is a part."""
    flavour = {
        "loader_module": "runtime.mlflow_model",
        "code": ".",
        "env": {"virtualenv": "python_env.yaml"},
        "python_version": platform.python_version(),
    }
    return canonical(
        {
            "flavors": {"python_function": flavour},
            "mlflow_version": version("mlflow-skinny"),
            "model_uuid": origin[:32],
            # Without inputs: MLflow reads 7 as a whole number and then refuses it for a column of numbers,
            # and takes no blank for a whole number. The contract brings every value to its type.
            "signature": {"inputs": None, "outputs": _outputs(contract), "params": None},
            "metadata": {"columns": {item.name: item.type for item in contract.columns}},
            "utc_time_created": made_at.replace("T", " ").removesuffix("Z").removesuffix("+00:00"),
        }
    )


def python_env() -> str:
    """The text of ``python_env.yaml``."""
    python = f'python: "{platform.python_version()}"'
    return "\n".join((python, "build_dependencies:", "- pip", "dependencies:", "- -r requirements.txt", ""))


def _outputs(contract: Contract) -> str:
    kind = "number" if contract.problem == "number" else contract.label_type
    said = [{"name": "prediction", "type": _OUTPUT_TYPES.get(kind, "string"), "required": True}]
    said += [
        {"name": f"probability_{label}", "type": "double", "required": True} for label in contract.classes
    ]
    return json.dumps(said)
