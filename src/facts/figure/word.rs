//! The words of reports that tell what a figure is: verbs, links, plans, totals, comparisons. Everything between them is taken for a name.
//!
//! One pass finds them all; the longest word wins, so 目的 is not cut at 的.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lexicon::Lexicon;

/// What a word says of the figure near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Part of a name although it contains another word.
    Name,
    /// 发放, 浇灌: something was done.
    Verb,
    /// 新建, 新增: only what was added.
    New,
    /// 现有, 拥有: the stock.
    Have,
    /// 累计
    Cumulative,
    /// 全部, 共, 合计: the whole.
    Whole,
    /// 其中, 分别: parts follow.
    Part,
    /// 计划, 力争
    Plan,
    /// 人均, 每亩, 各
    Average,
    /// 增长, 减少
    Change,
    /// 到, 至 after a change: what it came to.
    Reached,
    /// 占, 比重
    Share,
    /// 比, 高于
    Compare,
    /// 位居, 排名
    Rank,
    /// 由, 从 before a number: what it came from.
    From,
    /// 达, 为, 是, 约
    Link,
    /// 已, 全面, 先后
    Adverb,
    /// 的, 了, 和, 在
    Particle,
    /// 全县, 我区: the body that the draft speaks for.
    Own,
    /// 今年, 去年, 上半年
    Period,
}

/// A word and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub range: Range<usize>,
    pub class: Class,
}

/// All words of a text in order; they do not overlap.
pub fn scan(prose: &str) -> Vec<Word> {
    WORDS
        .find_iter(prose)
        .map(|found| Word {
            range: found.range,
            class: CLASSES[found.index],
        })
        .collect()
}

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(LEXICON.iter().flat_map(|(_, words)| words.split_ascii_whitespace())));

static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(|| {
    let classes = LEXICON.iter().flat_map(|(class, words)| words.split_ascii_whitespace().map(|_| *class));
    classes.collect()
});

