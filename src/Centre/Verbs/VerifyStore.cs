using System.CommandLine;
using Shanmen.Centre.Hosting;
using Shanmen.Platform.Verify;

namespace Shanmen.Centre.Verbs;

/// <summary>verify: recomputes everything that the store claims, hashes included. Exit code 1 when anything is wrong.</summary>
internal static class VerifyStore
{
    public static void AddTo(RootCommand root, Func<ParseResult, Settings> read)
    {
        var json = new Option<bool>("--json") { Description = "一行 JSON / one line of JSON" };
        var verb = new Command("verify", "全面核验账目与日志 / check the store against its invariants") { json };
        verb.SetAction(async (parsed, _) =>
        {
            await using var store = await OpenedStore.ForReading(read(parsed));
            var report = await StoreVerifier.Run(store.Database, store.Keys, CentreHost.Modules.SelectMany(m => m.Proofs));
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToText());
            return report.Ok ? 0 : 1;
        });
        root.Add(verb);
    }
}
