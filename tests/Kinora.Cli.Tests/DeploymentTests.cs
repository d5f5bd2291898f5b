using System.Reflection;
using System.Text.RegularExpressions;
using Kinora.Server;
using YamlDotNet.RepresentationModel;

namespace Kinora.Cli.Tests;

/// <summary>What the files under <c>deploy/</c> name must exist: no engine, cluster or systemd runs here to complain.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string s_deploy = Path.Combine(RepositoryRoot(), "deploy");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(s_deploy, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(s_deploy, path)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_that_is_named_exists(string file)
    {
        foreach (Match name in Setting().Matches(ReadFile(file)))
        {
            var type = typeof(KinoraServerOptions);
            foreach (var part in name.Groups[1].Value.Split("__"))
            {
                var property = type.GetProperty(part, BindingFlags.Public | BindingFlags.Instance);
                Assert.True(property is not null, $"{file} names {name.Value}, which is no setting.");
                type = property.PropertyType;
            }
        }
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("worker")]
    public async Task Every_option_that_is_given_to_a_verb_exists(string verb)
    {
        var help = await KinoraProcess.RunAsync(verb, "--help");
        Assert.Equal(0, help.ExitCode);
        var given = Files.SelectMany(file => ReadFile(file.Data).Split('\n'))
            .Where(line => Regex.IsMatch(line, $@"(args|command): \[{verb}\b|kinora {verb} "))
            .SelectMany(line => Option().Matches(line).Select(option => option.Value)).Distinct().ToList();

        Assert.NotEmpty(given);
        Assert.All(given, option => Assert.Contains(option, help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_yaml_file_is_yaml_and_every_manifest_says_what_it_is()
    {
        foreach (var file in Directory.EnumerateFiles(s_deploy, "*.yaml", SearchOption.AllDirectories))
        {
            var yaml = new YamlStream();
            using var reader = new StreamReader(file);
            yaml.Load(reader);
            Assert.NotEmpty(yaml.Documents);
            if (file.Contains("kubernetes", StringComparison.Ordinal))
                Assert.All(yaml.Documents, document => Assert.All((string[])["apiVersion", "kind"], key => Assert.Contains(key, ((YamlMappingNode)document.RootNode).Children.Keys.Select(name => name.ToString()))));
        }
    }

    [Fact]
    public void The_kustomization_names_every_manifest_and_probes_ask_for_paths_that_exist()
    {
        var manifests = Directory.EnumerateFiles(Path.Combine(s_deploy, "kubernetes")).Select(path => Path.GetFileName(path)!).Where(name => name != "kustomization.yaml").Order();
        var named = Regex.Matches(ReadFile("kubernetes/kustomization.yaml"), @"^  - (\S+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(manifests, named);
        var paths = Files.SelectMany(file => Regex.Matches(ReadFile(file.Data), @"path: (/\w+)|:(?:7860|9464)(/\w+)").Select(match => match.Groups[1].Value + match.Groups[2].Value)).Distinct();
        Assert.Equal(["/healthz", "/readyz"], paths.Order());
    }

    private static string ReadFile(string file) => File.ReadAllText(Path.Combine(s_deploy, file));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kinora.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex(@"KINORA_(\w+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]+")]
    private static partial Regex Option();
}
