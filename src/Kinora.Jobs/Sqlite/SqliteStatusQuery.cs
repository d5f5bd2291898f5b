using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>
/// The read that pollers ask for ten times a second, as a statement that each reading connection prepares once: parsing the SQL and finding the
/// columns by name took most of the time.
/// </summary>
internal static class SqliteStatusQuery
{
    private const string Sql = $"""
        SELECT owner, endpoint, state, phase, fraction, cancel_requested, failure_kind, failure_message, failure_can_retry, failure_detail, run_ms, version,
               CASE WHEN state = 0 THEN {SqliteQueries.QueuePosition} END
        FROM jobs j WHERE id = @id
        """;

    private static readonly ConditionalWeakTable<SqliteConnection, SqliteCommand> s_prepared = [];

    /// <summary>Reads the status of a job, or null if there is none. One caller per connection at a time.</summary>
    internal static JobStatus? Find(SqliteConnection connection, Guid id)
    {
        var command = s_prepared.GetValue(connection, Prepare);
        command.Parameters[0].Value = id.ToString();
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader, id) : null;
    }

    private static SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.Parameters.Add("@id", SqliteType.Text);
        command.Prepare();
        return command;
    }

    private static JobStatus Read(SqliteDataReader row, Guid id)
    {
        var state = (JobState)row.GetInt64(2);
        return new JobStatus
        {
            Id = id,
            Owner = row.GetString(0),
            Endpoint = row.GetString(1),
            State = state,
            Progress = row.IsDBNull(3) ? null : new JobProgress(row.GetString(3), row.IsDBNull(4) ? 0 : row.GetDouble(4)),
            CancelRequested = row.GetInt64(5) != 0,
            Failure = row.IsDBNull(6) ? null : ReadFailure(row),
            RunTime = state >= JobState.Completed && !row.IsDBNull(10) ? TimeSpan.FromMilliseconds(row.GetInt64(10)) : null,
            Version = row.GetInt64(11),
            QueuePosition = row.IsDBNull(12) ? null : (int)row.GetInt64(12),
        };
    }

    private static JobFailure ReadFailure(SqliteDataReader row) => new(
        (JobFailureKind)row.GetInt64(6),
        row.IsDBNull(7) ? "" : row.GetString(7),
        !row.IsDBNull(8) && row.GetInt64(8) != 0,
        row.IsDBNull(9) ? null : row.GetString(9));
}
