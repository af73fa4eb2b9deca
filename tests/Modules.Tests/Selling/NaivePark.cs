namespace Shanmen.Modules.Tests.Selling;

/// <summary>What somebody may ask for next.</summary>
public enum Deed { Sell, Order, Pay, Cancel, Admit, Return, Quota }

/// <summary>One step of a script.</summary>
/// <param name="Which">Picks an order or a ticket among those there are, modulo their number.</param>
/// <param name="People">How many are sold or may be.</param>
public readonly record struct Step(Deed Deed, int Which, int People)
{
    public override string ToString() => $"{Deed} {Which} {People}";
}

/// <summary>
/// What selling, holding, paying, giving up, admitting and returning should come to for one ticket type on one day, in the
/// simplest words there are: lists that are walked each time.
/// </summary>
/// <param name="forgetsHolds">Wrong on purpose: sells what unpaid orders hold.</param>
public sealed class NaivePark(bool forgetsHolds = false)
{
    public const int FirstQuota = 9;

    public sealed class Ticket { public bool Used, Returned; }

    public sealed class Order(int people)
    {
        public int People { get; } = people;
        public string State { get; set; } = "ordered";
        public List<Ticket> Tickets { get; } = [];
    }

    private int _quota = FirstQuota;
    public List<Order> Orders { get; } = [];
    public Ticket[] Tickets => [.. Orders.SelectMany(o => o.Tickets)];
    public int Sold => Tickets.Count(t => !t.Returned);
    public int Held => Orders.Where(o => o.State == "ordered").Sum(o => o.People);
    public int Left => Math.Max(0, _quota - Sold - Held);
    public int Used => Tickets.Count(t => t.Used);

    /// <summary>Does the step, or says false: then nothing has happened. Null where there is nothing to do it to.</summary>
    public bool? Do(Step step)
    {
        switch (step.Deed)
        {
            case Deed.Sell or Deed.Order:
                if (Sold + (forgetsHolds ? 0 : Held) + step.People > _quota) return false;
                Orders.Add(new Order(step.People));
                return step.Deed == Deed.Order || Pay(Orders[^1]);
            case Deed.Quota:
                _quota = step.Which * 2;
                return true;
            case Deed.Pay or Deed.Cancel when Orders.Count > 0:
                var order = Orders[step.Which % Orders.Count];
                if (order.State != "ordered") return false;
                if (step.Deed == Deed.Pay) return Pay(order);
                order.State = "cancelled";
                return true;
            case Deed.Admit or Deed.Return when Tickets.Length > 0:
                var ticket = Tickets[step.Which % Tickets.Length];
                if (ticket.Used || ticket.Returned) return false;
                return step.Deed == Deed.Admit ? ticket.Used = true : ticket.Returned = true;
            default: return null;
        }
    }

    private static bool Pay(Order order)
    {
        order.State = "paid";
        order.Tickets.AddRange(Enumerable.Range(0, order.People).Select(_ => new Ticket()));
        return true;
    }
}
