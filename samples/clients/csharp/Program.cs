// Animates a picture with Kinora.Client. Usage: animate PICTURE PROMPT [OUTPUT]
// KINORA_URL and FAL_KEY name the server and the key. Ctrl-C cancels here and on the server.
using Kinora.Client;
using Kinora.Client.Contracts;

if (args is not [var picture, var prompt, ..])
{
    Console.Error.WriteLine("Usage: animate PICTURE PROMPT [OUTPUT]");
    return 2;
}

var output = args.Length > 2 ? args[2] : "out.mp4";
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
var server = new Uri(Environment.GetEnvironmentVariable("KINORA_URL") ?? "http://127.0.0.1:7860");
var client = new KinoraClient(http, KinoraClientOptions.ForServer(server, Environment.GetEnvironmentVariable("FAL_KEY")));

try
{
    var input = new KlingV3TurboStandardInput
    {
        Prompt = prompt,
        Duration = 3,
        ImageUrl = MediaInput.FromFile(picture), // uploaded when the input is sent
    };
    var options = new SubscribeOptions { WithLogs = true, Streaming = true, OnUpdate = Show };
    var result = await client.SubscribeAsync(input, options, stop.Token);

    await using var body = await http.GetStreamAsync(new Uri(result.Video.Url), stop.Token);
    await using var file = File.Create(output);
    await body.CopyToAsync(file, stop.Token);
    Console.WriteLine($"{output} (seed {result.Seed})");
    return 0;
}
catch (KinoraValidationException refused)
{
    foreach (var error in refused.Errors)
        Console.Error.WriteLine($"{string.Join('.', error.Loc)}: {error.Msg}");
    return 1;
}
catch (KinoraApiException failed)
{
    Console.Error.WriteLine($"{(int)failed.StatusCode} {failed.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("cancelled");
    return 130;
}

static void Show(QueueStatus update) => Console.Error.WriteLine(update switch
{
    { Status: QueueState.InQueue } => $"queued, {update.QueuePosition} ahead",
    { Logs: [.., var last] } => last.Message,
    _ => update.Status.ToString(),
});
