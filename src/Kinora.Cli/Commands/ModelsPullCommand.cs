using System.CommandLine;
using Kinora.Diffusion.Weights.Catalog;
using Kinora.Diffusion.Weights.Download;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora models pull</c>: fetches a model and what it needs.</summary>
internal static class ModelsPullCommand
{
    private static readonly Argument<string> s_name = new("name") { Description = "The model; `kinora models list` shows all." };
    private static readonly Option<bool> s_acceptLicence = new("--accept-licence") { Description = "Accept the licences without being asked, for scripts. Read them first." };
    private static readonly Option<string?> s_mirror = new("--mirror") { Description = "A server that speaks the model hub's interface. Default: the hub itself." };
    private static readonly Option<bool> s_offline = new("--offline") { Description = "Use no network: say what is there and what is missing." };
    private static readonly Option<int?> s_connections = new("--connections") { Description = "Ranges fetched at the same time, 1 to 16. Default 4." };

    public static Command Create()
    {
        var pull = new Command("pull", "Fetch a model and what it needs. It can be stopped and run again: what has come is kept. HF_TOKEN is sent if it is set.")
        {
            s_name, s_acceptLicence, s_mirror, s_offline, s_connections,
        };
        pull.Validators.Add(result =>
        {
            if (result.GetValue(s_connections) is < 1 or > 16)
                result.AddError("--connections: 1 to 16.");
            if (result.GetValue(s_mirror) is { } mirror && !(Uri.TryCreate(mirror, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https")))
                result.AddError("--mirror: expected http://… or https://….");
        });
        pull.SetAction((arguments, cancellationToken) => ModelsCommand.GuardAsync(() => RunAsync(arguments, cancellationToken)));
        return pull;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var name = arguments.GetRequiredValue(s_name);
        if (ModelCatalog.Find(name) is not { } entry)
        {
            ConsoleErrors.Write($"there is no model {name} to pull; `kinora models list` shows all.");
            return 1;
        }

        var folder = ModelsCommand.FolderOf(arguments);
        IReadOnlyList<ModelEntry> entries = [entry, .. entry.Needs.Select(need => ModelCatalog.Find(need)!)];
        if (arguments.GetValue(s_offline))
            return SayWhatIsThere(folder, entries);
        var options = new DownloadOptions { Token = Environment.GetEnvironmentVariable("HF_TOKEN") is { Length: > 0 } token ? token : null, Connections = arguments.GetValue(s_connections) ?? 4 };
        using var pull = new ModelPull(folder, arguments.GetValue(s_mirror) is { } mirror ? options with { Hub = new Uri(mirror) } : options, TimeProvider.System);
        foreach (var one in entries)
        {
            var manifest = await PullAsync(pull, one, question => Ask(question, one, arguments.GetValue(s_acceptLicence)), cancellationToken);
            Console.WriteLine($"{one.Name}: {ModelsCommand.Size(manifest.Bytes)} in {folder.PathOf(one.Name)}, from {manifest.Repository} at {manifest.Commit}");
        }

        return 0;
    }

    private static int SayWhatIsThere(ModelFolder folder, IReadOnlyList<ModelEntry> entries)
    {
        var isWhole = true;
        foreach (var entry in entries)
        {
            var manifest = folder.Find(entry.Name);
            isWhole &= manifest is not null;
            Console.WriteLine(manifest is not null ? $"{entry.Name}: there, {ModelsCommand.Size(manifest.Bytes)}" : $"{entry.Name}: missing, about {ModelsCommand.Size(entry.ApproximateBytes)} from {entry.Repository}: {string.Join(", ", entry.Files)}");
        }

        if (!isWhole)
            ConsoleErrors.Write($"not all of it is in {folder.Root}; pull it without --offline, or copy the models folder of another machine here.");
        return isWhole ? 0 : 1;
    }

    /// <summary>The bar begins once there is something to show: a question before it would be painted over.</summary>
    private static async Task<ModelManifest> PullAsync(ModelPull pull, ModelEntry entry, Func<LicenceQuestion, bool> accept, CancellationToken cancellationToken)
    {
        PullProgress? latest = null;
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pulling = Task.Run(() => pull.RunAsync(entry, accept, Take, cancellationToken), cancellationToken);
        await Task.WhenAny(pulling, hasBegun.Task);
        if (!pulling.IsCompleted)
            await Progress().StartAsync(progress => ShowAsync(progress.AddTask(entry.Name), pulling, () => Volatile.Read(ref latest)));
        return await pulling;

        void Take(PullProgress progress)
        {
            Volatile.Write(ref latest, progress);
            hasBegun.TrySetResult();
        }
    }

    private static async Task ShowAsync(ProgressTask bar, Task pulling, Func<PullProgress?> latest)
    {
        while (!pulling.IsCompleted)
        {
            if (latest() is { } progress)
                (bar.Description, bar.MaxValue, bar.Value) = (Markup.Escape(progress.Path), progress.TotalBytes, progress.ReceivedBytes);
            await Task.WhenAny(pulling, Task.Delay(TimeSpan.FromSeconds(0.2)));
        }
    }

    private static Progress Progress() => AnsiConsole.Progress().Columns(
        new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn());

    private static bool Ask(LicenceQuestion question, ModelEntry entry, bool isAccepted)
    {
        if (question.Text is { } text)
            Console.WriteLine(text);
        Console.WriteLine($"{entry.Name} comes under the {question.Licence.Name}: {question.Licence.Summary} {question.Licence.Url}");
        if (isAccepted)
        {
            Console.WriteLine("Accepted by --accept-licence.");
            return true;
        }

        Console.Write("Do you accept it? [y/N] ");
        var answer = Console.ReadLine()?.Trim();
        Console.WriteLine();
        return answer is "y" or "Y" or "yes";
    }
}
