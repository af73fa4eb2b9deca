using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>An answer as it came over the wire.</summary>
public sealed partial record Reply(int Status, string Text, string ContentType, Dictionary<string, string> Headers, string Asked, string Language)
{
    public static async Task<Reply> Of(HttpResponseMessage response, string language)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join("\n", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType ?? "", headers,
            $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}", language);
    }

    public bool Done => Status is >= 200 and < 300;
    public bool Replayed => Headers.GetValueOrDefault("Idempotency-Replayed") == "true";
    public string? SetCookie => Headers.TryGetValue("Set-Cookie", out var text) && CookieValue().Match(text) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>The body of an answer that must be a success.</summary>
    public T As<T>()
    {
        if (!Done) throw new Xunit.Sdk.XunitException($"{Asked} was answered {Status}: {Text}");
        return JsonSerializer.Deserialize<T>(Text, Caller.Json) ?? throw new Xunit.Sdk.XunitException($"{Asked} was answered with nothing.");
    }

    public void MustBeDone() { if (!Done) throw new Xunit.Sdk.XunitException($"{Asked} was answered {Status}: {Text}"); }

    /// <summary>The answer must be this refusal, complete: a sentence, what to do next, in the language that was asked for.</summary>
    public Problem MustBe(int status, string code)
    {
        var problem = MustBeProblem();
        if (Status != status || problem.Code != code) throw new Xunit.Sdk.XunitException($"{Asked} should be refused with {status} {code}, but was answered {Status}: {Text}");
        return problem;
    }

    public Problem MustBeProblem()
    {
        if (ContentType != "application/problem+json") throw new Xunit.Sdk.XunitException($"{Asked} should be answered with a problem, but was answered {Status} {ContentType}: {Text}");
        var problem = JsonSerializer.Deserialize<Problem>(Text, Caller.Json)!;
        Assert.Equal(Status, problem.Status);
        Assert.Matches("^[a-z][A-Za-z]+$", problem.Code);
        foreach (var sentence in new[] { problem.Title, problem.Detail, problem.Action })
        {
            Assert.False(string.IsNullOrWhiteSpace(sentence), $"{Asked}: {Text}");
            // A sentence without its text would show its key, one without its arguments a brace.
            Assert.False(sentence.Contains("Refusal.", StringComparison.Ordinal) || sentence.Contains('{'), $"{Asked}: {Text}");
            if (Language == "zh-CN") Assert.Matches(Chinese(), sentence);
        }
        Assert.NotEmpty(problem.TraceId);
        return problem;
    }

    [GeneratedRegex("[\u4e00-\u9fff]")]
    public static partial Regex Chinese();
    [GeneratedRegex("(?:^|\n)shanmen=([^;]*)")]
    private static partial Regex CookieValue();
}
