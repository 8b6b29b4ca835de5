"""Lines that a page prints around an article and no reader takes for its text."""

from __future__ import annotations

import re
from functools import lru_cache

from crawlers.reading.plain import plain

_LONGEST = 90
"""A longer line is text, whatever it begins with."""

_CACHED = 4096
"""Lines whose class is remembered: each is asked several times on its page, and sites repeat them."""

_OPEN, _CLOSE = r"[【\[（(<>«»|｜·•/\s]*", r"[】\])）>«»|｜·•/。\s]*$"
_COLON = r"\s*[:：]"


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


_BUTTON = (
    r"(?:我要|点击|请)?"
    r"(?:打印|关闭|收藏|纠错|复制|朗读|下载|推荐|投稿|分享|举报|评论|留言|点赞|返回|转发|字体|字号)"
    r"(?:本[页文稿]|此[页文]|该页|窗口|页面|正文|文章|网址|地址|链接|全文|首页|顶部|列表|到|app|APP)?"
)
_TOOLS = re.compile(
    "^"
    + _OPEN
    + _any(
        r"请?用?(?:微信|手机)?[“\"]?扫(?:一扫|描?二维码|码|描).{0,14}"
        r"(?:打开|关注|分享|阅读|手机|当前|本页|下载|浏览|移动|查看).{0,20}|[“\"]?扫一扫[”\"]?",
        r"用(?:手机|微信).{0,20}扫.{0,30}",
        r".{0,10}扫码(?:关注|下载|阅读|分享|添加).{0,20}",
        r"长按(?:识别|图片|二维码).{0,20}",
        r"一?键?分享(?:(?:到|至|给|让更多人看到|本文|文章|按钮|本页|[\s:：]).{0,40})?",
        _BUTTON + r"(?:[】\])）\s|｜/／【\[（(>:：]+(?:" + _BUTTON + "|[大中小]|TOP))*",
        r"(?:内容|文章|新闻|网页|页面)纠错",
        r"打印\s*/\s*.{0,15}",
        r"(?:pdf|PDF|word|Word|WORD)\s*版?\s*下载",
        r"(?:今天|现在)是\s*[:：]?\s*(?:19|20)\d\d.{0,30}",
        r"加入收藏|设为首页|收听.{0,6}",
        r"(?:全文朗读|语音播报|听(?:全文|新闻|文章))(?:\s*\d{1,2}:\d\d(?:\s*/\s*\d{1,2}:\d\d)?)?",
        r"(?:选择)?(?:字体|字号|文字大小|视力保护色|背景色|保护视力色|浏览字号).{0,40}",
        r"(?:特?大|[ＡA][＋+]?)\s*[|｜\s/、,，\]】\[【]*(?:中|默认|[ＡA])[|｜\s/、,，\]】\[【]*(?:小|[ＡA][-－]?)",
        r"(?:浏览|点击|阅读|访问|查看|人气)(?:次数|数|量|人数|率)?(?:\s*[:：]|\s*\d|\s*次).{0,20}",
        r"\d+\s*(?:次(?:浏览|阅读|点击)?|人(?:浏览|阅读|参与|评论))",
        r"返回(?:首页|顶部|列表|上一?[页级]|目录|主页|页首).{0,6}|回?到?(?:顶部|页首|TOP)",
        r"(?:首页|上一?页|下一?页|尾页|末页)(?:\s+\S{1,4}){0,6}|上一章\s+\S{0,4}目录\s+下一章|第?\s*\d+\s*页?\s*/\s*共?\s*\d+\s*页.{0,30}",
        r"(?:发表|我要|查看|网友|最新|热门|精彩|全部|已有)\d*(?:评论|点评|跟帖|说两句).{0,20}",
        r"我来说两句.{0,20}|评论\s*[(（]?\d*[)）]?|登录后.{0,20}|还没有评论.{0,20}",
        r"(?:点击)?(?:查看|浏览|看)(?:原图|大图|更多.{0,8}|全文|详情)|点击(?:图片)?进入下一页|更多|展开全文|收起(?:全文)?",
        r"(?:关注|微信|官方|客户端|手机|移动)(?:官方)?"
        r"(?:新浪|腾讯)?(?:微信|微博|公众号|客户端|抖音号?|公众平台|版|端|下载)+.{0,12}",
        r"下载(?:APP|app|客户端).{0,10}|更多(?:精彩)?(?:内容|资讯|信息)[\s，,]*(?:请|敬请|尽在)?(?:关注|扫|下载).{0,30}|[顶踩]一下|-{3,}分[隔割]线-{3,}|weixin|weibo|qrcode|图集|微信公众[号平]台?",
    )
    + _CLOSE
)

