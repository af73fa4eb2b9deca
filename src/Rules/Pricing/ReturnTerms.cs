namespace Shanmen.Rules.Pricing;

/// <summary>From so many hours before the visit on, this part of the price is kept.</summary>
/// <param name="HoursBefore">Less than nothing for hours after the visit has begun.</param>
/// <param name="KeepRate">Ten-thousandths of the price, 0 to 10,000.</param>
public sealed record ReturnStep(int HoursBefore, int KeepRate);

/// <summary>What a return costs (退票规则). A type without them gives everything back at any time. See docs/algorithms/refund.md.</summary>
/// <param name="IsReturnable">Whether it can go back at all.</param>
/// <param name="Steps">The one that asks for most hours and is reached holds; without any only the flat amount is kept, at any time.</param>
/// <param name="FlatFen">Fen kept for each person besides, 0 or more.</param>
public sealed record ReturnTerms(bool IsReturnable, ReturnStep[] Steps, long FlatFen)
{
    /// <summary>Steps of one type, at most.</summary>
    public const int StepsMax = 6;

    /// <summary>A year, before and after the visit begins.</summary>
    public const int HoursMax = 8_784;

    /// <summary>All of the price.</summary>
    public const int WholeRate = 10_000;

    /// <summary>The largest flat amount.</summary>
    public const long FlatFenMax = 1_000_000;

    private static readonly Rounding ToFen = new(1, RoundingMode.HalfUp);

    /// <summary>What is kept of a ticket that goes back by its terms.</summary>
    /// <param name="terms">Of its type when it was sold; null = none.</param>
    /// <param name="priceFen">What the whole ticket cost, 0 or more.</param>
    /// <param name="people">On the ticket.</param>
    /// <param name="beginsIn">How long until the visit begins; less than nothing once it has.</param>
    /// <param name="leastFen">What is kept of it at the least, as it came out of a rebooking; see <see cref="LossOf"/>.</param>
    /// <returns>The fee in fen, at most the price; or why it does not go back.</returns>
    public static (ReturnRefusal Refusal, long FeeFen) FeeOf(ReturnTerms? terms, long priceFen, int people, TimeSpan beginsIn, long leastFen = 0)
    {
        if (terms is null) return (ReturnRefusal.None, Math.Min(priceFen, leastFen));
        if (!terms.IsReturnable) return (ReturnRefusal.NotReturnable, 0);
        var rate = 0;
        if (terms.Steps.Length > 0)
        {
            ReturnStep? reached = null;
            foreach (var step in terms.Steps)
                if (beginsIn >= TimeSpan.FromHours(step.HoursBefore) && (reached is null || step.HoursBefore > reached.HoursBefore)) reached = step;
            if (reached is null) return (ReturnRefusal.TooLateToReturn, 0);
            rate = reached.KeepRate;
        }

        return (ReturnRefusal.None, Math.Min(priceFen, Math.Max(leastFen, (terms.FlatFen * people) + ToFen.Of(priceFen, rate, WholeRate))));
    }

    /// <summary>What is kept of a ticket that is rebooked by its terms of rebooking (改签规则), which have the same form.</summary>
    /// <inheritdoc cref="FeeOf(ReturnTerms?, long, int, TimeSpan, long)"/>
    public static (ReturnRefusal Refusal, long FeeFen) RebookFeeOf(ReturnTerms? terms, long priceFen, int people, TimeSpan beginsIn) => FeeOf(terms, priceFen, people, beginsIn) switch
    {
        (ReturnRefusal.NotReturnable, _) => (ReturnRefusal.NotRebookable, 0),
        (ReturnRefusal.TooLateToReturn, _) => (ReturnRefusal.TooLateToRebook, 0),
        var fee => fee,
    };

    /// <summary>What a visitor would lose who returned the ticket now: its fee, or all of its price where it does not go back. So much is kept, at the least, of the ticket for which it is rebooked.</summary>
    /// <inheritdoc cref="FeeOf(ReturnTerms?, long, int, TimeSpan, long)"/>
    public static long LossOf(ReturnTerms? terms, long priceFen, int people, TimeSpan beginsIn, long leastFen) =>
        FeeOf(terms, priceFen, people, beginsIn, leastFen) is (ReturnRefusal.None, var fee) ? fee : priceFen;

    /// <summary>What is kept of a ticket that goes back for a reason with a rate of its own (退票原因).</summary>
    /// <param name="backRate">Ten-thousandths of the price that come back.</param>
    public static long FeeOf(long priceFen, int backRate) => ToFen.Of(priceFen, WholeRate - backRate, WholeRate);
}
