namespace Kinora.Chaos;

/// <summary>
/// Hosts as network namespaces on one bridge, or no hosts at all: everything on the loopback. The bridge is in a network namespace of this program's own (see
/// <c>scripts/chaos</c>), so that nothing of it is seen outside.
/// </summary>
internal sealed class Network(bool isReal) : IAsyncDisposable
{
    private const string Bridge = "kinora0";

    private readonly string _prefix = $"kinora-{Environment.ProcessId}-";
    private readonly List<string> _names = [];

    /// <summary>Where the database and the storage listen.</summary>
    internal string Address { get; } = isReal ? "10.213.0.1" : "127.0.0.1";

    /// <summary>Whether links can be cut.</summary>
    internal bool IsReal => isReal;

    internal async Task StartAsync()
    {
        if (!isReal)
            return;
        await Tool.RunAsync("ip", "link", "set", "lo", "up");
        await Tool.RunAsync("ip", "link", "add", Bridge, "type", "bridge");
        await Tool.RunAsync("ip", "addr", "add", "10.213.0.1/24", "dev", Bridge);
        await Tool.RunAsync("ip", "link", "set", Bridge, "up");
    }

    /// <summary>Makes a host.</summary>
    /// <returns>Its name (null: none) and address.</returns>
    internal async Task<(string? Name, string Address)> AddHostAsync()
    {
        if (!isReal)
            return (null, "127.0.0.1");

        int number = _names.Count + 1;
        string name = _prefix + number, address = $"10.213.0.{10 + number}";
        _names.Add(name);
        await Tool.RunAsync("ip", "netns", "add", name);
        await Tool.RunAsync("ip", "link", "add", $"kv{number}", "type", "veth", "peer", "name", "eth0", "netns", name);
        await Tool.RunAsync("ip", "link", "set", $"kv{number}", "master", Bridge, "up");
        await Tool.RunAsync("ip", "-n", name, "addr", "add", $"{address}/24", "dev", "eth0");
        await Tool.RunAsync("ip", "-n", name, "link", "set", "eth0", "up");
        await Tool.RunAsync("ip", "-n", name, "link", "set", "lo", "up");
        return (name, address);
    }

    /// <summary>Cuts a host off from all others, or joins it again.</summary>
    internal Task SetLinkAsync(string host, bool isUp) => Tool.RunAsync("ip", "link", "set", $"kv{_names.IndexOf(host) + 1}", isUp ? "up" : "down");

    public async ValueTask DisposeAsync()
    {
        foreach (string name in _names)
            await Tool.RunAsync("ip", "netns", "delete", name);
    }
}
