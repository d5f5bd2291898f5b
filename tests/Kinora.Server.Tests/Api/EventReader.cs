using System.Text.Json.Nodes;

namespace Kinora.Server.Tests.Api;

/// <summary>Reads server-sent events as they arrive.</summary>
internal sealed class EventReader(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public string? ContentType => response.Content.Headers.ContentType?.ToString();

    public string? CacheControl => response.Headers.CacheControl?.ToString();

    public string? RequestId => response.Headers.GetValues("x-fal-request-id").Single();

    public static async Task<EventReader> OpenAsync(ApiServer server, Guid id, string query)
    {
        // What the JavaScript client sends.
        using var request = ApiServer.CreateRequest(
            "GET", $"/queue/{ApiServer.Application}/requests/{id}/status/stream{query}", null, ("Accept", "application/json, text/event-stream"));
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event's data, or null at the end of the stream.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        while (await NextLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonNode.Parse(line[6..]);
        }

        return null;
    }

    /// <summary>The next line that is not empty, or null at the end of the stream.</summary>
    public async Task<string?> NextLineAsync()
    {
        while (true)
        {
            var line = await reader.ReadLineAsync().WaitAsync(s_patience);
            if (line is not "") return line;
        }
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
