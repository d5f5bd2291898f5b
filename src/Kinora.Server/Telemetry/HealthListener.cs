using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Telemetry;

/// <summary>A small web server beside the host, for those who watch it: a worker has no other, and a front's other one asks for keys.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="host">What it looks at.</param>
internal sealed class HealthListener(string address, IServiceProvider host) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where it listens since its start, without a trailing slash: port 0 has become a free one.</summary>
    public string Address => _app!.Urls.First().TrimEnd('/');

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        var (ready, metrics) = (host.GetRequiredService<ReadyEndpoint>(), host.GetRequiredService<MetricsEndpoint>());
        _app.Map("/healthz", LiveEndpoint.HandleAsync);
        _app.Map("/readyz", ready.ServeAllAsync);
        _app.Map("/metrics", metrics.ServeAsync);
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
