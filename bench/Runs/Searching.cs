using System.Data.Common;
using System.Globalization;
using System.Text;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>How soon an order is found among many. One is sold through the public interface; the others are copies of its row and its buyer's, written into the stopped store by SQL.</summary>
internal static class Searching
{
    private const int OrdersADay = 40_000, Tails = 10_000, Chunk = 500_000;
    private const string Phone = "13800135713", Name = "测速人", Tail = "5713";
    private static readonly DateOnly FirstDay = new(2010, 1, 1);

    /// <param name="spoil">Takes one buyer away before asking, to see that a wrong answer is noticed.</param>
    public static async Task<Searched> Run(string? connection, long orders, int clients, double warmSeconds, double seconds, bool spoil, Action<string> progress, CancellationToken cancel)
    {
        var place = StorePlace.Of(null, connection is null ? [] : ["postgres", connection]);
        try
        {
            Badge badge;
            Guid sold;
            await using (var centre = await CentreProgram.Start(place, simulation: false, cancel))
            {
                using var api = new CentreApi(centre.Address);
                var park = await BenchPark.Open(api, centre.Password, 1);
                (badge, sold) = (park.Desks[0].Badge, api.NewKey());
                var sale = new Sale(park.Desks[0].Shift, BenchPark.Text(park.Today), "", BenchPark.PriceFen, [new(park.Type, 1, 1)], [new("cash", BenchPark.PriceFen, BenchPark.PriceFen, "")], false, new(Name, Phone, ""));
                await api.Change<Order>(HttpMethod.Post, badge, "/api/orders", sale, sold);
                await centre.Stop();
            }
            progress($"写入 {orders:N0} 单 / writing so many orders");
            await using (var store = await Benchmark.Open(place)) await Fill(store, connection is not null, sold, orders, spoil, progress);
            progress("启动，开始 / started, go");
            await using (var centre = await CentreProgram.StartAgain(place, cancel))
            {
                var found = new List<SearchFound>();
                var (number, day) = (NumberOf(orders / 2), BenchPark.Text(FirstDay.AddDays((int)(orders / 2 / OrdersADay))));
                // The copies of each ten-thousandth order have the one buyer's hashes.
                var same = (orders / Tails) + 1;
                var onDay = Math.Min(orders, (orders / 2 / OrdersADay * OrdersADay) + OrdersADay) - (orders / 2 / OrdersADay * OrdersADay);
                foreach (var (what, query, count) in new[]
                {
                    ("phoneTail", $"q={Tail}", same), ("phone", $"q={Phone}", same), ("name", $"q={Uri.EscapeDataString(Name)}", same),
                    ("number", $"q={number}", 1L), ("numberEnd", $"q={number[^9..]}&day={day}", 1L), ("day", $"day={day}", onDay),
                })
                {
                    // Its own numbers may end so too; that is why the tail is asked for on a day without orders.
                    var request = RequestOf($"/api/orders?pageSize=50&{query}{(what == "phoneTail" ? "&day=2009-01-01" : "")}", badge);
                    string? Wrong(ReadOnlySpan<byte> body)
                    {
                        var text = Encoding.UTF8.GetString(body);
                        return text.Contains($"\"total\":{count},", StringComparison.Ordinal) ? null : $"{what}: 应有 {count} 单 / that many orders should be found: {text[..Math.Min(text.Length, 300)]} … {text[Math.Max(0, text.Length - 120)..]}";
                    }
                    found.Add(new(what, count, await Crowd.Ask(await HttpCaller.Connect(centre.Address, clients, (_, _) => request, Wrong), warmSeconds, seconds, () => centre.Cpu, () => centre.RssMb)));
                }
                await centre.Stop();
                return new(connection is null ? "sqlite" : "postgres", orders, clients, [.. found]);
            }
        }
        finally { place.CleanUp(); }
    }

    /// <summary>Copies the one order and its buyer: numbers and days rise, and each ten-thousandth has the buyer's own hashes.</summary>
    private static async Task Fill(DbConnection store, bool isServer, Guid sold, long orders, bool spoil, Action<string> progress)
    {
        string Id(string of) => isServer ? $"lpad(to_hex({of}), 32, '0')::uuid" : $"unhex(printf('%032x', {of}))";
        string Bytes(string of) => isServer ? $"decode(lpad(to_hex({of}), 32, '0'), 'hex')" : $"unhex(printf('%032x', {of}))";
        var (day, first) = (isServer ? $"to_char(date '{FirstDay:yyyy-MM-dd}' + (n.i / {OrdersADay})::int, 'YYYYMMDD')::bigint" : $"cast(strftime('%Y%m%d', julianday('{FirstDay:yyyy-MM-dd}') + n.i / {OrdersADay}) as integer)", isServer ? $"'{sold}'::uuid" : $"unhex('{sold:N}')");
        var order = new Dictionary<string, string> { ["id"] = Id("n.i + 1"), ["day"] = day, ["visit_day"] = day, ["number"] = $"({day}) * 1000000000 + (n.i % {OrdersADay}) * 2000" };
        string Hash(string column, int of) => $"case when n.i % {of} = 0 then o.{column} else {Bytes($"n.i % {of}")} end";
        var buyer = new Dictionary<string, string> { ["id"] = Id("n.i + 1"), ["phone_hash"] = Hash("phone_hash", Tails), ["id_hash"] = Bytes("n.i + 1"), ["phone_tail"] = Hash("phone_tail", Tails), ["name_hash"] = Hash("name_hash", Tails) };
        if (!isServer) await Do(store, "pragma synchronous = off");
        for (long from = 0; from < orders; from += Chunk)
        {
            var to = Math.Min(orders, from + Chunk) - 1;
            var numbers = isServer ? $"generate_series({from}::bigint, {to}::bigint) as n(i)" : $"(with recursive s(i) as (select {from} union all select i + 1 from s where i < {to}) select i from s) n";
            foreach (var (table, changed) in new[] { ("orders", order), ("order_buyer", buyer) })
            {
                var columns = await ColumnsOf(store, table);
                await Do(store, $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, $"o.{c}")))} from {numbers} cross join (select * from {table} where id = {first}) o");
            }
            progress($"{to + 1:N0}");
        }
        // The one that was sold is found with its copies; a database's own statistics come by themselves in time.
        if (spoil) await Do(store, $"delete from order_buyer where id = {first}");
        await Do(store, isServer ? "vacuum analyze" : "analyze");
    }

    private static string NumberOf(long order) =>
        FirstDay.AddDays((int)(order / OrdersADay)).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + (order % OrdersADay * 2000).ToString("D9", CultureInfo.InvariantCulture);

    private static async Task<string[]> ColumnsOf(DbConnection store, string table)
    {
        await using var command = store.CreateCommand();
        command.CommandText = $"select * from {table} limit 0";
        await using var reader = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static async Task Do(DbConnection store, string sql)
    {
        await using var command = store.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync();
    }

    private static ReadOnlyMemory<byte> RequestOf(string path, Badge who) => Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {who.Cookie}\r\n\r\n");
}
