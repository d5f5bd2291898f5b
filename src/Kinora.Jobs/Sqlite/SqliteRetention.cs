using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Erases and deletes ended jobs, a bounded batch a transaction, so that submits never wait long behind it.</summary>
internal static class SqliteRetention
{
    /// <summary>Jobs a transaction.</summary>
    internal const int LargestBatch = 200;

    /// <summary>How many sweeps name the blob of a deleted job before its row goes.</summary>
    private const int TimesNamed = 3;

    /// <summary>Deletes up to a batch of jobs that ended at or before <paramref name="endedBy"/>, and answers how many.</summary>
    internal static int DeleteJobs(SqliteConnection connection, long endedBy) =>
        connection.Execute(
            "DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE state >= 2 AND ended_at <= @endedBy LIMIT @LargestBatch)",
            new { endedBy, LargestBatch });

    /// <summary>Erases what jobs submitted without storing carried: input, output, log and the failure's detail, which can quote the input.</summary>
    internal static int ErasePayloads(SqliteConnection connection, long endedBy)
    {
        var jobs = connection.Query<long>(
            "SELECT seq FROM jobs WHERE state >= 2 AND store_payloads = 0 AND erased = 0 AND ended_at <= @endedBy LIMIT @LargestBatch",
            new { endedBy, LargestBatch }).ToList();
        ErasePayloadsOf(connection, jobs);
        return jobs.Count;
    }

    /// <summary>Erases input, output, log and the failure's detail of these jobs, which must have ended.</summary>
    internal static void ErasePayloadsOf(SqliteConnection connection, IReadOnlyList<long> jobs)
    {
        connection.Execute("DELETE FROM job_inputs WHERE job IN @jobs", new { jobs });
        connection.Execute("DELETE FROM job_outputs WHERE job IN @jobs", new { jobs });
        connection.Execute("DELETE FROM job_texts WHERE job IN @jobs", new { jobs });
        connection.Execute("DELETE FROM job_logs WHERE job IN @jobs", new { jobs });
        connection.Execute("UPDATE jobs SET erased = 1, failure_detail = NULL, version = version + 1 WHERE seq IN @jobs", new { jobs });
    }

    /// <summary>Names the blobs of deleted jobs, each in <see cref="TimesNamed"/> sweeps.</summary>
    internal static List<string> NameOrphanedBlobs(SqliteConnection connection)
    {
        connection.Execute("DELETE FROM job_blobs WHERE job IS NULL AND named >= @TimesNamed", new { TimesNamed });
        return connection.Query<string>("UPDATE job_blobs SET named = named + 1 WHERE job IS NULL RETURNING name").ToList();
    }
}
