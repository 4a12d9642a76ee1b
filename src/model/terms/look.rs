//! Characters that look alike.
//!
//! Who types by shape, copies from a scan or reads in haste takes one character for another that is built of the same parts. The rows are put
//! together by hand from the phonetic series that dictionaries of Chinese characters are arranged by, and from the pairs that school books warn
//! of; all characters are of GB/T 2312-1980 but for the foreign forms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Characters that differ in a stroke, or are two forms of one character.
const NEARLY_SAME: &str = "己已 巳己 巳已 末未 土士 戊戌 戌戍 戊戍 侯候 折拆 崇祟 茶荼 免兔 刺剌 徒徙 遣遗 岗岚 汪注 洪供 阳阴 杨扬 晴睛 淮准 渭谓 穆秽 \
                           炼练 柏拍 湾弯 祥详 治冶 曰日 田由 由甲 壁璧 竞竟 钓钧 沽沾 苦若 微徽 栗粟 卞卡 鸟乌 王玉 人入 千干 大太 天夫 贝见 间问 元无 \
                           申甲 牛午 丘兵 今令 代伐 仑仓 获荻 赢羸 嬴赢 嬴羸 拔拨 季李 冼洗 亳毫 芋芊 佘余 佘畲 汨汩 沂沭 斤斥 暧暖 晋普 灸炙 肓盲 赝膺 \
                           禀票 辩辨 辨辫 糜靡 臾叟 帅师 爪瓜 史吏 泯抿 泉皋 桌卓 德徳 强強 值値 户戸 产産 综綜 黄黃 吴吳 吕呂 内內 静靜 录錄 锐鋭 术木 \
                           木本 材林 材村 肓育 泰秦 扎礼 宁宇 冉再";

