using Kinora.Diffusion;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Engines;
using Kinora.Server.Engines.Ltx;

namespace Kinora.Server.Tests.Engines.Ltx;

public sealed class LtxEngineRefusalTests(TinyLtxModel model) : IClassFixture<TinyLtxModel>
{
    [Fact]
    public async Task A_clip_that_does_not_fit_into_memory_is_refused_before_it_starts()
    {
        var problem = await RefusalAsync(model.Options with { Compute = new ComputeOptions { MemoryBudgetBytes = 1 << 20 } });

        Assert.True(problem.IsOutOfResources);
        Assert.Contains("GB may be used", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distilled_model_refuses_a_number_of_steps_that_it_was_not_trained_for()
    {
        var problem = await RefusalAsync(model.Options with { Steps = 30 });

        Assert.Contains("4 to 8 steps, not 30", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_said_with_the_command_that_gets_it()
    {
        var problem = await RefusalAsync(model.Options with { Model = "ltxv-2b-0.9.8-distilled" });

        Assert.Contains("kinora models pull ltxv-2b-0.9.8-distilled", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_model_lacks_is_said_in_the_log()
    {
        var observer = new LogObserver();
        await GenerateAsync(model.Options, Brief() with { Elements = [new ElementBrief()], NegativePrompt = "blur" }, observer);

        Assert.Contains(observer.Warnings, line => line.Contains("can't show elements", StringComparison.Ordinal));
        Assert.Contains(observer.Warnings, line => line.Contains("negative prompt", StringComparison.Ordinal));
        Assert.Contains("step 4 of 4", observer.Lines);
    }

    private Task<EngineException> RefusalAsync(LtxOptions options) =>
        Assert.ThrowsAsync<EngineException>(() => GenerateAsync(options, Brief(), new LogObserver()));

    private async Task GenerateAsync(LtxOptions options, VideoBrief brief, IEngineObserver observer)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        using var engine = model.CreateEngine(options);
        await using var encoder = VideoEncoder.Open(workshop.Ffmpeg, new VideoEncoderOptions { Size = brief.Size, Rate = brief.Rate, FrameCount = brief.FrameCount, OutputPath = workshop.PathOf("clip.mp4") });
        await engine.GenerateAsync(brief, encoder, observer, CancellationToken.None);
        await encoder.CompleteAsync(CancellationToken.None);
    }

    private static VideoBrief Brief() => new()
    {
        Shots = [new ShotBrief("@Element1 waves", TimeSpan.FromSeconds(0.5))],
        StartImage = new Image(192, 128, 3, new byte[192 * 128 * 3]),
        Seed = 7,
        Size = new FrameSize(192, 128),
        Rate = new FrameRate(24),
    };

    private sealed class LogObserver : IEngineObserver
    {
        public List<string> Lines { get; } = [];

        public List<string> Warnings { get; } = [];

        public void Report(string phase, double fraction)
        {
        }

        public void Log(string message) => Lines.Add(message);

        public void Warn(string message) => Warnings.Add(message);
    }
}
