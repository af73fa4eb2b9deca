namespace Shanmen.Modules.Parks;

/// <summary>The words that every park begins with.</summary>
internal static class BuiltInWords
{
    private static readonly DictionaryEntry[] Visitors =
        [Word("adult", "成人", "Adult"), Word("child", "儿童", "Child"), Word("student", "学生", "Student"), Word("senior", "老人", "Senior"), Word("group", "团队", "Group"), Word("any", "不限", "Anyone")];

    private static readonly DictionaryEntry[] Proofs =
        [Word("none", "免证件", "No proof"), Word("idCard", "身份证", "ID card"), Word("studentCard", "学生证", "Student card"), Word("height", "量身高", "Height check")];

    private static readonly DictionaryEntry[] Tabs =
        [Word("single", "单程票", "Single"), Word("group", "团体票", "Group"), Word("discount", "优惠票", "Reduced"), Word("external", "外部票", "External"), Word("member", "会员卡", "Member")];

    /// <summary>All of the price comes back.</summary>
    private const int Whole = 10_000;

    private static readonly DictionaryEntry[] ReturnReasons =
        [Word("plans", "游客改变行程", "Visitor changed plans"), Word("wrongType", "选错票种", "Wrong ticket type"), Word("spoiled", "打印损坏", "Print spoiled"),
        Word("ourMistake", "售票差错", "Our mistake") with { BackRate = Whole }, Word("forceMajeure", "不可抗力", "Force majeure") with { BackRate = Whole }];

    private static readonly DictionaryEntry[] CountReasons =
        [Word("change", "找零差错", "Wrong change given"), Word("note", "收到残损币", "Spoiled note taken"), Word("unbooked", "漏记一笔", "One entry forgotten")];

    private static readonly DictionaryEntry[] ComplimentaryReasons =
        [Word("reception", "公务接待", "Official reception"), Word("partner", "合作单位", "Partner"), Word("press", "媒体采访", "Press"), Word("goodwill", "投诉补偿", "Goodwill"), Word("staff", "员工福利", "Staff benefit"), Word("charity", "公益活动", "Charity")];

    /// <summary>The provinces by the first two digits of GB/T 2260, and abroad.</summary>
    private static readonly DictionaryEntry[] Origins =
    [
        Word("11", "北京", "Beijing"), Word("12", "天津", "Tianjin"), Word("13", "河北", "Hebei"), Word("14", "山西", "Shanxi"), Word("15", "内蒙古", "Inner Mongolia"),
        Word("21", "辽宁", "Liaoning"), Word("22", "吉林", "Jilin"), Word("23", "黑龙江", "Heilongjiang"), Word("31", "上海", "Shanghai"), Word("32", "江苏", "Jiangsu"),
        Word("33", "浙江", "Zhejiang"), Word("34", "安徽", "Anhui"), Word("35", "福建", "Fujian"), Word("36", "江西", "Jiangxi"), Word("37", "山东", "Shandong"),
        Word("41", "河南", "Henan"), Word("42", "湖北", "Hubei"), Word("43", "湖南", "Hunan"), Word("44", "广东", "Guangdong"), Word("45", "广西", "Guangxi"),
        Word("46", "海南", "Hainan"), Word("50", "重庆", "Chongqing"), Word("51", "四川", "Sichuan"), Word("52", "贵州", "Guizhou"), Word("53", "云南", "Yunnan"),
        Word("54", "西藏", "Tibet"), Word("61", "陕西", "Shaanxi"), Word("62", "甘肃", "Gansu"), Word("63", "青海", "Qinghai"), Word("64", "宁夏", "Ningxia"),
        Word("65", "新疆", "Xinjiang"), Word("71", "台湾", "Taiwan"), Word("81", "香港", "Hong Kong"), Word("82", "澳门", "Macao"), Word("abroad", "境外", "Abroad"),
    ];

    public static DictionaryEntry[] Of(DictionaryKind kind) => kind switch
    {
        DictionaryKind.VisitorType => Visitors,
        DictionaryKind.Proof => Proofs,
        DictionaryKind.Tab => Tabs,
        DictionaryKind.Origin => Origins,
        DictionaryKind.ReturnReason => ReturnReasons,
        DictionaryKind.CountReason => CountReasons,
        DictionaryKind.ComplimentaryReason => ComplimentaryReasons,
        // Nobody has partners or agencies before naming them.
        DictionaryKind.Partner or DictionaryKind.Agency => [],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static DictionaryEntry Word(string code, string name, string nameEn) => new(code, name, nameEn, Active: true);
}
