using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinora.Server.Api;
using Kinora.Server.Tests.Api;
using Kinora.Server.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Tests.Uploads;

/// <summary>The API with a clock that tests move, and the calls of uploads in short.</summary>
internal sealed class UploadServer : IAsyncDisposable
{
    private UploadServer(ApiServer api, MovedClock clock, IServiceProvider services)
    {
        (Api, Clock) = (api, clock);
        Sweep = services.GetRequiredService<UploadSweep>();
        Outputs = services.GetRequiredService<OutputLifecycle>();
        Staging = services.GetRequiredService<IOptions<UploadOptions>>().Value.StagingDirectory;
    }

    public ApiServer Api { get; }

    public MovedClock Clock { get; }

    public UploadSweep Sweep { get; }

    public OutputLifecycle Outputs { get; }

    public string Staging { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Changes the options of uploads.</param>
    /// <param name="api">Changes the other options.</param>
    /// <param name="beside">Another front whose database and blobs this one shares; null: it has its own.</param>
    public static async Task<UploadServer> StartAsync(Action<UploadOptions>? configure = null, Action<ApiOptions>? api = null, UploadServer? beside = null)
    {
        var clock = new MovedClock();
        IServiceProvider? provider = null;
        var server = await ApiServer.StartAsync(
            api,
            app => provider = app.Services,
            services => services.AddSingleton<TimeProvider>(clock).PostConfigure<UploadOptions>(options => configure?.Invoke(options)),
            beside?.Api);
        return new UploadServer(server, clock, provider!);
    }

    /// <summary>Announces an upload: <c>initiate</c> or <c>initiate-multipart</c>.</summary>
    public Task<Answer> AnnounceAsync(bool isMultipart = false, string body = """{"content_type":"image/png","file_name":"a.png"}""", params (string Name, string Value)[] headers) =>
        Api.SendAsync("POST", $"/storage/upload/initiate{(isMultipart ? "-multipart" : "")}?storage_type=fal-cdn-v3", body, headers);

    public async Task<(string UploadUrl, string FileUrl)> OpenAsync(bool isMultipart = false, params (string Name, string Value)[] headers)
    {
        var answer = await AnnounceAsync(isMultipart, headers: headers);
        Assert.Equal(200, answer.Code);
        return (TextOf(answer, "upload_url"), TextOf(answer, "file_url"));
    }

    public Task<Answer> PutAsync(string url, byte[] content, params (string Name, string Value)[] headers) =>
        Api.SendAsync("PUT", url, new ByteArrayContent(content), headers);

    /// <summary>The JavaScript client's URL of a part, or of <c>complete</c>.</summary>
    public static string Below(string uploadUrl, object step)
    {
        var query = uploadUrl.IndexOf('?', StringComparison.Ordinal);
        return $"{uploadUrl[..query]}/{step}{uploadUrl[query..]}";
    }

    public async Task<JsonNode> PutPartAsync(string uploadUrl, int number, byte[] content)
    {
        var answer = await PutAsync(Below(uploadUrl, number), content);
        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
        return answer.Json;
    }

    public Task<Answer> CompleteAsync(string uploadUrl, params IEnumerable<JsonNode> parts) => Api.SendAsync(
        "POST", Below(uploadUrl, "complete"), new JsonObject { ["parts"] = new JsonArray([.. parts.Select(part => part.DeepClone())]) }.ToJsonString());

    public async Task<string> TokenAsync(params (string Name, string Value)[] headers) => TextOf(await Api.SendAsync("POST", "/storage/auth/token", "{}", headers), "token");

    public Task<Answer> PostAsync(byte[] content, string token, params (string Name, string Value)[] headers)
    {
        var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        return Api.SendAsync("POST", "/files/upload", body, [("Authorization", "Bearer " + token), .. headers]);
    }

    public async Task<byte[]?> ReadAsync(string fileUrl)
    {
        using var response = await Api.Client.GetAsync(fileUrl);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync() : null;
    }

    /// <summary>What lies in the staging directory.</summary>
    public string[] Staged() => Directory.GetFiles(Staging, "*", SearchOption.AllDirectories);

    /// <summary>The names of all blobs.</summary>
    public async Task<IReadOnlyList<string>> StoredAsync() => await Api.Blobs.ListAsync(DateTimeOffset.MaxValue, CancellationToken.None).Select(blob => blob.Name).ToListAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    public static string TextOf(Answer answer, string name) => answer.Json[name]!.GetValue<string>();
}
