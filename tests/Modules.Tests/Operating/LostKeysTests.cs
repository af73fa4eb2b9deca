namespace Shanmen.Modules.Tests.Operating;

/// <summary>Without its keys a store stops with a sentence, makes no new ones, and goes on with those of a backup.</summary>
public abstract class LostKeysTests(TestPark park)
{
    [Fact]
    public async Task Keys_that_are_gone_or_damaged_stop_the_program_and_come_back_from_a_backup()
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType());
        var folder = Store.NewFolder();
        try
        {
            var (backup, passphrase) = (Path.Combine(folder, "park.backup"), Path.Combine(folder, "passphrase"));
            await File.WriteAllTextAsync(passphrase, "eleven geese over the lake");
            (await park.Store.Verb("backup", backup, "--passphrase-file", passphrase)).MustSucceed();
            await park.Centre.Close();

            var keys = Path.Combine(park.Store.Folder, "keys.json");
            var bytes = await File.ReadAllBytesAsync(keys);
            File.Delete(keys);
            await MustBeTold("密钥文件不在", "is missing");
            Assert.False(File.Exists(keys), "New keys were made for an old store.");
            foreach (var damaged in new[] { [], bytes[..(bytes.Length / 2)], "{}"u8.ToArray(), "null"u8.ToArray(), Flipped(bytes) })
            {
                await File.WriteAllBytesAsync(keys, damaged);
                await MustBeTold("密钥文件已损坏", "is damaged");
                Assert.Equal(damaged, await File.ReadAllBytesAsync(keys));
            }
            File.Delete(keys);
            // A disk that cannot give the file back; root can read whatever is only forbidden.
            File.CreateSymbolicLink(keys, "/proc/self/mem");
            await MustBeTold("密钥文件读不出", "cannot be read");
            File.Delete(keys);

            await using var spare = Store.Sqlite();
            (await spare.Verb("restore", backup, "--passphrase-file", passphrase)).MustSucceed();
            await using (var other = Store.Sqlite())
            {
                await using (var stranger = await Centre.Start(other)) await stranger.Close();
                File.Copy(Path.Combine(other.Folder, "keys.json"), keys);
                await MustBeTold("另一个库的密钥", "another store's keys");
            }
            File.Copy(Path.Combine(spare.Folder, "keys.json"), keys, overwrite: true);
            park.Centre = await Centre.Start(park.Store);
            Assert.Equal("admitted", (await park.Admit(order.Tickets[0].Qr)).Word);
            await park.MustVerify();
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private async Task MustBeTold(params string[] words)
    {
        foreach (var verb in new[] { new[] { "--port", "0" }, ["verify"], ["reset-password", "admin"] })
        {
            var told = await park.Store.Verb(verb);
            Assert.True(told.ExitCode == 2, $"{verb[0]} ended with {told.ExitCode}: {told.Output}{told.Errors}");
            foreach (var word in words.Append("./run restore")) Assert.Contains(word, told.Errors);
            Assert.DoesNotContain("   at ", told.Errors);
        }
    }

    private static byte[] Flipped(byte[] bytes)
    {
        // One letter of the key that protects names: still Base64, still 32 bytes.
        var copy = bytes.ToArray();
        var at = "{\"Personal\":\"".Length + 5;
        copy[at] = copy[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        return copy;
    }
}

public sealed class LostKeysOnSqlite(SqlitePark park) : LostKeysTests(park), IClassFixture<SqlitePark>;
// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class LostKeysOnPostgres(PostgresPark park) : LostKeysTests(park), IClassFixture<PostgresPark>;

/// <summary>A database that does not answer is not an empty one.</summary>
public class DatabaseAwayTests
{
    [Fact]
    public async Task A_server_that_does_not_answer_is_a_sentence_and_makes_no_keys()
    {
        var folder = Store.NewFolder();
        await using var store = Store.Sqlite(folder);
        var told = await store.Verb("--port", "0", "--database", "Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=5");
        Assert.Equal(2, told.ExitCode);
        Assert.Contains("数据库没有应答", told.Errors);
        Assert.DoesNotContain("   at ", told.Errors);
        Assert.False(File.Exists(Path.Combine(folder, "keys.json")));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_sentence_and_stays_as_it_is()
    {
        await using var store = Store.Sqlite();
        var file = Path.Combine(store.Folder, "shanmen.db");
        var rubbish = Enumerable.Repeat((byte)'x', 8192).ToArray();
        await File.WriteAllBytesAsync(file, rubbish);
        var told = await store.Verb("--port", "0");
        Assert.Equal(2, told.ExitCode);
        Assert.Contains("restore a backup", told.Errors);
        Assert.DoesNotContain("   at ", told.Errors);
        Assert.Equal(rubbish, await File.ReadAllBytesAsync(file));
        Assert.False(File.Exists(Path.Combine(store.Folder, "keys.json")));
    }
}