_TOOL_WORDS = re.compile(
    r"(?:\s|[-—–·•|｜/：:>»<«\[\]［］【】（）()+＋．.、，,\u2600-\u27bf\U0001f300-\U0001faff]|\d++"
    r"|文字大小|字体大小|字体显示|字体|字号|大号|中号|小号|超大|特大|默认|标准|[大中小]|打印|分享|收藏|关闭|朗读|收听|播报|语音播报|听新闻|纠错"
    r"|点赞|转发|评论|举报|反馈|下载|复制链接|复制|全屏|倍速|静音|播放|暂停|重播|弹幕|清晰度|高清|标清|超清|微信|微博|朋友圈|QQ空间|QQ好友|QQ"
    r"|阅读|浏览|点击|人气|次|人|本页|本文|此页|窗口|页面|本站|返回|顶部|顶端|底部|列表|首页|上一页|下一页|回到|扫一扫|二维码|生成海报|我要|已赞|在看"
    r"|放大|缩小|重置|A|T)++",
    re.IGNORECASE,
)
"""A line of nothing but buttons, however they are run together: 朗读文字大小：大中小分享."""
_BUTTON_WORD = re.compile(
    r"字体|字号|文字大小|打印|分享|收藏|关闭|朗读|收听|播报|纠错|点赞|转发|举报|倍速|全屏|弹幕|朋友圈|扫一扫|返回|顶部|海报|在看"
)