/// Characters with one component that fills most of them; it stands first.
const SHARING: &str = "巴把爸吧芭疤靶肥 白百伯怕拍柏泊迫珀帕 半伴拌胖判畔叛 包抱胞饱泡炮跑袍雹苞 贝坝狈钡 辟壁避臂僻劈譬璧 扁编偏篇遍骗翩 宾滨缤殡鬓 \
                        并饼拼屏瓶 丙柄病炳 卜扑朴仆补 采彩菜踩睬 仓抢枪苍沧舱创疮 曹槽糟嘈遭 昌唱倡猖 长张涨帐账胀 朝潮嘲 辰晨振震唇 成城诚盛 呈程逞 \
                        也他地她池驰弛拖施 出拙础屈 余徐除途涂斜叙 垂锤睡捶唾 春椿蠢 此些雌紫柴 次资姿瓷咨 从丛纵耸 旦但担胆坦 单弹蝉禅阐 当档挡裆 \
                        登澄凳瞪橙 氐低底抵邸 弟第梯递剃 帝蹄缔啼 丁订钉顶厅灯盯叮亭汀打 定锭淀 东冻栋陈 者都著诸堵赌睹猪煮暑署 豆短痘逗 度渡镀 段锻缎 \
                        隹堆推准谁难雅雄维唯惟稚雕 多移侈 朵躲剁 尔你弥 发拨泼废 凡帆巩 反饭板版返贩坂 方放房防访仿纺芳妨坊旁 非排悲辈菲匪徘霏 \
                        分份粉纷芬盼盆贫汾氛 夆峰蜂锋逢缝蓬 夫扶肤芙 弗佛费拂沸 孚浮俘 畐福富副幅辐 甫辅铺浦捕埔蒲脯哺圃莆 尃博薄搏膊 付府附符腐 \
                        干杆肝竿赶汗旱刊岸轩 甘柑钳 冈刚钢岗纲 高搞稿敲 告浩造靠酷 各格络路洛客阁略落骆烙 更便硬梗 工功攻江红贡空项杠虹 公松讼颂翁 \
                        共供洪恭拱哄 勾沟构购钩 古故姑固枯苦 胡湖糊葫瑚 谷俗浴欲裕峪 瓜孤狐弧 官管馆棺 光晃辉 广矿旷扩 圭佳桂挂娃洼蛙 厓崖涯 贵溃遗馈 \
                        果课棵颗裸 亥该核孩刻骇 害割瞎 毫豪亳 合拾给答恰盒哈 荅塔搭 可何河荷柯阿 黑墨默 享亨亭停 侯候喉猴 户护炉芦庐沪 华桦哗 化花货 \
                        奂换唤焕 皇煌凰惶蝗 黄横潢簧 灰恢 或域惑 及级极吸圾 几机肌饥讥 己记纪起改 加驾架贺茄咖 夹峡侠狭颊 家嫁稼 甲押鸭 监蓝篮滥 \
                        见现观规视宽览 建健键 戋线浅钱残践贱 将奖浆桨蒋 交校较郊效胶饺咬 焦礁蕉 皆谐楷 今金琴念含吟 斤近听析折所欣祈沂 井进讲耕 \
                        京景凉谅惊鲸 巠经径劲茎轻颈泾 竟境镜 敬警擎 九究旭鸠 久灸玖 居剧据锯 具俱惧 巨拒距矩柜渠 卷圈倦拳 夬决块快缺诀 军辉挥浑晕运 \
                        匀均钧 康慷糠 考烤拷 空控腔 昆混棍 舌括活话适 来莱睐 兰拦栏烂 劳捞涝 雷擂蕾 里理埋量童狸厘 立位拉粒泣垃 厉励 利莉犁梨 \
                        良郎朗浪狼娘粮 两辆俩 列例烈裂 林淋琳彬 令领铃玲零龄岭冷怜邻 留溜榴馏 龙笼聋胧拢 娄楼数搂 鹿麓 录绿碌禄 仑论轮伦沦 罗锣箩逻萝 \
                        吕侣铝营宫 麻磨摩魔 马妈码吗骂玛 曼慢漫馒蔓 毛耗 矛茅柔 每海梅悔敏侮霉 门们问闻闷 米迷谜 免晚勉挽 苗描猫瞄 民眠 \
                        莫模摸漠膜墓慕暮幕募寞 末抹沫 某谋煤媒 母姆拇 内纳呐钠 南楠喃 尼泥呢妮 宁拧柠 农浓脓 奴努怒 旁傍榜膀磅 朋棚崩鹏 \
                        皮波破被披玻坡疲颇 票漂飘标瓢 平评苹坪萍 其期棋旗基淇琪骐欺 奇骑寄椅崎绮 气汽 齐济挤剂 千迁纤 前剪箭煎 乔桥侨娇骄轿矫 \
                        且组祖租阻粗姐助 青请清情晴睛精静靖倩菁 秋愁锹 求救球裘 区驱躯枢欧殴呕 取趣聚娶 然燃 壬任 容溶熔榕蓉 若诺 散撒 \
                        少沙纱砂妙秒抄炒吵省 尚常堂党赏掌裳 申神伸绅坤 生性姓胜星牲 师狮筛 失铁跌秩轶 史使驶 氏纸 式试拭 是题提堤匙 寺诗持待特侍等峙 \
                        受授 叔淑督椒 疏蔬梳 术述 率摔 司词饲 寿涛铸筹祷 台治始抬怡胎殆 太态汰 覃潭谭 唐塘糖搪 陶淘掏 廷庭挺艇 同铜桐洞筒 屯吨纯顿钝 \
                        亡忘忙盲 王汪旺枉 韦伟围违纬 未味妹 文纹蚊汶 吴误娱 五语伍悟 午许 西洒牺栖 昔借错措惜蜡猎 奚溪 夏厦 先洗宪选 咸减喊感 臽陷馅焰 \
                        相想箱湘厢霜 向响晌 肖消销削硝悄 孝教酵 新薪 秀诱透锈 畜蓄 玄弦眩 旬询殉 牙芽雅鸦 亚哑 延诞蜒 炎淡谈毯 央英秧映 羊洋样详祥鲜 \
                        昜扬杨场汤肠畅烫 尧烧绕浇晓饶 要腰 夜液 衣依 宜谊 义仪议蚁 意亿忆 易锡踢赐 益溢 因烟恩姻 音暗 寅演 婴樱 荧莹萤荥 永泳咏 \
                        甬通勇涌桶痛 由油抽袖宙轴笛邮 尤优犹 予预野 鱼渔 俞愉榆输偷喻渝 与屿 元园玩完院远沅 原源愿 员圆损 爰援缓暖媛 云坛耘 则侧测 \
                        曾增赠僧 乍作昨诈炸 占点店站粘 章障漳彰樟 召招照绍超昭沼邵韶 真镇填慎滇颠 正证征政整症 支枝技 只织职识 知智痴 直值植殖置 止址 \
                        旨指脂 至致到室 中种钟忠冲 州洲 朱株珠 主住注柱驻 专转传砖 庄桩 壮装 兹滋磁 宗综棕踪崇 足促捉 卒醉碎翠 尊遵 坐座 狄荻获 \
                        兆桃挑逃跳姚洮 奏春秦泰 木林材村杜松杉 山仙灿汕 冬终图 亘恒垣桓宣 田佃细 佥检险验脸签捡俭剑敛 犬伏 弋代式 奉棒捧 \
                        艮根银很恨狠跟垠限眼退腿 亢抗航坑炕杭 吉洁结桔秸诘 奥澳 参惨渗掺 曷喝渴揭葛歇褐竭 亶擅颤 贯惯 卬仰迎昂 夗苑宛碗婉 川训顺 朿策刺 \
                        敝弊撇蔽 罢摆 尞疗辽僚缭潦 敖傲熬 屈掘 斥诉拆 康逮 殳投没役设股般 番播翻潘蕃 尹伊 夋俊峻骏竣酸 丑纽扭 亦迹 石硕拓柘 宀宁宇字 \
                        勺的约钓 句够狗拘 辛梓 卯柳聊铆 戊茂 聿律津 隋随 遂隧 商滴 市沛肺 敫激缴邀 开形刑型邢 肃萧 责债绩 寸讨付守 乃奶仍 比批 \
                        兑说脱悦锐税 亏污 希稀 尸户 曲典 册栅 冉再 必秘密 戒械诫 束速辣 朴扑 帛棉绵锦 匊菊鞠 夷姨 舍舒 甚勘堪 甲岬 冗沉 云会 孔扎 礼扎 \
                        妾接 疾嫉 咼锅涡祸 畏偎 骨滑猾 遇偶愚隅 虑滤 察擦 亲新 敕嫩 鬼槐魂愧瑰块 廉濂镰 兼谦歉嫌赚 崔催摧 隆窿 陵凌菱棱 族旋 既概溉慨 \
                        柬炼练拣 卑碑牌脾 昷温 岛捣 乌呜 凫枭 部陪培倍赔 彭膨澎 喜嘉 壴鼓 尌树 厨橱 封帮 邦绑";

