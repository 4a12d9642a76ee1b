//! Firms that are called by two characters and their trade: 华澜新材, 清源水务.

/// The last two characters of firms that are called without the word 公司, by what they deal in.
const TRADES: [&str; 34] = [
    "新材", "竹业", "水务", "科技", "药业", "食品", "纺织", "电子", "股份", "实业", "置业", "建工", "重工", "化工", "机械", "能源", "环保", "生物",
    "制药", "精工", "钢铁", "水泥", "建材", "家居", "木业", "茶业", "酒业", "乳业", "牧业", "渔业", "燃气", "热力", "光电", "材料",
];

/// Whether the character in doubt belongs to the name of a firm of two characters and a trade: 华|蓝新材.
pub(super) fn is_firm(before: &[char], behind: &[char]) -> bool {
    let begins_with_trade = |row: &[char]| TRADES.iter().any(|trade| row.iter().copied().take(2).eq(trade.chars()));
    !before.is_empty() && begins_with_trade(behind) || behind.get(1..).is_some_and(begins_with_trade)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_end_with_their_trades() {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        assert!(is_firm(&chars("华"), &chars("新材二期")));
        assert!(is_firm(&[], &chars("源水务")));
        assert!(!is_firm(&[], &chars("水务")));
        assert!(!is_firm(&chars("现"), &chars("农业")));
    }
}
