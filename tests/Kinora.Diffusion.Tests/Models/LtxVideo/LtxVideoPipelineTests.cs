using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoPipelineTests
{
    [Fact]
    public void The_same_seed_gives_the_same_film_and_another_seed_another()
    {
        using var pipeline = TinyModel.Pipeline();

        var (first, again, other) = (Film(pipeline, TinyModel.Request()), Film(pipeline, TinyModel.Request()), Film(pipeline, TinyModel.Request() with { Seed = 8 }));

        Assert.Equal(17, first.Count);
        Assert.Equal(Pixels(first), Pixels(again));
        Assert.NotEqual(Pixels(first), Pixels(other));
        Assert.All(Pixels(first), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void A_firm_start_frame_is_what_the_clip_begins_with()
    {
        using var pipeline = TinyModel.Pipeline();
        var picture = TinyModel.Picture(64, 64);
        var keyframe = new LtxVideoKeyframe { FrameIndex = 0, Frames = [picture], IsPrepared = true };
        var request = TinyModel.Request(new LtxVideoShot { Frames = 17, Prompt = TinyModel.Prompt(), Keyframes = [keyframe] });
        var soft = TinyModel.Request(new LtxVideoShot { Frames = 17, Prompt = TinyModel.Prompt(), Keyframes = [keyframe with { Strength = 0.3f }] });

        // Fixed latents do not depend on the prompt or the seed; those of a soft keyframe do.
        var (a, b) = (Latents(request), Latents(request with { Seed = 99 }));
        var (c, d) = (Latents(soft), Latents(soft with { Seed = 99 }));

        Assert.Equal(a, b);
        Assert.NotEqual(c, d);
        Assert.NotEqual(Pixels(Film(pipeline, request)), Pixels(Film(pipeline, soft)));

        // The tokens of the first latent frame after the last step, without motion noise.
        static float[] Latents(LtxVideoRequest request)
        {
            using var transformer = TinyModel.Transformer();
            using var autoencoder = TinyModel.Autoencoder();
            using var context = transformer.Prepare(request.Shots[0].Prompt);
            float[] tokens = [];
            var job = new ClipJob(TestBackend.Instance, transformer, autoencoder, null, request with { MotionNoise = 0 }, (context, null), new ProgressMeter(null, 1))
            {
                Frames = 17,
                Keyframes = request.Shots[0].Keyframes,
                StepDone = (_, all) => tokens = all.Slice(0, 0, 4).AsReadOnlySpan<float>().ToArray(),
            };
            job.Run(_ => { }, default);
            return tokens;
        }
    }

    [Fact]
    public void Keyframes_anywhere_and_pieces_of_film_change_the_clip()
    {
        using var pipeline = TinyModel.Pipeline();
        var plain = Pixels(Film(pipeline, TinyModel.Request(Shot([]))));
        var still = new LtxVideoKeyframe { FrameIndex = 5, Frames = [TinyModel.Picture(80, 50)] };
        var film = new LtxVideoKeyframe { FrameIndex = 8, Frames = [.. Enumerable.Range(0, 17).Select(i => TinyModel.Picture(64, 64, (ulong)i))] };

        Assert.NotEqual(plain, Pixels(Film(pipeline, TinyModel.Request(Shot([still])))));
        Assert.NotEqual(plain, Pixels(Film(pipeline, TinyModel.Request(Shot([film])))));

        static LtxVideoShot Shot(IReadOnlyList<LtxVideoKeyframe> keyframes) => new() { Frames = 33, Prompt = TinyModel.Prompt(), Keyframes = keyframes };
    }

    [Fact]
    public void Stills_go_through_the_codec_once_and_prepared_ones_do_not()
    {
        using var pipeline = TinyModel.Pipeline(hasUpsampler: true);
        var calls = 0;
        var request = TinyModel.Request(new LtxVideoShot
        {
            Frames = 9,
            Prompt = TinyModel.Prompt(),
            Keyframes =
            [
                new LtxVideoKeyframe { FrameIndex = 0, Frames = [TinyModel.Picture(100, 40)] },
                new LtxVideoKeyframe { FrameIndex = 8, Frames = [TinyModel.Picture(64, 64)], IsPrepared = true },
            ],
        }) with
        {
            CodecRoundTrip = (frame, _) =>
            {
                calls++;
                Assert.Equal((64, 64), (frame.Width, frame.Height));
                return frame;
            },
            Preset = LtxVideoPreset.DistilledTwoPass,
        };

        Assert.Equal(9, Film(pipeline, request).Count);
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Two_passes_give_frames_of_the_size_that_was_asked_for()
    {
        using var pipeline = TinyModel.Pipeline(hasUpsampler: true);
        var exact = TinyModel.Request() with { Width = 128, Preset = LtxVideoPreset.DistilledTwoPass };
        var official = exact with { Width = 96, Height = 96, Preset = LtxVideoPreset.DistilledTwoPass13B with { FirstPassScale = 0.6666666f } };

        Assert.All(Film(pipeline, exact), frame => Assert.Equal((128, 64), (frame.Picture.Width, frame.Picture.Height)));
        Assert.All(Film(pipeline, official), frame => Assert.Equal((96, 96), (frame.Picture.Width, frame.Picture.Height)));
    }

    [Fact]
    public void A_long_shot_is_made_in_windows_and_keeps_its_length()
    {
        using var pipeline = TinyModel.Pipeline();
        var shot = new LtxVideoShot
        {
            Frames = 145,
            Prompt = TinyModel.Prompt(),
            Keyframes = [new LtxVideoKeyframe { FrameIndex = 144, Frames = [TinyModel.Picture(64, 64)], IsPrepared = true }],
        };

        var film = Film(pipeline, TinyModel.Request(shot) with { WindowFrames = 73 });

        Assert.Equal(Enumerable.Range(0, 145), film.Select(frame => frame.Index));
    }

    [Fact]
    public void Shots_follow_each_other_and_a_continuing_one_leaves_out_the_copied_frame()
    {
        using var pipeline = TinyModel.Pipeline();
        var film = Film(pipeline, TinyModel.Request(
            new LtxVideoShot { Frames = 9, Prompt = TinyModel.Prompt(1) },
            new LtxVideoShot { Frames = 17, Prompt = TinyModel.Prompt(2), ContinuesPrevious = true },
            new LtxVideoShot { Frames = 9, Prompt = TinyModel.Prompt(3) }));

        Assert.Equal(
            [.. Enumerable.Range(0, 9).Select(i => (0, i)), .. Enumerable.Range(1, 16).Select(i => (1, i)), .. Enumerable.Range(0, 9).Select(i => (2, i))],
            film.Select(frame => (frame.Shot, frame.Index)));
    }

    [Fact]
    public void Progress_rises_to_the_end_and_carries_previews()
    {
        using var pipeline = TinyModel.Pipeline();
        var reports = new List<LtxVideoProgress>();

        pipeline.Generate(TinyModel.Request() with { WantsPreviews = true }, _ => { }, reports.Add);

        Assert.Equal(reports.Select(report => report.Fraction).Order(), reports.Select(report => report.Fraction));
        Assert.Equal(1, reports[^1].Fraction, 0.02);
        Assert.Equal(3, reports.Count(report => report.Preview is { Width: 64, Height: 64 }));
        Assert.Equal([LtxVideoPhase.Preparing, LtxVideoPhase.Denoising, LtxVideoPhase.Decoding], reports.Select(report => report.Phase).Distinct());
        Assert.Contains(reports, report => report is { Step: 2, Steps: 3 });
    }

    [Fact]
    public void Previews_do_not_change_the_film()
    {
        using var pipeline = TinyModel.Pipeline();

        Assert.Equal(Pixels(Film(pipeline, TinyModel.Request())), Pixels(Film(pipeline, TinyModel.Request() with { WantsPreviews = true })));
    }

    [Fact]
    public void Cancellation_is_heeded_before_the_next_block_and_all_memory_comes_back()
    {
        using var pipeline = TinyModel.Pipeline();
        Film(pipeline, TinyModel.Request());
        using var source = new CancellationTokenSource();
        var reports = new List<LtxVideoProgress>();

        Assert.Throws<OperationCanceledException>(() => pipeline.Generate(TinyModel.Request(), _ => { }, report =>
        {
            reports.Add(report);
            if (report is { Phase: LtxVideoPhase.Denoising, Step: 2 })
                source.Cancel();
        }, source.Token));

        // The block after which it was cancelled was the last one.
        Assert.Equal(2, reports[^1].Step);
        Assert.Single(reports, report => report.Step == 2);
        Assert.Equal(17, Film(pipeline, TinyModel.Request()).Count);
    }

    [Fact]
    public void Guidance_perturbation_attention_guidance_and_fresh_noise_each_change_the_film()
    {
        using var pipeline = TinyModel.Pipeline();
        var shot = new LtxVideoShot { Frames = 9, Prompt = TinyModel.Prompt(1), Negative = TinyModel.Prompt(2) };
        var plain = TinyModel.Request(shot);
        var films = new List<float[]> { Pixels(Film(pipeline, plain)), Pixels(Film(pipeline, plain with { AttentionGuidance = new AttentionGuidance() })) };
        GuidanceStep[] steps =
        [
            new() { Scale = 3 },
            new() { Scale = 3, IsStar = true },
            .. Enum.GetValues<SkipMode>().Select(mode => new GuidanceStep { PerturbationScale = 1, SkippedBlocks = [1], SkipMode = mode }),
            new() { PerturbationScale = 1, SkippedBlocks = [1], Rescale = 0.7f },
        ];
        films.AddRange(steps.Select(step => Pixels(Film(pipeline, plain with { Preset = plain.Preset with { First = plain.Preset.First with { Guidance = GuidanceSchedule.Constant(step) } } }))));
        films.Add(Pixels(Film(pipeline, plain with { Preset = plain.Preset with { First = plain.Preset.First with { IsStochastic = true } } })));
        films.Add(Pixels(Film(pipeline, plain with { Preset = plain.Preset with { First = plain.Preset.First with { ToneMapping = 0.6f } } })));

        for (var i = 0; i < films.Count; i++)
            for (var k = 0; k < i; k++)
                Assert.False(films[i].AsSpan().SequenceEqual(films[k]), $"films {k} and {i} are the same");
    }

    [Fact]
    public void A_picture_goes_through_the_autoencoder_and_back()
    {
        using var pipeline = TinyModel.Pipeline();

        var (picture, mean, deviation) = pipeline.RoundTrip(TinyModel.Picture(64, 96));

        Assert.Equal((64, 96), (picture.Width, picture.Height));
        Assert.True(double.IsFinite(mean) && deviation > 0);
        Assert.Throws<DiffusionException>(() => pipeline.RoundTrip(TinyModel.Picture(60, 96)));
    }

    private static List<LtxVideoFrame> Film(LtxVideoPipeline pipeline, LtxVideoRequest request)
    {
        var frames = new List<LtxVideoFrame>();
        pipeline.Generate(request, frames.Add);
        return frames;
    }

    private static float[] Pixels(List<LtxVideoFrame> frames) => [.. frames.SelectMany(frame => frame.Picture.Pixels.ToArray())];
}
