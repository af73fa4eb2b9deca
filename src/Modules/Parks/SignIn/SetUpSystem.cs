using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>The park's name and its first administrator.</summary>
public sealed record SetUpRequest(string ParkName, string Login, string Name, string Password);

/// <summary>Sets up an empty system (初始设置): one park and the person who will set up everything else.</summary>
internal static class SetUpSystem
{
    public const int FirstPark = 1;

    /// <summary>What a park begins with; the office changes it.</summary>
    public static ParkTerms FirstTerms(string name) => new(name, "", "Asia/Shanghai", 3, new(8, 0), new(18, 0), 0, "");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpen<SetUpRequest>("/api/setup", 201, Handle);

    private static async Task Handle(HttpContext http, SetUpRequest request)
    {
        var services = http.RequestServices;
        var sessions = services.GetRequiredService<SessionDesk>();
        if (await sessions.IsSetUp()) { await http.Refuse(new(SignInRefusal.AlreadySetUp, 409)); return; }
        var fields = new Fields(http, services.GetRequiredService<Texts>());
        var parkName = fields.Text("parkName", request.ParkName, 1, 40);
        var name = fields.Text("name", request.Name, 1, 40);
        var login = StaffDesk.Normalise(request.Login);
        fields.Check("login", StaffDesk.IsLogin(login), "Field.Login");
        fields.Check("password", ChangePassword.IsAllowed(request.Password, login), "SignInRefusal.PasswordTooWeak");
        if (fields.Errors is { } errors) { await http.Refuse(new(RequestRefusal.WrongFields, 400), errors); return; }

        var hash = await services.GetRequiredService<Passwords>().Hash(request.Password);
        var admin = SaveStaff.NewRow(services.GetRequiredService<PersonalText>(), FirstPark, Guid.CreateVersion7(), login, name, "", [Role.Administrator], hash, mustChange: false);
        var terms = FirstTerms(parkName);
        // The very first commit is stamped too: it must know the park's day.
        services.GetRequiredService<ParkTimes>().Set(FirstPark, TimeZoneInfo.FindSystemTimeZoneById(terms.TimeZone), terms.CutOffHour);
        var answer = await services.GetRequiredService<WriteQueue>().Send(WriteKey.Own(FirstPark, Guid.CreateVersion7()), new Write(FirstPark, terms, [admin]));
        if (answer.Refusal is { } refusal) { await http.Refuse(refusal); return; }
        await http.Send(await sessions.Answer(null), 201);
    }

    /// <summary>The park's row decides: whoever writes it first has set the system up.</summary>
    internal sealed record Write(int Park, ParkTerms Terms, IReadOnlyList<StaffRow> Staff) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(ParkTables.Parks, (long)Park);
            foreach (var person in Staff)
            {
                touch.Row(StaffRow.Table, person.Id);
                touch.Row(LoginRow.Table, person.Login);
            }
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(ParkTables.Parks, (long)Park) is not null) return Outcome.Refused(SignInRefusal.AlreadySetUp, 409);
            if (Staff.FirstOrDefault(p => group.Find(LoginRow.Table, p.Login) is not null) is { } taken) return Outcome.Refused(ParksRefusal.LoginTaken, 409, taken.Login);
            new SavePark.Write(Park, Terms).Decide(group);
            foreach (var person in Staff) SaveStaff.Enrol(group, person with { CreatedAt = group.Now.Micros() });
            return Outcome.Done(null, 204);
        }
    }
}
