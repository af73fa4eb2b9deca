namespace Shanmen.Platform.WritePath;

/// <summary>Who holds a number that only one may have – of a lane, a window, a key of the counter – or that nobody does now.</summary>
internal sealed record TakenRow(string Id, int Park, Guid? Holder)
{
    public static readonly RowTable<string, TakenRow> Table = new("taken_number", "id, park, holder",
        r => new TakenRow(r.Text(0), r.Int(1), r.IdOrNull(2)), t => [t.Id, t.Park, t.Holder]);
}

/// <summary>
/// Gives a number to a row, and takes the one back that the row had before. Each number has a row of its own, so of two who
/// ask for it at once the second sees that the first has it, although neither knew of the other's row.
/// </summary>
/// <param name="numberOf">The number that a row holds, as a text that is unique in the store; null while it holds none.</param>
/// <param name="known">All rows of the park as of the last commit: they say which number is given back, and who holds one that was given before numbers had rows.</param>
public sealed class TakenNumber<TRow>(RowTable<Guid, TRow> table, int park, TRow wanted, Func<TRow, string?> numberOf, Func<IEnumerable<TRow>> known) where TRow : class
{
    private readonly Guid _id = table.KeyOf(wanted);
    private readonly string? _number = numberOf(wanted);
    private Guid[] _others = [];

    /// <summary>Names the rows. Runs as the group forms, when what is known is what was committed.</summary>
    public void Touch(Touch touch)
    {
        var rows = known().ToArray();
        if (rows.FirstOrDefault(r => table.KeyOf(r) == _id) is { } mine && numberOf(mine) is { } given) touch.Row(TakenRow.Table, given);
        if (_number is null) return;
        touch.Row(TakenRow.Table, _number);
        _others = [.. rows.Where(r => numberOf(r) == _number).Select(table.KeyOf).Where(id => id != _id)];
        foreach (var other in _others) touch.Row(table, other);
    }

    /// <summary>Takes the number, or returns the row that has it. The row itself must be named, and not yet put.</summary>
    public TRow? Take(WriteGroup group)
    {
        var before = group.Find(table, _id) is { } row ? numberOf(row) : null;
        if (before == _number) return null;
        if (_number is not null)
        {
            if (HolderOf(group, _number) is { } holder) return holder;
            group.Put(TakenRow.Table, new TakenRow(_number, park, _id));
        }
        if (before is not null) group.Put(TakenRow.Table, new TakenRow(before, park, null));
        return null;
    }

    private TRow? HolderOf(WriteGroup group, string number)
    {
        if (group.Find(TakenRow.Table, number) is { } taken) return taken.Holder is { } holder && holder != _id ? group.Find(table, holder) : null;
        return _others.Select(id => group.Find(table, id)).FirstOrDefault(r => r is not null && numberOf(r) == number);
    }
}
