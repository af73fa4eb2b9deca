namespace Shanmen.Platform.Verify;

/// <summary>Keeps the first complaint of a proof and counts the rest, so that a broken store cannot fill the memory.</summary>
internal sealed class Complaint
{
    public string? First { get; private set; }
    public long Count { get; private set; }

    public void Add(string complaint)
    {
        First ??= complaint;
        Count++;
    }

    public string? Text => Count > 1 ? $"{First} (and {Count - 1} more)" : First;
    public Finding Finding(string figure) => new(figure, Text);
}
