namespace Shanmen.Rules.Pricing;

/// <summary>What kind of day it is for the tariff.</summary>
public enum DayKind
{
    /// <summary>Monday to Friday without a holiday.</summary>
    Weekday,

    /// <summary>A Saturday or Sunday that no notice touches.</summary>
    Weekend,

    /// <summary>A day off by notice of the State Council (法定节假日 with the days moved to it).</summary>
    Holiday,

    /// <summary>A make-up working day (调休上班): a Saturday or Sunday on which people work.</summary>
    Workday,
}

/// <summary>A day that a notice of the State Council names.</summary>
/// <param name="Day">The date.</param>
/// <param name="Kind"><see cref="DayKind.Holiday"/> or <see cref="DayKind.Workday"/>.</param>
/// <param name="Name">The holiday that causes it, in Chinese as the notice writes it.</param>
public sealed record HolidayDay(DateOnly Day, DayKind Kind, string Name);
