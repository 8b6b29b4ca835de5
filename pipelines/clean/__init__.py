"""Text normal form, and repair of polluted copies (inserted readings, Traditional characters, lost bytes)."""

from __future__ import annotations

from pipelines.clean.normal_form import normal_form
from pipelines.clean.pipeline import CleanPipeline
from pipelines.clean.steps import Cleaned, clean, clean_parts, clean_reading

__all__ = ["CleanPipeline", "Cleaned", "clean", "clean_parts", "clean_reading", "normal_form"]
