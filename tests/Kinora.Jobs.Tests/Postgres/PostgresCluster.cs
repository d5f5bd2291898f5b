using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>
/// The PostgreSQL server that all tests of this process share. A laptop without PostgreSQL skips them; where <c>KINORA_TEST_REQUIRE</c> names <c>postgres</c> they
/// fail.
/// </summary>
internal static class PostgresCluster
{
    private const string Template = "kinora_template";

    private static readonly SemaphoreSlim s_turn = new(1);
    private static PostgresServer? s_shared;

    /// <summary>A server that its caller may stop and start, or a skipped test.</summary>
    internal static Task<PostgresServer> StartAsync()
    {
        if (!PostgresServer.IsInstalled)
            RequiredTool.SkipOrFail("postgres", "PostgreSQL");
        return PostgresServer.StartAsync();
    }

    /// <summary>Makes a database with the tables of the newest migration, on the shared server.</summary>
    /// <returns>Its URL.</returns>
    internal static async Task<string> CreateDatabaseAsync()
    {
        await s_turn.WaitAsync();
        try
        {
            if (s_shared is null)
            {
                s_shared = await StartAsync();
                await s_shared.ExecuteAsync($"CREATE DATABASE {Template}");
                await PostgresDatabase.Open(s_shared.Url(Template)).DisposeAsync();
            }

            return await s_shared.CreateDatabaseAsync(Template);
        }
        finally
        {
            s_turn.Release();
        }
    }

    /// <summary>Makes an empty database on the shared server.</summary>
    /// <returns>Its URL.</returns>
    internal static async Task<string> CreateEmptyDatabaseAsync()
    {
        _ = await CreateDatabaseAsync();
        return await s_shared!.CreateDatabaseAsync();
    }
}
