"""Files of articles from a real server to the mail that names them."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.support import files
from tests.support.commands import here
from tests.support.entries import article, entries, items, page
from tests.support.httpserver import Answer, Routes, serving
from tests.support.smtp import smtp_server

ALL = entries(4)
PENALTY = ["行政处罚决定书", "示范化工厂私设暗管排放废水，", "处以罚款十二万元。"]
FILES: dict[str, Answer] = {
    "/f/penalty.pdf": Answer(files.pdf([PENALTY]), headers={"Content-Type": "application/octet-stream"}),
    "/f/list.xlsx": Answer(
        files.excel([["名称"], ["望江街道汽修店"]]), headers={"Content-Type": "application/x"}
    ),
    "/f/scan.pdf": Answer(files.pdf([[]]), headers={"Content-Type": "application/pdf"}),
    "/f/login.docx": Answer("<html><body>请登录后下载</body></html>".encode()),
    "/f/bomb.docx": Answer(files.bomb(300), headers={"Content-Type": "application/msword"}),
}


def site() -> Routes:
    links = "".join(
        f"<p>附件：<a href='{url}'>{url[3:]}</a></p>" for url in [*FILES, "/f/gone.pdf", "/f/all.zip"]
    )
    first = article(ALL[0]).replace("</div></body>", f"{links}</div></body>")
    rows = items(ALL, lambda one: f"/a/{one.number}.htm")
    return {
        "/zw/": Answer(page(f"<ul>{rows}</ul>").encode()),
        **{f"/a/{one.number}.htm": Answer(article(one).encode()) for one in ALL[1:]},
        f"/a/{ALL[0].number}.htm": Answer(first.encode()),
        **FILES,
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    with serving(site()) as served, smtp_server() as mailbox:
        folder = here(tmp_path_factory.mktemp("files"), smtp_host="127.0.0.1", smtp_port=mailbox.port)
        folder.run("init")
        folder.run("subscriptions", "add", "暗管", "--query", "私设暗管", "--to", "a@example.org")
        added = folder.run("add", served.url + "/zw/", "--yes", "--alert-backlog", "--json").json
        assert added["error"] is None
        served.asked.clear()
        report = folder.run("crawl", "--json").json
        yield served, folder, report, mailbox


def test_every_file_has_its_state(world) -> None:
    _, folder, report, _ = world
    failures = sorted(failure["kind"] for failure in report["failures"])
    assert (report["new"], failures) == (4, ["http_404", "no_file"])
    with Database(str(folder.database)) as db:
        found = {row["name"]: row["state"] for row in db["attachments"].rows}
    assert found == {
        "penalty.pdf": "read",
        "list.xlsx": "read",
        "scan.pdf": "no_text",
        "login.docx": "failed",
        "bomb.docx": "too_large",
        "gone.pdf": "failed",
        "all.zip": "unsupported",
    }


def test_they_are_asked_for_politely_and_once(world) -> None:
    served, folder, _, _ = world
    asked = [one for one in served.asked if one.path.startswith("/f/")]
    assert len(asked) == len({one.path for one in asked}) == 6
    assert all(one.headers["Referer"].endswith(f"/a/{ALL[0].number}.htm") for one in asked)
    assert served.most_at_once == 1
    served.asked.clear()
    folder.run("crawl", "部门动态")
    assert [path for path in served.paths() if path.startswith("/f/")] == []


def test_the_mail_names_the_file_and_shows_the_passage(world) -> None:
    _, folder, _, mailbox = world
    assert folder.run("send", "--json").json["sent"] == 1
    ((recipient, message),) = mailbox.delivered
    assert recipient == "a@example.org"
    assert ALL[0].title in message["Subject"]
    for kind, mark in (("plain", "【私设暗管】"), ("html", "私设暗管</mark>")):
        text = message.get_body((kind,)).get_content()
        assert "附件《penalty.pdf》中：" in text
        assert mark in text


def test_the_archive_finds_it_and_says_where(world) -> None:
    _, folder, _, _ = world
    (hit,) = folder.run("search", "私设暗管", "--json").json["hits"]
    assert (hit["title"], hit["snippet"].startswith("penalty.pdf: ")) == (ALL[0].title, True)
    assert "penalty.pdf" in folder.run("search", "私设暗管").out
    assert len(folder.run("search", "望江街道汽修店", "--json").json["hits"]) == 1
