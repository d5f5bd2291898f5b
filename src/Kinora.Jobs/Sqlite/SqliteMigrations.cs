using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>
/// Brings a database up to date with the numbered SQL files of this assembly, each in its number's order and once.
/// One write transaction holds other processes off, so that any number of them may start at once.
/// Migrations only add: an older program goes on working on a newer database.
/// </summary>
internal static class SqliteMigrations
{
    private const string Folder = "Sqlite/Migrations/";

    /// <summary>Applies what is missing, up to the number <paramref name="last"/>.</summary>
    internal static void Apply(SqliteConnection connection, long last = long.MaxValue)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)");
            var applied = connection.Query<long>("SELECT number FROM migrations").ToHashSet();
            foreach (var (number, name) in Available().Where(migration => migration.Number <= last && !applied.Contains(migration.Number)))
            {
                connection.Execute(ReadSql(name));
                connection.Execute("INSERT INTO migrations (number, name) VALUES (@number, @name)", new { number, name });
            }

            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Execute("ROLLBACK");
            throw;
        }
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
