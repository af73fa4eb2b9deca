using System.Text;
using System.Text.Json;

namespace Shanmen.Platform.Verify;

/// <summary>What one proof came to.</summary>
/// <param name="FirstBad">Names the first bad record, or null.</param>
public sealed record VerifyLine(string Number, string Sentence, string Figure, bool Ok, string? FirstBad)
{
    internal static VerifyLine Of(Claim claim, Finding finding) => new(claim.Number, claim.Sentence, finding.Figure, finding.FirstBad is null, finding.FirstBad);
}

/// <summary>What a verification came to.</summary>
/// <param name="LedgerSum">Sum of all balances, without sign by unit; 0 in a sound store.</param>
public sealed record VerifyReport(IReadOnlyList<VerifyLine> Lines, Int128 LedgerSum)
{
    public bool Ok => Lines.All(l => l.Ok);

    /// <summary>For a person: one line a proof, and under a failed one what is wrong.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var line in Lines)
        {
            text.Append($"{(line.Ok ? "ok  " : "BAD ")} {line.Number,-4} {line.Sentence} [{line.Figure}]\n");
            if (line.FirstBad is { } bad) text.Append($"          {bad}\n");
        }
        return text.Append(Ok ? "verify: ok\n" : "verify: BAD\n").ToString();
    }

    /// <summary>For a program: one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["verify"] = Ok ? "ok" : "bad", ["ledger_sum"] = (decimal)LedgerSum,
        ["proofs"] = Lines.Select(l => new { number = l.Number, sentence = l.Sentence, figure = l.Figure, ok = l.Ok, firstBad = l.FirstBad }),
    });
}
