using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Parks;

/// <summary>A person as the office sends it.</summary>
/// <param name="Phone">Empty or starred: unchanged.</param>
public sealed record StaffRequest(string Login, string Name, string Phone, Role[] Roles, bool Active);

/// <param name="InitialPassword">Of a person just enrolled, shown once; otherwise null.</param>
public sealed record SaveStaffAnswer(StaffAnswer Staff, string? InitialPassword) : IKeptAnswer
{
    /// <inheritdoc/>
    public object Shown(HttpContext http) => this with { Staff = Staff.Revealed(http.RequestServices.GetRequiredService<PersonalText>()) };
}

/// <summary>Enrols a person, or changes name, phone, posts (岗位) or whether he may sign in.</summary>
internal static class SaveStaff
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<StaffRequest, SaveStaffAnswer>("PUT", "/api/staff/{id:guid}", Permission.ManageStaff, Prepare);

    private static async Task<Prepared> Prepare(StaffRequest request, WriteContext ctx)
    {
        var (database, personal) = (ctx.Get<Database>(), ctx.Get<PersonalText>());
        var login = StaffDesk.Normalise(request.Login);
        ctx.Fields.Check("login", StaffDesk.IsLogin(login), "Field.Login");
        var name = ctx.Fields.Text("name", request.Name, 1, 40);
        var phone = default(PhoneNumber);
        if (request.Phone.Length > 0 && !request.Phone.Contains('*'))
            ctx.Fields.Check("phone", request.Phone.Length <= 40 && PhoneNumber.TryParse(request.Phone, out phone), "Field.Phone");
        ctx.Fields.Check("roles", request.Roles.Length is > 0 and <= 5, "Field.Choice");
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);

        var id = ctx.RouteId();
        var people = await database.Query(r => (Id: r.Id(0), Roles: r.Text(1), Active: r.Bool(2)), "select id, roles, active from staff where park = @1", ctx.Park);
        var isNew = people.All(p => p.Id != id);
        if (isNew && people.Count >= SavePlace.RowsMax) return ctx.Refuse(ParksRefusal.ListFull, 409, SavePlace.RowsMax);
        var password = isNew ? Passwords.Random() : null;
        var hash = password is null ? "" : await ctx.Get<Passwords>().Hash(password);
        var row = NewRow(personal, ctx.Park, id, login, name, phone.Text, request.Roles, hash, mustChange: true) with { Active = request.Active };
        Guid[] administrators = [.. people.Where(p => p.Active && IsAdministrator(p.Roles)).Select(p => p.Id)];
        return ctx.Run(new Write(row, password, ctx.Principal.Id, administrators));
    }

    /// <summary>A row as it is when a person is enrolled; the moment is stamped by the commit.</summary>
    public static StaffRow NewRow(PersonalText personal, int park, Guid id, string login, string name, string phone, Role[] roles, string hash, bool mustChange) =>
        new(id, park, login, personal.Protect(name, "staff.name"), personal.Protect(phone, "staff.phone"), personal.LookUp(phone, "staff.phone"),
            Roles.Store(roles), Active: true, mustChange, hash, Version: 1, CreatedAt: 0);

    /// <summary>Puts a person's row and login, and records it without anything personal.</summary>
    public static void Enrol(WriteGroup group, StaffRow row)
    {
        group.Put(StaffRow.Table, row);
        group.Put(LoginRow.Table, new LoginRow(row.Login, row.Id));
        group.Record(nameof(StaffSaved), row.Id, new StaffSaved(row.Id, row.Login, Roles.Parse(row.Roles), row.Active, row.MustChange, row.Version, StaffDigests.Of(row)));
    }

    private static bool IsAdministrator(string roles) => Roles.Parse(roles).Contains(Role.Administrator);

    private sealed record Write(StaffRow Wanted, string? Password, Guid By, Guid[] Administrators) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(StaffRow.Table, Wanted.Id);
            touch.Row(LoginRow.Table, Wanted.Login);
            foreach (var other in Administrators) touch.Row(StaffRow.Table, other);
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(StaffRow.Table, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            // A login that somebody gave up stays his: old log entries must not seem to be another's.
            if (group.Find(LoginRow.Table, Wanted.Login) is { } taken && taken.Staff != Wanted.Id) return Outcome.Refused(ParksRefusal.LoginTaken, 409, Wanted.Login);
            if (before is null)
            {
                if (Password is null) return Problems.NotFound;
                Enrol(group, Wanted with { CreatedAt = group.Now.Micros() });
                return Answer(Wanted, Password);
            }

            if (By == Wanted.Id && (!Wanted.Active || Roles.Parse(before.Roles).Except(Roles.Parse(Wanted.Roles)).Any())) return Outcome.Refused(ParksRefusal.OwnPost, 409);
            var staysAdministrator = Wanted.Active && IsAdministrator(Wanted.Roles);
            if (before.Active && IsAdministrator(before.Roles) && !staysAdministrator && !Administrators.Any(id => id != Wanted.Id
                && group.Find(StaffRow.Table, id) is { Active: true } other && IsAdministrator(other.Roles)))
                return Outcome.Refused(ParksRefusal.LastAdministrator, 409);

            var endsSessions = before.Login != Wanted.Login || before.Roles != Wanted.Roles || before.Active != Wanted.Active;
            var after = before with
            {
                Login = Wanted.Login, Name = Wanted.Name, Roles = Wanted.Roles, Active = Wanted.Active,
                Phone = Wanted.Phone.Length == 0 ? before.Phone : Wanted.Phone,
                PhoneHash = Wanted.Phone.Length == 0 ? before.PhoneHash : Wanted.PhoneHash,
                Version = before.Version + (endsSessions ? 1 : 0),
            };
            Enrol(group, after);
            return Answer(after, null);
        }

        /// <summary>The kept answer holds no password, and name and phone only as the row does.</summary>
        private static Outcome Answer(StaffRow row, string? password)
        {
            var kept = StaffAnswer.Kept(row);
            return Outcome.DoneOnce(new SaveStaffAnswer(kept, password), new SaveStaffAnswer(kept, null));
        }
    }
}
