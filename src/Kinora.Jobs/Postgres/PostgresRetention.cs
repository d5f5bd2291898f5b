using Dapper;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Erases and deletes ended jobs, a bounded batch a transaction, so that nothing waits long behind it. Sweepers pass over each other's rows.</summary>
internal static class PostgresRetention
{
    /// <summary>Jobs a transaction.</summary>
    internal const int LargestBatch = 500;

    /// <summary>How many sweeps name the blob of a deleted job before its row goes.</summary>
    private const int TimesNamed = 3;

    private const string Ended = $"state >= 2 AND ended_at <= {PostgresDatabase.Now} - @age";

    private const string DeleteJobs = $"""
        DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE {Ended} ORDER BY ended_at LIMIT @LargestBatch FOR UPDATE SKIP LOCKED)
        """;

    private const string Unerased = $"""
        SELECT seq FROM jobs WHERE {Ended} AND NOT store_payloads AND NOT erased ORDER BY ended_at LIMIT @LargestBatch FOR UPDATE SKIP LOCKED
        """;

    private const string Erase = """
        WITH inputs AS (DELETE FROM job_inputs WHERE job = ANY (@jobs)), texts AS (DELETE FROM job_texts WHERE job = ANY (@jobs)), outputs AS (DELETE FROM job_outputs WHERE job = ANY (@jobs)),
             logs AS (DELETE FROM job_logs WHERE job = ANY (@jobs))
        UPDATE jobs SET erased = true, failure_detail = NULL, version = version + 1 WHERE seq = ANY (@jobs)
        """;

    /// <summary>Deletes up to a batch of jobs that ended longer ago than <paramref name="age"/>, and answers how many.</summary>
    internal static Task<int> DeleteJobsAsync(NpgsqlConnection connection, long? now, long age) =>
        connection.ExecuteAsync(DeleteJobs, new { now, age, LargestBatch });

    /// <summary>Erases what jobs submitted without storing carried: input, output, log and the failure's detail, which can quote the input.</summary>
    internal static async Task<int> ErasePayloadsAsync(NpgsqlConnection connection, long? now, long age)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        long[] jobs = [.. await connection.QueryAsync<long>(Unerased, new { now, age, LargestBatch }, transaction)];
        await ErasePayloadsOfAsync(connection, jobs);
        await transaction.CommitAsync();
        return jobs.Length;
    }

    /// <summary>Erases input, output, log and the failure's detail of these jobs, which must have ended.</summary>
    internal static Task ErasePayloadsOfAsync(NpgsqlConnection connection, long[] jobs) =>
        connection.ExecuteAsync(Erase, new { jobs });

    /// <summary>Names the blobs of deleted jobs, each in <see cref="TimesNamed"/> sweeps.</summary>
    internal static async Task<List<string>> NameOrphanedBlobsAsync(NpgsqlConnection connection)
    {
        await connection.ExecuteAsync("DELETE FROM job_blobs WHERE job IS NULL AND named >= @TimesNamed", new { TimesNamed });
        return (await connection.QueryAsync<string>("UPDATE job_blobs SET named = named + 1 WHERE job IS NULL RETURNING name")).AsList();
    }
}