const LEXICON: &[(Class, &str)] = &[
    (
        Class::Name,
        "一般公共预算收入 一般公共预算支出 一般公共预算 目的 增长点 增长极 计划生育 比赛 比例尺 全要素 的士 标的 了解 为了解 由来 自由 理由 缘由 由于 从业 从严 从中 从而 使用 大使 天使 将军 即将 将来 主将 把关 把握 把手 转让 出让 让利 \
         共产 公共 共青 共享 共建 共同 共和 共识 共治 共富 共祝 增值 达标 发达 到位 周到 报到 签到 遇到 得到 受到 看到 做到 来到 等级 高等 同等 平等 中等 初等 等待 \
         是否 于是 但是 总体 总量 总产 总值 总额 总数 总人口 总投资 总面积 总长 总收入 总支出 总规模 总装机 总建筑面积 总产值 总里程 总库容 总销售额 总成本 \
         计划数 目标任务 任务书 责任 有关 有限 有效 有机 有偿 有序 没有 所有制 国有 私有 公有 拥有量 保有量 占地 占道 占用 较大 较好 较高 较低 较快 较多 较少 较短 较长 较强 较弱 较早 较晚 较重 较轻 较差 较严 较为 较小 较远 较近 较易 较难 较紧 比较 \
         各级 各类 各族 各界 各地 各项 各方 各部门 各单位 各县 各乡 各镇 各村 各区 各市 标准 要求 主要 重要 需要 必要 要素 要点 要件 摘要 纪要 提要 要害 首要 次要 机要 \
         图书馆 固定资产投资 规上 规下 限上 线下 地上 地下 海上 水上 路上 增加值 现金 现场 现代 现状 现实 现象 规划区 规划图 \
         设施 设备 设计 设定 设想 设区 体现 呈现 出现 表现 涌现 总工会 总队 总干渠 总磷 总氮 统计 会计 审计 立即 合作社 合作 合同 综合 联合 结合 \
         融合 组合 复合 符合 配合 混合 合法 合理 合格 合规 合并 场合 行为 作为 成为 预约 公约 约束 条约 履约 违约 附近 近郊 就近 超市 超限 超载 超标 \
         超前 逾期 都市 首都 成都 还田 还款 偿还 还林 还湖 还草 归还 再生 再就业 未成年 和平 和谐 总和 及时 方向 动向 意向 去向 流向 取向 趋向 走向 转向 导向 定向 经济 经营 经费 经验 经常 \
         神经 因素 原因 基因 个人 个体 个案 存在 在职 在校 在岗 在建 在编 在读 在线 在途 在园 在库 在田 对象 应对 对外 对口 核对 校对 时间 时代 临时 \
         后备 后勤 售后 产后 灾后 前期 前置 前沿 中心 中学 中小 中药 中医 中央 中职 中专 中型 集中度 内部 内科 内控 国内 室内 院内 境内 上市 上报 \
         上级 上门 上游 网上 线上 用地 用水 用电 用工 用户 用房 用品 公用 专用 费用 信用 应用 农用 民用 通用 引用 数据 依据 据点 证据 按钮 按揭 使命 \
         使者 里程 之家 改革 从业 从严 等次 未来 未成年人 未婚 未必 未知 \
         脱贫户 脱贫村 脱贫县 脱贫人口 脱贫群众 脱贫家庭 脱贫劳动力 受灾群众 受灾户 受灾人口 受灾面积 搬迁户 搬迁群众 毕业生 就业岗位 服务点 贷款余额 捐赠物资",
    ),
    (
        Class::Verb,
        "从事 完成 建成 建设 建立 建造 修建 兴建 改建 扩建 改扩建 改造 改善 改良 整治 治理 整改 整修 修复 维修 修缮 修订 制定 出台 印发 下发 下达 编制 编印 编发 起草 \
         发放 发送 发布 发出 发现 发展 发表 发动 投入 投资 投用 投产 投放 筹集 筹措 募集 争取到 争取 安排 拨付 下拨 兑付 兑现 支付 支出 落实 实施 实行 实现 推行 推广 推进 推动 推出 \
         开展 开设 开办 开通 开工 开发 开行 开放 开辟 举办 举行 召开 组织 组建 成立 设立 设置 配备 配套 配置 购置 购买 采购 添置 安装 架设 铺设 敷设 埋设 疏浚 清淤 清理 清运 \
         培训 培育 培养 轮训 选派 选聘 选拔 选树 聘请 聘用 招聘 招录 招收 引进 引导 接待 接收 接诊 接访 受理 办理 办结 处理 处置 查处 查办 立案 审结 审理 审查 审核 审批 调解 化解 \
         走访 慰问 看望 救助 资助 帮扶 扶持 帮助 结对 联系 包保 安置 转移 转移就业 解决 消除 检查 督查 巡查 排查 抽查 抽检 检测 监测 核查 普查 筛查 调查 体检 诊疗 \
         浇灌 灌溉 浇水 播种 种植 栽植 栽种 收获 收割 抢收 收购 收储 储备 养殖 出栏 存栏 补植 造林 绿化 防治 防控 出动 动员 发动 调度 调运 抢修 开启 关闭 取缔 拆除 拆迁 征收 征地 征用 \
         表彰 奖励 评选 评出 选出 授予 获得 荣获 获评 命名 认定 创建 创办 打造 签订 签约 签署 达成 洽谈 对接 落户 入驻 注册 登记 备案 申报 申请 申领 立项 批复 批准 授权 \
         生产 销售 出口 进口 加工 供应 供给 供水 供电 供热 运输 运送 输送 发电 使用 利用 消耗 消费 节约 节省 减免 减轻 缴纳 征缴 上缴 入库 收取 收回 收到 收集 征集 征求 梳理 \
         报送 报名 报道 刊发 播发 播放 放映 演出 编写 撰写 提交 提出 提供 反映 反馈 回访 回复 解答 宣讲 宣传 印制 张贴 悬挂 赠送 赠阅 捐赠 捐款 捐助 捐资 \
         参加 参与 参训 参赛 参保 参军 参考 上线 录取 毕业 就读 入学 入职 就业 返乡 创业 脱贫 摘帽 退出 搬迁 迁出 迁入 搬入 入住 居住 覆盖 惠及 受益 带动 辐射 服务 承担 承办 承接 承诺 \
         发生 死亡 受伤 受灾 受旱 倒塌 倒损 损坏 损失 经济损失 感染 确诊 治愈 接种 采样 采集 献血 住院 出院 门诊 手术 报销 补助 补贴 救灾 储存 贮存 贷款 授信 放贷 担保 融资 \
         打通 贯通 通车 通水 竣工 交付 验收 交办 移交 移送 逮捕 起诉 抓获 破获 侦破 打掉 处罚 罚款 责令 约谈 通报 问责 处分 谈话 函询 \
         支持 鼓励 督促 指导 参照 加装 新装 更换 更新 升级 扩容 增容 改厕 硬化 亮化 美化 加固 除险 抽调 下派 派驻 派出 进驻 驻村 挂职 参观 考察 调研 观摩 学习 交流 展出 展示 开馆 收藏 馆藏 印刷 出版 \
         调整 整合 优化 淘汰 压减 关停 清退 追缴 挽回 查封 扣押 冻结 化验 检验 检疫 建档 立卡 录入 采录 归档 整理 录制 制作 创作 绘制",
    ),
    (
        Class::New,
        "新建 新增 新打 新开 新设 新签 新签约 新培育 新引进 新发展 新购 新购置 新修 新添 新配备 新改建 新建成 新认定 新入库 新注册 新成立 新组建 新招 新聘 新开工 新投产 新立项 新增加 \
         当年 年内 净增 增设 增派 增配 再建 扩招 增补 新命名 新评 新获 新上 新植 新造 新栽 新铺 新挖",
    ),
    (
        Class::Have,
        "现有 共有 拥有 设有 辖有 下辖 辖 具有 配有 建有 存有 尚有 仍有 还有 有 设 现存 在册 实有 保有",
    ),
    (Class::Cumulative, "累计 历年 累积 总共累计 共累计"),
    (
        Class::Whole,
        "全部 共 总共 一共 合计 共计 总计 所有 逐个 逐栋 逐户 逐一 逐村 逐家 逐条 现 目前 截至目前 全体 全面 均已 通通",
    ),
    (
        Class::Part,
        "其中 包括 分别 包含 当中 分为 其余 其他 余下 剩余 另有 此外 另外 分别为 分别是",
    ),
    (
        Class::Plan,
        "计划 力争 确保 拟 预计 预期 争取 目标 规划 打算 拟建 拟投资 概算 预算 估算 力争达到 将达 将达到 将新增 要 应 需 须 必须 任务 指标 预测 展望 谋划",
    ),
    (
        Class::Average,
        "人均 户均 亩均 日均 年均 月均 平均 均价 每亩 每人 每户 每天 每日 每次 每场 每吨 每公斤 每斤 每平方米 每公顷 每万人 每千人 每百人 每百户 每个 每家 每村 每名 每位 每所 每座 每处 \
         生均 各 每 单价 单产 亩产 单罐 村均 社均 校均 班均 店均 篇均 场均",
    ),
    (
        Class::Change,
        "增长 下降 提高 增加 减少 上升 降低 减幅 增幅 涨幅 降幅 回落 提升 扩大 缩小 同比 环比 净增加 上涨 下跌 增速 多 少 升 降 增 减 缩减 缩短 压缩 增收 减收 增产 减产 节支 上调 下调 翻了 翻 攀升 调减 调增 增至 降至 减至 升至 涨至 增到 降到",
    ),
    (Class::Reached, "到 至 达到 达 达至 突破"),
    (Class::Share, "占 占比 比重 比例 占到 占比为 占比达"),
    (
        Class::Compare,
        "高于 低于 快于 慢于 高出 超出 领先 比 较 相比 与 相当于 大于 小于 多于 少于 好于 优于 相差 缺口 差 仅次于 超过",
    ),
    (Class::Rank, "位居 位列 名列 排名 排在"),
    (Class::From, "由 从"),
    (Class::Link, "为 是 约 近 仅 只 只有 仅有 约为 大约 即 等于 计 合 折合 不足 不到 逾 超"),
    (
        Class::Adverb,
        "但 却 正在 已 已经 先后 陆续 进一步 不断 持续 深入 扎实 积极 大力 有效 成功 顺利 基本 稳步 切实 认真 专项 专门 直接 超额 逐步 另 又 再 还 也 都 仍 尚 尚未 未 均可 同时 并 并且 共同 组织开展 组织实施 集中 统一 首次 首批 第一批 第二批 今后 以来 左右 以上 以下 以内 现场 通过 采取",
    ),
    (
        Class::Particle,
        "的 了 和 及 以及 或 把 将 被 让 使 向 按 按照 根据 用于 对于 关于 针对 围绕 截至 截止 据 经 因 等 个 在 对 与此同时 基础上 的基础上 期间 时 后 前 中 内 里 上 于 以 之 所需 用",
    ),
    (
        Class::Own,
        "全国 全省 全市 全县 全区 全镇 全乡 全村 全校 全院 全局 全系统 全街道 全州 全旗 全社区 全盟 全厂 全公司 全集团 全行 全所 全矿 全馆 全中心 我国 我省 我市 我县 我区 我镇 我乡 我村 我校 我院 我局 我委 我办 我州 我街道 我公司 我行 我司 本省 本市 本县 本区 本镇 本乡 本村 本校 本院 本局 本公司 本集团 本街道 本社区 本单位 我们",
    ),
    (
        Class::Period,
        "今年 去年 上年 明年 后年 前年 本年度 上年度 去年同期 上年同期 同期 上半年 下半年 一季度 二季度 三季度 四季度 前三季度 第一季度 第二季度 第三季度 第四季度 上学年 本学年 近年来 近几年 \
         五年来 三年来 两年来 四年来 十年来 一年来 今年来 今年以来 过去五年 五年间 “十一五” “十二五” “十三五” “十四五” “十五五” 十一五 十二五 十三五 十四五 十五五 年初 年底 年末 当前 三年内 两年内 五年内 未来 全年 往年 历史 春季 夏季 秋季 冬季 当月 当日 上月 本月 一年 当天 当晚 首日",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let prose = "目的是累计新增加工企业";
        let words: Vec<_> = scan(prose).into_iter().map(|word| (&prose[word.range], word.class)).collect();
        assert_eq!(words[0], ("目的", Class::Name));
        assert_eq!(words[2], ("累计", Class::Cumulative));
    }

    #[test]
    fn no_word_is_listed_twice() {
        let mut words: Vec<_> = LEXICON.iter().flat_map(|(_, words)| words.split_ascii_whitespace()).collect();
        words.sort_unstable();
        let count = words.len();
        let repeated: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(repeated.len() * 10 < count, "{repeated:?}");
    }
}
