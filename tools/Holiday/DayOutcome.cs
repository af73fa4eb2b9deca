using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanmen.Holiday;

/// <summary>What the day came to. Two runs with one seed differ in <see cref="Seconds"/> alone.</summary>
/// <param name="VisitorsSold">People on tickets for the day that were not given back.</param>
/// <param name="RefusedByReason">Refusals at the gates, and soldOut, quotaFull, priceChanged and keyReused at the windows.</param>
/// <param name="Returned">Orders that were returned or voided.</param>
/// <param name="Rebooked">Orders that were rebooked.</param>
/// <param name="LedgerSum">Sum of all balances as verify recomputed it: 0 in a sound store.</param>
/// <param name="TallyEqual">Every figure of the own tally equals the system's, and no answer was unexpected.</param>
sealed record DayOutcome(
    [property: JsonPropertyName("date")] string Date, [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("visitors_sold")] long VisitorsSold, [property: JsonPropertyName("visitors_admitted")] long VisitorsAdmitted,
    [property: JsonPropertyName("refused_by_reason")] SortedDictionary<string, long> RefusedByReason,
    [property: JsonPropertyName("returned")] long Returned, [property: JsonPropertyName("rebooked")] long Rebooked,
    [property: JsonPropertyName("sales_fen")] long SalesFen, [property: JsonPropertyName("refunds_fen")] long RefundsFen,
    [property: JsonPropertyName("ledger_sum")] decimal LedgerSum, [property: JsonPropertyName("tally_equal")] bool TallyEqual,
    [property: JsonPropertyName("verify")] string Verify, [property: JsonPropertyName("seconds")] double Seconds)
{
    [JsonIgnore] public IReadOnlyList<string> Findings { get; init; } = [];
    [JsonIgnore] public long Requests { get; init; }
    [JsonIgnore] public long Repeated { get; init; }
    [JsonIgnore] public bool IsSound => TallyEqual && Verify == "ok";

    public string ToJson() => JsonSerializer.Serialize(this, OutcomeWire.Default.DayOutcome);

    /// <summary>For a person.</summary>
    public string ToText() => $"""
        {Date}  种子 / seed {Seed}
          售出人次 / visitors sold         {VisitorsSold,14:N0}
          入园人次 / visitors admitted     {VisitorsAdmitted,14:N0}
          销售额 / sales                   {SalesFen / 100m,14:N2}
          退款 / refunds                   {RefundsFen / 100m,14:N2}
          退票和作废 / returned, voided    {Returned,14:N0}
          改签 / rebooked                  {Rebooked,14:N0}
          拒绝 / refused                   {RefusedByReason.Values.Sum(),14:N0}
        {string.Concat(RefusedByReason.Select(r => $"      {r.Key,-28} {r.Value,14:N0}\n"))}  重发后同样答复 / same answer again {Repeated,12:N0}
          请求 / requests                  {Requests,14:N0}
          账目合计 / ledger sum            {LedgerSum,14:N0}
          自记账一致 / tally equal         {(TallyEqual ? "是 yes" : "否 NO"),14}
          核验 / verify                    {Verify,14}
          用时 / seconds                   {Seconds,14:F1}
        """;
}

[JsonSerializable(typeof(DayOutcome))]
sealed partial class OutcomeWire : JsonSerializerContext;
