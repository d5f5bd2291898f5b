using System.Text;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests;

/// <summary>The samples in samples/clients, as a reader would run them, against a real server process.</summary>
public sealed class ClientSampleTests
{
    [Fact]
    public async Task The_curl_sample_makes_a_clip()
    {
        RequiredTool.SkipUnlessPresent("curl");
        RequiredTool.SkipUnlessPresent("bash");
        await MakesAClipAsync("bash", SampleFile("curl", "animate.sh"));
    }

    [Fact]
    public async Task The_JavaScript_sample_makes_a_clip_in_Node()
    {
        var directory = Path.Combine(ClientFolders.Samples, "javascript");
        await NpmPackages.InstallAsync(directory);

        await MakesAClipAsync("node", "animate.mjs", directory);
    }

    [Fact]
    public async Task The_CSharp_sample_makes_a_clip() => await MakesAClipAsync(AnimatePath(), null);

    [Fact]
    public async Task The_curl_sample_fails_with_the_servers_own_words()
    {
        RequiredTool.SkipUnlessPresent("curl");
        RequiredTool.SkipUnlessPresent("bash");
        using var scratch = new TemporaryDirectory();
        await File.WriteAllTextAsync(scratch.File("picture.jpg"), "no picture");
        await using var server = await ServerProcess.StartAsync(scratch.File("data"));

        var (exitCode, output) = await ToolRun.TryRunAsync(scratch.Path, "bash", [SampleFile("curl", "animate.sh"), scratch.File("picture.jpg"), "x", scratch.File("out.mp4")], EnvironmentOf(server));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("422", output);
        Assert.False(File.Exists(scratch.File("out.mp4")));
    }

    /// <summary>With the official package where it is installed, else with the stand-in of tests/Clients/python: what the sample asks of it is the same.</summary>
    [Fact]
    public async Task The_Python_sample_makes_a_clip_over_https()
    {
        RequiredTool.SkipUnlessPresent("python3");
        using var scratch = new TemporaryDirectory();
        var certs = await KinoraProcess.RunAsync("certs", "--data", scratch.File("data"));
        Assert.True(certs.ExitCode == 0, certs.Errors);
        await using var server = await ServerProcess.StartAsync(scratch.File("data"), "--https-url", "https://127.0.0.1:0");
        var host = $"localhost:{(await server.WaitForHttpsAddressAsync()).Port}";
        var environment = new Dictionary<string, string>
        {
            ["FAL_KEY"] = "local:user",
            ["FAL_RUN_HOST"] = host,
            ["FAL_QUEUE_RUN_HOST"] = $"{host}/queue",
            ["SSL_CERT_FILE"] = Path.Combine(scratch.File("data"), "certs", "ca.pem"),
        };
        if ((await ToolRun.TryRunAsync(scratch.Path, "python3", ["-c", "import fal_client"])).ExitCode != 0)
            environment["PYTHONPATH"] = Path.Combine(ClientFolders.Clients, "python");

        var output = scratch.File("out.mp4");
        var said = await ToolRun.RunAsync(scratch.Path, "python3", [SampleFile("python", "animate.py"), SamplePhotos.PathOf("coffee.jpg"), "slowly push in", output], environment);

        // The queue may be behind it before the first look; the log is always there.
        Assert.Matches(@"\d+%", said);
        Assert.Equal("ftyp", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(output), 4, 4));
    }

    private static async Task MakesAClipAsync(string program, string? script, string? directory = null)
    {
        using var scratch = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(scratch.File("data"));
        var output = scratch.File("out.mp4");
        string[] arguments = [.. script is null ? (string[])[] : [script], SamplePhotos.PathOf("coffee.jpg"), "slowly \"push in\"", output];

        await ToolRun.RunAsync(directory ?? scratch.Path, program, arguments, EnvironmentOf(server));

        var clip = await File.ReadAllBytesAsync(output);
        Assert.True(clip.Length > 10_000, $"The clip has {clip.Length} bytes.");
        Assert.Equal("ftyp", Encoding.ASCII.GetString(clip, 4, 4));
    }

    private static Dictionary<string, string> EnvironmentOf(ServerProcess server) => new() { ["KINORA_URL"] = server.Address.ToString(), ["FAL_KEY"] = "local:user" };

    private static string SampleFile(string client, string name) => Path.Combine(ClientFolders.Samples, client, name);

    // Built together with these tests, in the same configuration, beside them.
    private static string AnimatePath()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "Kinora.Samples.Animate", here.Name, "animate");
    }
}
