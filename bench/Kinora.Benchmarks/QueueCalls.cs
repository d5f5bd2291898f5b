using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Benchmarks;

/// <summary>Calls of the queue with an input that nobody fetches.</summary>
internal static class QueueCalls
{
    private const string Endpoint = "/queue/fal-ai/kling-video/v3/turbo/standard/image-to-video";
    private static readonly byte[] s_input = Encoding.UTF8.GetBytes("""{"prompt":"The camera eases in slowly.","image_url":"https://example.com/a.jpg"}""");

    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient http)
    {
        using var body = new ByteArrayContent(s_input);
        body.Headers.ContentType = new("application/json");
        var answer = await http.PostAsync(Endpoint, body);
        return answer.EnsureSuccessStatusCode();
    }

    /// <summary>Submits and gives the path of the new request.</summary>
    public static async Task<string> SubmitForPathAsync(HttpClient http)
    {
        using var answer = await SubmitAsync(http);
        return "/queue/fal-ai/kling-video/requests/" + (await answer.Content.ReadFromJsonAsync<JsonObject>())!["request_id"]!.GetValue<string>();
    }
}
