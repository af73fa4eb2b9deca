using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Web;

/// <summary>
/// An answer with somebody's name in it. Kept answers are not protected, so what is kept holds an id or the protected text
/// where the name will stand. The name is put in whenever the answer leaves: the first time and at every repeat alike.
/// </summary>
public interface IKeptAnswer
{
    /// <summary>The answer as the person who asks sees it.</summary>
    object Shown(HttpContext http);
}

/// <summary>A refusal that leaves a fact, and is therefore kept like an answer: a repeat of the request is refused alike.</summary>
/// <param name="Reason">The reason as the texts name it; it is put into words when it leaves.</param>
internal sealed record KeptRefusal(string Reason);

/// <summary>Outcomes and answers between the write path and the wire.</summary>
public static class KeptAnswers
{
    /// <summary>A "no" that is itself something that happened, like a count of the drawer. What was put and recorded stays.</summary>
    public static Outcome RefusedAndKept(Enum reason, int status) => Outcome.Done(new KeptRefusal(Texts.KeyOf(reason)), status);

    internal static bool IsRefusal(this StoredAnswer answer) => answer.Status >= 400;

    internal static string ReasonOf(StoredAnswer answer) => JsonSerializer.Deserialize<KeptRefusal>(answer.Body, Json.Options)!.Reason;

    /// <summary>The text that leaves. What was kept by an earlier program still holds its names, and passes as it is.</summary>
    internal static byte[] TextOf<TAnswer>(StoredAnswer answer, HttpContext http) => typeof(TAnswer).IsAssignableTo(typeof(IKeptAnswer))
        ? JsonSerializer.SerializeToUtf8Bytes(((IKeptAnswer)(answer.Fresh ?? JsonSerializer.Deserialize<TAnswer>(answer.Body, Json.Options)!)).Shown(http), typeof(TAnswer), Json.Options)
        : Encoding.UTF8.GetBytes(answer.Body);
}
