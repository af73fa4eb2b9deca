using Shanmen.Platform.Ledger;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Complimentary;

/// <summary>To how many people a department may give tickets (赠票额度). docs/algorithms/complimentary.md.</summary>
/// <param name="Name">The department, or what it is given for.</param>
/// <param name="From">The first business day on which it gives.</param>
/// <param name="To">The last.</param>
/// <param name="People">People in all.</param>
/// <param name="LeftToClerk">People to whom one clerk gives without a second person, on one business day.</param>
/// <param name="Edit">How often it was saved; who changes it says which edit was on the screen.</param>
public sealed record ComplimentaryBudget(Guid Id, int Park, string Name, string NameEn, DateOnly From, DateOnly To, int People, int LeftToClerk, bool Active, int Edit)
{
    internal static readonly RowTable<Guid, ComplimentaryBudget> Table = new("complimentary_budget", "id, park, name, name_en, from_day, to_day, people, left_to_clerk, active, edit",
        r => new(r.Id(0), r.Int(1), r.Text(2), r.Text(3), BusinessDay.FromNumber(r.Int(4)), BusinessDay.FromNumber(r.Int(5)), r.Int(6), r.Int(7), r.Bool(8), r.Int(9)),
        b => [b.Id, b.Park, b.Name, b.NameEn, BusinessDay.Number(b.From), BusinessDay.Number(b.To), b.People, b.LeftToClerk, b.Active, b.Edit], b => b.Id, settled: true);

    /// <summary>What it may give, as the rules see it.</summary>
    internal Giving Terms() => new(People, LeftToClerk);

    /// <summary>The people that a budget has given tickets to. No upper bound: the rules are asked.</summary>
    public static Account Given(int park, Guid budget) => Account.Of(park, $"{Accounts}{budget:N}", Unit.Piece, min: 0);

    /// <summary>How the codes of these accounts begin.</summary>
    public const string Accounts = "complimentary/";

    /// <summary>The people to whom a clerk gave on a day without a second person. What goes back does not lower it.</summary>
    internal static Account GivenAlone(int park, Guid budget, Guid clerk, DateOnly day) => Account.Of(park, $"complimentary-alone/{BusinessDay.Number(day)}/{budget:N}/{clerk:N}", Unit.Piece, min: 0);

    /// <summary>Where its people come from and go back to.</summary>
    internal static Account NotGiven(int park, Guid budget) => Account.Of(park, $"unsold/{budget:N}", Unit.Piece);
}

/// <summary>A budget was created or changed; the body holds all of it.</summary>
internal sealed record ComplimentaryBudgetSaved(ComplimentaryBudget Budget);

/// <summary>Why nothing is given, or a budget is not saved.</summary>
public enum ComplimentaryRefusal
{
    /// <summary>A line is complimentary, and nobody says from which budget it comes.</summary>
    GiftMissing,
    /// <summary>A budget is named, and nothing in the order is complimentary.</summary>
    GiftNotAsked,
    /// <summary>A price was set for the complimentary type.</summary>
    NotFree,
    /// <summary>There is no such budget in use.</summary>
    BudgetUnknown,
    /// <summary>The budget gives on other days.</summary>
    BudgetNotNow,
    /// <summary>Somebody else saved the budget meanwhile.</summary>
    BudgetEdited,
    /// <summary>The park has as many budgets in use as it may.</summary>
    TooManyBudgets,
    /// <summary>It has given more than it would have.</summary>
    BelowGiven,
}
