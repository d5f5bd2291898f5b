using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Faults;

/// <summary>A whole server that obeys <c>x-kinora-fault</c>.</summary>
public sealed class FaultyServer : IAsyncLifetime
{
    public const string Endpoint = "fal-ai/kling-video/o3/standard/image-to-video";

    private readonly ScratchDirectory _data = ScratchDirectory.Create();
    private KinoraServer? _server;
    private HttpClient? _http;

    public HttpClient Http => _http!;

    public async ValueTask InitializeAsync()
    {
        var options = new KinoraServerOptions { Url = "http://127.0.0.1:0", DataDirectory = _data.FullPath, GraceSeconds = 0, Slots = 4, Faults = true };
        options.AllowedPrivateHosts.Add("127.0.0.1");
        _server = await KinoraServer.StartAsync(options, CancellationToken.None);
        _http = new HttpClient { BaseAddress = new Uri(_server.Address) };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _data.Dispose();
    }

    internal async Task<Answer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var request = ApiServer.CreateRequest(method, path, content, headers);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Submits with faults and gives the request's path. The picture is on a host that does not exist.</summary>
    internal async Task<string> SubmitAsync(string faults, string query = "", params (string Name, string Value)[] headers)
    {
        var answer = await TrySubmitAsync(faults, query, headers);
        Assert.Equal(200, answer.Code);
        return "/queue/fal-ai/kling-video/requests/" + answer.Json["request_id"]!.GetValue<string>();
    }

    internal Task<Answer> TrySubmitAsync(string faults, string query = "", params (string Name, string Value)[] headers) => SendAsync(
        "POST", $"/queue/{Endpoint}{query}", """{"image_url":"https://nowhere.invalid/a.png","prompt":"x","duration":"3"}""", [("x-kinora-fault", faults), .. headers]);

    /// <summary>Polls until the request is as <paramref name="isSo"/> says, at most 30 s.</summary>
    internal async Task<JsonNode> WaitAsync(string path, Predicate<JsonNode> isSo)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (true)
        {
            var answer = await SendAsync("GET", path + "/status?logs=1");
            if (answer.Code < 300 && isSo(answer.Json)) return answer.Json;
            Assert.True(DateTime.UtcNow < deadline, $"It is still {answer.Body}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    internal Task<JsonNode> WaitUntilOverAsync(string path) => WaitAsync(path, status => StateOf(status) == "COMPLETED");

    internal static string StateOf(JsonNode status) => status["status"]!.GetValue<string>();
}
