using System.Net;
using System.Net.Sockets;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

/// <summary>A name system that gives one answer after the other, the last one for ever. An empty answer stands for an unknown name.</summary>
internal sealed class ScriptedResolver(params string[] answers) : IHostResolver
{
    private int _lookups;

    public int Lookups => _lookups;

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var answer = answers[Math.Min(Interlocked.Increment(ref _lookups), answers.Length) - 1];
        if (answer.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        return Task.FromResult<IReadOnlyList<IPAddress>>([.. answer.Split(',').Select(IPAddress.Parse)]);
    }
}
