using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Images;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Engines;

public sealed class VideoGeneratorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_decoder_is_ready_for_the_next_picture_where_more_clips_are_expected(bool expectsMore)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        await using var decoder = new ImageDecoder(workshop.Ffmpeg);
        var generator = new VideoGenerator(workshop.Ffmpeg, decoder, expectsMore: expectsMore);

        await GenerateAsync(workshop, generator, "first.mp4");

        Assert.Equal(expectsMore, decoder.HasSpare);
    }

    [Fact]
    public async Task A_clip_is_the_same_bytes_whether_its_decoder_waited_or_not()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        await using var decoder = new ImageDecoder(workshop.Ffmpeg);
        var generator = new VideoGenerator(workshop.Ffmpeg, decoder, expectsMore: true);

        var cold = await GenerateAsync(workshop, generator, "cold.mp4");
        var warm = await GenerateAsync(workshop, generator, "warm.mp4");

        Assert.Equal(await File.ReadAllBytesAsync(cold), await File.ReadAllBytesAsync(warm));
    }

    private static async Task<string> GenerateAsync(ClipWorkshop workshop, VideoGenerator generator, string name)
    {
        var endpoint = KlingEndpoints.All.Single(endpoint => endpoint.Id.Contains("/o3/standard/", StringComparison.Ordinal));
        var input = new JsonObject { ["prompt"] = "slowly push in", ["image_url"] = "https://pictures.invalid/rocket.jpg", ["duration"] = "3" };
        var request = ((InputValidation.Accepted)endpoint.Validate(input)).Request;
        var outcome = await generator.GenerateAsync(new MotionEngine(speaker: null), request, Rocket, workshop.PathOf(name), new SilentObserver(), CancellationToken.None);
        return Assert.IsType<GenerationOutcome.Made>(outcome).Path;
    }

    private static Task<FetchOutcome> Rocket(MediaReference reference, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var file = new FileInfo(SamplePhotos.PathOf("rocket.jpg"));
        return Task.FromResult<FetchOutcome>(new FetchOutcome.Fetched(file.FullName, file.Length));
    }

    private sealed class SilentObserver : IEngineObserver
    {
        public void Report(string phase, double fraction)
        {
        }

        public void Preview(VideoFrame frame)
        {
        }

        public void Log(string message)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
