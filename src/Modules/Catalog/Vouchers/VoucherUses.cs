using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>What is known of the uses of vouchers, read from the store.</summary>
public static class VoucherUses
{
    /// <summary>How the codes of the accounts begin that say what a kind took off.</summary>
    public const string Accounts = "voucher/";

    /// <summary>A voucher with its batch and kind; null where the park has none with this code.</summary>
    internal static async Task<(Voucher Voucher, VoucherBatch Batch, VoucherKind Kind)?> Find(Database database, int park, string code)
    {
        if (await database.First(Voucher.Table.Read, Voucher.Table.Select + " where id = @1 and park = @2", VoucherCode.IdOf(park, code), park) is not { } voucher) return null;
        var batch = (await VoucherBatch.Of(database, park, voucher.Batch))!;
        return (voucher, batch, (await VoucherKind.Of(database, park, batch.Kind))!);
    }

    /// <summary>How often each voucher that was ever used counts as used.</summary>
    public static async Task<IReadOnlyDictionary<Guid, int>> Read(Snapshot store) =>
        (await store.Query(r => (Id: r.Id(0), Used: r.Int(1)), "select id, used from voucher where used <> 0")).ToDictionary(v => v.Id, v => v.Used);

    /// <summary>The code of the account that says what a kind took off.</summary>
    public static string AccountOf(int park, Guid kind) => VoucherKind.TakenOff(park, kind).Code;
}
