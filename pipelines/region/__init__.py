"""Whose article it is: the division of the site that published it, by GB/T 2260."""

from __future__ import annotations

from pipelines.region.divisions import region
from pipelines.region.owner import CENTRAL, region_of
from pipelines.region.pipeline import RegionPipeline, place

__all__ = ["CENTRAL", "RegionPipeline", "place", "region", "region_of"]
