using System.Runtime.CompilerServices;

namespace Kinora.Server.Tests;

/// <summary>The page docs/configuration.md names every setting.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly string s_page = File.ReadAllText(PageFile());

    public static TheoryData<string> Settings => [.. typeof(KinoraServerOptions).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_has_its_row_with_its_environment_variable(string setting) => Assert.Contains($"| `{setting}` | `KINORA_{setting}", s_page, StringComparison.Ordinal);

    private static string PageFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "configuration.md"));
}
