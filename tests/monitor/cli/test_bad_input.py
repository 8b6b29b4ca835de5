"""Whatever is typed wrong: exactly one line that names the remedy, exit code 2, nothing stored."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from pipelines.store.database import open_store
from tests.monitor.cli.conftest import Govwatch
from tests.support.archive import put

DATABASE = Path("data") / "govwatch.db"


@pytest.fixture
def archive(govwatch: Govwatch) -> None:
    with open_store(DATABASE.absolute()) as db:
        put(db, 1, "环保督察通报", "正文。")


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "search 环保",
        "export 环保 -o a.csv",
        "sources list",
        "sources show a",
        "sources export",
        "subscriptions list",
        "subscriptions test a",
        "crawl",
        "send",
    ],
)
def test_without_a_database_every_command_says_how_to_begin(govwatch: Govwatch, command: str) -> None:
    done = govwatch(*command.split())
    assert (done.code, done.out) == (2, "")
    assert done.complaint.endswith("no database yet; `govwatch init` or `govwatch add URL` makes it")
    assert not Path("data").exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("status", "no sources yet; `govwatch add URL`"),
        ("sources list", "no sources yet; `govwatch add URL`"),
        ("crawl", "no sources yet; `govwatch add URL`"),
        ("subscriptions list", "no subscriptions yet; `govwatch subscriptions add --help`"),
    ],
)
def test_with_nothing_to_watch_a_command_says_how_to_begin(
    govwatch: Govwatch, command: str, said: str
) -> None:
    govwatch("init")
    done = govwatch(*command.split())
    assert done.code == 0
    assert said in done.out + done.err


def test_init_makes_a_folder_to_begin_in_and_a_second_one_changes_nothing(govwatch: Govwatch) -> None:
    assert govwatch("init").code == 0
    Path("govwatch.toml").write_text("[fetch]\ndelay = 5\n", "utf-8")
    assert "was there already" in govwatch("init").out
    assert Path("govwatch.toml").read_text("utf-8") == "[fetch]\ndelay = 5\n"
    assert govwatch("status", "--json").json["sources"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetch]\ndelya = 5\n", "in [fetch]: unknown key delya; did you mean delay (in [fetch])?"),
        ("[fetch]\ndelay = 'often'\n", "[fetch] delay: should be a valid number"),
        ("[fetch]\ndelay = -1\n", "[fetch] delay: should be greater than or equal to 0"),
        ("[mial]\n", "unknown table [mial]; did you mean [mail]?"),
        ("delay = 5\n", "delay belongs under [fetch]"),
        ("[mail]\nsmtp_security = 'ssl'\n", "[mail] smtp_security: should be 'none', 'starttls' or 'tls'"),
        ("[fetch\n", "is not valid TOML"),
        ("contact = 中\n", "is not valid TOML"),
    ],
)
@pytest.mark.parametrize("command", ["run", "status"])
def test_a_wrong_configuration_names_file_place_and_remedy(
    govwatch: Govwatch, text: str, said: str, command: str
) -> None:
    Path("govwatch.toml").write_text(text, "utf-8")
    done = govwatch(command)
    assert (done.code, done.out) == (2, "")
    assert done.complaint.startswith(f"{Path.cwd()}/govwatch.toml: ")
    assert said in done.complaint


def test_a_wrong_variable_is_named(govwatch: Govwatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVWATCH_TICK", "0")
    done = govwatch("status")
    assert done.code == 2
    assert done.complaint.startswith("environment: GOVWATCH_TICK: should be greater than 0")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Which command? See `govwatch --help`."),
        (["sources"], "Which command? See `govwatch sources --help`."),
        (["serch", "x"], "No such command 'serch'. Did you mean 'search'? See `govwatch --help`."),
        (["--verbose"], "No such option: --verbose (Possible options: --version). See `govwatch"),
        (["sources", "lst"], "No such command 'lst'. Did you mean 'list'? See `govwatch sources --help`."),
        (["search"], "Missing argument 'QUERY'. See `govwatch search --help`."),
        (["search", "a", "--limt", "3"], "No such option: --limt"),
        (["search", "a", "--limit", "many"], "Invalid value for '--limit': Input should be a valid integer"),
        (
            ["search", "a", "--limit", "0"],
            "'--limit': Input should be greater than or equal to 1",
        ),
        (["search", "a", "b"], "Got unexpected extra argument(s) (b). See `govwatch search --help`."),
        (["search", "a", "--since", "yesterday"], "'yesterday' is no date; write it as 2026-01-31"),
        (["export", "a"], "Missing option '-o' / '--output'. See `govwatch export --help`."),
        (["add"], "Missing argument 'URL'. See `govwatch add --help`."),
        (["add", "example.org", "--yes"], "'example.org' is no http or https address"),
        (["add", "ftp://example.org/", "--yes"], "'ftp://example.org/' is no http or https address"),
        (["add", "http://[::1", "--yes"], "'http://[::1' is no http or https address"),
        (["add", "http://example.org/"], "nobody is there to be asked; give --yes to store the column"),
        (["add", "http://example.org/", "--yes", "--every", "5x"], "'5x' is no duration; write 30s, 15m"),
        (
            ["crawl", "--pages", "0"],
            "'--pages': Input should be greater than or equal to 1",
        ),
        (["crawl", "--since", "2026-13-01"], "'2026-13-01' is no date; write it as 2026-01-31"),
        (["sources", "show"], "Missing argument 'NAME'. See `govwatch sources show --help`."),
        (
            ["sources", "import"],
            "give a FILE or --pack PACK, one of them; `govwatch sources packs` lists packs",
        ),
        (["sources", "import", "a.txt", "--pack", "mee"], "give a FILE or --pack PACK, one of them"),
        (["sources", "import", "--pack", "meee"], "no pack is named 'meee'; there are "),
        (["sources", "verify", "a", "--all"], "give names or --all, not both"),
        (["subscriptions", "add", "a"], "Missing option '--query'"),
        (["read"], "Missing argument 'FILE_OR_URL"),
    ],
)
def test_wrong_usage_is_one_line(govwatch: Govwatch, arguments: list[str], said: str) -> None:
    done = govwatch(*arguments)
    assert done.code == 2
    assert said in done.complaint
    assert done.out == "" or "Usage:" in done.out
    assert not Path("data").exists()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("query", ['环境 AND ("督察', "环*", "", "NOT", "a AND OR b", "source:环保"])
@pytest.mark.parametrize(
    "command",
    [["search"], ["export", "-o", "a.csv"], ["subscriptions", "add", "a", "--to", "a@b", "--query"]],
)
def test_a_query_that_is_not_understood_is_told_with_place_and_remedy(
    govwatch: Govwatch, command: list[str], query: str
) -> None:
    done = govwatch(*command, query)
    assert (done.code, done.out) == (2, "")
    assert done.complaint.startswith("query")
    assert done.complaint.count("query: query") == 0
    assert not Path("a.csv").exists()
    assert govwatch("subscriptions", "list", "--json").json == {"subscriptions": []}


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "nobody"], "'nobody' is no mail address"),
        (["--to", "a@b", "--to", "a b@c"], "'a b@c' is no mail address"),
        (
            ["--to", "a@b", "--mode", "weekly"],
            "'--mode': 'weekly' is not one of 'instant'. See",
        ),
        (
            ["--to", "a@b", "--locale", "fr"],
            "'--locale': 'fr' is not one of 'zh', 'en'. See",
        ),
    ],
)
def test_a_subscription_with_wrong_values_is_not_stored(
    govwatch: Govwatch, arguments: list[str], said: str
) -> None:
    done = govwatch("subscriptions", "add", "a", "--query", "环保", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.complaint
    assert govwatch("subscriptions", "list", "--json").json == {"subscriptions": []}


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("command", ["show", "pause", "resume", "remove"])
@pytest.mark.parametrize("group", ["sources", "subscriptions"])
def test_a_name_that_nobody_has(govwatch: Govwatch, group: str, command: str) -> None:
    done = govwatch(group, command, "环保[/red]")
    assert (done.code, done.out) == (2, "")
    assert done.complaint == f"no {group[:-1]} is named '环保[/red]'; see `govwatch {group} list`"


SOURCE = '[[source]]\nname = "a"\nurl = "http://example.org/a/"\nrecipe = {family = "plain"}\n'
OTHER = '[[source]]\nname = "b"\nurl = "http://example.org/b/"\nrecipe = {family = "plain"}\n'
MORE_SUBSCRIPTION = '[[subscription]]\nname = "b"\nquery = "水"\nrecipients = ["a@b"]\n'
SUBSCRIPTION = '[[subscription]]\nname = "a"\nquery = "环保"\nrecipients = ["a@b"]\n'


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("group", "text", "said"),
    [
        ("sources", SOURCE + "[[source]\n", "is not valid TOML"),
        (
            "sources",
            SOURCE + OTHER + "colour = 1\n",
            "[[source]] number 2: colour: unknown key; keys are name",
        ),
        ("sources", SOURCE + '[[source]]\nname = "b"\n', "[[source]] number 2: url: is missing"),
        ("sources", SOURCE + OTHER.replace("http:", "ftp:"), "'ftp://example.org/b/' is no http or https"),
        ("sources", SOURCE + OTHER + 'every = "5x"\n', "'5x' is no duration; write 30s"),
        ("sources", SOURCE + SOURCE, "name 'a' stands there twice; keep one of them"),
        (
            "sources",
            SOURCE + OTHER.replace("/b/", "/a/"),
            "address 'http://example.org/a/' stands there twice",
        ),
        ("sources", "", "holds no entry; write [[source]] before every one"),
        ("sources", SUBSCRIPTION, "unknown table subscription; write [[source]] before every entry"),
        ("subscriptions", SUBSCRIPTION + SUBSCRIPTION, "name 'a' stands there twice"),
        ("subscriptions", SUBSCRIPTION + "x = 1\n", "number 1: x: unknown key; keys are name, query"),
        ("subscriptions", SUBSCRIPTION.replace("环保", "环*"), "number 1: query: character 2: wildcards"),
        ("subscriptions", SUBSCRIPTION.replace("a@b", "ab"), "'ab' is no mail address"),
    ],
)
def test_a_wrong_file_is_not_taken_at_all(govwatch: Govwatch, group: str, text: str, said: str) -> None:
    Path("wanted.toml").write_text(text, "utf-8")
    done = govwatch(group, "import", "wanted.toml")
    assert (done.code, done.out) == (2, "")
    assert done.complaint.startswith("wanted.toml: ")
    assert said in done.complaint
    assert govwatch(group, "list", "--json").json == {group: []}


@pytest.mark.usefixtures("archive")
def test_sources_that_are_known_already_are_named_and_the_others_taken(govwatch: Govwatch) -> None:
    Path("one.toml").write_text(SOURCE, "utf-8")
    Path("two.toml").write_text(SOURCE + OTHER, "utf-8")
    assert govwatch("sources", "import", "one.toml", "--no-check").code == 0
    done = govwatch("sources", "import", "two.toml", "--no-check")
    assert done.code == 0
    assert done.out == "1 sources taken from two.toml, 1 known already\n"
    assert done.complaint == "source 'a' has that address already: http://example.org/a/"
    text = govwatch("sources", "export").out
    Path("three.toml").write_text(text, "utf-8")
    again = govwatch("sources", "import", "three.toml", "--no-check", "--data", "elsewhere")
    assert again.out == "2 sources taken from three.toml, 0 known already\n"


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("group", "text"), [("sources", SOURCE + OTHER), ("subscriptions", SUBSCRIPTION + MORE_SUBSCRIPTION)]
)
def test_a_file_is_taken_wholly_or_not_at_all(govwatch: Govwatch, group: str, text: str) -> None:
    with open_store(DATABASE.absolute()) as db:
        db.execute(
            f"CREATE TRIGGER full BEFORE INSERT ON {group} WHEN NEW.name = 'b'"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    Path("wanted.toml").write_text(text, "utf-8")
    done = govwatch(group, "import", "wanted.toml", *(["--no-check"] if group == "sources" else []))
    assert (done.code, done.out) == (1, "")
    assert "the disk is full; nothing was stored half" in done.complaint
    assert govwatch(group, "list", "--json").json == {group: []}


@pytest.mark.parametrize("command", [["read"], ["probe"], ["clean"], ["sources", "import"]])
@pytest.mark.parametrize(("name", "said"), [("missing", "No such file"), ("folder", "Is a directory")])
def test_a_file_that_is_none(govwatch: Govwatch, command: list[str], name: str, said: str) -> None:
    Path("folder").mkdir()
    done = govwatch(*command, name)
    assert (done.code, done.out) == (2, "")
    assert said in done.complaint
    assert done.complaint.startswith(f"{name}: ")


@pytest.mark.parametrize(
    "junk",
    [
        bytes(range(256)) * 40,
        b"\xff\xfe" + b"\x00\xd8" * 500,
        b"%PDF-1.7 \x00\x01",
        b"\x89PNG\r\n\x1a\n\0",
        b"",
    ],
    ids=["every byte", "lone surrogates", "pdf", "png", "empty"],
)
def test_junk_is_an_error_of_its_own_and_keeps_no_other_page(govwatch: Govwatch, junk: bytes) -> None:
    Path("junk").write_bytes(junk)
    Path("page.html").write_text(
        "<title>清溪县水质公报</title><h1>清溪县水质公报</h1><p>" + "本月水质良好，各断面达标。" * 9, "utf-8"
    )
    done = govwatch("read", "junk", "page.html", "--jsonl")
    first, second = done.out.splitlines()
    assert (done.code, '"kind": "error"' in first, '"kind": "article"' in second) == (1, True, True)
    assert done.complaint.startswith("junk: ")
    assert "; give a saved page or its address; " in done.complaint
    listed = govwatch("probe", "junk", "--json")
    assert listed.code == 1
    assert listed.json["rows"] == []
    assert listed.complaint.startswith("junk: no column: ")


def test_text_that_is_not_utf8_is_told_with_its_byte(
    govwatch: Govwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("gbk.txt").write_bytes("环保".encode("gbk"))
    done = govwatch("clean", "gbk.txt", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.complaint == "gbk.txt: is not UTF-8 text (byte 0); save it as UTF-8"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc\xff")))
    assert govwatch("clean").complaint == "standard input: is not UTF-8 text (byte 3); save it as UTF-8"


def test_several_pages_are_no_single_object(govwatch: Govwatch) -> None:
    done = govwatch("read", "a.html", "b.html", "--json")
    assert (done.code, done.complaint) == (2, "--json prints one object; use --jsonl for several pages")


@pytest.mark.parametrize("command", [["sources", "export"], ["subscriptions", "export"]])
@pytest.mark.usefixtures("archive")
def test_a_place_that_cannot_be_written(govwatch: Govwatch, command: list[str]) -> None:
    done = govwatch(*command, "-o", "missing/file.toml")
    assert (done.code, done.out) == (2, "")
    assert done.complaint == "missing/file.toml: cannot be written: No such file or directory"
