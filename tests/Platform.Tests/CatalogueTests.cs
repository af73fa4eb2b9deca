using Shanmen.Platform.Backup;

namespace Shanmen.Platform.Tests;

public class CatalogueTests
{
    [Fact]
    public void Every_kind_of_column_is_told_apart()
    {
        var log = TableCatalogue.All.Single(t => t.Name == "log");
        Assert.Equal(15, log.Columns.Count);
        Assert.Equal(CellKind.Number, log.Columns[0].Kind);
        Assert.Equal(CellKind.Text, log.Columns.Single(c => c.Name == "body").Kind);
        Assert.Equal(CellKind.Id, log.Columns.Single(c => c.Name == "subject").Kind);
        Assert.Equal(CellKind.Bytes, log.Columns.Single(c => c.Name == "hash").Kind);
        Assert.Contains(TableCatalogue.All, t => t.Name == "schema_version");
    }

    [Fact]
    public void Later_migrations_add_columns_and_drop_tables()
    {
        var tables = TableCatalogue.Of(["create table a (id {ID} primary key, n bigint not null check (n in (1, 2)), primary key (id, n));\ncreate table b (id bigint)", "alter table a add column t text;drop table b"]);
        var a = Assert.Single(tables);
        Assert.Equal("id, n, t", a.ColumnNames);
        Assert.Throws<InvalidOperationException>(() => TableCatalogue.Of(["create table a (id real)"]));
        Assert.Throws<InvalidOperationException>(() => TableCatalogue.Of(["create table a (id bigint)", "alter table a rename to b"]));
    }

    [Theory]
    [InlineData("2026-10-03T03:29:00", "03:30", 24, "2026-10-02T03:30:00")]
    [InlineData("2026-10-03T03:30:00", "03:30", 24, "2026-10-03T03:30:00")]
    [InlineData("2026-10-03T12:00:00", "03:30", 24, "2026-10-03T03:30:00")]
    [InlineData("2026-10-03T12:00:00", "03:30", 4, "2026-10-03T11:30:00")]
    [InlineData("2026-10-03T01:00:00", "03:30", 4, "2026-10-02T23:30:00")]
    public void A_backup_was_last_due_at(string now, string at, int everyHours, string due) =>
        Assert.Equal(DateTime.Parse(due), new BackupPlan(TimeOnly.Parse(at), everyHours, 14).DueBefore(DateTime.Parse(now)));
}
