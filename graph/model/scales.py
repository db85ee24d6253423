"""The scales of the method: every code with its English and Chinese word. Their numbers are in the calibration."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a scale. `also` are other words that mean it, in any language."""

    code: str
    en: str
    zh: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """An ordered set of choices that a cell may hold, by code, English word, Chinese word or one of the others."""

    name: str
    choices: tuple[Choice, ...]
    also: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, Choice]:
        """The choices by their code."""
        return {choice.code: choice for choice in self.choices}

    @cached_property
    def words(self) -> dict[str, str]:
        """Every accepted word, folded, to its code."""
        codes = {fold(word): choice.code for choice in self.choices for word in _words_of(choice)}
        return {**{fold(word): code for word, code in self.also.items()}, **codes}

    def code_of(self, word: str) -> str | None:
        """The code that a written word means, or None."""
        return self.words.get(fold(word))

    def word(self, code: object, lang: str) -> str:
        """The word of a code in a language; the code itself where the scale has no such code."""
        choice = self.by_code.get(str(code))
        if choice is None:
            return str(code)
        return choice.zh if lang == "zh" else choice.en


def fold(word: str) -> str:
    """A word as it is compared: without case, spaces, underscores or hyphens between letters."""
    folded = word.strip().casefold()
    if folded[:1] in "+-" and folded[1:].isdigit():
        return folded.removeprefix("+")
    return "".join(ch for ch in folded if ch not in " _-\u3000/")


def _words_of(choice: Choice) -> tuple[str, ...]:
    return (choice.code, choice.en, choice.zh, *choice.also)


def _scale(name: str, *rows: tuple[str, str, str] | tuple[str, str, str, tuple[str, ...]]) -> Scale:
    return Scale(name, tuple(Choice(*row) for row in rows))


