using System.ComponentModel.DataAnnotations;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Server;

/// <summary>A process that runs requests which fronts have accepted, and answers nobody. It needs the fronts' database and their storage of files.</summary>
public sealed class KinoraWorker : IAsyncDisposable
{
    private readonly IHost _host;

    private KinoraWorker(IHost host) => _host = host;

    /// <summary>Where it answers <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>, without a trailing slash; null if nowhere.</summary>
    public string? HealthAddress => _host.Services.GetService<HealthListener>()?.Address;

    /// <summary>Checks the options and what the worker needs, opens the data, and begins to claim.</summary>
    /// <exception cref="ServerStartException">An option is out of range, or something is missing.</exception>
    public static async Task<KinoraWorker> StartAsync(KinoraServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning);
            builder.Logging.UseKinoraLogFormat(options.LogFormat);
            builder.Services.AddKinoraWork(options, await FfmpegInstallation.FindAsync(directory: null, cancellationToken), requireKeys: true, isFront: false);
            var host = builder.Build();
            await WorkComposition.PrepareAsync(host.Services, options, cancellationToken);
            await host.StartAsync(cancellationToken);
            return new KinoraWorker(host);
        }
        catch (Exception problem) when (WorkComposition.IsExpected(problem))
        {
            throw new ServerStartException(problem.Message, problem);
        }
    }

    /// <summary>Waits until the process is told to stop (SIGTERM, SIGINT) and its jobs have ended or gone back to the queue.</summary>
    public Task WaitForStopAsync() => _host.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
