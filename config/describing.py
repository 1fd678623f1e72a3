"""How the REST API describes itself (OpenAPI)."""

from typing import Any

SCHEMA: dict[str, Any] = {
    "TITLE": "Goodstanding",
    "DESCRIPTION": "Credentials, continuing education and renewals over REST.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    # Words stand where they are used, not as components with made-up names.
    "POSTPROCESSING_HOOKS": ["core.schema.tidy"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
