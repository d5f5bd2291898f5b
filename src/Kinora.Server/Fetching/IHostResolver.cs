using System.Net;

namespace Kinora.Server.Fetching;

/// <summary>Finds the addresses of host names. An interface because the name system is outside of this process.</summary>
internal interface IHostResolver
{
    /// <summary>Looks a name up, once.</summary>
    /// <returns>All its addresses; never none.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown, or the name system does not answer.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
