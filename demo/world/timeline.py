"""What happens in the demo world, in this order."""

from __future__ import annotations

from demo.world.model import Step

STEPS = (
    Step("appear", "three sites publish new articles", "qingchuan"),
    Step("edit", "the city's news portal corrects figures in an article that it published days ago", "yunze"),
    Step("reprint", "the industry news site reprints the district's new article (转自)", "industry"),
    Step("pollute", "a spam mirror shows a polluted copy of the county's new article", "mirror"),
    Step("outage", "the county's old site answers 503", "lanping", outage=True),
    Step("recovery", "the county's site is back and has a new article", "lanping", outage=False),
)
