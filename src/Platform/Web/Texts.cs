using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shanmen.Platform.Web;

/// <summary>The sentences for people, from the modules' Texts/*.zh-CN.json and *.en.json. Chinese unless English is asked for.</summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, string> _chinese, _english;

    public Texts(IEnumerable<Assembly> assemblies)
    {
        var all = assemblies.Distinct().ToArray();
        _chinese = Load(all, ".zh-CN.json");
        _english = Load(all, ".en.json");
    }

    private static FrozenDictionary<string, string> Load(Assembly[] assemblies, string ending) => assemblies
        .SelectMany(a => a.GetManifestResourceNames().Where(n => n.EndsWith(ending, StringComparison.Ordinal))
            .SelectMany(n => JsonSerializer.Deserialize<Dictionary<string, string>>(a.GetManifestResourceStream(n)!)!))
        .ToFrozenDictionary(p => p.Key, p => p.Value);

    public static bool WantsEnglish(HttpContext http)
    {
        var first = http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault();
        return first is not null && first.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The sentence, or the key itself where a text is missing, which a test does not let happen.</summary>
    public string Get(string key, bool english, params object[] args)
    {
        var text = (english ? _english : _chinese).GetValueOrDefault(key, key);
        return args.Length == 0 ? text : string.Format(System.Globalization.CultureInfo.InvariantCulture, text, args);
    }

    public bool Has(string key) => _chinese.ContainsKey(key);
    public static string KeyOf(Enum reason) => $"{reason.GetType().Name}.{reason}";
}
