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
    public void The_Dockerfile_is_made_of_instructions_and_copies_builds_and_starts_what_there_is()
    {
        // One instruction a line: comments are left out, and continued lines are one.
        var instructions = Regex.Replace(Regex.Replace(ReadFile("Dockerfile"), @"^\s*#.*\n", "", RegexOptions.Multiline), @"\\\n", " ")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries)).Select(parts => (Name: parts[0], Text: parts[1])).ToList();
        string[] known = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD"];
        Assert.All(instructions, instruction => Assert.Contains(instruction.Name, known));

        var copied = instructions.Where(one => one.Name == "COPY" && !one.Text.StartsWith("--from", StringComparison.Ordinal)).SelectMany(one => one.Text.Split(' ')[..^1]).ToList();
        Assert.NotEmpty(copied);
        Assert.All(copied, source => Assert.True(Path.Exists(Path.Combine(RepositoryRoot(), source)), $"{source} is copied and not there."));
        var published = Regex.Match(ReadFile("Dockerfile"), @"dotnet publish (\S+)").Groups[1].Value;
        Assert.Contains(copied, source => published.StartsWith(source, StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(RepositoryRoot(), published), "*.csproj"));
        foreach (var stage in instructions.Where(one => one.Text.Contains("--from=", StringComparison.Ordinal)).Select(one => Regex.Match(one.Text, @"--from=(\w+)").Groups[1].Value))
            Assert.Contains(instructions, one => one.Name == "FROM" && one.Text.EndsWith($" AS {stage}", StringComparison.Ordinal));

        Assert.Contains(instructions, one => one is { Name: "ENTRYPOINT", Text: """["/app/kinora"]""" });
        Assert.True(File.Exists(ServerProcess.KinoraPath), "The program is not called kinora any more.");
        Assert.Contains(instructions, one => one is { Name: "CMD", Text: """["serve"]""" });
        Assert.Contains(instructions, one => one.Name == "USER" && !one.Text.StartsWith('0') && one.Text != "root");
    }

    [Fact]
    public void The_compose_file_builds_from_files_that_there_are_and_its_services_need_none_that_are_missing()
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(ReadFile("compose/compose.yaml"));
        yaml.Load(reader);
        var services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
        var build = services["front"]["build"];
        var context = Path.GetFullPath(Path.Combine(s_deploy, "compose", build["context"].ToString()));

        Assert.Equal(RepositoryRoot(), context);
        Assert.True(File.Exists(Path.Combine(context, build["dockerfile"].ToString())));
        var names = services.Children.Keys.Select(name => name.ToString()).ToHashSet();
        var hosts = Regex.Matches(ReadFile("compose/compose.yaml"), @"(?:@|http://)([a-z]\w*):\d+").Select(match => match.Groups[1].Value).Distinct();
        Assert.All(hosts, host => Assert.Contains(host, names));
    }

    [Fact]
    public async Task Every_probe_is_answered_where_it_is_asked()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "0", "--health-url", "http://127.0.0.1:0");
        var health = new Uri((await server.Process.WaitForLineAsync("Health: ")).Split(' ')[^1]);

        foreach (var address in (Uri[])[server.Address, health])
        {
            foreach (var path in ProbePaths())
            {
                using var answer = await server.Http.GetAsync(new Uri(address, path));
                Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
            }
        }
    }

    [Fact]
    public void The_kustomization_names_every_manifest()
    {
        var manifests = Directory.EnumerateFiles(Path.Combine(s_deploy, "kubernetes")).Select(path => Path.GetFileName(path)!).Where(name => name != "kustomization.yaml").Order();
        var named = Regex.Matches(ReadFile("kubernetes/kustomization.yaml"), @"^  - (\S+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(manifests, named);
    }

    private static List<string> ProbePaths()
    {
        var paths = Files.SelectMany(file => Regex.Matches(ReadFile(file.Data), @"path: (/\w+)|:(?:7860|9464)(/\w+)").Select(match => match.Groups[1].Value + match.Groups[2].Value)).Distinct().ToList();
        Assert.Equal(["/healthz", "/readyz"], paths.Order());
        return paths;
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
