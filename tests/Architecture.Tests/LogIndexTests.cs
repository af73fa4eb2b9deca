namespace Shanmen.Architecture.Tests;

/// <summary>A partial index serves only who asks in its own words.</summary>
public class LogIndexTests
{
    [Fact]
    public void The_list_of_the_catalogues_changes_asks_in_the_words_of_its_index()
    {
        var asked = File.ReadAllText(Path.Combine(Tree.Root, "src", "Modules", "Catalog", "Files", "ReadCatalogChanges.cs")).Split("Kinds = \"")[1].Split('"')[0];
        var indexed = File.ReadAllLines(Path.Combine(Tree.Root, "src", "Platform", "Storage", "Migrations", "011-catalogue-changes.sql")).Where(line => line.StartsWith("create index", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, indexed.Length);
        Assert.All(indexed, line => Assert.EndsWith($"where {asked};", line, StringComparison.Ordinal));
    }
}
