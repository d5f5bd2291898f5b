using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Tests;

/// <summary>The queue as a server hosts it, in a given data directory.</summary>
internal static class JobsHost
{
    internal static async Task<IHost> StartAsync(string dataDirectory, JobHandler handler, Func<JobsOptions, JobsOptions>? change = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        var options = new JobsOptions { DataDirectory = dataDirectory };
        builder.Services.AddKinoraJobs(change?.Invoke(options) ?? options, _ => handler);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    internal static IJobStore Jobs(this IHost host) => host.Services.GetRequiredService<IJobStore>();
}
