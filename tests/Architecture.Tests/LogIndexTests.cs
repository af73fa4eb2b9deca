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

    [Fact]
    public void The_list_of_changed_words_and_parameters_asks_in_the_words_of_its_index()
    {
        var asked = File.ReadAllText(Path.Combine(Tree.Root, "src", "Modules", "Parks", "Words", "ReadSettingChanges.cs")).Split("Kinds = \"")[1].Split('"')[0];
        var migration = Assert.Single(Directory.GetFiles(Path.Combine(Tree.Root, "src", "Platform", "Storage", "Migrations"), "*-dictionaries.sql"));
        Assert.EndsWith($"where {asked};", Assert.Single(File.ReadAllLines(migration), line => line.StartsWith("create index", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
