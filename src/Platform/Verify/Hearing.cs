using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>A proof at work. One that meets what it cannot read ends there, and says so; the others go on.</summary>
internal sealed class Hearing(IProof proof)
{
    private sealed record Broken(string Why);

    private readonly HashSet<string> _kinds = [.. proof.Kinds];
    private string? _why;

    public bool HearsTransfers => proof.HearsTransfers;
    public bool Hears(string kind) => _kinds.Contains(kind);

    public object Read(LoggedFact fact)
    {
        try { return proof.Read(fact); }
        catch (Exception fault) when (fault is not OperationCanceledException) { return new Broken($"{fact.Name}: {fault.Message}"); }
    }

    public void Hear(LoggedFact fact, object read)
    {
        if (read is Broken broken) { _why ??= broken.Why; return; }
        if (_why is not null) return;
        try { proof.Hear(fact, read); }
        catch (Exception fault) when (fault is not OperationCanceledException) { _why = $"{fact.Name}: {fault.Message}"; }
    }

    public void Hear(Moved transfer)
    {
        if (_why is not null) return;
        try { proof.Hear(transfer); }
        catch (Exception fault) when (fault is not OperationCanceledException) { _why = $"transfer lane {transfer.Lane} seq {transfer.Seq}: {fault.Message}"; }
    }

    public Task Begin(Snapshot store) => Try(() => proof.Begin(store));
    public Task Look(Snapshot store) => Try(() => proof.Look(store));

    public async Task<IReadOnlyList<VerifyLine>> Conclude(Snapshot store)
    {
        IReadOnlyList<Finding>? findings = null;
        if (_why is null) await Try(async () => findings = await proof.Conclude(store));
        return [.. proof.Claims.Select((claim, i) => VerifyLine.Of(claim, findings is null ? new Finding("not finished", _why) : findings[i]))];
    }

    private async Task Try(Func<Task> work)
    {
        try { await work(); }
        // A damaged row may be unreadable for a proof; that is a finding, not the end of the verification.
        catch (Exception fault) when (fault is not OperationCanceledException) { Interlocked.CompareExchange(ref _why, fault.Message, null); }
    }
}
