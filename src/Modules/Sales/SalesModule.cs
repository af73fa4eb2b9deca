using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Modules.Sales.Bank;
using Shanmen.Modules.Sales.DayReturns;
using Shanmen.Modules.Sales.Delivery;
using Shanmen.Modules.Sales.Desks;
using Shanmen.Modules.Sales.Exchange;
using Shanmen.Modules.Sales.External;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Kept;
using Shanmen.Modules.Sales.Notes;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Owed;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Modules.Sales.Shifts;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Modules.Sales.Vouchers;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Sales;

/// <summary>Selling at the window: shifts, orders, payments, paper, returns. Asks the rights side for tickets and the ledger for money.</summary>
public sealed class SalesModule : IModule
{
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<TicketOffice>();
        services.AddSingleton<GivenTickets>();
        services.AddSingleton<UsedVouchers>();
        services.AddSingleton<ExternalCodes>();
        services.AddSingleton<PartnerShares>();
        services.AddSingleton<AgencyOrders>();
        services.AddSingleton<AgencyEntries>();
        services.AddSingleton<BankTransfers>();
        services.AddSingleton<PaidRefunds>();
        services.AddSingleton<ExchangedTickets>();
        services.AddSingleton<OrderCounts>();
        services.AddSingleton<OrderAnswers>();
        services.AddSingleton<ReturnDesk>();
        services.AddSingleton<OwedRefunds>();
        services.AddSingleton<PaperBook>();
        services.AddSingleton<PaperJournal>();
        services.AddHostedService<ExpireOrders>();
        services.AddHostedService<FindableBuyers>();
        services.AddHostedService<RunDayReturns>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        OpenShift.Map(routes);
        CloseShift.Map(routes);
        ReadShifts.Map(routes);
        OpenDrawer.Map(routes);
        SellTickets.Map(routes);
        PayOrder.Map(routes);
        CancelOrder.Map(routes);
        KeepOrder.Map(routes);
        ClaimOrder.Map(routes);
        TransferOrder.Map(routes);
        ReadDesks.Map(routes);
        ReadOrder.Map(routes);
        ListOrders.Map(routes);
        ReprintTickets.Map(routes);
        ExchangeTickets.Map(routes);
        NoteOrder.Map(routes);
        ReturnTickets.Map(routes);
        ReadRefund.Map(routes);
        RebookTickets.Map(routes);
        PayOwed.Map(routes);
        StartDayReturn.Map(routes);
        ReadDayReturns.Map(routes);
        SaveAgencyAccount.Map(routes);
        BookAgencyMoney.Map(routes);
        ReadAgencyAccounts.Map(routes);
        BookTransfer.Map(routes);
        ReadTransfers.Map(routes);
        AskDelivery.Map(routes);
        StepDelivery.Map(routes);
        ReadDeliveries.Map(routes);
        SavePaper.Map(routes);
        MovePaper.Map(routes);
        CountPaper.Map(routes);
        ReadPapers.Map(routes);
        SaveExternalList.Map(routes);
        TakeCodes.Map(routes);
        WithdrawCodes.Map(routes);
        ReadCodes.Map(routes);
    }

    public async Task Start(IServiceProvider services)
    {
        var papers = services.GetRequiredService<PaperBook>();
        await papers.Load();
        services.GetRequiredService<FactFeed>().Listen([nameof(TicketPaperSaved)], papers.Follow, papers.Load);
    }

    public IEnumerable<IProof> Proofs => [new OrderProof(), new VisitorProof(), new ExternalProof(), new NoteProof(), new OwedProof(), new PaperProof(), new AccountProof(), new DeliveryProof()];
}
