using System.Net;
using System.Net.Sockets;

namespace Kinora.Server.Fetching;

/// <summary>
/// Opens connections for <see cref="SocketsHttpHandler.ConnectCallback"/>: looks the host up once, checks every address found, and connects to one of those
/// very addresses. Nothing is looked up between check and connection, so a name that changes its mind (DNS rebinding) gains nothing.
/// </summary>
/// <param name="policy">Which addresses may be contacted.</param>
/// <param name="resolver">Finds the addresses.</param>
/// <param name="dial">Opens a connection to one address; tests watch it.</param>
/// <param name="connectTimeout">For all addresses of a host together.</param>
/// <param name="time">The clock.</param>
internal sealed class PinnedConnector(
    AddressPolicy policy, IHostResolver resolver, Func<IPEndPoint, CancellationToken, ValueTask<Stream>> dial, TimeSpan connectTimeout, TimeProvider time)
{
    /// <summary>A name with more addresses than this is tried at the first ones only, so that each gets a fair share of the time.</summary>
    private const int MaxAttempts = 4;

    /// <summary>Connects to the host, or says why not.</summary>
    /// <exception cref="FetchFailedException">The host is not public, or does not accept the connection.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await FindAddressesAsync(target.Host, cancellationToken);
        var attempts = addresses.Take(MaxAttempts).ToList();
        Exception? last = null;
        foreach (var address in attempts)
        {
            using var patience = new CancellationTokenSource(connectTimeout / attempts.Count, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                return await dial(new IPEndPoint(address, target.Port), either.Token);
            }
            catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && patience.IsCancellationRequested))
            {
                last = failure;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new FetchFailedException(last is SocketException ? "the host refuses connections" : "the host does not accept the connection in time", last);
    }

    /// <summary>Opens a TCP connection.</summary>
    public static async ValueTask<Stream> DialTcpAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IReadOnlyList<IPAddress>> FindAddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return policy.Allows(host, literal) ? [literal] : throw new FetchFailedException($"{host} is not a public address");
        IReadOnlyList<IPAddress> addresses;
        try
        {
            addresses = await resolver.ResolveAsync(host, cancellationToken);
        }
        catch (SocketException unknown)
        {
            throw NotPublic(host, unknown);
        }

        // One private address among public ones is no accident: the whole name is refused.
        return addresses.Count > 0 && addresses.All(address => policy.Allows(host, address)) ? addresses : throw NotPublic(host);
    }

    /// <summary>The same words whether the name is unknown or private: a caller must not learn which names a private network has.</summary>
    private static FetchFailedException NotPublic(string host, Exception? cause = null) =>
        new($"{host} has no public address (its name is unknown, or leads into a private network that this server's operator has not opened)", cause);
}
