using System.Runtime.CompilerServices;

namespace Kinora.Server.Tests;

/// <summary>The page docs/configuration.md names every setting.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly string s_page = File.ReadAllText(PageFile());

    public static TheoryData<string> Settings => [.. NamesOf(typeof(KinoraServerOptions), "")];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_has_its_row_with_its_environment_variable(string setting)
    {
        Assert.Contains($"`{setting}`", s_page, StringComparison.Ordinal);
        Assert.Contains($"`KINORA_{setting.Replace(":", "__", StringComparison.Ordinal)}", s_page, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Settings, and those of groups as <c>Group:Setting</c>.</summary>
    private static IEnumerable<string> NamesOf(Type options, string prefix) => options.GetProperties().SelectMany(property =>
        property.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal) ? NamesOf(property.PropertyType, $"{prefix}{property.Name}:") : [prefix + property.Name]);

    private static string PageFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "configuration.md"));
}
