using System.Text.Json;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Log;

/// <summary>A fact as it is read back from the log, for whoever builds something up again from facts alone.</summary>
/// <param name="At">Microseconds since 1970, UTC.</param>
/// <param name="Day">Business day as yyyyMMdd.</param>
/// <param name="Body">The fact as JSON, in UTF-8.</param>
public sealed record LoggedFact(int Lane, long Seq, long At, int Day, int Park, string Kind, Guid Subject, Guid Principal, byte[] Body, long Turn)
{
    internal const string Columns = "lane, seq, at, day, park, kind, subject, principal, body, turn";
    internal static LoggedFact Read(Storage.Row r) => new(r.Int(0), r.Long(1), r.Long(2), r.Int(3), r.Int(4), r.Text(5), r.Id(6), r.Id(7), r.Utf8(8), r.Long(9));

    // What was written by Shanmen itself and stands under the chain is not searched for doubled names.
    private static readonly JsonSerializerOptions Written = new(Json.Options) { AllowDuplicateProperties = true };

    public T As<T>() => JsonSerializer.Deserialize<T>(Body, Written)!;
    public DateTimeOffset Moment => Time.Moments.From(At);
    /// <summary>Where it stands, for a complaint.</summary>
    public string Name => $"log lane {Lane} seq {Seq}";
}
