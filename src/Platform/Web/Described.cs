using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shanmen.Platform.Web;

/// <summary>The use case behind a route: its name and its sentence are those of the route in the API document.</summary>
public sealed record Slice(Type Type)
{
    /// <summary>The slice in which a handler is written, whether it is a method or a lambda there.</summary>
    public static Slice Of(Delegate handler)
    {
        var type = handler.Method.DeclaringType!;
        while (type.DeclaringType is { } outer) type = outer;
        return new(type);
    }
}

/// <summary>A value that a route reads from its query.</summary>
public sealed record QueryValue(string Name, Type Type, bool Required);

/// <summary>A status with which a route refuses beside those of every route of its kind.</summary>
public sealed record Refuses(int Status);

/// <summary>Marks a route that answers null where there is nothing.</summary>
public sealed record NullAnswer;

/// <summary>A text that is one word of a closed list. The API document lists the words; who reads a request checks them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class OneOfAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words => words;
}

/// <summary>What a route says of itself where its records do not say it.</summary>
public static class Described
{
    public static RouteHandlerBuilder Asks<T>(this RouteHandlerBuilder route, string name, bool required = false) =>
        route.WithMetadata(new QueryValue(name, typeof(T), required));

    public static RouteHandlerBuilder MayAnswerNull(this RouteHandlerBuilder route) => route.WithMetadata(new NullAnswer());
}
