using System.CommandLine;
using Kinora.Server;

namespace Kinora.Cli.Commands;

/// <summary><c>--data</c> and <c>--database</c>, shared by every verb that opens the server's data.</summary>
internal static class DataOption
{
    public static Option<string> Option { get; } = new("--data") { Description = "Where jobs, keys and files are kept. Default: kinora in your data directory." };

    public static Option<string> Database { get; } = new("--database")
    {
        Description = "A PostgreSQL database for jobs and keys, postgres://user:password@host:port/database. Default: KINORA_DATABASE, else a file in --data.",
    };

    /// <summary>Adds both to a command and those below it.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option<string>[])[Option, Database])
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    public static DataPlace Read(ParseResult arguments) =>
        new(arguments.GetValue(Option), arguments.GetValue(Database) ?? Environment.GetEnvironmentVariable("KINORA_DATABASE"));
}