_ROLE = (
    r"(?:本文|本期|网站|本网|值班|责任|执行|见习|实习|栏目|版面|新媒体|视频|图片|文字|图文|美术|\w{2,6}[网报])?"
    r"(?:责编|编辑|编审|编校|主编|总编|编委|校对|校审|审核|审校|审稿|审签|初审|复审|终审|[一二三]审|[一二三]校"
    r"|初核|复核|监制|签发|值班编委|制图|排版|美编|录入|发布[人员]|信息员|核稿|编发|统筹|责任人)(?:人|员|者)?"
)
_CREDITS = re.compile(
    _any(
        rf"^[【\[（(<\s]*{_ROLE}{_COLON}",
        rf"^[【\[（(]\s*(?:{_ROLE}|\w{{1,8}}(?:编辑|责编))\s+[\w·、\s]{{2,20}}[】\]）)]$",
        rf"^[（(【\[]?(?:文章|信息|稿件|新闻|内容|消息|本文)?(?:来源于?|稿源|转自|原标题|原文(?:链接|地址|网址|出处)|原题|供稿单位){_COLON}",
        r"^(?:文章|信息|新闻)?(?:作者|发布时间|发布日期|更新时间|更新日期|发布者|录入时间|添加时间|上传时间"
        rf"|索引号|信息分类|关键词|关键字|标签|Tags?|主题词){_COLON}",
        rf"^\(?(?:新闻热线|爆料热线|投稿邮箱|报料热线|新闻报料){_COLON}",
    )
)
_PLAYER = re.compile(
    r"^(?:视频|音频|语音)?(?:加载中|播放失败).{0,12}$|^(?:请)?(?:输入|提交)?验证码|^满意度(?:评价|调查|评分)|^[\s/|·、]+$"
    r"|^[\[【(（]?用手机看新闻.{0,20}$|^广告\s*[:：].{0,60}$|^广告$|^(?:\d{1,3}\s+){1,20}(?:下一?页|末页|尾页)$"
    r"|^[▼▲►\s]*(?:广告.{0,6}往下阅读|【往下看更多】)"
    r"|^(?:办理|解决|服务)(?:满意度|程度|态度|速度|质量)(?:[\s:：★☆\d分]|办理|解决|态度|速度|程度)*$"
    r"|^(?:我也|我要)?(?:关注|赞|顶|踩|收藏|点赞|评论|回复)[(（]\d+[)）](?:\s*\S{2,4}(?:[(（]\d+[)）])?){0,4}$"
    r"|^本帖(?:最后由.{2,40}编辑|来自.{2,30}$)|^(?:发信人|发信站|信人)\s*[:：]|^标\s{1,4}题\s*[:：]|^※\s*(?:来源|修改|转载)"
    r"|^【?(?:线索征集令|新闻爆料)】?.{0,60}$|^(?:炒股就看|市场有风险|投资有风险).{0,50}$|^更多.{2,20}的(?:新闻|资讯)$"
    r"|^温馨提示\s*[:：].{0,12}(?:来信|写信|留言|评论|发言).{0,50}$"
    r"|^(?:版权声明\s*[:：]\s*)?转载时请以超链接形式标明.{0,60}$|^This entry was posted on .{0,80}$"
    r"|^(?:以下|全部|更多).{0,6}会员(?:专享|登录后可见|后可见)$"
    r"|^(?:财经|今日|实时|热门)?热搜[词榜]?\s*[:：]\s*\S{1,20}(?:\s+\S{1,20})+$|^固定链接\s*\|.{0,40}$"
    r"|^«\s.{2,40}\s\|\s.{2,40}\s»$|^您?对本文的评价\s*[:：]?$|^(?:(?:很好|较好|一般|较差)(?:[\s/|·、]+|$)){3,}$"
    r"|^UID\s*\d+\s*帖子\s*\d.{0,80}$|^[A-Za-z0-9_.-]{1,20}\s当前(?:离线|在线)$|^(?:【[\u4e00-\u9fa5]{0,2}(?:视频|讨论|图片|评论|相册|专题)】\s*){2,}$"
    r"|^举报\s*/\s*反馈$|^展开(?:剩余|全文).{0,10}$|^本文链接\s*[:：]|^点击(?:日期|月份|年份).{0,12}$"
)
"""What players, accounts and forms say of themselves."""
_WITHIN = re.compile(
    r"^.{0,8}(?:您的|当前|你的)?浏览器(?:版本)?(?:不支持|过低|版本过低)|^.{0,6}(?:Flash|flash)\s?(?:播放器|Player).{0,30}$"
    r"|^.{0,4}(?:点击|戳)?(?:上方|下方|上面|下面|这里|右上角|左下角|文末)?.{0,4}(?:蓝字|蓝色字|蓝色文字).{0,12}$"
    r"|^.{0,6}(?:点击|扫描|长按|识别)(?:上方|下方|图中|图片|文末)(?:的)?(?:二维码|蓝字|名片|卡片).{0,16}$"
    r"|^(?:.{0,12}评价\s*[:：])?(?:非常满意|比较满意|满意|基本满意|一般|不满意|非常不满意|[\s/|·、])+$"
    r"|^.{0,24}(?:共有|已有)\s*\d+\s*人参与(?:了?(?:投票|调查))?$|^(?:[^\d\s]{2,8})?\d+\s*人评分(?:\s*[\d.]+)?$"
    r"|^.{0,20}[，,]?欢迎转载[，,]?\s*请注明.{0,30}$|^.{2,24}[，,]\s*未经(?:书面)?(?:授权|许可|允许|同意)[，,]?\s*(?:不得|禁止|请勿|谢绝).{0,50}$"
)
"""The same, behind other words; tried only where one of these stands, as it takes long."""
_WITHIN_WORD = re.compile(r"浏览器|[Ff]lash|蓝[字色]|二维码|名片|卡片|满意|一般|人参与|人评分|欢迎转载|未经")
_MAKER = (
    r"(?:总?策划|撰稿|撰文|文字|图片|图文|文图|摄影|摄像|拍摄|航拍|剪辑|制作|编导|导演|出镜|(?:出镜)?记者|通讯员|编辑|责编|责任编辑|审核|审读|总?监制"
    r"|监审|配音|播音|主播|海报|设计|视频|供图|统筹|校对|主编|值班主任|作者|翻译|文案|美编|排版|后期|初审|复审|二审|三审|一审|终审|签发)"
)
_STAFF = re.compile(
    rf"^\s*(?:{_MAKER}(?:\s*[:：/|｜丨]\s*|\s*】\s*)(?:[\u4e00-\u9fa5·]{{2,8}}|[A-Za-z]\w{{1,19}})"
    rf"(?:[\s、，]+(?!{_MAKER}\s*[:：/|｜丨】])[\u4e00-\u9fa5·]{{2,4}}(?![\u4e00-\u9fa5]))*[\s【|｜丨┆]*)+$"
)
"""Those who made it, role by role: 策划：康延芳 摄像：李裊 责任编辑：田智."""
_BRACKETED = re.compile(r"^\s*[【\[（(]\s*[^】\])）]{2,6}\s*[】\])）]\s*")

