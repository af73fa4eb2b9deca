using FsCheck;
using FsCheck.Fluent;

namespace Shanmen.Rules.Tests;

/// <summary>Properties over many random cases. A failure names the smallest case found and the seed to run it again.</summary>
internal static class Holds
{
    /// <summary>As many cases at most; the run that changes the rules a thousand times asks fewer of each change.</summary>
    private static readonly int CasesMax = int.TryParse(Environment.GetEnvironmentVariable("SHANMEN_CASES_MAX"), out var most) ? most : int.MaxValue;

    public static void ForAll<T>(Gen<T> cases, Func<T, bool> property, int count = 10_000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(count, CasesMax)).WithEndSize(200), Prop.ForAll(Arb.From(cases), property));

    /// <summary>Whole numbers from small to extreme: the limits are where arithmetic breaks.</summary>
    public static Gen<int> AnyInt { get; } = Gen.OneOf(
        Gen.Choose(-3, 600), Gen.Choose(int.MinValue, int.MaxValue), Gen.Elements(int.MinValue, int.MaxValue, 0, 1));

    public static Gen<long> AnyLong { get; } = Gen.OneOf(
        AnyInt.Select(number => (long)number),
        Gen.Elements(long.MinValue, long.MaxValue, 10_000_000_00, 10_000_000_01),
        AnyInt.Two().Select(two => unchecked(((long)two.Item1 << 32) + two.Item2)));

    public static Gen<byte[]> Bytes(int count) => Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(count);

    public static Gen<DateTime> AnyMoment { get; } =
        from days in Gen.Choose(0, 36_000)
        from milliseconds in Gen.OneOf(Gen.Choose(0, 86_399_999), Gen.Choose(86_399_990, 86_399_999))
        select new DateTime(2000, 1, 1).AddDays(days).AddMilliseconds(milliseconds);

    /// <summary>Texts of up to 4 KB: noise, and noise in the letters that scanners send.</summary>
    public static Gen<string> AnyText { get; } =
        from length in Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(120, 135), Gen.Choose(0, 4096))
        from text in Gen.OneOf(
            Gen.Choose(0, 0xFFFF).Select(code => (char)code).ArrayOf(length),
            Gen.Elements("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".ToCharArray()).ArrayOf(length))
        select new string(text);
}
