using Kinora.Cli.Tests;
using Kinora.Jobs.Tests.Postgres;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Kinora.Cli.Tests;

/// <summary>The PostgreSQL server that tests share which do not stop it. A laptop without one skips them: see <see cref="RequiredPostgres"/>.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_turn = new(1);
    private static PostgresServer? s_server;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its URL.</returns>
    internal static async Task<string> CreateDatabaseAsync()
    {
        RequiredPostgres.SkipUnlessPresent();
        await s_turn.WaitAsync();
        try
        {
            s_server ??= await PostgresServer.StartAsync();
            return await s_server.CreateDatabaseAsync();
        }
        finally
        {
            s_turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (s_server is not null)
            await s_server.DisposeAsync();
    }
}
