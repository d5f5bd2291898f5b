using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Kinora.Server.Fetching;

namespace Kinora.Server.Webhooks;

/// <summary>
/// Posts to URLs that a stranger chose: every connection goes to an address that was checked (<see cref="PinnedConnector"/>), redirects are not followed, there
/// are no proxies, cookies or kept connections, and of the answer only the head is read.
/// </summary>
/// <param name="connector">Opens every connection.</param>
/// <param name="policy">Tells which addresses will never be contacted.</param>
/// <param name="time">The clock.</param>
/// <param name="trustedRoots">Certificate authorities to trust instead of the system's, or null for the system's.</param>
internal sealed class WebhookTransport(PinnedConnector connector, AddressPolicy policy, TimeProvider time, X509Certificate2Collection? trustedRoots = null) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(CreateHandler(connector, trustedRoots));

    /// <summary>Posts once.</summary>
    /// <param name="url">An absolute http or https URL.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="timeout">For everything up to the answer's head.</param>
    /// <param name="cancellationToken">Gives up; throws.</param>
    public async Task<WebhookAnswer> PostAsync(
        Uri url, byte[] body, IEnumerable<(string Name, string Value)> headers, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.IdnHost, out var literal) && !policy.Allows(url.IdnHost, literal))
            return WebhookAnswer.Failed($"{url.Host} is not a public address, and this server's operator has not opened it", isFinal: true);

        using var request = CreateRequest(url, body, headers);
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WebhookAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.###} s"));
        }
        catch (HttpRequestException failure)
        {
            return WebhookAnswer.Failed(Explain(failure));
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage CreateRequest(Uri url, byte[] body, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("User-Agent", "Kinora");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private WebhookAnswer Judge(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new WebhookAnswer(status, null),
            >= 300 and < 400 => new WebhookAnswer(status, $"it answered {status}; redirects are not followed"),
            410 => new WebhookAnswer(status, "it answered 410: it wants no more", IsFinal: true),
            _ => new WebhookAnswer(status, $"it answered {status}", RetryAfter: RetryAfterOf(response)),
        };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Explain(HttpRequestException failure) => failure switch
    {
        { InnerException: FetchFailedException inner } => inner.Message,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted, or it speaks no TLS",
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => "its answer is not HTTP, or too long",
        _ => "the connection broke before it answered",
    };

    private static SocketsHttpHandler CreateHandler(PinnedConnector connector, X509Certificate2Collection? trustedRoots)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 32,
        };
        if (trustedRoots is null) return handler;

        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.AddRange(trustedRoots);
        handler.SslOptions.CertificateChainPolicy = chain;
        return handler;
    }
}
