namespace Shanmen.Rules.Pricing;

/// <summary>
/// The yearly notices of the State Council (国务院办公厅关于部分节假日安排的通知), one entry a year with its address.
/// Written as: holiday, days off as MMdd or MMdd-MMdd, make-up working days after a plus; a less-than sign puts a day in the year before.
/// </summary>
internal static class HolidayNotices
{
    /// <summary>What a notice says.</summary>
    /// <param name="Year">The year it arranges.</param>
    /// <param name="Source">Where it is published; a second address is an amendment, already worked in.</param>
    /// <param name="Days">Its days in the notation above.</param>
    internal sealed record Notice(int Year, string Source, string Days);

    // 2020 leaves out 3 February: an amendment calls people back to work that day, which is a Monday and no make-up day.
    internal static readonly Notice[] All =
    [
        new(2012, "http://www.gov.cn/zhengce/zhengceku/2011-12/06/content_1411.htm",
            "元旦 0101-0103 +<1231; 春节 0122-0128 +0121 +0129; 清明节 0402-0404 +0331 +0401; 劳动节 0429-0501 +0428; " +
            "端午节 0622-0624; 中秋节、国庆节 0930-1007 +0929"),
        new(2013, "http://www.gov.cn/zhengce/zhengceku/2012-12/10/content_1353.htm",
            "元旦 0101-0103 +0105 +0106; 春节 0209-0215 +0216 +0217; 清明节 0404-0406 +0407; 劳动节 0429-0501 +0427 +0428; " +
            "端午节 0610-0612 +0608 +0609; 中秋节 0919-0921 +0922; 国庆节 1001-1007 +0929 +1012"),
        new(2014, "http://www.gov.cn/zhengce/zhengceku/2014-01/02/content_1194.htm",
            "元旦 0101; 春节 0131-0206 +0126 +0208; 清明节 0405 0407; 劳动节 0501-0503 +0504; " +
            "端午节 0602; 中秋节 0908; 国庆节 1001-1007 +0928 +1011"),
        new(2015, "http://www.gov.cn/zhengce/zhengceku/2014-12/16/content_9302.htm http://www.gov.cn/zhengce/zhengceku/2015-05/13/content_9742.htm",
            "元旦 0101-0103 +0104; 春节 0218-0224 +0215 +0228; 清明节 0405-0406; 劳动节 0501; " +
            "端午节 0620 0622; 抗日战争暨世界反法西斯战争胜利70周年纪念日 0903-0905 +0906; 中秋节 0927; 国庆节 1001-1007 +1010"),
        new(2016, "http://www.gov.cn/zhengce/zhengceku/2015-12/10/content_10394.htm",
            "元旦 0101; 春节 0207-0213 +0206 +0214; 清明节 0404; 劳动节 0501-0502; " +
            "端午节 0609-0611 +0612; 中秋节 0915-0917 +0918; 国庆节 1001-1007 +1008 +1009"),
        new(2017, "http://www.gov.cn/zhengce/zhengceku/2016-12/01/content_5141603.htm",
            "元旦 0101-0102; 春节 0127-0202 +0122 +0204; 清明节 0402-0404 +0401; 劳动节 0501; " +
            "端午节 0528-0530 +0527; 中秋节、国庆节 1001-1008 +0930"),
        new(2018, "http://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm",
            "元旦 0101; 春节 0215-0221 +0211 +0224; 清明节 0405-0407 +0408; 劳动节 0429-0501 +0428; " +
            "端午节 0618; 中秋节 0924; 国庆节 1001-1007 +0929 +0930"),
        new(2019, "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm",
            "元旦 <1230-1231 0101 +<1229; 春节 0204-0210 +0202 +0203; 清明节 0405; 劳动节 0501-0504 +0428 +0505; " +
            "端午节 0607; 中秋节 0913; 国庆节 1001-1007 +0929 +1012"),
        new(2020, "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
            "元旦 0101; 春节 0124-0202 +0119; 清明节 0404-0406; 劳动节 0501-0505 +0426 +0509; " +
            "端午节 0625-0627 +0628; 国庆节、中秋节 1001-1008 +0927 +1010"),
        new(2021, "http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm",
            "元旦 0101-0103; 春节 0211-0217 +0207 +0220; 清明节 0403-0405; 劳动节 0501-0505 +0425 +0508; " +
            "端午节 0612-0614; 中秋节 0919-0921 +0918; 国庆节 1001-1007 +0926 +1009"),
        new(2022, "http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm",
            "元旦 0101-0103; 春节 0131-0206 +0129 +0130; 清明节 0403-0405 +0402; 劳动节 0430-0504 +0424 +0507; " +
            "端午节 0603-0605; 中秋节 0910-0912; 国庆节 1001-1007 +1008 +1009"),
        new(2023, "http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm",
            "元旦 <1231 0101-0102; 春节 0121-0127 +0128 +0129; 清明节 0405; 劳动节 0429-0503 +0423 +0506; " +
            "端午节 0622-0624 +0625; 中秋节、国庆节 0929-1006 +1007 +1008"),
        new(2024, "https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm",
            "元旦 0101; 春节 0210-0217 +0204 +0218; 清明节 0404-0406 +0407; 劳动节 0501-0505 +0428 +0511; " +
            "端午节 0610; 中秋节 0915-0917 +0914; 国庆节 1001-1007 +0929 +1012"),
        new(2025, "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
            "元旦 0101; 春节 0128-0204 +0126 +0208; 清明节 0404-0406; 劳动节 0501-0505 +0427; " +
            "端午节 0531-0602; 国庆节、中秋节 1001-1008 +0928 +1011"),
        new(2026, "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
            "元旦 0101-0103 +0104; 春节 0215-0223 +0214 +0228; 清明节 0404-0406; 劳动节 0501-0505 +0509; " +
            "端午节 0619-0621; 国庆节 1001-1007 +0920 +1010; 中秋节 0925-0927"),
    ];
}
