using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client;
using Kinora.Client.Contracts;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora submit</c>: sends a request to a server, shows how it goes, and fetches the clip.</summary>
internal static class SubmitCommand
{
    private static readonly Option<string> s_server = new("--server", "-s")
    {
        Description = "The server's address.",
        DefaultValueFactory = _ => "http://127.0.0.1:7860",
    };

    private static readonly Option<string?> s_key = new("--key") { Description = "API key as id:secret. Default: $FAL_KEY." };

    public static Command Create()
    {
        var command = new Command("submit", "Send a request to a server, watch it, and fetch the clip. Ctrl-C cancels it there too.") { s_server, s_key };
        ClipOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var client = new KinoraClient(http, KinoraClientOptions.ForServer(new Uri(arguments.GetRequiredValue(s_server)), arguments.GetValue(s_key) ?? Environment.GetEnvironmentVariable("FAL_KEY")));
            var result = await FollowAsync(client, ClipOptions.EndpointOf(arguments).Id, await ReadInputAsync(arguments, cancellationToken), cancellationToken);
            await DownloadAsync(http, new Uri(result.Video.Url), arguments.GetRequiredValue(ClipOptions.Output), cancellationToken);
            return 0;
        }
        catch (KinoraValidationException refused)
        {
            foreach (var error in refused.Errors)
                ConsoleErrors.Write($"{string.Join('.', error.Loc.Skip(1))}: {error.Msg}");
            return 1;
        }
        catch (Exception problem) when (problem is KinoraApiException or HttpRequestException or JsonException or ArgumentException or UriFormatException)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            ConsoleErrors.Write("cancelled");
            return 130;
        }
    }

    private static async Task<JsonObject> ReadInputAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var input = ClipOptions.ReadInput(arguments);
        foreach (var (field, path) in ClipOptions.ReadPictures(arguments))
            input[field] = "data:application/octet-stream;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellationToken));
        return input;
    }

    private static Task<VideoOutput> FollowAsync(KinoraClient client, string endpoint, JsonObject input, CancellationToken cancellationToken) =>
        AnsiConsole.Status().StartAsync("submitting", status => client.SubscribeAsync(
            endpoint,
            input,
            new SubscribeOptions { WithLogs = true, Streaming = true, OnUpdate = update => Show(status, update) },
            cancellationToken));

    private static void Show(StatusContext status, QueueStatus update)
    {
        status.Status = update.Status switch
        {
            QueueState.InQueue => $"queued, {update.QueuePosition} ahead",
            QueueState.InProgress => "running",
            _ => "done",
        };
        foreach (var line in update.Logs ?? [])
            AnsiConsole.MarkupLineInterpolated($"[grey]{line.Message}[/]");
    }

    private static async Task DownloadAsync(HttpClient http, Uri url, FileInfo output, CancellationToken cancellationToken)
    {
        output.Directory?.Create();
        await using (var file = output.Create())
        {
            await using var body = await http.GetStreamAsync(url, cancellationToken);
            await body.CopyToAsync(file, cancellationToken);
        }

        output.Refresh();
        Console.WriteLine(FormattableString.Invariant($"{output.FullName}  {output.Length / 1e6:0.0} MB"));
    }
}
