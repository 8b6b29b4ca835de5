"""The form in which words are recognised: mirrors serve pages in Traditional characters, readings inserted.

Only the characters that our label and noise words are made of are folded, for recognition alone; the text
of an article keeps the characters that the page shows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TRADITIONAL = (
    "與專兩爲為舉習鄉於雲們衆眾會傳體關興內寫農擊創別辦務動區協單廳歷縣參發臺號後聽員圖聲處備復頭寧實審對導廣開當錄態總戶執掃護報擇攝"
    "數無時晉暫術機雜權條來構標欄檔歡氣沒滬瀏點熱現瓊電監碼籌籤簡類粵糾約級線終經給絡統維綜編網聯輿蘇薦見觀視覽認讓議訊記許論設訪證評識"
    "詞譯話該詳語說請讀責貴資贊贛轉載輯遼還進違選郵鄭採鈕鏈錯鍵鎮鏡長門閉問間聞閩閱隴陝頁頂須顧頻題駐魯"
)
_SIMPLIFIED = (
    "与专两为为举习乡于云们众众会传体关兴内写农击创别办务动区协单厅历县参发台号后听员图声处备复头宁实审对导广开当录态总户执扫护报择摄"
    "数无时晋暂术机杂权条来构标栏档欢气没沪浏点热现琼电监码筹签简类粤纠约级线终经给络统维综编网联舆苏荐见观视览认让议讯记许论设访证评识"
    "词译话该详语说请读责贵资赞赣转载辑辽还进违选邮郑采钮链错键镇镜长门闭问间闻闽阅陇陕页顶须顾频题驻鲁"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_ANY = re.compile(f"[{_TRADITIONAL}]")
_LINE = 300
_READING = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}[)）]")


def plain(text: str) -> str:
    """A text with Traditional label characters folded and inserted readings left out: 編輯(jí) -> 编辑."""
    return _plain_line(text) if len(text) <= _LINE else _plain(text)


def _plain(text: str) -> str:
    if not _ANY.search(text):
        return text
    return _READING.sub("", text).translate(_FOLD)


_plain_line = lru_cache(maxsize=4096)(_plain)
"""Each line of a page is asked for several times."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """For comparing headlines: width, spaces and punctuation set aside."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
