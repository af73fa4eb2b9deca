using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales.Delivery;

/// <summary>送票: a delivery as the screens see it, name, phone and address masked.</summary>
/// <param name="Word">Who signed for it, or why it came back or was cancelled.</param>
/// <param name="StaffName">Who did the last step.</param>
/// <remarks>Kept with name, phone and address protected, and the id of who did it.</remarks>
internal sealed record DeliveryAnswer(DeliveryState State, DeliveryWay Way, string Name, string Phone, string Address, string Note, string Carrier, string Tracking, string Word, string StaffName, DateTimeOffset At,
    DateTimeOffset? SentAt, DateTimeOffset? EndedAt) : IKeptAnswer
{
    private const int AddressShown = 6;

    public static DeliveryAnswer Of(DeliveryRow d) => new(d.State, d.Way, Convert.ToBase64String(d.Name), Convert.ToBase64String(d.Phone), Convert.ToBase64String(d.Address), d.Note, d.Carrier, d.Tracking, d.Word,
        d.Staff.ToString(), Moments.From(d.At), d.SentAt is { } sent ? Moments.From(sent) : null, d.EndedAt is { } ended ? Moments.From(ended) : null);

    public object Shown(HttpContext http) => Masked(http.RequestServices.GetRequiredService<PersonalText>(), http.RequestServices.GetRequiredService<ParkDirectory>());

    public DeliveryAnswer Masked(PersonalText personal, ParkDirectory parks)
    {
        var address = personal.Shown(Convert.FromBase64String(Address), DeliveryRow.AddressPurpose);
        return this with
        {
            Name = personal.MaskedName(Name, DeliveryRow.NamePurpose), Phone = personal.MaskedPhone(Phone, DeliveryRow.PhonePurpose),
            Address = address.Length <= AddressShown ? address : address[..AddressShown] + "…", StaffName = parks.NameOfStaff(Guid.Parse(StaffName)),
        };
    }
}
