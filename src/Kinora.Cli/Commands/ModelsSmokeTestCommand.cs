using System.CommandLine;
using Kinora.Diffusion;
using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora models smoke-test</c>: finds a wrong file in a minute, and not in a video.</summary>
internal static class ModelsSmokeTestCommand
{
    private static readonly Argument<string> s_name = new("name") { Description = "The model.", DefaultValueFactory = _ => LtxVideoFiles.DefaultModel };

    public static Command Create()
    {
        var test = new Command("smoke-test", "Encode and decode a fixed picture and a fixed sentence, and say whether what comes back makes sense.") { s_name };
        test.SetAction((arguments, cancellationToken) => ModelsCommand.GuardAsync(() => Task.Run(() => Run(arguments, cancellationToken), cancellationToken)));
        return test;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = LtxVideoFiles.Find(ModelsCommand.FolderOf(arguments), arguments.GetRequiredValue(s_name));
        using var device = ComputeDevice.OpenCpu();
        var result = LtxVideoSmokeTest.Run(device, files, cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{files.Model}: picture {result.Psnr:0.0} dB, latents {result.LatentMean:0.00} ± {result.LatentDeviation:0.00}, text {(result.IsTextFinite ? "finite" : "not finite")}"));
        foreach (var fault in result.Faults)
            ConsoleErrors.Write(fault);
        return result.Faults.Count == 0 ? 0 : 1;
    }
}
