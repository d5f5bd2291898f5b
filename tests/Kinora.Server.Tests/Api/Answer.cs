using System.Net;
using System.Text.Json.Nodes;

namespace Kinora.Server.Tests.Api;

/// <summary>An HTTP answer, read to its end.</summary>
internal sealed record Answer(HttpStatusCode StatusCode, string? ContentType, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public int Code => (int)StatusCode;

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string? RequestId => Header("x-fal-request-id");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync(), headers);
    }
}
