using System.Xml.Linq;

namespace Kinora.Architecture.Tests;

/// <summary>The picture in docs/architecture, held against the project files.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> s_allowedReferences = new()
    {
        ["Kinora.Media"] = [],
        ["Kinora.Rendering"] = ["Kinora.Media"],
        ["Kinora.Jobs"] = [],
        ["Kinora.Client"] = [],
        ["Kinora.Server"] = ["Kinora.Client", "Kinora.Diffusion", "Kinora.Jobs", "Kinora.Media", "Kinora.Rendering"],
        ["Kinora.Tensors"] = [],
        ["Kinora.Diffusion"] = ["Kinora.Tensors"],
        ["Kinora.Cli"] = ["Kinora.Client", "Kinora.Diffusion", "Kinora.Server", "Kinora.Tensors"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_exactly_what_the_architecture_draws(string project)
    {
        Assert.True(s_allowedReferences.TryGetValue(project, out var allowed), $"{project} is not in the picture: add it there and here.");

        Assert.Equal(allowed.Order(), ReferencesOf(project).Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_is_in_the_solution_and_has_a_test_project(string project)
    {
        var solution = File.ReadAllText(Repository.PathOf("Kinora.slnx"));

        Assert.Contains($"src/{project}/{project}.csproj", solution, StringComparison.Ordinal);
        Assert.Contains($"tests/{project}.Tests/{project}.Tests.csproj", solution, StringComparison.Ordinal);
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
