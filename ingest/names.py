"""Names of people: a surname of the usual list and a given name of one or two characters, or a name with a dot.

The list is of the surnames that most people bear, with the compound ones in use. Words can look like names (成果,
高度), so a name is only looked for where one must stand: a line below a title, after 主席, before 同志.
"""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温"
    "牛樊葛邢安齐伍庞颜倪聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮纪柴童凌毕单欧裴霍涂成苗谷盛曲冉骆蓝路游靳辜管柏"
    "苟卓蒲娄植解应宗丛褚娜巩宫饶连鲍卜谌芦房滕屈司闵车初项慕黑喻景束窦阳边卞郎隋尤匡敖楼冷桂查全班米党臧佟戚荣甄晏原桑"
    "农蔚耿牟邸宿刁冼麻穆权占简储鄢郁卫时古麦祁封国候明季竺席晋湛皮岑迟那花旦才仁多杭储苍仲虞干鞠化撒丹乌帕玛索央普次扎"
)
_COMPOUND = (
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 宇文 长孙 端木 南宫 呼延 西门 独孤 拓跋 申屠 公羊 澹台 闻人 赫连 "
    "濮阳 淳于 单于 轩辕 钟离 闾丘 亓官 司寇"
).split()
_CHAR = r"[\u4e00-\u9fff]"
_SPACE = r"[ \u3000]{0,4}"
#: A name in a text, with the spaces that align names of two characters: 李　梅.
NAME = (
    rf"(?:{_CHAR}{{2,8}}(?:[·•‧]{_CHAR}{{2,8}}){{1,3}}"
    rf"|(?:{'|'.join(_COMPOUND)}){_SPACE}{_CHAR}(?:{_SPACE}{_CHAR})?"
    rf"|[{_SURNAMES}]{_SPACE}{_CHAR}(?:{_SPACE}{_CHAR})?)"
)
_NAME = re.compile(NAME)
_MASKED = re.compile("[某×*＊XＸ○□]")
# Words that begin with a character of the list and stand alone in lines, too.
_WORDS = frozenset(
    "方案 成果 高度 全文 时间 向前 党建 国家 成绩 成效 经验 荣誉 路径 路线 文化 文件 文明 文章 温馨 温暖 安全 明天 明确 "
    "全国 全省 全市 全县 时代 时刻 古今 农民 农业 金融 阳光 常态 应急 应对 章程 管理 单位 项目 宗旨 国企 国庆 关于 关爱 关怀 "
    "关键 关心 连心 解困 解决 原因 原则 边疆 左右 干部 干劲 化解 普惠 普法 多方 多元 多措 次数 索引 花絮 初心 房间 万名 "
    "万众 任务 任重 高新 高效 高质 白皮书 党委 党组 党史 党员 权益 简介 简报 简讯 封面 班组 班子 车间 司机 计划 平安 幸福 "
    "向导 江山 毕业 程序 明白 田间 石油 金秋 金牌 盛会 盛典 游客 纪要 纪律 纪实 纪检 章节 易行 严管 严实 康养 安康 宁夏 江苏 江西 云南 "
    "贺信 贺词 祝词 祝贺 夏送 万里 康复 安心 安居 宗教 成立 成长 丰收 方法 方向 方面 方针 常委 常务 马上 高举 于今 关注".split()
)


def plain(words: str) -> str:
    """A name without the spaces that align it."""
    return re.sub(r"\s", "", words)


def is_name(words: str) -> bool:
    """True where the words are, by their form, the name of a person, and no mask (张××, 王某某)."""
    if not _NAME.fullmatch(words) or _MASKED.search(words):
        return False
    return plain(words) not in _WORDS and plain(words)[:2] not in _WORDS
