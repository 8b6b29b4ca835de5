"""Scrapy's knobs, ours only. What a deployment turns comes from `govwatch.toml` and the environment."""

from __future__ import annotations

import sys
from typing import Any

from crawlers.browser.chromium import launch_settings
from crawlers.config import Config, ConfigError, load_config
from crawlers.middlewares.robots import PRODUCT
from crawlers.middlewares.slots import JITTER, spaced

BOT_NAME = PRODUCT
SPIDER_MODULES = ["crawlers.spiders"]
ITEM_PIPELINES = {
    "pipelines.clean.CleanPipeline": 100,
    "pipelines.region.RegionPipeline": 200,
    "pipelines.store.thread.StoreInThread": 300,
}
# Items of one visit that wait to be stored; then it waits too, and memory stays where it is.
CONCURRENT_ITEMS = 4
ARCHIVE = "pipelines.store.archive.Archive"

# Politeness: one connection per site, a delay that no jitter undercuts, the site's own rules.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = JITTER
ROBOTSTXT_OBEY = True

# Limits. An answer is cut off at this size, packed or unpacked.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DNS_TIMEOUT = 20
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 10

# A first try and one more after each pause (seconds).
RETRY_PAUSES = [1, 4]
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]

DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"https": "crawlers.middlewares.tls.HTTPSHandler"}
TWISTED_DNS_RESOLVER = "crawlers.middlewares.addresses.GuardedResolver"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.middlewares.compatibility.CompatibilityMiddleware": 540,
    "crawlers.middlewares.retry.BackoffMiddleware": 550,
    "crawlers.middlewares.guard.GuardMiddleware": 760,
    "crawlers.middlewares.slots.SiteSlotMiddleware": 770,
}

EXTENSIONS = {
    "crawlers.browser.Browser": 0,
    # Never wanted (see below), and to import them takes a quarter of a second.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}

# Every status reaches the spiders: an error page is a finding with a name (crawlers.failures).
HTTPERROR_ALLOW_ALL = True

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}
COOKIES_ENABLED = True
TELNETCONSOLE_ENABLED = False
# Both would let other programs run code in ours: Telnet, and since Scrapy 2.19 an HTTP server.
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
FEED_EXPORT_ENCODING = "utf-8"


SHORTEST_DELAY = 0.001


def deployed(config: Config) -> dict[str, Any]:
    """The settings that follow from `config`."""
    contact = f" (+{config.contact})" if config.contact else ""
    user_agent = f"{PRODUCT}/0.1{contact}"
    return {
        "USER_AGENT": user_agent,
        "CHROMIUM": config.chromium,
        **launch_settings(config.chromium, user_agent),
        # Without any delay Scrapy lets out all that waits for a site before it counts the first (2.19).
        "DOWNLOAD_DELAY": max(spaced(config.delay), SHORTEST_DELAY),
        "CONCURRENT_REQUESTS": config.concurrency,
        "ALLOW_PRIVATE": config.allow_private,
        "DATA": str(config.data),
        "DATABASE": str(config.database),
    }


def _configured() -> dict[str, Any]:
    """One line instead of a traceback for whoever starts `scrapy` with a wrong configuration."""
    try:
        return deployed(load_config())
    except ConfigError as error:
        sys.stderr.write(f"govwatch: {error}\n")
        raise SystemExit(2) from None


globals().update(_configured())
