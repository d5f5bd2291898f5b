using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinora.Chaos;

/// <summary>A client that behaves: it keeps a key per request, tries again at the other front when one does not answer, follows each request to its end and reads its file.</summary>
internal sealed class Load(Installation installation, Random random, double rate) : IDisposable
{
    private const string Path = "queue/fal-ai/kling-video/o3/standard/image-to-video";
    private const string Requests = "queue/fal-ai/kling-video/requests";

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_longestTry = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(4) };
    private readonly Lock _lock = new();
    private readonly List<Task> _requests = [];

    /// <summary>Accepted requests: key, id, whether a cancel was asked for.</summary>
    internal List<(string Key, Guid Id, bool CancelAsked)> Accepted { get; } = [];

    /// <summary>Calls that were made again, by what came of them before.</summary>
    internal ConcurrentDictionary<string, int> Retries { get; } = [];

    /// <summary>Requests that were seen to complete with a file of the right length.</summary>
    internal int Read;

    /// <summary>Requests whose end or file was not as it should be.</summary>
    internal List<string> Problems { get; } = [];

    public void Dispose() => _http.Dispose();

    /// <summary>Submits until it is told to stop, then returns; <see cref="FinishAsync"/> waits for the rest.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _requests.Add(OneAsync(random.Next(), cancelToo: random.Next(10) == 0));
            await Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / rate), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal Task FinishAsync(TimeSpan atMost) => Task.WhenAll(_requests).WaitAsync(atMost);

    private async Task OneAsync(int seed, bool cancelToo)
    {
        var chance = new Random(seed);
        string key = Guid.NewGuid().ToString();
        try
        {
            var answer = await SubmitAsync(chance, key, delay: chance.Next(50, 2_500));
            var id = Guid.Parse(answer["request_id"]!.GetValue<string>());
            lock (_lock)
                Accepted.Add((key, id, cancelToo));
            if (cancelToo)
                await AgainAsync(chance, url => _http.PutAsync($"{url}{Requests}/{id}/cancel", null), status => status is 200 or 202 or 400);
            await FollowAsync(chance, id, cancelToo);
        }
        catch (Exception exception)
        {
            lock (_lock)
                Problems.Add($"{key}: {exception.Message}");
        }
    }

    private Task<JsonObject> SubmitAsync(Random chance, string key, int delay) => AgainAsync(
        chance,
        url =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, url + Path)
            {
                Content = JsonContent.Create(new JsonObject { ["prompt"] = "A slow push in.", ["image_url"] = "https://pictures.example/a.png", ["duration"] = "3" }),
            };
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add("x-kinora-fault", $"delay={delay}ms");
            return _http.SendAsync(request);
        },
        status => status == 200);

    private async Task FollowAsync(Random chance, Guid id, bool cancelToo)
    {
        JsonObject status;
        do
        {
            await Task.Delay(300);
            status = await AgainAsync(chance, url => _http.GetAsync($"{url}{Requests}/{id}/status"), code => code is 200 or 202);
        }
        while (status["status"]?.GetValue<string>() != "COMPLETED");

        var result = await AgainAsync(chance, url => _http.GetAsync($"{url}{Requests}/{id}"), code => code is 200 || (cancelToo && code is >= 400 and < 500));
        if (result["video"] is not JsonObject video)
        {
            if (!cancelToo)
                throw new InvalidOperationException($"request {id} ended without a video: {result.ToJsonString()}");
            return;
        }

        string file = new Uri(video["url"]!.GetValue<string>()).AbsolutePath[1..];
        long length = video["file_size"]!.GetValue<long>();
        foreach (var front in installation.Addresses)
            await ReadFileAsync(chance, front, file, length);
        Interlocked.Increment(ref Read);
    }

    private async Task ReadFileAsync(Random chance, Uri front, string file, long length)
    {
        long read = -1;
        await AgainAsync(
            chance,
            async _ =>
            {
                var answer = await _http.GetAsync(new Uri(front, file));
                read = answer.IsSuccessStatusCode ? (await answer.Content.ReadAsByteArrayAsync()).Length : -1;
                answer.Content = JsonContent.Create(new JsonObject());
                return answer;
            },
            code => code == 200);
        if (read != length)
            throw new InvalidOperationException($"{file} has {read} bytes at {front} instead of {length}.");
    }

    // What a careful client does: another front, a little later, each time longer up to a limit and never in step with others, for as long as it takes.
    private async Task<JsonObject> AgainAsync(Random chance, Func<Uri, Task<HttpResponseMessage>> call, Func<int, bool> isGood)
    {
        string last = "", reason = "";
        var patience = Stopwatch.StartNew();
        for (var pause = s_shortestPause; patience.Elapsed < s_longestTry; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                using var answer = await call(installation.Addresses[chance.Next(installation.Addresses.Count)]);
                string text = await answer.Content.ReadAsStringAsync();
                if (isGood((int)answer.StatusCode))
                    return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
                (last, reason) = ($"{(int)answer.StatusCode} {text}", $"answered {(int)answer.StatusCode}");
                // A client error other than "wait" is an answer, and here a wrong one.
                if ((int)answer.StatusCode is >= 400 and < 500 and not 429 and not 408)
                    break;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                (last, reason) = (exception.Message, exception is TaskCanceledException ? "no answer in 4 s" : "no connection");
            }

            Retries.AddOrUpdate(reason, 1, (_, before) => before + 1);
            await Task.Delay(pause * (0.5 + chance.NextDouble()));
        }

        throw new InvalidOperationException("gave up after: " + last);
    }
}
