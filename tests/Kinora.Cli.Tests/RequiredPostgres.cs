using Kinora.Jobs.Tests;
using Kinora.Jobs.Tests.Postgres;

namespace Kinora.Cli.Tests;

/// <summary>PostgreSQL's server programs, which a laptop may lack: see <see cref="RequiredTool"/>. They lie outside of the path on Debian.</summary>
internal static class RequiredPostgres
{
    public static void SkipUnlessPresent()
    {
        if (!PostgresServer.IsInstalled)
            RequiredTool.SkipOrFail("postgres", "PostgreSQL");
    }
}
