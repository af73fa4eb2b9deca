namespace Shanmen.Rules.Settlement;

/// <summary>The difference (长短款) that a blind count of the drawer shows.</summary>
public static class OverShort
{
    /// <summary>Counted minus expected, in fen: positive is over (长款), negative is short (短款).</summary>
    public static long Of(long expectedFen, long countedFen) => countedFen - expectedFen;
}
