using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Shanmen.Centre.Hosting;

/// <summary>The doc comments of slices and records, which the compiler writes beside each assembly.</summary>
internal sealed partial class ApiComments
{
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> _members = new();

    /// <summary>The sentence over a type, or null where there is none.</summary>
    public string? Of(Type type) => Member(type) is { } member ? Plain(member.Element("summary")) : null;

    /// <summary>What a record's comment says of one of its properties.</summary>
    public string? Of(PropertyInfo property) =>
        Plain(Member(property.DeclaringType!)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == property.Name));

    private XElement? Member(Type type) => _members.GetOrAdd(type.Assembly, Load).GetValueOrDefault("T:" + type.FullName?.Replace('+', '.'));

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file) ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!) : [];
    }

    private static string? Plain(XElement? element)
    {
        if (element is null) return null;
        var words = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? "").Split('.', ':')[^1],
            XElement { Name.LocalName: "paramref" } of => JsonNamingPolicy.CamelCase.ConvertName((string?)of.Attribute("name") ?? ""),
            XElement other => other.Value,
            XText text => text.Value,
            _ => "",
        });
        return Blanks().Replace(string.Concat(words), " ").Trim() is { Length: > 0 } plain ? plain : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