ROLE = _scale(
    "role",
    ("D", "Decision maker", "决策者", ("decider",)),
    ("A", "Approver", "批准者", ("economic buyer", "经济购买者")),
    ("E", "Evaluator", "评估者", ("technical buyer", "技术购买者")),
    ("P", "Purchaser", "采购者", ("buyer", "procurement")),
    ("I", "Influencer", "影响者"),
    ("U", "User", "使用者", ("user buyer", "用户购买者")),
    ("G", "Gatekeeper", "把关者"),
    ("S", "Supporter", "支撑者"),
    ("N", "Initiator", "发起者"),
)
STANCE = _scale(
    "stance",
    ("3", "Coach", "教练", ("mentor",)),
    ("2", "Exclusive supporter", "排他支持"),
    ("1", "Supporter", "支持"),
    ("0", "Neutral", "中立"),
    ("-1", "Opponent", "反对"),
    ("-2", "Enemy", "死敌"),
)
RELATIONSHIP_LEVEL = _scale(
    "relationship_level",
    ("0", "Stranger", "陌生"),
    ("1", "Contact", "接触"),
    ("2", "Recognition", "认可"),
    ("3", "Trust", "信任"),
    ("4", "Partner", "伙伴"),
)
LEVEL = _scale(
    "level",
    ("1", "Staff", "员工", ("engineer", "engineer/staff", "工程师")),
    ("2", "Team lead", "班组长"),
    ("3", "Section", "科室", ("section lead",)),
    ("4", "Dept head", "部门长", ("department head",)),
    ("5", "Director", "总监"),
    ("6", "VP / CxO", "副总裁", ("vice president", "vice president/CxO", "CxO")),
    ("7", "Chief exec.", "最高层", ("chief executive", "chair", "chief executive/chair", "最高管理者")),
)
FUNCTION = _scale(
    "function",
    ("executive", "Executive", "高管"),
    ("finance", "Finance", "财务"),
    ("legal", "Legal", "法务"),
    ("procurement", "Procurement", "采购"),
    ("technology", "Technology", "技术"),
    ("planning", "Planning", "规划"),
    ("architecture", "Architecture", "架构"),
    ("marketing", "Marketing", "市场"),
    ("business", "Business", "业务"),
    ("operations", "Operations", "运营"),
    ("delivery", "Delivery", "交付"),
    ("construction", "Construction", "建设"),
    ("it", "IT", "信息技术"),
    ("users", "Users", "用户"),
    ("other", "Other", "其他"),
)
POLITICAL_STATUS = _scale(
    "political_status",
    ("outside", "Outside", "圈外"),
    ("political_structure", "Political structure", "政治结构"),
    ("inner_circle", "Inner circle", "核心圈"),
)
RESPONSE_MODE = _scale(
    "response_mode",
    ("growth", "Growth", "如虎添翼"),
    ("trouble", "Trouble", "亡羊补牢"),
    ("even_keel", "Even keel", "我行我素"),
    ("overconfident", "Overconfident", "班门弄斧"),
)
ADAPTABILITY = _scale(
    "adaptability",
    ("innovator", "Innovator", "创新者"),
    ("visionary", "Visionary", "远见者"),
    ("pragmatist", "Pragmatist", "实用主义者"),
    ("conservative", "Conservative", "保守者"),
    ("laggard", "Laggard", "落后者"),
)
PROFILE = _scale(
    "profile",
    ("go_getter", "Go-getter", "进取者"),
    ("teacher", "Teacher", "传道者"),
    ("skeptic", "Skeptic", "怀疑者"),
    ("guide", "Guide", "向导"),
    ("friend", "Friend", "朋友"),
    ("climber", "Climber", "攀登者"),
    ("blocker", "Blocker", "阻挡者"),
)
METHOD = _scale(
    "method",
    ("daily_contact", "Daily contact", "日常拜访交流"),
    ("thematic_exchange", "Thematic exchange", "正式专题交流"),
    ("experience_visit", "Experience visit", "参观体验"),
    ("team_social", "Team social", "团队联谊"),
    ("joint_release", "Joint release", "联合发布"),
    ("executive_letter", "Executive letter", "高层发送信函"),
    ("company_tour", "Company tour", "邀请公司考察"),
    ("executive_visit", "Executive visit", "高层拜访"),
    ("forum", "Forum", "展会论坛/管理研讨"),
    ("executive_summit", "Executive summit", "高层峰会"),
)
SUBTYPE = _scale(
    "subtype",
    ("visit", "Visit", "拜访"),
    ("call", "Call", "电话"),
    ("message", "Message", "消息"),
    ("email", "Email", "邮件", ("e-mail",)),
    ("social_post", "Social post", "社交动态"),
    ("company_briefing", "Company briefing", "公司汇报"),
    ("technical_exchange", "Technical exchange", "技术交流"),
    ("company_tour", "Company tour", "公司考察"),
    ("sample_site", "Sample site", "样板点"),
    ("exhibition", "Exhibition", "展会"),
    ("executive_mutual_visit", "Executive mutual visit", "高层互访"),
)
SUBTYPES_OF = {
    "daily_contact": ("visit", "call", "message", "email", "social_post"),
    "thematic_exchange": ("company_briefing", "technical_exchange"),
    "company_tour": ("company_tour",),
    "experience_visit": ("sample_site",),
    "forum": ("exhibition",),
    "executive_visit": ("executive_mutual_visit",),
}
RESPONSE = _scale(
    "response",
    ("none", "None", "无回应"),
    ("one_way", "One way", "单向"),
    ("two_way", "Two way", "双向"),
    ("commitment", "Commitment", "承诺"),
)
TEAM_ROLE = _scale(
    "team_role",
    ("AR", "Account responsible", "客户经理"),
    ("SR", "Solution responsible", "解决方案经理"),
    ("FR", "Fulfilment responsible", "交付经理", ("fulfillment responsible",)),
    ("EXEC", "Executive", "高层"),
    ("PARTNER", "Partner", "合作伙伴"),
)
TIER = _scale("tier", ("S", "S", "S级"), ("A", "A", "A级"), ("B", "B", "B级"), ("C", "C", "C级"))
STATUS = _scale(
    "status",
    ("active", "Active", "在职"),
    ("left", "Left", "离任", ("离职", "已离任")),
    ("moved", "Moved", "调岗"),
    ("unidentified", "Unidentified", "未识别"),
)
GONE = ("left", "moved")
"""The statuses of people who have gone."""
REPORTING = _scale("reporting", ("solid", "Solid", "实线"), ("dotted", "Dotted", "虚线"))
BASIS = _scale(
    "basis",
    ("formal", "Formal", "正式"),
    ("expert", "Expert", "专业"),
    ("personal", "Personal", "私人"),
    ("alliance", "Alliance", "同盟"),
    ("counted", "Counted", "统计"),
)
ORIGIN = _scale(
    "origin",
    ("self_created", "Self-created", "自己创造"),
    ("customer", "Customer", "客户提出"),
    ("partner", "Partner", "伙伴介绍"),
    ("tender", "Tender", "招标公告"),
)
GRADE = _scale(
    "grade",
    ("raw", "Raw", "原始线索"),
    ("credible", "Credible", "可信线索"),
    ("opportunity_lead", "Opportunity lead", "机会线索"),
    ("opportunity", "Opportunity", "机会点"),
)
CHAIN = _scale(
    "chain",
    ("technical", "Technical", "技术"),
    ("commercial", "Commercial", "商务"),
    ("overall", "Overall", "综合"),
)
RULE = _scale(
    "rule",
    ("unanimous", "Unanimous", "一致同意"),
    ("quota", "Quota", "达到票数"),
    ("single", "Single", "单人决定"),
)
MADE_BY = _scale("made_by", ("us", "Us", "我方"), ("them", "Them", "客户"))
COMMITMENT_STATUS = _scale(
    "commitment_status",
    ("open", "Open", "未到期"),
    ("kept", "Kept", "已兑现"),
    ("missed", "Missed", "未兑现"),
)
PAIN_STATE = _scale(
    "pain_state",
    ("seen", "Seen", "发现"),
    ("admitted", "Admitted", "承认"),
    ("painful", "Painful", "痛苦"),
    ("worth_paying", "Worth paying", "愿意付费"),
)
POLARITY = _scale("polarity", ("supports", "Supports", "支持"), ("contradicts", "Contradicts", "反驳"))
DUTY = _scale(
    "duty",
    ("sales_lead", "Sales lead", "项目主导"),
    ("customer_relations", "Customer relations", "客户关系"),
    ("lead_to_cash", "Lead to cash", "全流程交易质量"),
    ("executable_scheme", "Executable scheme", "客户群规划"),
    ("plan", "Plan", "计划"),
    ("place", "Place", "格局"),
    ("product", "Product", "产品"),
    ("promotion", "Promotion", "推广"),
    ("profit", "Profit", "盈利"),
    ("head", "Head", "牵头"),
    ("environment", "Environment", "环境"),
    ("responsibility", "Responsibility", "责任"),
    ("operation", "Operation", "运作"),
    ("strategy_solution", "Strategy solution", "策略方案"),
)
DUTIES_OF = {
    "AR": ("sales_lead", "customer_relations", "lead_to_cash", "executable_scheme"),
    "SR": ("plan", "place", "product", "promotion", "profit"),
    "FR": ("head", "environment", "responsibility", "operation", "strategy_solution"),
}
"""The duties of each corner of the iron triangle 铁三角."""
LENS = _scale(
    "lens",
    ("market", "Market", "市场"),
    ("customer", "Customer", "客户"),
    ("product", "Product", "产品"),
    ("competition", "Competition", "竞争"),
)
ELEMENT = _scale(
    "element",
    ("company_advantage", "Company advantage", "公司优势"),
    ("solution_value", "Solution value", "方案价值"),
    ("need_fit", "Need fit", "需求匹配"),
    ("competitive_difference", "Competitive difference", "竞争差异"),
)
