namespace Kinora.Cli.Load;

/// <summary>A load to put on a server: requests at fixed times, whatever the server does (an open loop), so that a slow server is not spared.</summary>
/// <param name="Servers">The addresses of one installation's servers: submits go to them in turn.</param>
/// <param name="Endpoint">The endpoint that is called.</param>
/// <param name="Body">The input, JSON text.</param>
/// <param name="Key">API key as <c>id:secret</c>; null: none.</param>
/// <param name="PerSecond">Submits a second, above 0.</param>
/// <param name="Duration">How long.</param>
/// <param name="Follow">How long to wait for the last results after that; zero: only submits are measured.</param>
internal sealed record LoadPlan(IReadOnlyList<Uri> Servers, string Endpoint, string Body, string? Key, double PerSecond, TimeSpan Duration, TimeSpan Follow);
