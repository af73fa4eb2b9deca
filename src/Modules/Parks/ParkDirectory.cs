using System.Collections.Frozen;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Parks;

/// <summary>
/// Where, who, may (景区名录): the parks with their sites, gates, lanes and windows, in memory; the state of business days;
/// and the check of a supervisor's password. Reading it never waits.
/// </summary>
public sealed class ParkDirectory
{
    private readonly Database _database;
    private readonly ParkTimes _times;
    private readonly StaffDesk _staff;
    private volatile FrozenDictionary<int, ParkSnapshot> _parks = FrozenDictionary<int, ParkSnapshot>.Empty;

    internal ParkDirectory(Database database, ParkTimes times, StaffDesk staff) => (_database, _times, _staff) = (database, times, staff);

    /// <summary>The park now. A park that does not exist is a bug of the caller: every principal belongs to one.</summary>
    public ParkSnapshot Of(int park) => _parks.TryGetValue(park, out var snapshot) ? snapshot : throw new InvalidOperationException($"There is no park {park}.");

    /// <summary>The numbers of all parks; empty before the system is set up.</summary>
    public IReadOnlyCollection<int> Parks => _parks.Keys;

    /// <summary>The account of people inside a site.</summary>
    public Account InsideOf(Guid site, int park) => Account.Of(park, $"inside/{site:N}", Unit.Piece, min: 0);

    /// <summary>The account that people come from and leave to.</summary>
    public Account Outside(int park) => Account.Of(park, "outside", Unit.Piece);

    /// <summary>Names the row of the commit's own business day.</summary>
    public void TouchDay(Touch touch, int park) => TouchDay(touch, park, touch.BusinessDay(park));

    /// <summary>Names the row of a business day.</summary>
    public void TouchDay(Touch touch, int park, DateOnly day) => touch.Row(BusinessDayRow.Table, BusinessDayRow.IdOf(park, day));

    /// <summary>Whether the commit's own business day is open. The day must be named by <see cref="TouchDay(Touch,int)"/>.</summary>
    public bool IsDayOpen(WriteGroup group, int park) => StateOf(group, park, group.BusinessDay(park)) == DayState.Open;

    /// <summary>The state of a named business day.</summary>
    public DayState StateOf(WriteGroup group, int park, DateOnly day) =>
        group.Find(BusinessDayRow.Table, BusinessDayRow.IdOf(park, day))?.Day.State ?? DayState.Open;

    /// <summary>Changes the state of a named business day and records <see cref="DayStateChanged"/>.</summary>
    /// <param name="by">Who closes it; null for the program itself.</param>
    public void SetDay(WriteGroup group, int park, DateOnly day, DayState state, Guid? by)
    {
        var row = new DayRow(day, state, state == DayState.Closed ? group.Now : null, state == DayState.Open ? null : by);
        group.Put(BusinessDayRow.Table, new BusinessDayRow(park, row));
        group.Record(nameof(DayStateChanged), SubjectOf(park), new DayStateChanged(day, state, row.ClosedAt, row.ClosedBy));
    }

    /// <summary>The stored state of a business day.</summary>
    public async Task<DayState> ReadDay(int park, DateOnly day) =>
        (await _database.First(BusinessDayRow.Table.Read, BusinessDayRow.Table.Select + " where id = @1", BusinessDayRow.IdOf(park, day)))?.Day.State ?? DayState.Open;

    /// <summary>The days that have a state of their own, newest first, at most 400.</summary>
    public async Task<List<DayRow>> Days(int park) =>
        [.. (await _database.Query(BusinessDayRow.Table.Read, BusinessDayRow.Table.Select + " where park = @1 order by day desc limit 400", park)).Select(r => r.Day)];

    /// <summary>Checks a second person's password (授权), slowed down like any sign-in. It opens no session.</summary>
    public Task<Endorsement> Vouch(string login, string password, string address, int park) => _staff.Vouch(login, password, address, park);

    /// <summary>A person's name; empty for an unknown id. A person enrolled a moment ago may take a moment to appear.</summary>
    public string NameOfStaff(Guid id) => _staff.NameOf(id);

    /// <summary>The people of a park who may do something and still work there, by name.</summary>
    public Task<List<StaffName>> WhoMay(int park, Permission permission) => _staff.WhoMay(park, permission);

    /// <summary>The log's subject of a park's own facts.</summary>
    internal static Guid SubjectOf(int park) => new(park, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    internal async Task Load()
    {
        await using var store = await _database.OpenSnapshot();
        var parks = await store.Query(ParkTables.Parks.Read, ParkTables.Parks.Select);
        var sites = (await store.Query(ParkTables.Sites.Read, ParkTables.Sites.Select)).ToLookup(s => s.Park, s => s.Site);
        var gates = (await store.Query(ParkTables.Gates.Read, ParkTables.Gates.Select)).ToLookup(g => g.Park, g => g.Gate);
        var lanes = (await store.Query(ParkTables.Lanes.Read, ParkTables.Lanes.Select)).ToLookup(l => l.Park, l => l.Lane);
        var windows = (await store.Query(ParkTables.Windows.Read, ParkTables.Windows.Select)).ToLookup(w => w.Park, w => w.Window);
        _parks = parks.Select(p => new ParkSnapshot((int)p.Id, p.Terms, sites[(int)p.Id].ToFrozenDictionary(s => s.Id), gates[(int)p.Id].ToFrozenDictionary(g => g.Id),
            lanes[(int)p.Id].ToFrozenDictionary(l => l.Id), windows[(int)p.Id].ToFrozenDictionary(w => w.Id))).ToFrozenDictionary(p => p.Park);
        foreach (var park in _parks.Values) SetTimes(park.Park, park.Terms);
        await _staff.LoadNames();
    }

    /// <summary>Takes in what this program committed, so that who reads after writing reads what was written.</summary>
    internal void Follow(LogRecord record)
    {
        var changed = ParkChange.After(_parks.GetValueOrDefault(record.Park), record);
        if (changed is not null)
        {
            _parks = _parks.Values.Where(p => p.Park != changed.Park).Append(changed).ToFrozenDictionary(p => p.Park);
            if (record.Kind == nameof(ParkSaved)) SetTimes(changed.Park, changed.Terms);
        }
        if (record.Kind == nameof(StaffSaved)) _staff.NamesChanged();
    }

    private void SetTimes(int park, ParkTerms terms) => _times.Set(park, TimeZoneInfo.FindSystemTimeZoneById(terms.TimeZone), terms.CutOffHour);
}

/// <summary>Somebody of the staff.</summary>
public sealed record StaffName(Guid Id, string Name);

/// <summary>What came of a supervisor's password.</summary>
/// <param name="Principal">Who it is; null when login or password is wrong.</param>
/// <param name="WaitSeconds">Above 0: too many tries, the password was not looked at; try again after so many seconds.</param>
public sealed record Endorsement(Principal? Principal, int WaitSeconds);
