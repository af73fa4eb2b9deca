using Shanmen.Platform.Secrets;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>What a screen shows of a person whose protected text is kept in an answer.</summary>
internal static class Masks
{
    /// <summary>The first sign and a star for each other.</summary>
    public static string MaskedName(this PersonalText personal, string kept, string purpose)
    {
        var name = personal.Revealed(kept, purpose);
        return name.Length <= 1 ? name : name[0] + new string('*', name.Length - 1);
    }

    public static string MaskedNumber(this PersonalText personal, string kept, string purpose) =>
        IdNumber.TryParse(personal.Revealed(kept, purpose), out var number) ? number.Masked : "";

    public static string MaskedPhone(this PersonalText personal, string kept, string purpose) =>
        PhoneNumber.TryParse(personal.Revealed(kept, purpose), out var phone) ? phone.Masked : "";

    private static string Revealed(this PersonalText personal, string kept, string purpose) => personal.Shown(Convert.FromBase64String(kept), purpose);
}
