using Npgsql;
using Shanmen.Modules.Tests.Harness;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>Stores of every schema that was ever released are kept, and this program opens them.</summary>
public class KeptStoreTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "fixtures");

    public static IEnumerable<object[]> Schemas => Directory.GetDirectories(Folder, "schema-*").Select(folder => new object[] { Path.GetFileName(folder) });

    [Theory, MemberData(nameof(Schemas))]
    public async Task A_kept_store_opens_and_verifies_on_SQLite(string schema)
    {
        await using var store = Store.Sqlite();
        Copy(schema, "shanmen.db", store);
        Copy(schema, "keys.json", store);
        await OpensAndVerifies(store);
    }

    [Theory, MemberData(nameof(Schemas))]
    public async Task A_kept_store_opens_and_verifies_on_PostgreSQL(string schema)
    {
        await using var store = await Store.Postgres();
        Copy(schema, "keys.json", store);
        await using (var connection = new NpgsqlConnection(store.Database + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var load = new NpgsqlCommand(await File.ReadAllTextAsync(Path.Combine(Folder, schema, "postgres.sql")), connection);
            await load.ExecuteNonQueryAsync();
        }
        await OpensAndVerifies(store);
    }

    private static async Task OpensAndVerifies(Store store)
    {
        // Starting upgrades an older schema; verify then recomputes everything.
        await using (var centre = await Centre.Start(store))
        {
            using var http = new HttpClient();
            Assert.Equal("ok", await http.GetStringAsync(centre.Address + "/health/ready"));
            await centre.Close();
        }
        (await store.Verb("verify")).MustSucceed();
        await using var connection = await store.Open();
        var newest = Directory.GetFiles(Path.Combine(Checkout.Root, "src", "Platform", "Storage", "Migrations"), "*.sql").Length;
        Assert.Equal(newest, Convert.ToInt64((await Store.Rows(connection, "select max(version) from schema_version"))[0][0]));
        // The kept park counted nobody at the cable car, which has no capacity; an upgrade leaves it so, and keeps what the tickets know.
        var sites = (await Store.Rows(connection, "select name_en, capacity, counts_inside from site")).ToDictionary(s => (string)s[0]!, s => (Convert.ToInt64(s[1]), Convert.ToInt64(s[2])));
        Assert.Equal((0, 0), sites["Cloud Summit Cable Car"]);
        Assert.All(sites.Values.Where(s => s.Item1 > 0), s => Assert.Equal(1, s.Item2));
        Assert.NotEmpty(await Store.Rows(connection, "select 1 from ticket where used_gate <> '' and used_gate_en is null"));
        Assert.All(await Store.Rows(connection, "select name_en from lane union all select name_en from sales_window"), name => Assert.Equal("", name[0]));
    }

    private static void Copy(string schema, string file, Store store) => File.Copy(Path.Combine(Folder, schema, file), Path.Combine(store.Folder, file));
}
