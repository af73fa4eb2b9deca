using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>What is wrong in a file, each with its place and line. All are counted, and the first hundred named.</summary>
internal sealed class FileFaults(Texts texts, bool english)
{
    private const int NamedMax = 100;
    private readonly Dictionary<string, string[]> _named = [];

    public int Count { get; private set; }

    /// <summary>Whether another place would still be named.</summary>
    public bool NamesMore => _named.Count < NamedMax;

    public void Add(string place, int line, string key, params object[] args) => Say(place, line, texts.Get(key, english, args));

    public void Add(string place, int line, Refusal refusal)
    {
        var key = Texts.KeyOf(refusal.Reason);
        Say(place, line, texts.Get(key, english, refusal.Args) + texts.Get("CatalogFile.Between", english) + texts.Get(key + ".action", english, refusal.Args));
    }

    public void Say(string place, int line, string sentence)
    {
        Count++;
        if (_named.Count >= NamedMax && !_named.ContainsKey(place)) return;
        _named[place] = [.. _named.GetValueOrDefault(place) ?? [], texts.Get("CatalogFile.Line", english, line) + sentence];
    }

    /// <summary>The same reader, and nothing wrong yet: for a decision that may be made again.</summary>
    public FileFaults Anew() => new(texts, english);

    public Refusal ToRefusal(int status) => new(CatalogRefusal.FileRefused, status, Count) { Errors = _named };
}
