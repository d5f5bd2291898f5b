using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>
/// The plain HTTPS interface of the model hub (huggingface.co, or a mirror that speaks the same): which commit a revision is, what files it has, and their bytes.
/// </summary>
/// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the hub; redirects are followed.</param>
/// <param name="token">An account's token for gated repositories, or null. It goes to the hub only, not to where it redirects.</param>
internal sealed class HubClient(HttpClient http, string? token)
{
    private const long MostJsonBytes = 16 << 20;

    /// <summary>The commit that a branch or tag points at.</summary>
    public async Task<string> ResolveAsync(string repository, string revision, CancellationToken cancellationToken)
    {
        var answer = await GetJsonAsync($"api/models/{repository}/revision/{Uri.EscapeDataString(revision)}", cancellationToken);
        return Text(answer.Json, "sha") is { Length: 40 } commit && commit.All(char.IsAsciiHexDigitLower)
            ? commit
            : throw Strange($"the revision {revision} of {repository}");
    }

    /// <summary>All files of a commit.</summary>
    public async Task<IReadOnlyList<HubFile>> ListAsync(string repository, string commit, CancellationToken cancellationToken)
    {
        var files = new List<HubFile>();
        var next = $"api/models/{repository}/tree/{commit}?recursive=true";
        while (next is not null)
        {
            var (json, following) = await GetJsonAsync(next, cancellationToken);
            foreach (var entry in json as JsonArray ?? throw Strange($"the files of {repository}"))
            {
                if (Text(entry, "type") == "file")
                    files.Add(Read(entry!));
            }

            next = following;
        }

        return files;
    }

    /// <summary>Asks for the bytes of a file from <paramref name="first"/> to the end or to <paramref name="last"/>, both included.</summary>
    /// <returns>The answer with its headers read; 206, or 200 where ranges are not served.</returns>
    public async Task<HttpResponseMessage> OpenAsync(string repository, string commit, string path, long first, long last, CancellationToken cancellationToken)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var request = Request($"{repository}/resolve/{commit}/{escaped}");
        request.Headers.Range = new RangeHeaderValue(first, last);
        return await SendAsync(request, cancellationToken);
    }

    private static HubFile Read(JsonNode entry)
    {
        var large = entry["lfs"];
        var bytes = (large?["size"] ?? entry["size"]) is JsonValue size && size.TryGetValue<long>(out var number) && number >= 0 ? number : throw Strange("a listing");
        return new HubFile(Text(entry, "path") ?? throw Strange("a listing"), bytes, Hash(large, 64), Hash(entry, 40));
    }

    private static string? Hash(JsonNode? entry, int length) => Text(entry, "oid") is { } id && id.Length == length && id.All(char.IsAsciiHexDigitLower) ? id : null;

    private static string? Text(JsonNode? node, string name) => node is JsonObject && node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static HubException Strange(string what) => new($"The hub's answer about {what} is not what its interface says. Is the mirror one of models?", canRetry: false);

    private async Task<(JsonNode? Json, string? Next)> GetJsonAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(Request(path), cancellationToken);
        try
        {
            var bytes = await new BoundedContent(answer.Content, MostJsonBytes).ReadAsync(cancellationToken);
            return (JsonNode.Parse(bytes), NextPage(answer));
        }
        catch (JsonException problem)
        {
            throw new HubException($"{answer.RequestMessage?.RequestUri} did not answer with JSON. Is the mirror one of models?", canRetry: false, problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw Broken(answer.RequestMessage?.RequestUri, problem);
        }
    }

    // RFC 8288: <address>; rel="next". Only the path is taken, so that a listing can't send the token elsewhere.
    private static string? NextPage(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Link", out var links))
            return null;
        var next = string.Join(',', links).Split(',').FirstOrDefault(link => link.Contains("rel=\"next\"", StringComparison.Ordinal));
        var address = next?.Split('<', '>') is { Length: > 1 } parts ? parts[1] : null;
        return Uri.TryCreate(answer.RequestMessage!.RequestUri, address, out var url) ? url.PathAndQuery.TrimStart('/') : null;
    }

    private HttpRequestMessage Request(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
                return answer;
            using (answer)
                throw HubException.Of(answer);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw Broken(request.RequestUri, problem);
        }
    }

    private static HubException Broken(Uri? url, Exception problem) => new($"{url} could not be read: {problem.Message}", canRetry: true, problem);
}
