using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Tests;

/// <summary>The queue as a server hosts it, with given options.</summary>
internal static class JobsHost
{
    internal static async Task<IHost> StartAsync(JobsOptions options, JobHandler handler)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddKinoraJobs(options, _ => handler);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    internal static IJobStore Jobs(this IHost host) => host.Services.GetRequiredService<IJobStore>();
}
