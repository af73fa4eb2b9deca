using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Delivery;

/// <summary>By which way tickets go to their buyer.</summary>
internal enum DeliveryWay
{
    /// <summary>快件: with an express carrier.</summary>
    Express,
    /// <summary>邮寄: by post.</summary>
    Post,
    /// <summary>送货上门: with somebody of the park.</summary>
    Home,
}

/// <summary>How far a delivery is. docs/algorithms/delivery.md.</summary>
internal enum DeliveryState { Waiting, OnItsWay, Delivered, CameBack, Cancelled }

/// <summary>What happens to a delivery that was asked for.</summary>
internal enum DeliveryStep { Sent, Delivered, CameBack, Cancelled }

/// <summary>送票: the delivery of an order's tickets, under the order's id. Name, phone and address are protected.</summary>
/// <param name="Word">Who signed for it, or why it came back or was cancelled.</param>
/// <param name="Staff">Who did the last step.</param>
/// <param name="At">When it was asked for.</param>
internal sealed record DeliveryRow(Guid Id, int Park, DeliveryState State, DeliveryWay Way, byte[] Name, byte[] Phone, byte[] Address, string Note, string Carrier, string Tracking, string Word, Guid Staff, long At, int Day,
    long? SentAt = null, long? EndedAt = null)
{
    public const string NamePurpose = "delivery.name", PhonePurpose = "delivery.phone", AddressPurpose = "delivery.address";

    public static readonly RowTable<Guid, DeliveryRow> Table = new("delivery", "id, park, state, way, name, phone, address, note, carrier, tracking, word, staff, at, day, sent_at, ended_at",
        r => new(r.Id(0), r.Int(1), Enum.Parse<DeliveryState>(r.Text(2)), Enum.Parse<DeliveryWay>(r.Text(3)), r.Bytes(4), r.Bytes(5), r.Bytes(6), r.Text(7), r.Text(8), r.Text(9), r.Text(10), r.Id(11), r.Long(12), r.Int(13),
            r.LongOrNull(14), r.LongOrNull(15)),
        d => [d.Id, d.Park, d.State.ToString(), d.Way.ToString(), d.Name, d.Phone, d.Address, d.Note, d.Carrier, d.Tracking, d.Word, d.Staff, d.At, d.Day, d.SentAt, d.EndedAt], d => d.Id);

    /// <summary>Whether it may be asked for anew, or changed.</summary>
    public bool MayAsk => State is DeliveryState.Waiting or DeliveryState.CameBack or DeliveryState.Cancelled;

    /// <summary>What a step makes of it; null where it does not follow.</summary>
    public DeliveryRow? After(DeliveryStepped step, long at) => (State, step.Step) switch
    {
        (DeliveryState.Waiting, DeliveryStep.Sent) => this with { State = DeliveryState.OnItsWay, Carrier = step.Carrier, Tracking = step.Tracking, SentAt = at, Staff = step.StaffId },
        (DeliveryState.OnItsWay, DeliveryStep.Delivered) => Ended(DeliveryState.Delivered, step, at),
        (DeliveryState.OnItsWay, DeliveryStep.CameBack) => Ended(DeliveryState.CameBack, step, at),
        // Nobody will be visited, so nobody's address is kept.
        (DeliveryState.Waiting or DeliveryState.CameBack, DeliveryStep.Cancelled) => Ended(DeliveryState.Cancelled, step, at) with { Name = [], Phone = [], Address = [] },
        _ => null,
    };

    private DeliveryRow Ended(DeliveryState state, DeliveryStepped step, long at) => this with { State = state, Word = step.Word, EndedAt = at, Staff = step.StaffId };

    /// <summary>The delivery of an order, or null.</summary>
    public static Task<DeliveryRow?> Of(Database database, Guid order) => database.First(Table.Read, Table.Select + " where id = @1", order);
}

/// <summary>What the log keeps of the protected cells: it shows a change and tells nothing. They are random in themselves.</summary>
internal sealed record DeliveryDigests(byte[] Name, byte[] Phone, byte[] Address)
{
    public static DeliveryDigests Of(DeliveryRow row) => new(Digest("name", row.Name), Digest("phone", row.Phone), Digest("address", row.Address));

    private static byte[] Digest(string column, byte[] content) => RowReplay<Guid, DeliveryRow>.DigestOf(column, content, []);
}

/// <summary>登记送票: tickets of an order are to be sent; also where way, person or address changed.</summary>
internal sealed record DeliveryAsked(Guid OrderId, DeliveryWay Way, string Note, DeliveryDigests Digests, Guid StaffId);

/// <summary>送票进展: a step of it.</summary>
/// <param name="Carrier">Who carries it; said when it is sent.</param>
/// <param name="Tracking">The carrier's number of it; empty where there is none.</param>
/// <param name="Word">Who signed for it, or why it came back or was cancelled.</param>
internal sealed record DeliveryStepped(Guid OrderId, DeliveryStep Step, string Carrier, string Tracking, string Word, Guid StaffId);

/// <summary>打印面单: somebody saw name, phone and address in clear.</summary>
internal sealed record DeliveryLabelShown(Guid OrderId, Guid StaffId);

/// <summary>Why a delivery is not asked for or does not go on.</summary>
public enum DeliveryRefusal
{
    /// <summary>The order is not paid, or no ticket of it is valid.</summary>
    NothingToDeliver,
    /// <summary>It is on its way, or has arrived.</summary>
    DeliveryUnderWay,
    /// <summary>The step does not follow from how far it is.</summary>
    DeliveryStepWrong,
}
