using System.Runtime.CompilerServices;

namespace Kinora.Cli.Tests;

/// <summary>Folders of the repository that hold programs in other languages.</summary>
internal static class ClientFolders
{
    /// <summary>Programs of the tests, one folder for each.</summary>
    public static string Clients { get; } = Path.Combine(Root(), "tests", "Clients");

    /// <summary>The cases of the official JavaScript client.</summary>
    public static string JavaScriptCases { get; } = Path.Combine(Clients, "js");

    /// <summary>The samples, one folder for each client.</summary>
    public static string Samples { get; } = Path.Combine(Root(), "samples", "clients");

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
