"""Sites on loopback that publish, correct, reprint, copy and fail, and know what they did.

with World(now) as world:
    column = world.sites[0].url
    world.advance_to("appear")
    world.expected["qingchuan/plenary"].body
    world.log.of("qingchuan", status=304)
"""

from demo.world.expected import Expected, Version
from demo.world.generate import LATER, Generated, generated_site
from demo.world.model import CHINA, Entry, Site, Step
from demo.world.requestlog import Request, RequestLog
from demo.world.world import Column, World

__all__ = [
    "CHINA",
    "LATER",
    "Column",
    "Entry",
    "Expected",
    "Generated",
    "Request",
    "RequestLog",
    "Site",
    "Step",
    "Version",
    "World",
    "generated_site",
]