/// Whether two characters differ so little that one is hardly ever written on purpose where the other is meant.
pub(super) fn are_nearly_same(left: char, right: char) -> bool {
    static ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::of(NEARLY_SAME));
    left != right && ROWS.share(left, right)
}

/// Whether two characters may be mistaken for each other by their looks.
pub(super) fn look_alike(left: char, right: char) -> bool {
    static ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::of(SHARING));
    left != right && (are_nearly_same(left, right) || ROWS.share(left, right))
}

/// The rows in which each character stands.
struct Rows(FxHashMap<char, SmallVec<[u16; 4]>>);

impl Rows {
    fn of(list: &str) -> Self {
        let mut rows: FxHashMap<char, SmallVec<[u16; 4]>> = FxHashMap::default();
        for (index, row) in list.split_ascii_whitespace().enumerate() {
            for char in row.chars() {
                rows.entry(char).or_default().push(index as u16);
            }
        }
        Rows(rows)
    }

    fn share(&self, left: char, right: char) -> bool {
        let rows = |char: char| self.0.get(&char).map_or(&[][..], |rows| rows.as_slice());
        rows(left).iter().any(|row| rows(right).contains(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_and_strokes_decide() {
        for (left, right) in [('荻', '获'), ('救', '求'), ('清', '情'), ('己', '已'), ('徳', '德')] {
            assert!(look_alike(left, right) && look_alike(right, left), "{left}{right}");
        }
        for (left, right) in [('东', '西'), ('学', '校'), ('清', '清'), ('\u{20BB7}', '吉')] {
            assert!(!look_alike(left, right), "{left}{right}");
        }
        assert!(are_nearly_same('戌', '戍') && !are_nearly_same('清', '情'));
    }

    #[test]
    fn every_row_holds_different_characters() {
        for row in NEARLY_SAME.split_ascii_whitespace().chain(SHARING.split_ascii_whitespace()) {
            let characters: std::collections::BTreeSet<char> = row.chars().collect();
            assert!(characters.len() > 1 && characters.len() == row.chars().count(), "{row}");
        }
    }
}
