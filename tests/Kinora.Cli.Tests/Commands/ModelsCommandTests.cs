using System.Text;

namespace Kinora.Cli.Tests.Commands;

public sealed class ModelsCommandTests : IDisposable
{
    private const string Model = "ltxv-2b-0.9.8-distilled";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_list_shows_what_can_be_pulled_and_where_models_are()
    {
        var run = await RunAsync("list");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains(Model, run.Output, StringComparison.Ordinal);
        Assert.Contains("LTXV Open Weights", run.Output, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_says_what_is_missing_and_asks_nobody()
    {
        var run = await RunAsync("pull", Model, "--offline", "--mirror", "http://127.0.0.1:1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{Model}: missing", run.Output, StringComparison.Ordinal);
        Assert.Contains("t5-v1_1-xxl: missing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_brings_a_model_and_what_it_needs_and_a_changed_file_is_found()
    {
        await using var hub = await HubAsync();

        var refused = await RunAsync("pull", Model, "--mirror", hub.Address);
        var pulled = await RunAsync("pull", Model, "--mirror", hub.Address, "--accept-licence");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("The terms of the licence", refused.Output, StringComparison.Ordinal);
        Assert.Contains("not accepted", refused.Errors, StringComparison.Ordinal);
        Assert.True(pulled.ExitCode == 0, pulled.Errors);
        Assert.Equal(0, (await RunAsync("pull", Model, "--offline")).ExitCode);
        Assert.Equal(0, (await RunAsync("verify")).ExitCode);

        await File.WriteAllTextAsync(_folder.File($"{Model}/{Model}.safetensors"), "weightz");
        var changed = await RunAsync("verify", Model);
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("the disk has changed it", changed.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("remove", Model)).ExitCode);
        Assert.Equal(1, (await RunAsync("remove", Model)).ExitCode);
    }

    [Fact]
    public async Task A_name_that_is_no_model_is_refused()
    {
        Assert.Contains("there is no model nonsense", (await RunAsync("pull", "nonsense")).Errors, StringComparison.Ordinal);
        Assert.Contains("not installed", (await RunAsync("verify", "nonsense")).Errors, StringComparison.Ordinal);
        Assert.Contains("not installed", (await RunAsync("smoke-test", "nonsense")).Errors, StringComparison.Ordinal);
        Assert.Contains("no path inside", (await RunAsync("remove", "../nonsense")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_random_model_makes_a_clip_and_does_not_pass_for_a_real_one()
    {
        var random = await RunAsync("random");
        var test = await RunAsync("smoke-test", "random-tiny");
        var clip = _folder.File("out.mp4");
        var made = await KinoraProcess.RunAsync(
            "generate", "--engine", "ltx", "--models", _folder.Path, "--model", "random-tiny", "--size", "64x64", "--steps", "4",
            "-i", SamplePhotos.PathOf("coffee.jpg"), "-p", "steam rises", "-d", "3", "--audio", "false", "-o", clip);

        Assert.True(random.ExitCode == 0, random.Errors);
        Assert.Contains("random-tiny", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(1, test.ExitCode);
        Assert.Contains("text finite", test.Output, StringComparison.Ordinal);
        Assert.Contains("the autoencoder's weights are wrong", test.Errors, StringComparison.Ordinal);
        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.Contains("step 4 of 4", made.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(clip));
    }

    [Fact]
    public async Task Generating_with_a_missing_model_says_what_to_pull()
    {
        var run = await KinoraProcess.RunAsync("generate", "--engine", "ltx", "--models", _folder.Path, "-i", SamplePhotos.PathOf("coffee.jpg"), "-p", "steam", "-o", _folder.File("out.mp4"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"kinora models pull {Model}", run.Errors, StringComparison.Ordinal);
    }

    private Task<KinoraProcess> RunAsync(params string[] arguments) => KinoraProcess.RunAsync(["models", .. arguments, "--models", _folder.Path]);

    private static async Task<WeightHub> HubAsync()
    {
        var hub = await WeightHub.StartAsync();
        hub.Files[("Lightricks/LTX-Video", $"{Model}.safetensors")] = Encoding.ASCII.GetBytes("weights");
        hub.Files[("Lightricks/LTX-Video", "LTX-Video-Open-Weights-License-0.X.txt")] = Encoding.ASCII.GetBytes("The terms of the licence.");
        foreach (var path in (string[])["text_encoder/config.json", "text_encoder/model.safetensors", "tokenizer/spiece.model"])
            hub.Files[("PixArt-alpha/PixArt-XL-2-1024-MS", path)] = Encoding.ASCII.GetBytes(path);
        return hub;
    }
}
