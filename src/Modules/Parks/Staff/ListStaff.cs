using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Parks;

/// <summary>A person; the phone is masked.</summary>
/// <remarks>In a kept answer name and phone are protected.</remarks>
public sealed record StaffAnswer(Guid Id, string Login, string Name, string Phone, Role[] Roles, bool Active, bool MustChangePassword, DateTimeOffset? LastSignInAt)
{
    internal static StaffAnswer Of(StaffRow row, string name, string phone, DateTimeOffset? lastSignIn) => new(row.Id, row.Login, name,
        Masked(phone), Platform.SignIn.Roles.Parse(row.Roles), row.Active, row.MustChange, lastSignIn);

    /// <summary>A person as kept answers have him: name and phone stand there as in the store.</summary>
    internal static StaffAnswer Kept(StaffRow row) => new(row.Id, row.Login, Convert.ToBase64String(row.Name), Convert.ToBase64String(row.Phone),
        Platform.SignIn.Roles.Parse(row.Roles), row.Active, row.MustChange, null);

    internal StaffAnswer Revealed(PersonalText personal) => this with
    {
        Name = personal.Shown(Convert.FromBase64String(Name), "staff.name"),
        Phone = Masked(personal.Shown(Convert.FromBase64String(Phone), "staff.phone")),
    };

    private static string Masked(string phone) => PhoneNumber.TryParse(phone, out var number) ? number.Masked : "";
}

/// <summary>Lists the people of the park (员工).</summary>
internal static class ListStaff
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<StaffAnswer[]>("/api/staff", Permission.ManageStaff, Read);

    private static async Task<StaffAnswer[]?> Read(HttpContext http, Principal who)
    {
        var database = http.RequestServices.GetRequiredService<Database>();
        var desk = http.RequestServices.GetRequiredService<StaffDesk>();
        var people = await database.Query(StaffRow.Table.Read, StaffRow.Table.Select + " where park = @1 order by login", who.Park);
        var seen = (await database.Query(r => (Staff: r.Id(0), At: r.Long(1)), "select staff, max(created_at) from session where park = @1 group by staff", who.Park))
            .ToDictionary(s => s.Staff, s => s.At);
        return [.. people.Select(p => StaffAnswer.Of(p, desk.Reveal(p.Name, "staff.name"), desk.Reveal(p.Phone, "staff.phone"),
            seen.TryGetValue(p.Id, out var at) ? Moments.From(at) : null))];
    }
}
