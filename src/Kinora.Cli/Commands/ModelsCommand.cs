using System.CommandLine;
using System.Globalization;
using System.Net.Http;
using Kinora.Diffusion;
using Kinora.Diffusion.Weights.Catalog;
using Kinora.Diffusion.Weights.Download;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora models</c>: the neural engine's weights on this machine.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string[]> s_names = new("name") { Description = "Models. Default: all that are installed.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<string> s_name = new("name") { Description = "The model; `kinora models list` shows all." };

    public static Command Create()
    {
        var command = new Command("models", "List, pull, check and remove the neural engine's models.")
        {
            CreateList(), ModelsPullCommand.Create(), CreateVerify(), CreateRemove(), ModelsRandomCommand.Create(), ModelsSmokeTestCommand.Create(),
        };
        ServerSettings.AddModelFolderTo(command);
        return command;
    }

    /// <summary>Where models are: <c>--models</c>, else <c>models</c> in the data directory.</summary>
    internal static ModelFolder FolderOf(ParseResult arguments)
    {
        var options = ServerSettings.Read(arguments);
        return new ModelFolder(options.Ltx.Models ?? Path.Combine(options.DataDirectory, "models"));
    }

    /// <summary>Runs a verb and says in a line what went wrong.</summary>
    internal static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception problem) when (problem is DiffusionException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            ConsoleErrors.Write("stopped.");
            return 130;
        }
    }

    internal static string Size(long bytes) => (bytes / 1e9).ToString(bytes < 1e8 ? "0.000 GB" : "0.0 GB", CultureInfo.InvariantCulture);

    private static Command CreateList()
    {
        var list = new Command("list", "List the models that can be pulled, and those that are installed.");
        list.SetAction((arguments, _) => GuardAsync(() => Task.FromResult(List(FolderOf(arguments)))));
        return list;
    }

    private static int List(ModelFolder folder)
    {
        var table = new Table().AddColumns("name", "size", "installed", "licence", "what it is");
        foreach (var entry in ModelCatalog.Entries)
            table.AddRow(entry.Name, Size(entry.ApproximateBytes), State(folder, entry.Name), Markup.Escape(entry.Licence.Name), Markup.Escape(entry.Title));
        foreach (var name in folder.List().Where(name => ModelCatalog.Find(name) is null))
        {
            var manifest = folder.Find(name)!;
            table.AddRow(Markup.Escape(name), Size(manifest.Bytes), "yes", "", Markup.Escape($"from {manifest.Repository}"));
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"Models are in {folder.Root}.");
        return 0;
    }

    private static string State(ModelFolder folder, string name) =>
        folder.Find(name) is not null ? "yes" : Directory.Exists(folder.PathOf(name)) ? "in part" : "no";

    private static Command CreateVerify()
    {
        var verify = new Command("verify", "Hash the files of installed models and compare with what was pulled.") { s_names };
        verify.SetAction((arguments, cancellationToken) => GuardAsync(() => VerifyAsync(FolderOf(arguments), arguments.GetValue(s_names) ?? [], cancellationToken)));
        return verify;
    }

    private static async Task<int> VerifyAsync(ModelFolder folder, string[] names, CancellationToken cancellationToken)
    {
        var isRight = true;
        foreach (var name in names.Length > 0 ? names : folder.List())
        {
            var faults = await folder.VerifyAsync(name, cancellationToken);
            isRight &= faults.Count == 0;
            Console.WriteLine($"{name}: {(faults.Count == 0 ? "as it was pulled" : "not as it was pulled")}");
            foreach (var fault in faults)
                ConsoleErrors.Write($"{name}: {fault}");
        }

        return isRight ? 0 : 1;
    }

    private static Command CreateRemove()
    {
        var remove = new Command("remove", "Delete a model, and what is left of half pulls of it.") { s_name };
        remove.SetAction((arguments, _) => GuardAsync(() => Task.FromResult(Remove(FolderOf(arguments), arguments.GetRequiredValue(s_name)))));
        return remove;
    }

    private static int Remove(ModelFolder folder, string name)
    {
        if (folder.Remove(name))
            return 0;
        ConsoleErrors.Write($"there is no model {name} in {folder.Root}.");
        return 1;
    }
}
