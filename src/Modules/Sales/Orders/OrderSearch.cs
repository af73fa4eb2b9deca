using System.Globalization;
using System.Text;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Sales.Delivery;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Secrets;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>Which orders are asked for, as a condition on their table. docs/algorithms/order-search.md.</summary>
internal sealed class OrderSearch
{
    public const int TailDigits = 4;
    private const int NumberDigits = 17, TextMax = 200;
    private readonly List<object?> _values = [];
    private readonly List<string> _all = [], _any = [];

    public OrderSearch(int park) => _all.Add($"park = {Next(park)}");

    public string Where => " where " + string.Join(" and ", _any.Count == 0 ? _all : [.. _all, $"id in ({string.Join(" union ", _any)})"]);

    /// <summary>Whether a text says which orders, so that there are few.</summary>
    public bool IsNarrow => _any.Count > 0;

    public object?[] Values => [.. _values];

    /// <summary>The look-up hash of a phone's last digits; empty where there is no phone.</summary>
    public static byte[] TailOf(PersonalText personal, string phone) => personal.LookUp(phone.Length < TailDigits ? "" : phone[^TailDigits..], "buyer.phoneTail");

    /// <summary>The look-up hash of a name as people type it; empty where there is none.</summary>
    public static byte[] NameOf(PersonalText personal, string name) => personal.LookUp(name.Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant(), "buyer.name");

    /// <summary>Only those of which a column is this.</summary>
    public void Only(string column, object? value) => _all.Add($"{column} = {Next(value)}");

    /// <summary>Those whose tickets go to their buyer and are that far, of whichever day.</summary>
    public void Delivered(int park, DeliveryState state) => _any.Add($"select id from delivery where park = {Next(park)} and state = {Next(state.ToString())}");

    /// <summary>Whatever a text can mean.</summary>
    /// <param name="day">Of which day orders are found by the end of their number.</param>
    /// <param name="code">The short code of the ticket that the text is the code of; null where it is none.</param>
    public void Find(PersonalText personal, int park, string text, DateOnly day, string? code)
    {
        // A text that can mean nothing finds nothing, rather than everything.
        _any.Add("select id from orders where 1 = 0");
        if (text.Length > TextMax) return;
        if (text.Length is >= TailDigits and <= NumberDigits && text.All(char.IsAsciiDigit)) ByNumber(park, text, day);
        if (text.Length == TailDigits && text.All(char.IsAsciiDigit)) Buyer(park, "length(phone_tail) > 0 and phone_tail", personal.LookUp(text, "buyer.phoneTail"));
        if (PhoneNumber.TryParse(text, out var phone)) Buyer(park, "phone_hash", personal.LookUp(phone.Text, "buyer.phone"));
        if (IdNumber.TryParse(text, out var number))
        {
            Buyer(park, "id_hash", personal.LookUp(number.Text, "buyer.idNumber"));
            _any.Add($"select order_id from visitor where park = {Next(park)} and id_hash = {Next(personal.LookUp(number.Text, NamedVisitor.NumberPurpose))}");
        }
        if (code is not null) _any.Add($"select order_id from ticket where park = {Next(park)} and short_code = {Next(code)}");
        if (NameOf(personal, text) is { Length: > 0 } name) Buyer(park, "length(name_hash) > 0 and name_hash", name);
    }

    private void ByNumber(int park, string digits, DateOnly day)
    {
        var number = long.Parse(digits, CultureInfo.InvariantCulture);
        _any.Add(digits.Length == NumberDigits ? $"select id from orders where park = {Next(park)} and number = {Next(number)}"
            : $"select id from orders where park = {Next(park)} and day = {Next(BusinessDay.Number(day))} and number % {Next(Enumerable.Repeat(10L, digits.Length).Aggregate((a, b) => a * b))} = {Next(number)}");
    }

    private void Buyer(int park, string column, byte[] hash) => _any.Add($"select id from order_buyer where park = {Next(park)} and {column} = {Next(hash)}");

    private string Next(object? value)
    {
        _values.Add(value);
        return "@" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }
}
