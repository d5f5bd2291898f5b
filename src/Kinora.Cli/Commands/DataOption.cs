using System.CommandLine;

namespace Kinora.Cli.Commands;

/// <summary><c>--data</c>, shared by every verb that opens the server's data.</summary>
internal static class DataOption
{
    public static Option<string> Option { get; } = new("--data") { Description = "Where jobs, keys and files are kept. Default: kinora in your data directory." };
}
