using Npgsql;
using NpgsqlTypes;

namespace Shanmen.Bench.Runs;

/// <summary>
/// The limit on PostgreSQL: the same shapes as <c>bench/Bare</c>, each as one function call that is one transaction, asked directly
/// over Npgsql. It lives in a schema of its own, which goes before we come.
/// </summary>
internal static class PostgresLimit
{
    private const string Shapes = """
        create schema yardstick;
        create table yardstick.slot (id int primary key, remaining bigint not null) with (fillfactor = 50);
        create table yardstick.orders (id uuid primary key, slot int not null, total_fen bigint not null, at timestamptz not null);
        create table yardstick.ticket (id uuid primary key, order_id uuid not null, used boolean not null) with (fillfactor = 90);
        create table yardstick.payment (id uuid primary key, order_id uuid not null, amount_fen bigint not null);
        create table yardstick.purse (id int primary key, balance_fen bigint not null) with (fillfactor = 50);
        create table yardstick.movement (id uuid primary key, purse int not null, amount_fen bigint not null);
        insert into yardstick.slot select i, 1::bigint << 40 from generate_series(0, 29) i;
        insert into yardstick.purse select i, 1::bigint << 40 from generate_series(0, 9999) i;
        create function yardstick.sell(key uuid, wanted int, fen bigint) returns boolean language plpgsql as $$
        begin
          update yardstick.slot set remaining = remaining - 2 where id = wanted and remaining >= 2;
          if not found then return false; end if;
          insert into yardstick.orders values (key, wanted, fen, now());
          insert into yardstick.ticket values (key, key, false), (gen_random_uuid(), key, false);
          insert into yardstick.payment values (gen_random_uuid(), key, fen);
          return true;
        end $$;
        create function yardstick.redeem(code uuid) returns boolean language plpgsql as $$
        begin
          update yardstick.ticket set used = true where id = code and not used;
          return found;
        end $$;
        create function yardstick.charge(key uuid, which int, fen bigint) returns boolean language plpgsql as $$
        begin
          update yardstick.purse set balance_fen = balance_fen - fen where id = which and balance_fen >= fen;
          if not found then return false; end if;
          insert into yardstick.movement values (key, which, fen);
          return true;
        end $$;
        """;

    /// <param name="tickets">Unused tickets that it has from its start.</param>
    public static async Task Make(string connectionString, int tickets)
    {
        await Run(connectionString, Shapes);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var stock = await connection.BeginBinaryImportAsync("copy yardstick.ticket from stdin (format binary)"))
        {
            for (var i = 0; i < tickets; i++)
            {
                await stock.StartRowAsync();
                for (var column = 0; column < 2; column++) await stock.WriteAsync(Admitting.TicketOf(i), NpgsqlDbType.Uuid);
                await stock.WriteAsync(false, NpgsqlDbType.Boolean);
            }
            await stock.CompleteAsync();
        }
        // Both sides begin with what they have on the disk, and without a vacuum in between.
        await Run(connectionString, "vacuum analyze yardstick.ticket");
        await Run(connectionString, "checkpoint");
    }

    public static Task Drop(string connectionString) => Run(connectionString, "drop schema yardstick cascade");

    private static async Task Run(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
