using Kinora.Server.Endpoints;

namespace Kinora.Cli;

/// <summary>Where the command line says what went wrong: plain lines on standard error.</summary>
internal static class ConsoleErrors
{
    public static void Write(string message) => Console.Error.WriteLine($"kinora: {message}");

    /// <summary>Says everything that is wrong with an input, and gives the exit code for it.</summary>
    public static int Write(IEnumerable<Violation> violations)
    {
        foreach (var violation in violations)
            Write($"{string.Join('.', violation.Location.Skip(1))}: {violation.Message}");
        return 1;
    }
}
