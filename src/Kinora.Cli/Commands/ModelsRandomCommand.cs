using System.CommandLine;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora models random</c>: a model of random weights, to try and to measure everything around a model.</summary>
internal static class ModelsRandomCommand
{
    private static readonly Argument<string?> s_name = new("name") { Description = "What to call it. Default: random-tiny, random-2b or random-13b.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> s_like = new("--like") { Description = "The size: tiny (4 MB), 2b (16 GB) or 13b (38 GB), text encoder included.", DefaultValueFactory = _ => "tiny" };
    private static readonly Option<ulong> s_seed = new("--seed") { Description = "The same seed gives the same files.", DefaultValueFactory = _ => 0 };

    public static Command Create()
    {
        s_like.AcceptOnlyFromAmong("tiny", "2b", "13b");
        var random = new Command("random", "Write a model of random weights. It shows noise, at the speed and size of a real one.") { s_name, s_like, s_seed };
        random.SetAction((arguments, cancellationToken) => ModelsCommand.GuardAsync(() => RunAsync(arguments, cancellationToken)));
        return random;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var like = arguments.GetRequiredValue(s_like);
        var (model, text, bytes) = like switch
        {
            "2b" => (LtxVideoConfig.TwoBillion, T5Config.Xxl, 16e9),
            "13b" => (LtxVideoConfig.ThirteenBillion, T5Config.Xxl, 38e9),
            _ => (LtxVideoConfig.Tiny, T5Config.Tiny, 1e7),
        };
        var folder = ModelsCommand.FolderOf(arguments);
        Directory.CreateDirectory(folder.Root);
        if (new DriveInfo(folder.Root).AvailableFreeSpace is var free && free < bytes)
        {
            ConsoleErrors.Write(FormattableString.Invariant($"a model like {like} takes {bytes / 1e9:0.0} GB; {free / 1e9:0.0} GB are free in {folder.Root}."));
            return 1;
        }

        var manifest = await RandomModel.WriteAsync(folder, arguments.GetValue(s_name) ?? $"random-{like}", model, text, arguments.GetValue(s_seed), cancellationToken);
        Console.WriteLine($"{manifest.Name}: {ModelsCommand.Size(manifest.Bytes)} in {folder.PathOf(manifest.Name)}");
        return 0;
    }
}
