"""The tables of the first version, as migration m0001 makes them. Never edited: see `schema`."""

from __future__ import annotations

TABLES = (
    """
    CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        url TEXT NOT NULL UNIQUE,
        site TEXT NOT NULL,                       -- host and port: what politeness counts by
        recipe TEXT NOT NULL DEFAULT '{}',        -- JSON, see crawlers.catalogue.model.Recipe
        every INTEGER CHECK (every > 0),          -- seconds; NULL: learned
        interval INTEGER NOT NULL CHECK (interval > 0),  -- seconds between two looks as of now
        alert_backlog INTEGER NOT NULL DEFAULT 0 CHECK (alert_backlog IN (0, 1)),
        verify_tls INTEGER NOT NULL DEFAULT 1 CHECK (verify_tls IN (0, 1)),
        confidence REAL,                          -- of the recipe, 0 to 1; NULL: never looked at by `add`
        state TEXT NOT NULL DEFAULT 'unverified',
        reason TEXT,
        since TEXT NOT NULL,                      -- when `state` began
        added_at TEXT NOT NULL,
        first_visit_at TEXT,                      -- when its first list page was taken down as history
        last_success TEXT,
        failures_in_row INTEGER NOT NULL DEFAULT 0,
        next_check_at TEXT NOT NULL,
        claimed_by INTEGER REFERENCES runs (id),  -- the run that visits it now
        etag TEXT,
        last_modified TEXT,
        broken_page TEXT                          -- what came in place of the list, in the data folder
    ) STRICT
    """,
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('scheduled', 'manual', 'scrapy')),
        state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
        reason TEXT,                              -- why it failed
        started TEXT NOT NULL,
        ended TEXT,
        sources INTEGER NOT NULL DEFAULT 0,
        pages INTEGER NOT NULL DEFAULT 0,
        not_modified INTEGER NOT NULL DEFAULT 0,
        new INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0,
        same INTEGER NOT NULL DEFAULT 0,
        reprints INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE recipes (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,  -- that learned the one after it
        recipe TEXT NOT NULL,
        ended TEXT NOT NULL,
        evidence TEXT NOT NULL                    -- why another took its place
    ) STRICT
    """,
    "CREATE INDEX recipes_of_source ON recipes (source_id)",
    """
    CREATE TABLE failures (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        source_id INTEGER REFERENCES sources (id) ON DELETE CASCADE,
        url TEXT,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX failures_of_run ON failures (run_id)",
    """
    CREATE TABLE visits (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        started TEXT NOT NULL,
        ended TEXT,
        outcome TEXT CHECK (outcome IN ('fresh', 'not_modified', 'failed')),  -- NULL: under way or cut short
        rows INTEGER NOT NULL DEFAULT 0,          -- rows that the list showed
        UNIQUE (run_id, source_id)
    ) STRICT
    """,
    "CREATE INDEX visits_of_source ON visits (source_id, started)",
    """
    CREATE TABLE stories (
        id INTEGER PRIMARY KEY,
        title TEXT,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        title TEXT,
        published TEXT,
        source TEXT,
        author TEXT,
        body TEXT NOT NULL,
        site TEXT,
        site_code TEXT,                           -- 网站标识码
        host TEXT NOT NULL,
        region_code TEXT,
        region TEXT,
        source_id INTEGER REFERENCES sources (id) ON DELETE SET NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id),
        copy_of INTEGER REFERENCES articles (id), -- the first article that carried this text
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1,
        content_hash TEXT NOT NULL,               -- title, body and attachments: has this page changed?
        text_hash TEXT NOT NULL,                  -- body, letters only: is this the same text?
        backlog INTEGER NOT NULL DEFAULT 0 CHECK (backlog IN (0, 1)),
        original_title TEXT,                      -- before cleaning, where cleaning changed it
        original_body TEXT,
        pollution TEXT,                           -- JSON, see crawlers.items.Pollution; NULL: none
        encoding TEXT NOT NULL,
        images TEXT NOT NULL DEFAULT '[]',        -- JSON
        meta TEXT NOT NULL DEFAULT '{}',          -- JSON
        etag TEXT,
        last_modified TEXT,
        withdrawn_at TEXT
    ) STRICT
    """,
    "CREATE INDEX articles_by_published ON articles (published)",
    "CREATE INDEX articles_by_time ON articles (coalesce(published, first_seen))",
    "CREATE INDEX articles_of_source ON articles (source_id, published)",
    "CREATE INDEX articles_of_story ON articles (story_id)",
    """
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        seen_at TEXT NOT NULL,
        title TEXT,
        published TEXT,
        source TEXT,
        author TEXT,
        body TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        text_hash TEXT NOT NULL,
        UNIQUE (article_id, number)
    ) STRICT
    """,
    "CREATE INDEX versions_by_text ON versions (text_hash)",
    """
    CREATE TABLE attachments (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (article_id, url)
    ) STRICT
    """,
    """
    CREATE TABLE captures (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        url TEXT NOT NULL,                        -- that answered
        fetched_at TEXT NOT NULL,
        file TEXT NOT NULL,                       -- a WARC file in the data folder
        offset INTEGER NOT NULL,                  -- bytes
        length INTEGER NOT NULL,
        digest TEXT NOT NULL                      -- SHA-256 of the body
    ) STRICT
    """,
    "CREATE INDEX captures_of_article ON captures (article_id)",
    """
    CREATE TABLE links (
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        url TEXT NOT NULL,                        -- as the list gives it
        title TEXT NOT NULL,
        published TEXT,                           -- the day that the list shows
        article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL,
        backlog INTEGER NOT NULL DEFAULT 0 CHECK (backlog IN (0, 1)),
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,      -- failed tries in a row
        next_attempt_at TEXT,                     -- when to ask (again); NULL: never
        last_error TEXT,
        PRIMARY KEY (source_id, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX links_of_article ON links (article_id)",
    "CREATE INDEX links_due ON links (source_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL",
    """
    CREATE TABLE subscriptions (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        version INTEGER NOT NULL DEFAULT 1,       -- grows with every change of the query
        query TEXT NOT NULL,
        recipients TEXT NOT NULL,                 -- JSON list of mail addresses
        mode TEXT NOT NULL DEFAULT 'instant' CHECK (mode IN ('instant')),
        locale TEXT NOT NULL DEFAULT 'zh' CHECK (locale IN ('zh', 'en')),
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'removed')),
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE matches (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        story_id INTEGER NOT NULL REFERENCES stories (id),
        article_version INTEGER NOT NULL,
        subscription_id INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
        subscription_version INTEGER NOT NULL,
        matched_at TEXT NOT NULL,
        UNIQUE (story_id, subscription_id, subscription_version)  -- the same story is told once
    ) STRICT
    """,
    "CREATE INDEX matches_of_article ON matches (article_id)",
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        match_id INTEGER NOT NULL REFERENCES matches (id) ON DELETE CASCADE,
        recipient TEXT NOT NULL,
        channel TEXT NOT NULL DEFAULT 'mail' CHECK (channel IN ('mail')),
        message_id TEXT NOT NULL UNIQUE,          -- fixed at birth: a repeated mail carries the same
        state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'held', 'sent', 'failed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt_at TEXT NOT NULL,
        leased_until TEXT,
        lease TEXT,                               -- whose lease it is
        answer TEXT,                              -- the server's last word
        created_at TEXT NOT NULL,
        sent_at TEXT,
        UNIQUE (match_id, recipient)
    ) STRICT
    """,
    "CREATE INDEX outbox_due ON outbox (state, next_attempt_at)",
    # The index keeps no text of its own. The view lets other tools count its rows, which FTS5 refuses
    # for a table without content.
    "CREATE VIEW article_grams_source AS SELECT id, '' AS grams FROM articles",
    """
    CREATE VIRTUAL TABLE article_grams USING fts5 (
        grams, content = 'article_grams_source', content_rowid = 'id',
        detail = none, columnsize = 0, tokenize = 'ascii'
    )
    """,
)
