using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Bare;

// The yardstick: what this machine gives to a server that does nothing but its disk's work. No sign-in, no prices, no
// ledger, no log, no kept answers: one endpoint, one queue, one writer that commits groups, the answer after the commit.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
await using var app = builder.Build();
await using var writer = new BareWriter(Path.Combine(args[0], "bare.db"), int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));

app.MapPost("/sell", async (Sell sale) => await writer.Send(sale) ? Results.Ok(new Done(sale.Key)) : Results.Conflict());
app.MapPost("/redeem", async (Redeem scan) => await writer.Send(scan) ? Results.Ok(new Done(scan.Code)) : Results.Conflict());
app.MapPost("/charge", async (Charge charge) => await writer.Send(charge) ? Results.Ok(new Done(charge.Key)) : Results.Conflict());
app.Urls.Add("http://127.0.0.1:0");
await app.StartAsync();
Console.WriteLine($"ADDRESS {app.Urls.First()}");
await app.WaitForShutdownAsync();

namespace Shanmen.Bare
{
    /// <summary>An order of two tickets on one slot.</summary>
    internal sealed record Sell(Guid Key, int Slot, long TotalFen);
    /// <summary>A ticket at the gate, by the place of its code.</summary>
    internal sealed record Redeem(Guid Key, Guid Code);
    internal sealed record Charge(Guid Key, int Purse, long AmountFen);
    internal sealed record Done(Guid Id);

    [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Sell)), JsonSerializable(typeof(Redeem)), JsonSerializable(typeof(Charge)), JsonSerializable(typeof(Done))]
    internal sealed partial class BareJson : JsonSerializerContext;
}
