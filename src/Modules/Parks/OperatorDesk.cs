using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>
/// What the IT person (管理员) does at the command line: a password nobody remembers, a second park. Whoever can run the
/// program on the data folder may do it; both leave their facts in the log.
/// </summary>
public sealed class OperatorDesk(Database database, WriteQueue queue, PersonalText personal, Passwords passwords, ParkTimes times)
{
    private const string Zone = "Asia/Shanghai";
    private const int CutOffHour = 3;

    /// <summary>Gives a person a random password that must be changed at the next sign-in; null when nobody has the login.</summary>
    public async Task<string?> ResetPassword(string login)
    {
        var name = StaffDesk.Normalise(login);
        if (await database.First(StaffRow.Table.Read, StaffRow.Table.Select + " where login = @1", name) is not { } staff) return null;
        var password = Passwords.Random();
        await queue.Send(WriteKey.Own(staff.Park, Guid.CreateVersion7()), new ResetPassword.Write(staff.Id, staff.Park, password, await passwords.Hash(password)));
        return password;
    }

    /// <summary>Opens a further park with its first administrator, and returns the random first password.</summary>
    /// <exception cref="ArgumentException">Name or login is outside its limits or taken.</exception>
    public async Task<string> AddPark(string parkName, string login)
    {
        var normalised = StaffDesk.Normalise(login);
        if (parkName.Trim().Length is < 1 or > 40) throw new ArgumentException("景区名须为 1 至 40 个字符 / a park's name has 1 to 40 characters.");
        if (!StaffDesk.IsLogin(normalised)) throw new ArgumentException("登录名须为 2 至 32 个小写字母、数字或 . _ - / a login has 2 to 32 letters, digits or . _ -");
        if (await database.Number("select count(*) from staff_login where login = @1", normalised) > 0) throw new ArgumentException($"登录名 {normalised} 已被使用 / the login is taken.");
        var park = (int)await database.Number("select max(id) from park") + 1;
        times.Set(park, TimeZoneInfo.FindSystemTimeZoneById(Zone), CutOffHour);
        var password = Passwords.Random();
        var admin = SaveStaff.NewRow(personal, park, Guid.CreateVersion7(), normalised, normalised, "", [Role.Administrator], await passwords.Hash(password), mustChange: true);
        var answer = await queue.Send(WriteKey.Own(park, Guid.CreateVersion7()),
            new SetUpSystem.Write(park, new ParkTerms(parkName.Trim(), "", Zone, CutOffHour, new(8, 0), new(18, 0), 0, ""), [admin]));
        return answer.Refusal is null ? password : throw new InvalidOperationException($"The park could not be opened: {answer.Refusal.Reason}.");
    }
}
