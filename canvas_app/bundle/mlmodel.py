"""The words by which MLflow finds its way in a bundle: ``MLmodel`` and ``python_env.yaml``."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version

from canvas_app.bundle.manifest import canonical
from canvas_app.runtime.contract import Contract

_INPUT_TYPES = {"number": "double", "whole": "double"}
"""Everything else travels as text, and is brought to its type by the contract: MLflow's whole numbers and
switches refuse blanks, and its times refuse what isn't written in one way."""
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
            "signature": {"inputs": _inputs(contract), "outputs": _outputs(contract), "params": None},
            "utc_time_created": made_at.replace("T", " ").removesuffix("Z").removesuffix("+00:00"),
        }
    )


def python_env() -> str:
    """The text of ``python_env.yaml``."""
    python = f'python: "{platform.python_version()}"'
    return "\n".join((python, "build_dependencies:", "- pip", "dependencies:", "- -r requirements.txt", ""))


def _inputs(contract: Contract) -> str:
    return json.dumps(
        [
            {"name": item.name, "type": _INPUT_TYPES.get(item.type, "string"), "required": True}
            for item in contract.columns
        ]
    )


def _outputs(contract: Contract) -> str:
    kind = "number" if contract.problem == "number" else contract.label_type
    said = [{"name": "prediction", "type": _OUTPUT_TYPES.get(kind, "string"), "required": True}]
    said += [
        {"name": f"probability_{label}", "type": "double", "required": True} for label in contract.classes
    ]
    return json.dumps(said)
