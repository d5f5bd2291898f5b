using Kinora.Browser.Tests.Playground;

[assembly: AssemblyFixture(typeof(PlaygroundFixture))]

namespace Kinora.Browser.Tests.Playground;

/// <summary>What the tests of the playground share: one browser, a server that renders, and one that answers at once. They start when a test first asks for them.</summary>
public sealed class PlaygroundFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _scratch = new();
    private readonly Lazy<Task<BrowserSession>> _browser = new(BrowserSession.StartAsync);
    private readonly Lazy<Task<ServerProcess>> _real;
    private readonly Lazy<Task<ServerProcess>> _instant;

    public PlaygroundFixture()
    {
        _real = new(() => ServerProcess.StartAsync(_scratch.File("real"), "--slots", "2"));
        _instant = new(() => ServerProcess.StartAsync(_scratch.File("instant"), "--instant"));
    }

    /// <summary>Opens the playground of the server that renders.</summary>
    internal async Task<PlaygroundPage> OpenAsync(string view = "run", PlaygroundLook? look = null) =>
        await PlaygroundPage.OpenAsync(await _browser.Value, (await _real.Value).Address, view, look ?? new PlaygroundLook());

    /// <summary>Opens the playground of the server that answers at once with a tiny grey clip.</summary>
    internal async Task<PlaygroundPage> OpenInstantAsync(string view = "run", PlaygroundLook? look = null) =>
        await PlaygroundPage.OpenAsync(await _browser.Value, (await _instant.Value).Address, view, look ?? new PlaygroundLook());

    /// <summary>Opens the playground of another server.</summary>
    internal async Task<PlaygroundPage> OpenAsync(ServerProcess server, string view = "run", PlaygroundLook? look = null) =>
        await PlaygroundPage.OpenAsync(await _browser.Value, server.Address, view, look ?? new PlaygroundLook());

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated && _browser.Value.IsCompletedSuccessfully) await (await _browser.Value).DisposeAsync();
        foreach (var server in (Lazy<Task<ServerProcess>>[])[_real, _instant])
        {
            if (server.IsValueCreated && server.Value.IsCompletedSuccessfully) await (await server.Value).DisposeAsync();
        }

        _scratch.Dispose();
    }
}
