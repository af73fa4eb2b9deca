namespace Shanmen.Modules.Settlement;

/// <summary>Somebody began to close a day (日结开始). The newest attempt alone can seal it.</summary>
public sealed record DayCloseBegun(DateOnly Day, Guid Attempt);

/// <summary>A close was given up and the day opened again.</summary>
/// <param name="Reason">Name of a <see cref="SettlementRefusal"/>.</param>
public sealed record DayCloseGivenUp(DateOnly Day, Guid Attempt, string Reason, long DifferenceFen);

/// <summary>日结: a day was counted and sealed. Carries every column of the stored sheet; names in it are protected.</summary>
/// <param name="LaneHeads">The heads of all log lanes, JSON.</param>
/// <param name="Root">Merkle root over the heads.</param>
public sealed record DayClosed(DateOnly Day, Guid Attempt, string Sheet, string LaneHeads, byte[] Root, byte[] Seal, long PeopleCountedOut);
