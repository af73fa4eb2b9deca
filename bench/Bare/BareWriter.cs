using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Shanmen.Bare;

/// <summary>One writer over SQLite in WAL mode with synchronous=FULL: whatever waits is committed together.</summary>
internal sealed class BareWriter : IAsyncDisposable
{
    private const int GroupMax = 256, Slots = 30, Purses = 10_000;
    private const long Plenty = 1L << 40;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _quota, _order, _ticket, _payment, _redeem, _charge, _movement;
    private readonly Task _loop;

    public BareWriter(string file, int tickets)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        Run("pragma journal_mode=WAL; pragma synchronous=FULL; pragma cache_size=-65536; pragma wal_autocheckpoint=4000;");
        Run("create table if not exists slot (id integer primary key, remaining integer not null);"
            + "create table if not exists orders (id blob primary key, slot integer not null, total_fen integer not null, at integer not null);"
            + "create table if not exists ticket (id blob primary key, order_id blob not null, used integer not null);"
            + "create table if not exists payment (id blob primary key, order_id blob not null, amount_fen integer not null);"
            + "create table if not exists purse (id integer primary key, balance_fen integer not null);"
            + "create table if not exists movement (id blob primary key, purse integer not null, amount_fen integer not null);");
        for (var i = 0; i < Slots; i++) Run($"insert or ignore into slot values ({i}, {Plenty})");
        Run($"with recursive n(i) as (select 0 union all select i + 1 from n where i < {Purses} - 1) insert or ignore into purse select i, {Plenty} from n");
        _quota = Command("update slot set remaining = remaining - 2 where id = @1 and remaining >= 2", 1);
        _order = Command("insert into orders values (@1, @2, @3, @4)", 4);
        _ticket = Command("insert into ticket values (@1, @2, 0)", 2);
        _payment = Command("insert into payment values (@1, @2, @3)", 3);
        _redeem = Command("update ticket set used = 1 where id = @1 and used = 0", 1);
        _charge = Command("update purse set balance_fen = balance_fen - @2 where id = @1 and balance_fen >= @2", 2);
        _movement = Command("insert into movement values (@1, @2, @3)", 3);
        Stock(tickets);
        _loop = Task.Run(Work);
    }

    /// <summary>Unused tickets, so that gates can be measured without selling first. The benchmark knows their ids by the same line.</summary>
    private void Stock(int tickets)
    {
        using var transaction = _connection.BeginTransaction();
        for (var i = 0; i < tickets; i++)
        {
            var id = new Guid(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)).AsSpan(0, 16)).ToByteArray();
            Run(_ticket, transaction, id, id);
        }
        transaction.Commit();
    }

    public Task<bool> Send(object request)
    {
        var waiting = new Waiting(request);
        _waiting.Writer.TryWrite(waiting);
        return waiting.Answer.Task;
    }

    private async Task Work()
    {
        var group = new List<Waiting>(GroupMax);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupMax && _waiting.Reader.TryRead(out var next)) group.Add(next);
            using (var transaction = _connection.BeginTransaction(deferred: false))
            {
                foreach (var one in group) one.Ok = Write(one.Request, transaction);
                transaction.Commit();
            }
            foreach (var one in group) one.Answer.SetResult(one.Ok);
        }
    }

    private bool Write(object request, SqliteTransaction transaction)
    {
        switch (request)
        {
            case Sell sale:
                if (Run(_quota, transaction, sale.Slot) == 0) return false;
                Run(_order, transaction, sale.Key.ToByteArray(), sale.Slot, sale.TotalFen, TimeProvider.System.GetTimestamp());
                // The first ticket has the order's id, so that a scan can be asked for without reading answers.
                Run(_ticket, transaction, sale.Key.ToByteArray(), sale.Key.ToByteArray());
                Run(_ticket, transaction, Guid.NewGuid().ToByteArray(), sale.Key.ToByteArray());
                Run(_payment, transaction, Guid.NewGuid().ToByteArray(), sale.Key.ToByteArray(), sale.TotalFen);
                return true;
            case Redeem scan:
                return Run(_redeem, transaction, scan.Code.ToByteArray()) == 1;
            case Charge charge:
                if (Run(_charge, transaction, charge.Purse, charge.AmountFen) == 0) return false;
                Run(_movement, transaction, charge.Key.ToByteArray(), charge.Purse, charge.AmountFen);
                return true;
            default: throw new InvalidOperationException();
        }
    }

    private static int Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + i });
        command.Prepare();
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private sealed class Waiting(object request)
    {
        public object Request { get; } = request;
        public bool Ok { get; set; }
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
