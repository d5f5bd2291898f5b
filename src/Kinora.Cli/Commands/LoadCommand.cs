using System.CommandLine;
using System.Text.Json.Nodes;
using Kinora.Cli.Load;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora load</c>: measures how a server answers under a given rate of submits.</summary>
internal static class LoadCommand
{
    private static readonly Option<string[]> s_servers = new("--server", "-s") { Description = "The server's address; on this machine, unless --remote. May be repeated: submits go to the servers in turn.", DefaultValueFactory = _ => ["http://127.0.0.1:7860"] };
    private static readonly Option<bool> s_remote = new("--remote") { Description = "Allow a server on another machine. Only your own." };
    private static readonly Option<string?> s_key = new("--key") { Description = "API key as id:secret. Default: $FAL_KEY." };
    private static readonly Option<string> s_endpoint = new("--endpoint") { Description = "The endpoint.", DefaultValueFactory = _ => "fal-ai/kling-video/v3/turbo/standard/image-to-video" };
    private static readonly Option<FileInfo> s_image = new("--image") { Description = "The start image of every request. A server with --instant does not look at it.", Required = true };
    private static readonly Option<double> s_rate = new("--rate") { Description = "Submits a second, above 0, at most 10,000.", DefaultValueFactory = _ => 10 };
    private static readonly Option<double> s_duration = new("--duration") { Description = "Seconds, above 0, at most 3,600.", DefaultValueFactory = _ => 10 };
    private static readonly Option<double> s_follow = new("--follow") { Description = "Also watch every request to its end, and wait so many seconds for the last. Default 0: submits only.", DefaultValueFactory = _ => 0 };

    public static Command Create()
    {
        var command = new Command("load", "Submit at a fixed rate, whatever the server does, and print how long it took to answer.") { s_servers, s_remote, s_key, s_endpoint, s_image, s_rate, s_duration, s_follow };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (FindProblem(arguments) is { } problem)
        {
            ConsoleErrors.Write(problem);
            return 1;
        }

        var image = "data:application/octet-stream;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(arguments.GetRequiredValue(s_image).FullName, cancellationToken));
        var plan = new LoadPlan(
            AddressesOf(arguments),
            arguments.GetRequiredValue(s_endpoint),
            new JsonObject { ["image_url"] = image, ["prompt"] = "slow push in" }.ToJsonString(),
            arguments.GetValue(s_key) ?? Environment.GetEnvironmentVariable("FAL_KEY"),
            arguments.GetValue(s_rate),
            TimeSpan.FromSeconds(arguments.GetValue(s_duration)),
            TimeSpan.FromSeconds(arguments.GetValue(s_follow)));
        var report = await new LoadRun(plan, TimeProvider.System).RunAsync(cancellationToken);
        foreach (var line in report.Describe(plan.Duration))
            Console.WriteLine(line);
        return report.Answers.Keys.All(answer => answer == "200") && !report.Ends.ContainsKey("unfinished") ? 0 : 1;
    }

    /// <summary>Those that are addresses.</summary>
    private static List<Uri> AddressesOf(ParseResult arguments) => arguments.GetRequiredValue(s_servers)
        .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null).OfType<Uri>().ToList();

    private static string? FindProblem(ParseResult arguments) => (arguments.GetValue(s_rate), arguments.GetValue(s_duration), AddressesOf(arguments)) switch
    {
        ( <= 0 or > 10_000 or double.NaN, _, _) => "--rate must be above 0 and at most 10,000 a second.",
        (_, <= 0 or > 3_600 or double.NaN, _) => "--duration must be above 0 and at most 3,600 seconds.",
        (_, _, var addresses) when addresses.Count < arguments.GetRequiredValue(s_servers).Length => "--server must be an http or https URL.",
        (_, _, var addresses) when addresses.Exists(address => !address.IsLoopback) && !arguments.GetValue(s_remote) => "the server is on another machine. If it is yours, say --remote.",
        _ when !arguments.GetRequiredValue(s_image).Exists => $"there is no file {arguments.GetRequiredValue(s_image).FullName}.",
        _ => null,
    };
}
