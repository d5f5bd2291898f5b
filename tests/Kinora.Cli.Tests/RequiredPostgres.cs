using Kinora.Jobs.Tests.Postgres;

namespace Kinora.Cli.Tests;

/// <summary>PostgreSQL's server programs, which a laptop may lack: see <see cref="RequiredTool"/>. They lie outside of the path on Debian.</summary>
internal static class RequiredPostgres
{
    public static void SkipUnlessPresent()
    {
        if (PostgresServer.IsInstalled)
            return;
        var required = (Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains("postgres"), "PostgreSQL must be installed here: KINORA_TEST_REQUIRE names it.");
        Assert.Skip("PostgreSQL is not installed.");
    }
}
