namespace Shanmen.Platform.Storage;

/// <summary>
/// One SQL statement with its values. The text uses @1, @2 … and only SQL that both stores understand;
/// it is constant, so each connection prepares it once.
/// </summary>
public readonly record struct Statement(string Sql, params object?[] Values);