_CRUMBS = re.compile(
    _any(
        r"^[你您]?的?(?:现在|当前|目前|所在)的?(?:所在)?的?(?:位置|栏目|频道)(?:\s|[:：]|$)",
        r"^您(?:现在|当前)?所?在",
        r"^[你您]的位置(?:\s|[:：]|$)",
        r"^首\s*页\s*(?:>|»|›|/|->|－)",
        r"^[^\s>»›]{2,12}\s*[>»›]\s*[^\s>»›]{2,12}(?:\s*[>»›]\s*[^\s>»›]*)*$",
    )
)

_TERMINAL = re.compile(
    r"^(?:[【\[（(<>«»|·•■◆●◇★☆◎※=\-—\s]|\d[.、])*"
    + _any(
        r"(?:相关|关联|延伸|推荐|热门|热点|更多|精彩|最新|往期|近期)的?"
        r"(?:阅读|链接|新闻|报道|稿件|文章|文档|推荐|资讯|快讯|专题|视频|图片|舆情|附件|解读|政策|文件|信息|热词|搜索|标签|内容)+"
        r"(?:\s*[:：].*|[\s>»\]】）)…．.]*(?:更多|MORE|more)?[\s>»\]】）)…．.]*$)",
        r"(?:相关|关联|推荐|热门|热点|更多|精彩|最新|今日|图片|视频|本周|24小时|一周|近期|往期|其[他它]|本类|本栏|编辑)"
        r"(?:阅读|链接|新闻|报道|文章|文件|内容|信息|精选|关注|热[点榜图文]|排行榜?|回顾|专栏|评论|主题|帖子|博文"
        r"|图集|动态|要闻|公告|导读|头条|推荐|图片|视频|资讯)+[\s:：>»\]】…]*$",
        r"您?可能(?:还|也)?(?:感兴趣|喜欢|关注).{0,12}$|(?:猜[你您]喜欢|大家都在看|看了又看).{0,6}$",
        r"(?:下一?篇|上一?篇|[上下]一?条|[前后]一篇)(?:\s*[:：\]】>]|\s|$|文章)",
        r"\S{0,8}(?:版权|免责|稿件)(?:与|及|和|及其)?(?:版权|免责)?(?:声明|公告|说明)|[特郑][别重]声明",
        r"(?:当前(?:新闻|文章)|本文)?共?有\s*\d+\s*条(?:评论|回复)\s*$",
        r"反?侵权公告|法律声明|免责条款|本[网站]声明",
        r"凡(?:本[网站]|注明|在本网|来源).{4,}|本[网站](?:所有|转载|刊登|登载|部分).{4,}",
        r"未经[^。]{0,14}(?:授权|许可|同意|允许)[^。]{0,10}(?:转载|复制|使用|镜像|引用)",
        r"(?:欢迎|如需)转载.{0,30}$|(?:[^。]{2,20}(?:出品|原创(?:文章|稿件|作品)?)[，,]\s*)?转载(?:请|须)?(?:注明|联系|附上).{0,40}$",
        r"(?:特别提示|提示|声明)?\s*[:：]?\s*(?:以上|本文|该)(?:内容|文章|信息).{0,24}仅提供信息存储",
        r"(?:商务合作|提示).{0,40}不对[^。]{0,12}准确性.{0,12}保证",
        r"声明\s*[:：].{0,60}(?:转载|版权|观点|来源|本站|本网|平台|侵权)",
        r"(?:网友|最新|热门|精彩|发表|全部|用户|文章|新闻|我要)(?:评论|点评|跟帖|留言|回复)(?:\W.{0,20}|\d{1,6})?$",
        r"下载(?:地址|说明|列表)\s*[:：]?$|友情链接|(?:政府)?网站标识码|网站(?:地图|声明)(?:\s|$)",
    )
)
_IMPRINT = re.compile(
    r"icp\s?[备证]|公网安备|all rights reserved|copyright|©|新闻信息服务许可证|网站标识码"
    r"|违法和?不良信息举报|有害信息举报"
)
"""Of a line in lower case."""
_OWNED = re.compile(r"\S{0,20}\s?版权所有(?:$|[\s:：,，©])")
_DISCLAIMER = re.compile(r"^.{0,40}(?:版权|转载|免责)")
_CONTACT = re.compile(
    r"(?:主办|承办|版权|技术支持|备案|地址|邮编|邮政编码|电话|传真|E-?mail|邮箱)\w{0,4}\s*[:：]",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^(?:主办|承办|协办|主管|技术支持|网站(?:简介|导航|管理)|关于我们|联系我们|意见建议)(?:单位)?(?:\s*[:：|｜]|\s|$)"
)
_LETTER_SPACED = re.compile(r"^(?:[\u4e00-\u9fa5]\s){2,}[\u4e00-\u9fa5]\s*[:：]?$")


