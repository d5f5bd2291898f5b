namespace Kinora.Cli;

/// <summary>Where the command line says what went wrong: plain lines on standard error.</summary>
internal static class ConsoleErrors
{
    public static void Write(string message) => Console.Error.WriteLine($"kinora: {message}");
}
