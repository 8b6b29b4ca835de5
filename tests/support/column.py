"""A small invented column: its list with pages and pins, its articles; served out of a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import define, field, frozen

from crawlers.fetching import FetchFailed
from crawlers.items import Failure, NextPage, Page

HOST = "http://www.qinghe.example"
FIRST_DAY = date(2026, 9, 1)
_TOPICS = (
    "县政府召开常务会议研究防汛工作",
    "关于公开征求河道管理办法意见的公告",
    "农村公路提升工程全线完工通车",
    "卫生健康局开展夏季传染病防控督导",
    "全县中小学校园食品安全检查启动",
    "新建供水管网二十公里投入使用",
    "志愿服务队走进社区清理垃圾",
)


@frozen
class Post:
    number: int
    day: date
    title: str
    body: str

    @property
    def path(self) -> str:
        return f"/zwdt/{self.day:%Y%m}/t{self.day:%Y%m%d}_{9000 + self.number}.html"


def post(number: int, day: date | None = None, title: str | None = None, body: str | None = None) -> Post:
    """The `number`-th post of a column that publishes once a day, each about something else."""
    title = title or f"{_TOPICS[number % len(_TOPICS)]}（第{number}期）"
    body = (
        body
        or f"本报讯 {title}，相关负责人到现场查看第{number}号工地的进度，要求压实责任，按期完成各项任务。"
    )
    return Post(number, day or FIRST_DAY + timedelta(days=number), title, body)


def article_html(post: Post) -> bytes:
    return (
        f"<html><head><title>{post.title}-青禾县人民政府</title>"
        f'<meta name="ArticleTitle" content="{post.title}"><meta name="PubDate" content="{post.day} 09:30">'
        '<meta name="SiteName" content="青禾县人民政府"><meta charset="utf-8"></head>'
        f'<body><h1>{post.title}</h1><div class="TRS_Editor"><p>{post.body}</p>'
        "<p>下一步，将继续跟踪问效，及时公布结果，接受群众监督。</p></div></body></html>"
    ).encode()


@define
class Column:
    """Posts newest first, `size` on a page, the pinned ones on top of every first page."""

    posts: list[Post]
    size: int = 8
    pinned: Sequence[Post] = ()
    dated: bool = True

    def pages(self) -> dict[str, bytes]:
        """Path -> body of every list page and every article."""
        count = max(1, -(-len(self.posts) // self.size))
        lists = {list_path(number): self._list(number, count) for number in range(1, count + 1)}
        articles = {post.path: article_html(post) for post in (*self.posts, *self.pinned)}
        return lists | articles

    def _list(self, number: int, count: int) -> bytes:
        shown = self.posts[(number - 1) * self.size : number * self.size]
        rows = "".join(self._row(post) for post in ([*self.pinned] if number == 1 else []) + shown)
        following = f'<a href="{list_path(number + 1)}">下一页</a>' if number < count else "下一页"
        return (
            '<html><head><meta charset="utf-8"><title>政务动态_青禾县人民政府</title></head><body>'
            '<div class="nav"><a href="/">首页</a><a href="/zwgk/">公开</a></div>'
            f'<ul class="list">{rows}</ul><div class="page">{following}</div></body></html>'
        ).encode()

    def _row(self, post: Post) -> str:
        day = f"<span>{post.day}</span>" if self.dated else ""
        return f'<li><a href="{post.path}" title="{post.title}">{post.title}</a>{day}</li>'


def column(newest: int, oldest: int = 1, **wishes: object) -> Column:
    """The posts `oldest` to `newest`."""
    return Column([post(number) for number in range(newest, oldest - 1, -1)], **wishes)


def list_path(number: int) -> str:
    return "/zwdt/" if number == 1 else f"/zwdt/index_{number - 1}.html"


@define
class Web:
    """What a visit fetches from: the pages of a column, and what goes wrong with some of them."""

    pages: dict[str, bytes]
    trouble: dict[str, str] = field(factory=dict)
    """Path -> kind of failure."""
    etags: dict[str, str] = field(factory=dict)
    asked: list[str] = field(factory=list)

    async def __call__(
        self, target: str | NextPage, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page:
        path = (target if isinstance(target, str) else target.url).removeprefix(HOST)
        self.asked.append(path)
        if path in self.trouble:
            raise FetchFailed(Failure(self.trouble[path], "as wished", HOST + path))
        if path not in self.pages:
            raise FetchFailed(Failure("http_404", "HTTP status 404", HOST + path))
        if etag is not None and etag == self.etags.get(path):
            return Page(HOST + path, b"", status=304)
        return self.page(path)

    def page(self, path: str) -> Page:
        return Page(HOST + path, self.pages[path], "text/html; charset=utf-8", etag=self.etags.get(path))
