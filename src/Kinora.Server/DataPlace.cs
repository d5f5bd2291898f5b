using Kinora.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server;

/// <summary>Where a server's jobs and keys are.</summary>
/// <param name="DataDirectory">The data directory; null: the default one.</param>
/// <param name="Database">The database, <c>postgres://…</c>; null: a file in the data directory.</param>
public sealed record DataPlace(string? DataDirectory, string? Database)
{
    /// <summary>Opens its stores for a command.</summary>
    internal T Open<T>(TimeProvider time, Func<ServiceProvider, T> use)
    {
        var options = new JobsOptions { DataDirectory = DataDirectory ?? new KinoraServerOptions().DataDirectory, Database = Database };
        var services = new ServiceCollection().AddSingleton(time).AddKinoraStores(options).BuildServiceProvider();
        try
        {
            return use(services);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or JobStoreException)
        {
            services.Dispose();
            throw new ServerStartException(problem.Message, problem);
        }
    }
}
