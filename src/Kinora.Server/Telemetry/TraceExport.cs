using Kinora.Jobs;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kinora.Server.Telemetry;

/// <summary>Sends spans to an OpenTelemetry collector over OTLP (HTTP, protobuf) while the server runs. What is on its way is sent before the end.</summary>
/// <param name="collector">The collector, for example <c>http://127.0.0.1:4318</c>; <c>/v1/traces</c> is added.</param>
internal sealed class TraceExport(Uri collector) : IHostedService, IDisposable
{
    private TracerProvider? _provider;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("kinora", serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}"))
            .AddSource(KinoraSource.Name)
            .AddOtlpExporter(otlp => (otlp.Endpoint, otlp.Protocol) = (new Uri(collector, "v1/traces"), OtlpExportProtocol.HttpProtobuf))
            .Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.ForceFlush(5_000), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _provider?.Dispose();
}
