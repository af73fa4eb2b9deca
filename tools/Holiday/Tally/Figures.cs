namespace Shanmen.Holiday.Tally;

/// <summary>Names one figure of the day, e.g. (type, 0199…, fen).</summary>
readonly record struct FigureName(string Group, string Of, string What)
{
    public override string ToString() => Of.Length == 0 ? $"{Group} {What}" : $"{Group} {Of} {What}";
}

/// <summary>A set of named figures; one that nobody counted is 0. Not safe for several threads.</summary>
sealed class Figures
{
    private readonly Dictionary<FigureName, long> _counts = [];

    public long this[string group, string of, string what] => _counts.GetValueOrDefault(new(group, of, what));

    public void Add(string group, string of, string what, long count)
    {
        var name = new FigureName(group, of, what);
        _counts[name] = _counts.GetValueOrDefault(name) + count;
    }

    public void Add(Figures others) { foreach (var (name, count) in others._counts) Add(name.Group, name.Of, name.What, count); }

    public IEnumerable<(FigureName Name, long Count)> Of(string group) => _counts.Where(c => c.Key.Group == group).Select(c => (c.Key, c.Value));

    /// <summary>Every figure of these groups in which the two differ, whichever of them has it.</summary>
    public IEnumerable<string> Differences(string source, Figures theirs, params string[] groups) =>
        from name in _counts.Keys.Union(theirs._counts.Keys)
        where groups.Contains(name.Group)
        let own = _counts.GetValueOrDefault(name)
        let other = theirs._counts.GetValueOrDefault(name)
        where own != other
        orderby name.Group, name.Of, name.What
        select $"{source}: {name}: 自记 / own tally {own}, 系统 / system {other}";
}
