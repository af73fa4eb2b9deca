using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Admission.Tickets;

/// <summary>Counts the people inside each site by the facts alone.</summary>
internal sealed class InsideCount
{
    private readonly Dictionary<(int Park, Guid Site), long> _inside = [];
    private long _entered;
    private string? _bad;

    public void Enter(LoggedFact fact, Guid site, int people)
    {
        _entered += people;
        Add(fact, site, people);
    }

    public void Add(LoggedFact fact, Guid site, long people)
    {
        var inside = _inside[(fact.Park, site)] = _inside.GetValueOrDefault((fact.Park, site)) + people;
        if (inside < 0) _bad ??= $"{fact.Name}: fewer than nobody inside";
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        var entries = $"{_entered} entries";
        if (_bad is not null) return new Finding(entries, _bad);
        var balances = await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), "select code, balance from account where code like '%inside/%'");
        foreach (var ((park, site), people) in _inside)
        {
            var balance = balances.FirstOrDefault(b => b.Code.EndsWith($"inside/{site:N}", StringComparison.Ordinal)).Balance;
            if (balance != people) return new Finding(entries, $"site {site} of park {park}: the ledger counts {balance} inside, the facts {people}");
        }
        // The figure is that of the board: people at the sites that count.
        var counted = (await store.Query(r => r.Id(0), "select id from site where counts_inside <> 0")).ToHashSet();
        return new Finding($"{entries}, {_inside.Where(s => counted.Contains(s.Key.Site)).Sum(s => s.Value)} inside", null);
    }
}
