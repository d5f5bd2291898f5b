using System.Text.RegularExpressions;

namespace Kinora.Architecture.Tests;

/// <summary>Rules of the house that a compiler cannot hold.</summary>
public sealed partial class SourceRuleTests
{
    [Fact]
    public void A_namespace_is_its_folder()
    {
        var strays = Repository.SourceFiles("src")
            .Select(path => (Path: path, Match: NamespaceLine().Match(File.ReadAllText(path))))
            .Where(file => file.Match.Success && file.Match.Groups[1].Value != FolderNamespace(file.Path))
            .Select(file => $"{Repository.Relative(file.Path)}: {file.Match.Groups[1].Value}");

        Assert.Empty(strays);
    }

    [Fact]
    public void A_file_declares_at_most_one_public_type()
    {
        var crowded = Repository.SourceFiles("src")
            .Where(path => PublicTopLevelType().Count(File.ReadAllText(path)) > 1)
            .Select(Repository.Relative);

        Assert.Empty(crowded);
    }

    [Fact]
    public void No_type_is_named_for_nothing_in_particular()
    {
        var vague = Repository.SourceFiles("src")
            .SelectMany(path => VagueTypeName().Matches(File.ReadAllText(path)).Select(match => $"{Repository.Relative(path)}: {match.Groups[1].Value}"));

        Assert.Empty(vague);
    }

    [Theory]
    [InlineData("IN_QUEUE")]
    [InlineData("IN_PROGRESS")]
    [InlineData("queue_position")]
    [InlineData("CANCELLATION_REQUESTED")]
    public void A_word_of_the_wire_stays_on_the_wire(string word)
    {
        var strays = Repository.SourceFiles("src")
            .Where(path => !Repository.Relative(path).StartsWith("src/Kinora.Client/", StringComparison.Ordinal))
            .Where(path => !Repository.Relative(path).StartsWith("src/Kinora.Server/Api/", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path).Contains(word, StringComparison.Ordinal))
            .Select(Repository.Relative);

        Assert.Empty(strays);
    }

    [Theory]
    [InlineData("src/Kinora.Server/Api", "Kinora.Server.Engines")]
    [InlineData("src/Kinora.Server/Api", "Kinora.Rendering")]
    [InlineData("src/Kinora.Rendering", "System.Net")]
    [InlineData("src/Kinora.Rendering", "System.Diagnostics.Process")]
    [InlineData("src/Kinora.Rendering", "Environment.GetEnvironmentVariable")]
    [InlineData("src/Kinora.Jobs", "Kinora.Media")]
    public void A_layer_does_not_know_what_is_none_of_its_business(string folder, string word)
    {
        var nosy = Repository.SourceFiles(folder)
            .Where(path => File.ReadLines(path).Any(line => line.Contains(word, StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            .Select(Repository.Relative);

        Assert.Empty(nosy);
    }

    private static string FolderNamespace(string path) =>
        Path.GetDirectoryName(Path.GetRelativePath(Repository.PathOf("src"), path))!.Replace(Path.DirectorySeparatorChar, '.');

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^public (?:abstract |sealed |static |readonly |partial |ref |unsafe )*(?:class|record|struct|interface|enum|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicTopLevelType();

    [GeneratedRegex(@"\b(?:class|record|struct|interface) (\w+(?:Manager|Helper|Helpers|Utils|Utility|Service|Processor)|Base\w+)\b")]
    private static partial Regex VagueTypeName();
}
