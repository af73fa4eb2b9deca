using Microsoft.AspNetCore.Http;

namespace Shanmen.Platform.Web;

/// <summary>Checks the fields of a request against their limits and gathers a sentence for each wrong one.</summary>
public sealed class Fields(HttpContext http, Texts texts)
{
    private readonly Dictionary<string, string[]> _errors = [];
    public Dictionary<string, string[]>? Errors => _errors.Count == 0 ? null : _errors;

    /// <summary>A text of min to max characters, without control characters or blanks at its ends.</summary>
    public string Text(string field, string? value, int min, int max)
    {
        var text = value?.Trim() ?? "";
        if (text.Length < min || text.Length > max || text.Any(char.IsControl)) Wrong(field, "Field.Text", min, max);
        return text;
    }

    public long Number(string field, long value, long min, long max)
    {
        if (value < min || value > max) Wrong(field, "Field.Number", min, max);
        return value;
    }

    public void Check(string field, bool holds, string textKey, params object[] args)
    {
        if (!holds) Wrong(field, textKey, args);
    }

    /// <summary>An id that the address may have under this name: null where it has none, and refused where it is no id.</summary>
    public Guid? QueryId(string name)
    {
        if (http.Request.Query[name].ToString() is not { Length: > 0 } text) return null;
        Check(name, Guid.TryParse(text, out var id) && id != Guid.Empty, "Field.Unknown");
        return id;
    }

    /// <summary>A list without gaps. Whoever looks into its items asks this first, and for <see cref="Errors"/>.</summary>
    public void Whole<T>(string field, IReadOnlyCollection<T> list) => Check(field, list.All(item => item is not null), "Field.Unknown");

    private void Wrong(string field, string textKey, params object[] args) =>
        _errors[field] = [texts.Get(textKey, Texts.WantsEnglish(http), args)];
}
