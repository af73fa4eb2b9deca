namespace Shanmen.Architecture.Tests;

/// <summary>The reader of C# is itself a guard: what it overlooks is not guarded.</summary>
public class SourceTests
{
    [Fact]
    public void Public_types_are_told_from_hidden_ones()
    {
        var seen = Source.Types(""""
            namespace Sample;
            // public class InAComment { }
            /* public class InABlock { } */
            /// <summary>Says { and "quotes".</summary>
            public sealed class TicketOffice<T>(string name) where T : class
            {
                const string Brace = "} public class InAString {", Path = @"c:\", Raw = """public class InARawString {""";
                const char Open = '{', Quote = '"', Back = '\\';
                public sealed record Request(Guid Id);
                sealed class Own { public enum Hidden { A } }
                public Request Sell() => new(Guid.Empty) { };
            }
            internal static class Inside { public record Answer; }
            public readonly record struct Money(long Fen);
            public enum Refusal : byte { AlreadyUsed = 1, WrongGate }
            """").Where(type => type.Seen).Select(type => $"{type.Kind} {type.Name}");

        Assert.Equal(["class TicketOffice", "record TicketOffice.Request", "record struct Money", "enum Refusal"], seen);
    }

    [Fact]
    public void Hidden_types_are_read_too() =>
        Assert.Contains(Source.Types("sealed class SaleHelper { }"), type => type is { Name: "SaleHelper", Seen: false });
}
