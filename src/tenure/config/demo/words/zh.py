"""Chinese, in simplified characters."""

from __future__ import annotations

from tenure.config.demo.rows import Need, Segment
from tenure.config.demo.words.shape import Words

CHINESE = Words(
    segments=(
        Segment(
            "小型企业",
            "老板自己管理的服务公司，5 至 30 名技术员；老板两周内决定。",
            (
                Need("知道今天谁在哪里", "每部手机上都有当天任务看板"),
                Need("纸质工单不再丢失", "带照片和签名的工单，没有网络也能用"),
                Need("当周就能开出账单", "签字的工单直接生成账单草稿"),
            ),
        ),
        Segment(
            "中型企业",
            "30 至 200 名技术员的区域服务公司；服务主管和财务共同决定。",
            (
                Need("兑现承诺的响应时间", "按合同计时，到期之前提醒"),
                Need("车上总有需要的配件", "每张工单的配件清单和每辆车的库存"),
                Need("看清每份合同赚多少", "每天早晨按合同列出工时、配件和差旅"),
            ),
        ),
        Segment(
            "大型企业",
            "多个基地、200 名以上技术员的集团；采购、信息部门和工会都参与。",
            (
                Need("所有基地统一工作方式", "每个基地的模板，加一份总报表"),
                Need("接入我们的 ERP 和单点登录", "连接器、SAML、SCIM 和开放 API"),
                Need("审计时能证明合规", "带签名的检查单和不可更改的历史"),
            ),
        ),
    ),
    imports=("客户与联系人", "渠道、费用与线索", "商机", "订阅", "备注、通话与任务"),
    channels={
        "organic": "自然搜索", "search": "付费搜索", "social": "社交广告", "webinar": "线上研讨会",
        "event": "展会", "partner": "合作伙伴", "referral": "客户推荐", "outbound": "主动拓展",
    },
    industries={
        "facility": "设施管理", "logistics": "物流", "manufacturing": "制造", "property": "物业管理", "health": "医疗",
        "hospitality": "酒店餐饮", "energy": "能源与公用事业", "construction": "建筑", "retail": "零售", "food": "食品饮料",
    },
    plans={"starter": "入门版", "team": "团队版", "business": "商务版", "enterprise": "企业版"},
    teams={"board": "管理层", "marketing": "市场部", "sales": "销售部", "enterprise": "大客户部", "success": "客户成功部"},
    titles={
        "champion": ("现场服务总监", "运营经理", "服务经理", "维修主管", "调度主管"),
        "economic_buyer": ("总经理", "财务总监", "老板", "运营总监"),
        "technical_buyer": ("信息部主管", "系统架构师", "信息经理"),
        "procurement": ("采购经理", "战略采购"),
        "user_administrator": ("调度员", "办公室主任", "内勤主管"),
        "user": ("技术班组长", "高级技师", "计划员"),
        "influencer": ("质量经理", "控制部主管"),
        "blocker": ("工会主席", "数据保护负责人"),
    },
    personas={"owner": "老板", "operations": "运营负责人", "finance": "财务负责人", "it": "信息负责人"},
    stages={"discovery": "了解需求", "evaluation": "评估", "proposal": "方案", "negotiation": "谈判", "won": "赢单", "lost": "输单"},
    lost_reasons={
        "no_decision": "没有决定", "price": "价格", "competitor": "竞争对手", "feature": "缺少功能",
        "timing": "时机不对", "budget": "没有预算", "trial": "试用未使用",
    },
    won_reasons=("适合技术员的工作方式", "没有网络也能用", "上手快", "价格", "客户推荐", "开放 API"),
    churn_reasons={
        "not_used": "使用太少", "price": "价格", "competitor": "换用竞争对手", "feature": "缺少功能",
        "closed": "公司关闭或被收购", "support": "对支持不满", "project": "项目结束", "payment": "付款失败",
    },
    disqualified=("规模太小", "学生或个人", "行业不符", "没有回复", "竞争对手", "不在服务地区"),
    tags={"key": "重点客户", "reference": "标杆客户", "pilot": "试点", "price": "价格敏感", "erp": "ERP 连接器", "public": "公共部门"},
    came_from_before="使用 CRM 之前的客户",
    deal="{company}：{plan}，{seats} 个席位",
    expansion="{company}：增加 {seats} 个席位",
    comeback="{company}：重新合作",
    describes=(
        "{city}的{industry}公司，约 {employees} 人。目前用表格和电话安排工作。",
        "家族企业，{industry}。技术员从{city}出发。",
        "{industry}；服务{city}周边地区。多年前自建的系统已无人维护。",
        "靠收购小公司成长，希望统一工作方式。总部在{city}。",
    ),
    costs={"salaries": "销售与市场工资", "tools": "CRM、分析和邮件工具", "agencies": "内容与设计公司", "travel": "拜访客户与展会差旅", "commissions": "提成"},
    calls={
        "discovery": ("首次通话", "了解需求", "了解目前如何排班"),
        "follow_up": ("跟进报价", "价格问题", "目前进展", "决定的时间表"),
        "onboarding": ("导入首批工单", "手机应用设置", "技术员的第一周"),
        "check_in": ("使用情况", "本月数据", "技术员的反馈", "未解决事项"),
        "risk": ("登录人数为何减少", "投诉同步太慢", "谈解约通知"),
        "renewal": ("准备续约", "明年的席位"),
    },
    meetings={
        "demo": ("产品演示", "为调度和两名技术员演示", "研讨：现场的一天"),
        "decision": ("讲解方案", "与管理层会谈", "安全与数据保护"),
        "kick_off": ("启动会", "启动会与上线计划"),
        "training": ("调度员培训", "技术员培训", "管理员培训"),
        "review": ("季度回顾", "目标回顾", "与管理层的半年回顾"),
    },
    mails={
        "intro": ("感谢您的关注", "关于 Lumen Desk 的问题"),
        "offer": ("我们的报价", "报价第二版", "待签合同"),
        "reply": ("回复：报价", "回复：下一步", "您要的文件"),
        "care": ("Lumen Desk 新功能", "您在{month}的使用情况", "用户日邀请"),
    },
    notes={
        "discovery": (
            "**现状**：{employees} 人，工单用纸和表格。\n**痛点**：{need}\n**决策**：{person}与管理层，本季度末之前。",
            "与{person}谈过。每周大约丢两张工单。想先从一个 {seats} 人的班组开始。\n下一步：给调度做演示。",
            "他们在和 {competitor} 比较。最看重：{need}",
        ),
        "won": ("签下 {seats} 个席位，{plan}。{person}支持我们。承诺四周内第一个班组上线。", "赢单。关键：技术员在演示中喜欢这个应用。注意旧工单的导入。"),
        "lost": ("输单：{reason}。{person}说一年后可以再联系。", "继续用现有方式。给出的原因：{reason}。"),
        "onboarding": ("启动会已开。目标：{month}底前工单全部电子化。对方由{person}负责。", "首批工单已导入。两名技术员没有公司手机，已解决。"),
        "healthy": ("{person}很满意：响应时间从两天降到一天。问了配件清单。", "使用稳定。计划开第二个基地，夏天后再谈。", "愿意做标杆客户。"),
        "risk": ("本月只有四人登录。{person}太忙；已提出再做一次培训。", "{person}觉得贵，续约前想看到节省了多少。", "旧安卓手机同步有问题，支持部门在处理。"),
        "churn": ("提出解约：{reason}。{person}说得很坦率。提议暂停，对方不要。", "期满离开：{reason}。"),
        "pinned": ("发任何东西之前先打电话给{person}。账单要写他们的订单号。", "合同价两年不变，续约不用目录价。"),
    },
    tasks={
        "deal": ("发送报价", "就报价回电", "准备演示", "向{person}问决定日期", "回答安全问卷"),
        "onboarding": ("检查工单导入", "安排技术员培训", "邀请管理员"),
        "customer": ("准备季度回顾", "给{person}发使用数据", "请求做标杆客户", "回答配件清单的问题"),
        "risk": ("查清使用为何下降", "就使用少给{person}打电话", "提出再做一次培训"),
        "renewal": ("准备续约", "与{person}商定明年席位"),
    },
)
