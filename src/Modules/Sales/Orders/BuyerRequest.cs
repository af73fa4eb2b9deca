using Shanmen.Platform.Secrets;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>Who buys, where the visitor says so: for looking the order up later. Stored protected, answered masked.</summary>
internal sealed record BuyerRequest(string Name, string Phone, string IdNumber)
{
    public BuyerRow Protect(Fields fields, WriteContext ctx)
    {
        var personal = ctx.Get<PersonalText>();
        var name = fields.Text("buyer.name", Name, 0, 40);
        var phone = Phone.Trim().Length == 0 ? "" : PhoneNumber.TryParse(Phone, out var mobile) ? mobile.Text : null;
        var id = IdNumber.Trim().Length == 0 ? "" : Rules.Values.IdNumber.TryParse(IdNumber, out var number) ? number.Text : null;
        fields.Check("buyer.phone", phone is not null, "Field.Phone");
        fields.Check("buyer.idNumber", id is not null, "Field.IdNumber");
        return new BuyerRow(ctx.Key, ctx.Park, personal.Protect(name, "buyer.name"), personal.Protect(phone ?? "", "buyer.phone"),
            personal.Protect(id ?? "", "buyer.idNumber"), personal.LookUp(phone ?? "", "buyer.phone"), personal.LookUp(id ?? "", "buyer.idNumber"),
            OrderSearch.TailOf(personal, phone ?? ""), OrderSearch.NameOf(personal, name));
    }
}
