using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Fetching;

/// <summary>
/// Downloads files over http and https from hosts that a stranger chose. Every request, redirects included, goes through <see cref="UrlPolicy"/> and
/// <see cref="PinnedConnector"/>; there are no proxies, cookies, credentials or kept connections; nothing is decompressed.
/// </summary>
internal sealed class HttpDownload : IDisposable
{
    /// <summary>How many redirects are followed.</summary>
    public const int MaxRedirects = 5;

    private readonly FetchingOptions _options;
    private readonly TimeProvider _time;
    private readonly UrlPolicy _urls;
    private readonly SemaphoreSlim _slots;
    private readonly HttpMessageInvoker _http;

    /// <summary>Sets up the transport; nothing is contacted yet.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="connector">Opens every connection.</param>
    /// <param name="time">The clock for time-outs.</param>
    /// <param name="trustedRoots">Certificate authorities to trust instead of the system's, or null for the system's.</param>
    public HttpDownload(FetchingOptions options, PinnedConnector connector, TimeProvider time, X509Certificate2Collection? trustedRoots = null)
    {
        (_options, _time, _urls) = (options, time, new UrlPolicy(options));
        _slots = new SemaphoreSlim(options.MaxConcurrentFetches);
        _http = new HttpMessageInvoker(CreateHandler(options, connector, trustedRoots));
    }

    /// <summary>Downloads a file.</summary>
    /// <param name="url">An absolute http or https URL.</param>
    /// <param name="destination">Takes the bytes; after a refusal what it took is worthless.</param>
    /// <param name="limits">Largest size, and the time for everything once the download has its turn.</param>
    /// <param name="cancellationToken">Gives up, also while waiting for a turn.</param>
    /// <returns>Null when the file is whole, else why it is not.</returns>
    public async Task<Refusal?> DownloadAsync(Uri url, Stream destination, MediaLimits limits, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(limits.DownloadTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await FollowAsync(url, destination, limits, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refusal.Download(deadline.IsCancellationRequested
                ? $"it was not complete after {Seconds(limits.DownloadTimeout)}"
                : $"the host does not accept the connection within {Seconds(_options.ConnectTimeout)}");
        }
        catch (FetchFailedException failure)
        {
            return Refusal.Download(failure.Message);
        }
        catch (HttpRequestException failure)
        {
            return Refusal.Download(Explain(failure));
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    private async Task<Refusal?> FollowAsync(Uri url, Stream destination, MediaLimits limits, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (_urls.Check(url) is { } refusal)
                return refusal;
            using var response = await SendAsync(url, cancellationToken);
            if (!IsRedirect(response.StatusCode))
                return await ReceiveAsync(response, destination, limits.MaxBytes, cancellationToken);
            if (redirects == MaxRedirects)
                return Refusal.Download($"it redirects more than {MaxRedirects} times");
            if (response.Headers.Location is not { } location || !Uri.TryCreate(url, location, out var next))
                return Refusal.Download("it redirects to nowhere");
            if (url.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
                return Refusal.Download("it redirects from https to http");
            url = next;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("Accept", "*/*");
        request.Headers.Add("Accept-Encoding", "identity");
        request.Headers.Add("User-Agent", "Kinora");
        using var patience = new CancellationTokenSource(_options.FirstByteTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FetchFailedException($"the host did not begin to answer within {Seconds(_options.FirstByteTimeout)}");
        }
    }

    private async Task<Refusal?> ReceiveAsync(HttpResponseMessage response, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            return Refusal.Download($"the host answered with status {(int)response.StatusCode}");

        // A few kilobytes of gzip can become gigabytes. Identity was asked for, so whoever compresses anyway is not worth the risk.
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return Refusal.Download("the host sent it compressed (Content-Encoding), which was not asked for");
        if (response.Content.Headers.ContentLength > maxBytes)
            return Refusal.TooLarge(maxBytes);
        await using var guard = new SlowBodyGuard(_options, _time, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(guard.Token);
            return await CopyAsync(body, destination, maxBytes, guard);
        }
        catch (OperationCanceledException) when (guard.IsTooSlow && !cancellationToken.IsCancellationRequested)
        {
            return Refusal.Download($"the host sends less than {_options.MinimumBytesPerSecond} bytes a second");
        }
    }

    private static async Task<Refusal?> CopyAsync(Stream body, Stream destination, long maxBytes, SlowBodyGuard guard)
    {
        var buffer = new byte[64 * 1024];
        for (var total = 0L; ;)
        {
            int count;
            try
            {
                count = await body.ReadAsync(buffer, guard.Token);
            }
            catch (IOException)
            {
                return Refusal.Download("the connection broke before the file was complete");
            }

            if (count == 0)
                return null;
            guard.Count(count);
            if ((total += count) > maxBytes)
                return Refusal.TooLarge(maxBytes);
            await destination.WriteAsync(buffer.AsMemory(0, count), guard.Token);
        }
    }

    private static SocketsHttpHandler CreateHandler(FetchingOptions options, PinnedConnector connector, X509Certificate2Collection? trustedRoots)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),

            // Every request looks its host up and checks it anew; what is left of an unwanted body is not read.
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 32,
        };
        if (trustedRoots is not null)
            handler.SslOptions.CertificateChainPolicy = CreateChainPolicy(trustedRoots);
        return handler;
    }

    private static X509ChainPolicy CreateChainPolicy(X509Certificate2Collection trustedRoots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(trustedRoots);
        return policy;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static string Explain(HttpRequestException failure) => failure switch
    {
        { InnerException: FetchFailedException inner } => inner.Message,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "the host's certificate is not trusted, or it speaks no TLS",
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "the host's answer has too many headers",
        { HttpRequestError: HttpRequestError.InvalidResponse } => "the host's answer is not HTTP",
        _ => "the connection broke before the host answered",
    };

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
