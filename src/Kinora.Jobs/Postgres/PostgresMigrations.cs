using System.Globalization;
using System.Reflection;
using Dapper;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// Brings a database up to date with the numbered SQL files of this assembly, each in its number's order and once. An advisory lock of the transaction lets one
/// process at a time do so. The numbers mean what they mean for SQLite. Migrations only add: an older program goes on working on a newer database.
/// </summary>
internal static class PostgresMigrations
{
    private const string Folder = "Postgres/Migrations/";

    /// <summary>The numbers of all migrations.</summary>
    internal static IReadOnlyList<long> Numbers { get; } = [.. Available().Select(migration => migration.Number)];

    /// <summary>Applies what is missing, up to the number <paramref name="last"/>.</summary>
    internal static void Apply(NpgsqlConnection connection, long last = long.MaxValue)
    {
        if (Missing(connection, last).Count == 0)
            return;

        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended('kinora migrations ' || current_schema(), 0))", transaction: transaction);
        connection.Execute("CREATE TABLE IF NOT EXISTS migrations (number bigint PRIMARY KEY, name text NOT NULL)", transaction: transaction);
        foreach (var (number, name) in Missing(connection, last))
        {
            connection.Execute(ReadSql(name), transaction: transaction);
            connection.Execute("INSERT INTO migrations (number, name) VALUES (@number, @name)", new { number, name }, transaction);
        }

        transaction.Commit();
    }

    private static List<(long Number, string Name)> Missing(NpgsqlConnection connection, long last)
    {
        bool none = connection.QuerySingle<bool>("SELECT to_regclass('migrations') IS NULL");
        var applied = none ? [] : connection.Query<long>("SELECT number FROM migrations").ToHashSet();
        return Available().Where(migration => migration.Number <= last && !applied.Contains(migration.Number)).ToList();
    }

    private static IEnumerable<(long Number, string Name)> Available() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (long.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture), name[Folder.Length..]))
            .Order();

    private static string ReadSql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