DATE = r"(?:19|20)\d\d\s*[-./年—]+\s*\d{1,2}\s*[-./月—]+\s*\d{1,2}\s*日?"
_DATELINE = re.compile(
    r"(?:来\s*源于?|稿源|作者|发布(?:时间|日期|机构)?|时间|日期|编辑|浏览(?:次数|量)?|点击(?:次数|数|量)?|阅读(?:量|次数)?|字[体号])\s*[:：]"
    rf"|^\W*{DATE}|{DATE}\W*(?:\d{{1,2}}:\d\d(?::\d\d)?)?\W*$"
)
_SIGNATURE = re.compile(r"^[（(].*[）)]$")


@lru_cache(maxsize=_CACHED)
def is_noise(line: str) -> bool:
    """Buttons, counters, credits of editors, labelled data and breadcrumbs: never part of the text."""
    line = plain(line)
    if len(line) > _LONGEST:
        return False
    if _BUTTON_WORD.search(line) and _TOOL_WORDS.fullmatch(line):
        return True
    if _WITHIN_WORD.search(line) and _WITHIN.match(line):
        return True
    return bool(_TOOLS.match(line) or _credits(line) or _CRUMBS.match(line) or _PLAYER.match(line))


@lru_cache(maxsize=_CACHED)
def is_credit(line: str) -> bool:
    """The editors' line (责任编辑：…), behind buttons as the case may be, and labelled data like it."""
    return _credits(plain(line))


def _credits(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    if _CREDITS.match(line) or _STAFF.match(line):
        return True
    buttons = _BRACKETED.match(line)
    return bool(buttons and _CREDITS.match(line[buttons.end() :]))


@lru_cache(maxsize=_CACHED)
def ends_article(line: str) -> bool:
    """Headings and notices after which nothing of the article follows (相关阅读, 版权声明, ...)."""
    line = plain(line)
    if len(line) > 3 * _LONGEST and not (len(line) < 9 * _LONGEST and _DISCLAIMER.search(line)):
        return False
    if " " in line and _LETTER_SPACED.match(line):
        line = line.replace(" ", "")
    return bool(_TERMINAL.match(line)) or _imprints(line)


@lru_cache(maxsize=_CACHED)
def is_imprint(line: str) -> bool:
    """The site's own filing, copyright and address lines."""
    return _imprints(plain(line))


def _imprints(line: str) -> bool:
    if len(line) > 3 * _LONGEST or "。" in line:
        return False
    if _IMPRINT.search(line.lower()) or ("版权所有" in line and _OWNED.match(line)):
        return True
    return "主办" in line[:4] and len(_CONTACT.findall(line)) >= 3


def opens_footer(line: str) -> bool:
    """主办单位, 地址 and the like: a footer where imprint lines follow, else part of a notice."""
    line = plain(line)
    return len(line) <= 2 * _LONGEST and bool(_FOOTER.match(line))


def is_dateline(line: str) -> bool:
    """The line of source, date and counters under a headline; a date in brackets is part of a text."""
    line = plain(line)
    return len(line) <= 120 and bool(_DATELINE.search(line)) and not _SIGNATURE.match(line)
